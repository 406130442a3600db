"""Pictures that declare what they are not, and a few sounds of the kind."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from hostile_pdfs import bomb
from PIL import Image, ImageDraw

_PNG = b"\x89PNG\r\n\x1a\n"


def hostile_pictures() -> Iterator[tuple[str, bytes]]:
    """Yield names and contents."""
    yield "50000-by-50000.png", _png(50_000, 50_000, zlib.compress(b"\x00" * 1_000))
    yield "real-50000-by-50000.png", _png(50_000, 50_000, bomb(b"\x00", 313), depth=1)
    yield "huge.png", _png(2_147_483_647, 2_147_483_647, zlib.compress(b""))
    yield "nothing.png", _png(0, 0, zlib.compress(b""))
    yield "bomb-in-a-note.png", _png(8, 8, zlib.compress(bytes(200)), note=bomb(b"a", 500))
    yield "thin.png", _png(1, 1_000_000, zlib.compress(bytes(2_000_000)))
    yield "noise.png", _PNG + bytes(range(256)) * 100
    for kind in ("png", "jpeg", "gif", "tiff", "webp", "bmp"):
        whole = picture(kind)
        for percent in (5, 40, 95):
            yield f"truncated-{percent}.{kind}", whole[: len(whole) * percent // 100]
        changed = bytearray(whole)
        for place in range(60, len(changed), 97):
            changed[place] ^= 0xA5
        yield f"changed.{kind}", bytes(changed)
    jpeg = picture("jpeg")
    frame = jpeg.index(b"\xff\xc0") + 5
    yield "65500-by-65500.jpeg", jpeg[:frame] + b"\xff\xdc\xff\xdc" + jpeg[frame + 4 :]
    yield "many-scans.jpeg", jpeg[:-2] + jpeg[jpeg.index(b"\xff\xda") : -2] * 500 + b"\xff\xd9"
    gif = picture("gif")
    yield "65535-by-65535.gif", gif[:6] + b"\xff\xff\xff\xff" + gif[10:]
    frames = gif[gif.index(b"\x2c") : -1]
    yield "a-thousand-frames.gif", gif[:-1] + frames * min(1_000, 5_000_000 // len(frames)) + b";"
    yield "directories-in-a-circle.tiff", b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"
    yield "huge.tiff", _tiff(4_000_000_000, 4_000_000_000)
    yield "60000-by-60000.tiff", _tiff(60_000, 60_000)
    webp = picture("webp")
    yield "16383-by-16383.webp", webp.replace(webp[26:30], b"\xff\x3f\xff\x3f", 1)
    bmp = picture("bmp")
    yield "60000-by-60000.bmp", bmp[:18] + struct.pack("<ii", 60_000, 60_000) + bmp[26:]
    yield "upside-down.bmp", bmp[:18] + struct.pack("<ii", -2_147_483_648, -1) + bmp[26:]


def hostile_sounds() -> dict[str, bytes]:
    """Recordings that are none, by name."""
    page = (
        b"OggS\x00\x02"
        + bytes(20)
        + b"\x01\x13OpusHead\x01\xff\x00\x00\xff\xff\xff\xff\x00\x00\x00"
    )
    return {
        "empty.ogg": b"",
        "only-a-mark.ogg": b"OggS",
        "only-a-head.ogg": page,
        "heads.ogg": page * 10_000,
        "noise.ogg": b"OggS" + bytes(range(256)) * 1_000,
        "text.ogg": b"no sound at all " * 1_000,
        "huge.wav": b"RIFF\xff\xff\xff\xffWAVEfmt \x10\x00\x00\x00\x01\x00\xff\xff\xff\xff\xff\xff"
        b"\xff\xff\xff\xff\x01\x00\x10\x00data\xff\xff\xff\xff" + bytes(1_000),
    }


def picture(kind: str) -> bytes:
    """A small picture with a few words on it."""
    image = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(image).text((10, 40), "The bridge was opened on Monday.", fill="black")
    into = BytesIO()
    image.save(into, kind.upper())
    return into.getvalue()


def _png(width: int, height: int, data: bytes, depth: int = 8, note: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", data), (b"IEND", b"")]
    if note:
        chunks.insert(1, (b"zTXt", b"Comment\x00\x00" + note))
        chunks.insert(1, (b"iCCP", b"profile\x00\x00" + note))
    return _PNG + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _tiff(width: int, height: int) -> bytes:
    entries = [
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 0xFFFFFFF0),
        (277, 3, 1, 1),
        (278, 4, 1, height),
        (279, 4, 1, 0xFFFFFFFF),
    ]
    listed = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(entries)) + listed + bytes(4)
