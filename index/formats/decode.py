"""Bytes to text, in whichever encoding it was written."""

from __future__ import annotations

import codecs
import re

from index.errors import BinarySourceError, EncodingError
from index.formats.binary import (
    looks_like_text,
    refuse_control_bytes,
    refuse_known_formats,
    utf16_without_mark,
)
from index.formats.latin import latin_encoding
from index.formats.scripts import reads_like_text

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
_WIDE = frozenset(
    f"utf-{bits}{order}" for bits in (16, 32) for order in ("", "le", "be", "-le", "-be")
)
_NO_ENCODINGS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)
"""What Python can decode and no document is written in; some take hours."""
# What browsers take these names to mean; a UTF-16 page could not declare it in ASCII.
_AS_IN_BROWSERS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}

_DETECTED = (
    *("cp1251", "koi8_u", "cp866", "cp1253", "cp1255", "cp1256", "cp874"),
    *("cp932", "euc_jp", "gb18030", "big5", "cp949"),
)
_SAMPLE = 65_536
_TAG = re.compile(rb"<[^<>]*>")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
# Accents stand alone between ASCII letters; other scripts are written in runs of high bytes.
_MAX_LATIN_RUN = 1.7
_MAX_DOUBTFUL_RUN = 2.5
_MIN_BYTES_TO_DETECT = 24
_MAX_CHAOS = 0.1
_MAX_BROKEN_SHARE = 0.02


def decode(data: bytes, charset: str | None = None) -> str:
    """Return the text of a document.

    `charset` is what it was sent with; it counts where the bytes do not speak for themselves.
    Raises BinarySourceError for what is no text, EncodingError where the encoding is uncertain.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _decode_nearly_all(data[len(mark) :], encoding)
            if text is None or not looks_like_text(text):
                raise _unrecognised()
            return text
    refuse_known_formats(data)
    if b"\x00" in data and (utf16 := utf16_without_mark(data) or _as_wide(data, charset)):
        return utf16
    refuse_control_bytes(data)
    text = _decode_strictly(data, "utf-8")
    if text is not None and b"\x1b$" in data:
        # ISO-2022-JP is ASCII to the eye of UTF-8.
        text = _decode_strictly(data, "iso2022_jp") or text
    if text is None:
        text = (
            _decode_nearly_all(data, "utf-8")
            or _as_named(data, charset)
            or _as_declared(data)
            or _detect(data)
        )
    if text is None:
        raise _unrecognised()
    if not looks_like_text(text):
        raise BinarySourceError(
            "This file is not text.", hint="Send a text file, or paste its text."
        )
    return text


def _as_declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _as_named(data, match[1].decode("ascii", "replace")) if match else None


def _as_wide(data: bytes, charset: str | None) -> str | None:
    """Decode what was sent as UTF-16 or UTF-32: only there are zero bytes part of a text."""
    name = (charset or "").strip().lower().replace("_", "-")
    if name not in _WIDE:
        return None
    text = _decode_strictly(data, name)
    return text if text and looks_like_text(text) else None


def _as_named(data: bytes, charset: str | None) -> str | None:
    try:
        name = codecs.lookup(charset or "").name
    except (LookupError, UnicodeError, ValueError):
        return None
    if name in _NO_ENCODINGS:
        return None
    return _decode_nearly_all(data, _AS_IN_BROWSERS.get(name, name))


def _detect(data: bytes) -> str | None:
    sample = _sample(data)
    runs = _HIGH_RUN.findall(sample)
    mean = sum(map(len, runs)) / len(runs) if runs else 0
    text = None
    if mean > _MAX_LATIN_RUN:
        text = _in_other_script(data, sample)
    if text is None and mean <= _MAX_DOUBTFUL_RUN and (latin := latin_encoding(sample)):
        text = _decode_nearly_all(data, latin)
    return text


def _in_other_script(data: bytes, sample: bytes) -> str | None:
    if sum(map(len, _HIGH_RUN.findall(sample))) < _MIN_BYTES_TO_DETECT:
        return None
    # Imported here: nearly every document is UTF-8 and does without it.
    from charset_normalizer import from_bytes

    for match in from_bytes(sample, cp_isolation=list(_DETECTED), enable_fallback=False):
        text = _decode_nearly_all(data, match.encoding) if match.chaos <= _MAX_CHAOS else None
        if text and reads_like_text(text[:_SAMPLE], match.encoding):
            return text
    return None


def _sample(data: bytes) -> bytes:
    """Return the first bytes without tags, cut where no character can be cut in two."""
    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        end = max(sample.rfind(b"\n"), sample.rfind(b" "))
        sample = sample[:end] if end > 0 else data
    return _TAG.sub(b" ", sample)


def _decode_strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_nearly_all(data: bytes, encoding: str) -> str | None:
    """Decode, forgiving the odd broken character: a file cut short is still that file."""
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, ValueError):
        return None
    broken = text.count("\ufffd")
    if not broken:
        return text
    foreign = sum(not character.isascii() for character in text) - broken
    return text if broken <= max(1, foreign * _MAX_BROKEN_SHARE) and foreign >= 10 else None


def _unrecognised() -> EncodingError:
    return EncodingError(
        "The encoding of this text cannot be recognised.",
        hint="Open it in an editor and save it as UTF-8, or paste its text.",
    )
