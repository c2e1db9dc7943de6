"""Every write of plans, one operation a file. Callers import the operation from its own module."""
