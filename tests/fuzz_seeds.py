"""One sound document of each format, to be broken, and the ways of breaking it."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

from hostile_archives import WORDS, archive
from hostile_office import docx, odt
from hostile_pdfs import content, pdf
from hostile_pictures import picture

_STORY = WORDS * 6
_PAGE = f"<html><head><title>A bridge</title></head><body><article><p>{_STORY}</p></article>"


def seeds() -> dict[str, bytes]:
    """A document of each format that is read, by its name."""
    operators = "BT /F1 12 Tf 72 700 Td 14 TL " + "".join(
        f"({line}.) Tj T* " for line in _STORY.split(". ")
    )
    chapter = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>One</h1><p>{_STORY}</p></body></html>'
    mail = (
        "From: agnes@skerry.example\nTo: you@skerry.example\nSubject: A bridge\nMIME-Version: 1.0\n"
    )
    parts = 'Content-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n'
    return {
        "seed.txt": _STORY.encode(),
        "seed.md": f"---\ntitle: A bridge\n---\n# A bridge\n\n{_STORY}\n\n- one\n- *b*\n".encode(),
        "seed.html": _PAGE.encode(),
        "seed.pdf": pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            content((operators + "ET").encode()),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ),
        "seed.docx": docx(f"<w:p><w:r><w:t>{_STORY}</w:t></w:r></w:p>" * 3),
        "seed.odt": odt(f"<text:h>A bridge</text:h><text:p>{_STORY}</text:p>"),
        "seed.rtf": f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\\f0 {_STORY}\\par}}".encode(),
        "seed.epub": archive(
            {
                "mimetype": b"application/epub+zip",
                "META-INF/container.xml": b'<container xmlns="urn:oasis:names:tc:opendocument:'
                b'xmlns:container"><rootfiles><rootfile full-path="b.opf"/></rootfiles>'
                b"</container>",
                "b.opf": b'<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest>'
                b'<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
                b'<spine><itemref idref="a"/></spine></package>',
                "a.xhtml": chapter.encode(),
            }
        ),
        "seed.eml": f"{mail}Content-Type: text/plain; charset=utf-8\n\n{_STORY}".encode(),
        "seed.mht": f"{mail}{parts}{_PAGE}\n--b--\n".encode(),
        "seed.zip": archive({"a.txt": _STORY.encode(), "b.html": _PAGE.encode()}),
        "seed.png": picture("png"),
        "seed.jpeg": picture("jpeg"),
    }


def broken(data: bytes, seed: int, other: bytes) -> bytes:
    """Return the data after one to four accidents, always the same ones for a `seed`.

    `other` is a document of which pieces get into it.
    """
    chance = random.Random(seed)
    if data.startswith(b"PK") and chance.random() < 0.8:
        # A broken archive is not even opened; its parts get further.
        with ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        part = chance.choice(sorted(parts))
        return archive({**parts, part: _with_accidents(parts[part], chance, other)})
    return _with_accidents(data, chance, other)


def _with_accidents(data: bytes, chance: random.Random, other: bytes) -> bytes:
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_ACCIDENTS)(data, chance, other)[:1_000_000]
    return data


def _flip(data: bytes, chance: random.Random, other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(min(len(changed), chance.choice((1, 4, 30)))):
        changed[chance.randrange(len(changed))] = chance.choice((0, 0xFF, chance.randrange(256)))
    return bytes(changed)


def _cut(data: bytes, chance: random.Random, other: bytes) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def _again(data: bytes, chance: random.Random, other: bytes) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.choice((1, 8, 64))]
    return data[:start] + piece * chance.choice((2, 50, 2_000)) + data[start:]


def _splice(data: bytes, chance: random.Random, other: bytes) -> bytes:
    place, start = chance.randrange(len(data) + 1), chance.randrange(len(other) + 1)
    return data[:place] + other[start : start + 500] + data[place:]


def _number(data: bytes, chance: random.Random, other: bytes) -> bytes:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return data
    place = chance.choice(digits)
    value = chance.choice((b"0", b"-1", b"65536", b"2147483647", b"99999999999999999999", b"1e999"))
    return data[:place] + value + data[place + 1 :]


_ACCIDENTS: tuple[Callable[[bytes, random.Random, bytes], bytes], ...] = (
    _flip,
    _cut,
    _without,
    _again,
    _splice,
    _number,
)
