"""Pictures and voice messages made by hand: whole files, in as few bytes as they need."""

from __future__ import annotations

import struct
import zlib

_SILENCE = b"\xf8\xff\xfe"
"""An Opus packet of 20 ms without a sound."""
_SAMPLES = 960
_PACKETS = 50
"""Packets of one Ogg page: a second."""


def png(width: int, height: int, colour: tuple[int, int, int] = (120, 60, 30)) -> bytes:
    """A picture of one colour."""
    rows = (b"\x00" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def silence(seconds: int) -> bytes:
    """A voice message in which nothing is said."""
    head = struct.pack("<8sBBHIHB", b"OpusHead", 1, 1, 0, 48_000, 0, 0)
    tags = struct.pack("<8sI4sI", b"OpusTags", 4, b"none", 0)
    pages = [_page(0, 0x02, 0, [head]), _page(1, 0, 0, [tags])]
    for second in range(1, seconds + 1):
        last = 0x04 if second == seconds else 0
        samples = second * _PACKETS * _SAMPLES
        pages.append(_page(second + 1, last, samples, [_SILENCE] * _PACKETS))
    return b"".join(pages)


def _page(number: int, flags: int, samples: int, packets: list[bytes]) -> bytes:
    def page(checksum: int) -> bytes:
        header = struct.pack("<4sBBqIII", b"OggS", 0, flags, samples, 1, number, checksum)
        sizes = bytes(map(len, packets))
        return header + bytes([len(packets)]) + sizes + b"".join(packets)

    return page(_checksum(page(0)))


def _checksum(data: bytes) -> int:
    """The CRC-32 of Ogg, which counts bits from the other end than zlib's."""
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1) ^ (0x04C11DB7 if value & 0x80000000 else 0)
        value &= 0xFFFFFFFF
    return value
