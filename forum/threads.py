"""Paths of a thread: a post's place in its tree, as a string whose alphabetical order is the reading order. Pure.

The root's path is "". A child's is its parent's plus a fixed number of base-36 digits, counting the parent's children.
"""

DIGITS = 4
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
MAX_CHILDREN = 36**DIGITS - 1


def child_path(parent_path: str, number: int) -> str:
    """The path of a parent's `number`-th child (from 1). Raises ValueError beyond MAX_CHILDREN."""
    if not 1 <= number <= MAX_CHILDREN:
        raise ValueError(f"a post can have 1 to {MAX_CHILDREN} children, not {number}")
    digits = ""
    for _position in range(DIGITS):
        number, digit = divmod(number, 36)
        digits = _ALPHABET[digit] + digits
    return parent_path + digits


def ancestor_paths(path: str) -> list[str]:
    """The paths above a post's own, root first: "00010002" → ["", "0001"]."""
    return [path[:length] for length in range(0, len(path), DIGITS)]


def level(path: str) -> int:
    """How many posts stand between a post and its root, the root itself counted: 0 for the root."""
    return len(path) // DIGITS
