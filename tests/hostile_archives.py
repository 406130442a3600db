"""ZIP archives, and the documents that are such archives, with bad intentions."""

from __future__ import annotations

import bz2
import struct
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hostile_pdfs import bomb

WORDS = "The bridge at Tallow was opened on Monday, and Agnes Moray was the first to cross it. "
_FIXED = (2024, 5, 6, 7, 8, 9)
Parts = Mapping[str, bytes]


def hostile_archives(secret: str) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of archives; `secret` is the path of a file that none may read."""
    article = {"bridge.txt": WORDS.encode()}
    whole = archive(article)
    yield "truncated.zip", whole[:-10]
    yield "half.zip", whole[: len(whole) // 2]
    yield "only-an-end.zip", whole[-22:]
    yield "empty-archive.zip", archive({})
    yield (
        "paths.zip",
        archive(
            {
                "../../../../../../tmp/escaped.txt": WORDS.encode(),
                "/tmp/escaped.txt": WORDS.encode(),
                "C:\\escaped.txt": WORDS.encode(),
                "..\\..\\escaped.txt": WORDS.encode(),
                "a/./../b//c.txt": WORDS.encode(),
                "line\nend\x1b[31m.txt": WORDS.encode(),
                "n" * 60_000 + ".txt": WORDS.encode(),
            }
        ),
    )
    yield "link-to-a-secret.zip", _links(secret)
    nested = whole
    for level in range(12):
        nested = archive({f"level-{level}.zip": nested, "note.txt": WORDS.encode()})
    yield "nested.zip", nested
    many = archive({"zeros.txt": bytes(5_000_000)})
    for _ in range(4):
        many = archive({f"{number}.zip": many for number in range(12)})
    yield "archives-of-archives.zip", many
    yield "bomb.zip", _raw("bomb.txt", bomb(b"a ", 2_000)[2:-4], 2_000_000_000)
    yield "bomb-that-lies.zip", _raw("bomb.txt", bomb(b"a ", 500)[2:-4], 10)
    packed = bomb(b"(word) ", 300)[2:-4]
    yield "overlapping.zip", _overlapping("part-{}.txt", packed, 300_000_000, 400)
    yield "bzip2.zip", _raw("b.txt", bz2.compress(bytes(20_000_000)), 20_000_000, method=12)
    yield "unknown-packing.zip", _raw("b.txt", b"??????", 6, method=77)
    yield "encrypted.zip", _raw("secret.txt", b"\x9c" * 400, 388, flags=1)
    yield "60000-files.zip", archive({f"{number}": b"" for number in range(60_000)}, False)
    yield "same-names.zip", _overlapping("same.txt", zlib.compress(b"same")[2:-4], 4, 600)
    yield "huge-offsets.zip", whole.replace(b"PK\x01\x02", b"PK\x01\x02" + b"\xff" * 44)
    yield "negative-start.zip", whole[:-6] + b"\xff\xff\xff\x7f\x00\x00"
    yield (
        "everything.zip",
        archive(
            {"a.pdf": b"%PDF-1.7", "b.png": b"\x89PNG\r\n\x1a\n", "c.docx": whole, "d": b"\x7fELF"}
        ),
    )
    for name, parts in _books(secret):
        yield f"{name}.epub", archive({"mimetype": b"application/epub+zip", **parts})


def archive(parts: Parts, packed: bool = True) -> bytes:
    """A ZIP archive of these files, the same every time."""
    into = BytesIO()
    with ZipFile(into, "w") as made:
        for name, data in parts.items():
            info = ZipInfo(name, _FIXED)
            info.compress_type = ZIP_DEFLATED if packed and name != "mimetype" else ZIP_STORED
            made.writestr(info, data)
    return into.getvalue()


def _links(secret: str) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w") as made:
        for name in ("linked.txt", "linked.html"):
            info = ZipInfo(name, _FIXED)
            info.create_system = 3
            info.external_attr = 0o120777 << 16
            made.writestr(info, secret)
    return into.getvalue()


def _raw(name: str, packed: bytes, size: int, method: int = 8, flags: int = 0) -> bytes:
    return _overlapping(name, packed, size, 1, method, flags)


def _overlapping(
    name: str, packed: bytes, size: int, times: int, method: int = 8, flags: int = 0
) -> bytes:
    """An archive that lists one piece of data `times` times, under different names."""
    common = struct.pack("<HHHHHIII", 20, flags, method, 0, 22726, 0, len(packed), size)
    first = name.format(0).encode()
    local = b"PK\x03\x04" + common + struct.pack("<HH", len(first), 0) + first + packed
    listed = b"".join(
        b"PK\x01\x02\x14\x00" + common + struct.pack("<HHHHHII", len(own), 0, 0, 0, 0, 0, 0) + own
        for own in (name.format(number).encode() for number in range(times))
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, times, times, len(listed), len(local), 0)
    return local + listed + end


_CONTAINER = (
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    b"</container>"
)


def _opf(items: str, spine: str, before: str = "", title: str = "A book") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
        f"</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    ).encode()


def _item(number: int, href: str, more: str = "") -> str:
    return f'<item id="i{number}" href="{href}" media-type="application/xhtml+xml" {more}/>'


def _chapter(text: str) -> bytes:
    head = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>'
    return f"{head}<body><h1>One</h1><p>{text}</p></body></html>".encode()


def _books(secret: str) -> Iterator[tuple[str, Parts]]:
    box = {"META-INF/container.xml": _CONTAINER}
    one = {**box, "one.xhtml": _chapter(WORDS * 5)}
    opf = _opf(_item(1, "one.xhtml"), '<itemref idref="i1"/>')
    yield "no-container", {"one.xhtml": _chapter(WORDS)}
    yield "no-package", one
    yield "package-is-no-xml", {**one, "book.opf": b"\x00\xff<<<"}
    yield (
        "container-in-a-circle",
        {
            **one,
            "META-INF/container.xml": _CONTAINER.replace(b"book.opf", b"META-INF/container.xml"),
        },
    )
    yield "no-chapters", {**box, "book.opf": _opf("", "")}
    yield "chapters-missing", {**box, "book.opf": opf}
    yield (
        "one-chapter-100000-times",
        {
            **one,
            "book.opf": _opf(_item(1, "one.xhtml"), '<itemref idref="i1"/>' * 100_000),
        },
    )
    contents = b'<html><body><nav epub:type="toc"><ol><li><a href="nav.xhtml">One</a>' * 2000
    yield (
        "contents-in-a-circle",
        {
            **one,
            "nav.xhtml": contents,
            "book.opf": _opf(
                _item(1, "one.xhtml") + _item(2, "nav.xhtml", 'properties="nav"'),
                '<itemref idref="i2"/><itemref idref="i1"/>',
            ),
        },
    )
    outside = "".join(
        _item(number, href)
        for number, href in enumerate(
            (
                "../../../../../../../etc/passwd",
                "/etc/passwd",
                f"file://{secret}",
                "%2e%2e/%2e%2e/a",
            )
        )
    )
    yield (
        "chapters-outside",
        {
            **box,
            "book.opf": _opf(outside, "".join(f'<itemref idref="i{n}"/>' for n in range(4))),
        },
    )
    entity = f'<!DOCTYPE package [<!ENTITY x SYSTEM "file://{secret}">]>'
    yield (
        "entity",
        {
            **one,
            "one.xhtml": entity.replace("package", "html").encode() + _chapter(WORDS * 5 + "&x;"),
            "book.opf": _opf(_item(1, "one.xhtml"), '<itemref idref="i1"/>', entity, "&x;"),
        },
    )
    yield (
        "rights",
        {
            **one,
            "book.opf": opf,
            "META-INF/rights.xml": b"<rights/>",
            "META-INF/encryption.xml": b'<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            b'container"><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><CipherData>'
            b'<CipherReference URI="one.xhtml"/></CipherData></EncryptedData></encryption>',
            "one.xhtml": b"\x91\x02\xfe" * 5_000,
        },
    )
    yield (
        "deep-chapter",
        {
            **box,
            "one.xhtml": b"<html><body>" + b"<div>" * 200_000 + WORDS.encode(),
            "book.opf": opf,
        },
    )
    yield "deep-package", {**one, "book.opf": b"<package>" + b"<a>" * 200_000}
    yield "bomb", {**box, "one.xhtml": _chapter("<b>a</b> " * 300_000), "book.opf": opf}
