"""Recognises what is no text, so that nobody's library fills with rubbish."""

from __future__ import annotations

import unicodedata
from collections import Counter

from index.errors import BinarySourceError
from index.formats.signatures import signature_of

READABLE = (
    "Text (.txt), Markdown (.md), web pages (.html, .mht), PDF, Word (.docx), OpenDocument (.odt), "
    "Rich Text (.rtf), e-books (.epub), e-mail (.eml), pictures of text and a .zip of these can be "
    "read: save it as one of them, or paste its text."
)

# Text may hold bell, backspace, tab, line ends, form feed and escape; the rest never.
_CONTROL = bytes([*range(7), 14, *range(15, 27), *range(28, 32), 127])
_MAX_CONTROL_SHARE = 0.02
_SAMPLE = 65_536
_MIN_ALPHABET_SHARE = 0.8


def refuse_known_formats(data: bytes) -> None:
    """Raise BinarySourceError, naming the format, when the first bytes give it away."""
    if found := signature_of(data):
        raise BinarySourceError(f"This is {found.name}, not text.", hint=found.hint or READABLE)


def refuse_control_bytes(data: bytes) -> None:
    """Raise BinarySourceError for bytes that no text holds, or holds so many of."""
    control = len(data) - len(data.translate(None, _CONTROL))
    if b"\x00" in data or control > len(data) * _MAX_CONTROL_SHARE:
        raise BinarySourceError("This file is not text.", hint=READABLE)


def looks_like_text(text: str) -> bool:
    """Tell whether nearly all of the first characters are ones that people write."""
    sample = text[:_SAMPLE]
    odd = sum(
        unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}
        and character not in "\t\n\r\f\x1b"
        for character in sample
    )
    return odd + sample.count("\ufffd") <= len(sample) * _MAX_CONTROL_SHARE


def utf16_without_mark(data: bytes) -> str | None:
    """Return the text of UTF-16 that lacks its byte-order mark, else None.

    Spaces and line ends have a zero byte in UTF-16, always on the same side, where the letters of
    an alphabet all have the same byte. (Chinese does not, but is hardly ever kept that way.)
    """
    sample = data[:_SAMPLE]
    zeros = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or min(zeros):
        return None
    upper = Counter(sample[0::2] if zeros[0] else sample[1::2])
    if sum(count for _, count in upper.most_common(2)) < len(sample) / 2 * _MIN_ALPHABET_SHARE:
        return None
    try:
        text = data.decode("utf-16-be" if zeros[0] else "utf-16-le")
    except UnicodeDecodeError:
        return None
    return text if looks_like_text(text) else None
