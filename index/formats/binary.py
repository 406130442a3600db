"""Recognises what is no text, so that nobody's library fills with rubbish."""

from __future__ import annotations

import unicodedata
from collections import Counter

from index.errors import BinarySourceError

READABLE = (
    "Plain text (.txt), Markdown (.md) and saved web pages (.html) can be read: "
    "save it as one of these, or paste its text."
)

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"PK\x03\x04", "a ZIP archive, such as a Word, OpenDocument or EPUB file"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document"),
    (b"%!PS-", "a PostScript document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"RIFF", "a sound, film or image"),
    (b"OggS", "a sound or film"),
    (b"fLaC", "a sound"),
    (b"ID3\x02", "a sound"),
    (b"ID3\x03", "a sound"),
    (b"ID3\x04", "a sound"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh91AY&SY", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"(\xb5/\xfd", "a compressed file"),
    (b"7z\xbc\xaf'\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"SQLite format 3\x00", "a database"),
)

# Text may hold bell, backspace, tab, line ends, form feed and escape; the rest never.
_CONTROL = bytes([*range(7), 14, *range(15, 27), *range(28, 32), 127])
_MAX_CONTROL_SHARE = 0.02
_SAMPLE = 65_536
_MIN_ALPHABET_SHARE = 0.8


def refuse_known_formats(data: bytes) -> None:
    """Raise BinarySourceError, naming the format, when the first bytes give it away."""
    for magic, kind in _MAGIC:
        # "RIFF" alone might begin a text about it; a real one has its length after that.
        if data.startswith(magic) and (magic != b"RIFF" or b"\x00" in data[4:8]):
            raise BinarySourceError(f"This is {kind}, not text.", hint=READABLE)
    if data[4:8] == b"ftyp":
        raise BinarySourceError("This is a film or image, not text.", hint=READABLE)


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
