"""What the bytes of a picture tell of it, and small grey pictures (pure)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEADER = 24
_NOT_FRAMES = (0xC4, 0xC8, 0xCC)
"""Markers of a JPEG that stand among those of frames, which tell the size."""
_ALONE = (0x01, *range(0xD0, 0xD8))
"""Markers of a JPEG that nothing belongs to."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's media type and its size in pixels."""

    mime_type: str
    width: int
    height: int


def picture_of(data: bytes) -> Picture | None:
    """What a PNG or JPEG file says of itself; None if it is neither."""
    if data.startswith(_PNG) and len(data) >= _PNG_HEADER:
        return _picture("image/png", *struct.unpack_from(">II", data, 16))
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return None


def _jpeg(data: bytes) -> Picture | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # filling before a marker
            at += 1
        elif marker in _ALONE:
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in _NOT_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return _picture("image/jpeg", width, height)
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _picture(mime_type: str, width: int, height: int) -> Picture | None:
    return Picture(mime_type, width, height) if width and height else None


def grey_jpeg(width: int, height: int) -> bytes:
    """A JPEG of that size which is grey all over."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    # One code of one bit: no change from the block before (DC), nothing further in it (AC).
    only_zero = b"\x01" + bytes(15) + b"\x00"
    blocks = -(-width // 8) * -(-height // 8)
    whole, rest = divmod(2 * blocks, 8)
    last = bytes([0xFF >> rest]) if rest else b""
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xDB, b"\x00" + b"\x01" * 64),
            _segment(0xC0, frame),
            _segment(0xC4, b"\x00" + only_zero),
            _segment(0xC4, b"\x10" + only_zero),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            bytes(whole) + last,
            b"\xff\xd9",
        )
    )


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content
