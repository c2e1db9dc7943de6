"""Pages on which plans are read, commented on, answered and adopted: each view fetches, checks, calls one action, answers."""
