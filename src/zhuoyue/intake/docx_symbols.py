"""Characters that Word writes as places in a picture font (Wingdings, Symbol): the plain characters they look like."""

_PRIVATE = range(0xF000, 0xF100)
_WINGDINGS = {
    0x6C: "●",
    0x6D: "❍",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
} | {0x81 + step: chr(ord("①") + step) for step in range(10)}
_WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0xA3: "□"}
_SYMBOL = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xB0: "°",
    0xA5: "∞",
    0xAE: "→",
    0xB7: "•",
    0xD7: "⋅",
    0xE5: "∑",
    0x53: "Σ",
    0x44: "Δ",
    0x61: "α",
    0x62: "β",
    0x6D: "μ",
    0x70: "π",
    0x73: "σ",
    0x71: "θ",
    0x6C: "λ",
}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(font: str, place: str) -> str:
    """The character of a `w:sym`; where the font's is not known, its place in words, so that nothing is lost."""
    try:
        code = int(place, 16)
    except ValueError:
        return ""
    plain = code - _PRIVATE.start if code in _PRIVATE else code
    known = _FONTS.get(font.lower(), {}).get(plain)
    if known is not None:
        return known
    if code in _PRIVATE or not chr(code % 0x110000).isprintable():
        return f"〔{font} {place}〕"
    return chr(code)
