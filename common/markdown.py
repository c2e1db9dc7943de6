"""People's Markdown as safe HTML."""

import re
from collections.abc import Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from common.html import sanitise

_parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def render_markdown(source: str, links: Mapping[str, str] | None = None, top_heading: int = 3) -> str:
    """Markdown → HTML → `sanitise`. Raw HTML in the source appears as text; of a picture its alternative text stays.

    `links` maps words to addresses: each becomes a link wherever it stands outside code and other links. `# Başlık`
    becomes a heading of level `top_heading`: a heading in a post must not stand above the page's own.
    """
    tokens = _parser.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + top_heading - 1)}"
        elif token.type == "inline":
            children = [_without_picture(child) for child in token.children or []]
            token.children = _with_links(children, links) if links else children
    return sanitise(_parser.renderer.render(tokens, _parser.options, {}))


def _without_picture(token: Token) -> Token:
    return Token("text", "", 0, content=token.content) if token.type == "image" else token


def _with_links(children: list[Token], links: Mapping[str, str]) -> list[Token]:
    # The longest first, and no digit after it: §2.3 is not found in §2.31.
    words = "|".join(re.escape(word) for word in sorted(links, key=len, reverse=True))
    pattern = re.compile(rf"({words})(?!\.?\d)")
    result: list[Token] = []
    inside_link = 0
    for child in children:
        inside_link += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not inside_link:
            result += _split(child.content, pattern, links)
        else:
            result.append(child)
    return result


def _split(content: str, pattern: re.Pattern[str], links: Mapping[str, str]) -> list[Token]:
    tokens: list[Token] = []
    for index, part in enumerate(pattern.split(content)):
        text = Token("text", "", 0, content=part)
        if index % 2:
            tokens += [Token("link_open", "a", 1, attrs={"href": links[part]}), text, Token("link_close", "a", -1)]
        elif part:
            tokens.append(text)
    return tokens
