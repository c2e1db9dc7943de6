"""Signs of the fonts Symbol and Wingdings, which Word keeps as numbers in a private range, as Unicode.

The usual ones: marks of lists, boxes, ticks, arrows, mathematical signs (Unicode's mapping tables for these fonts).
"""

_SYMBOL = dict(
    zip(
        (0xB7, 0xB1, 0xB3, 0xA3, 0xB9, 0xBB, 0xB4, 0xB8, 0xA5, 0xAE, 0xAC, 0xAD, 0xAF, 0xD7, 0xB0, 0x6D, 0x53, 0xD6),
        "•±≥≤≠≈×÷∞→←↑↓·°μΣ√",
        strict=True,
    )
)
_WINGDINGS = dict(
    zip(
        (
            0x6C,
            0x6E,
            0x71,
            0x6F,
            0xA7,
            0xA8,
            0xFC,
            0xFB,
            0xFE,
            0xFD,
            0xD8,
            0xE0,
            0xDF,
            0xE1,
            0xE2,
            0x76,
            0x4A,
            0x28,
            0x2A,
        ),
        "●■❑□▪◻✓✗☑☒➢→←↑↓❖☺☎✉",
        strict=True,
    )
)
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str:
    """The sign with a hexadecimal code such as "F0B7" in a font; "" where it is not known."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if value < 0:
        return ""
    if 0xF000 <= value <= 0xF0FF:  # the private range that stands for a font's own 256 signs
        value -= 0xF000
    elif value > 0xFF:
        return chr(value) if value <= 0x10FFFF and chr(value).isprintable() else ""
    known = _FONTS.get(font.lower())
    if known is None:
        return ""
    return known.get(value, chr(value) if known is _SYMBOL and chr(value).isdigit() else "")
