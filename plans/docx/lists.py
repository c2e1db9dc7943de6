"""List items, which Word keeps as numbered paragraphs, as nested HTML lists."""


class ListWriter:
    """Fed item by item; gives the HTML between them."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def item(self, level: int, tag: str, html: str) -> str:
        """HTML that ends what was open, as far as needed, and begins an item at `level` (from 0) of a "ul" or "ol"."""
        level = min(level, len(self._open))  # a level cannot be skipped
        parts = []
        while len(self._open) > level + 1:
            parts.append(f"</li></{self._open.pop()}>")
        if len(self._open) == level + 1:
            parts.append("</li>")
            if self._open[-1] != tag:
                parts.append(f"</{self._open.pop()}><{tag}>")
                self._open.append(tag)
        else:
            parts.append(f"<{tag}>")
            self._open.append(tag)
        parts.append(f"<li>{html}")
        return "".join(parts)

    def close(self) -> str:
        """HTML that ends every open list."""
        parts = [f"</li></{tag}>" for tag in reversed(self._open)]
        self._open = []
        return "".join(parts)
