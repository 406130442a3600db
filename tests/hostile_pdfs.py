"""PDF files that want to break, exhaust or deceive whoever reads them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_MEGABYTE = 1_000_000


def hostile_pdfs(secret: str) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents; `secret` is the path of a file that none may read."""
    whole = pdf(
        *_pages(content(b"BT /F1 12 Tf 72 700 Td (The bridge was opened on Monday.) Tj ET"))
    )
    for percent in (1, 10, 50, 90, 99):
        yield f"truncated-{percent}.pdf", whole[: len(whole) * percent // 100]
    yield "only-a-header.pdf", b"%PDF-1.7\n"
    yield "no-objects.pdf", b"%PDF-1.7\n%%EOF"
    yield "no-cross-references.pdf", whole[: whole.rindex(b"xref\n")]
    yield "zeros-within.pdf", whole[:300] + bytes(2_000) + whole[300:]
    yield "encrypted.pdf", pdf(*_pages(content(b"BT ET")), trailer=_ENCRYPTED)
    yield (
        "strange-encryption.pdf",
        pdf(*_pages(content(b"BT ET")), trailer=b"/Encrypt << /Filter /Nobody /V 99 >>"),
    )
    yield "100000-pages-declared.pdf", _with_pages(b"[3 0 R]", 100_000)
    yield "100000-pages-of-one.pdf", _with_pages(b"[" + b"3 0 R " * 100_000 + b"]", 100_000)
    yield "minus-one-pages.pdf", _with_pages(b"[3 0 R]", -1)
    yield "pages-in-a-circle.pdf", _with_pages(b"[2 0 R]", 5)
    yield "page-is-its-parent.pdf", _with_pages(b"[3 0 R 2 0 R 1 0 R]", 3)
    yield "deep-page-tree.pdf", _deep_page_tree(20_000)
    yield (
        "length-in-a-circle.pdf",
        pdf(*_pages(b"<< /Length 4 0 R >>\nstream\nBT (a) Tj ET\nendstream")),
    )
    yield "objects-in-a-circle.pdf", pdf(b"2 0 R", b"3 0 R", b"1 0 R")
    yield "form-in-itself.pdf", _form_in_itself()
    yield (
        "previous-is-itself.pdf",
        whole.replace(b"/Root", b"/Prev %d /Root" % whole.rindex(b"xref")),
    )
    yield "deep-arrays.pdf", pdf(*_pages(content(b"[" * 500_000)), b"[" * 200_000)
    yield "deep-dictionaries.pdf", pdf(*_pages(content(b"")), b"<< /A " * 100_000)
    yield "huge-cross-references.pdf", whole.replace(b"xref\n0 6", b"xref\n0 2147483647")
    yield "object-streams.pdf", _object_stream_of_itself()
    yield "bomb-of-text.pdf", pdf(*_pages(_packed(bomb(b"(aaaa) Tj ", 400))))
    yield "bomb-of-zeros.pdf", pdf(*_pages(_packed(bomb(b"\x00", 2_000))))
    twice = zlib.compress(bomb(b"\x00", 4_000), 9)
    yield "bomb-in-a-bomb.pdf", pdf(*_pages(_packed(twice, b"[/FlateDecode /FlateDecode]")))
    thousand = b"[" + b"/FlateDecode " * 1_000 + b"]"
    yield "a-thousand-filters.pdf", pdf(*_pages(_packed(zlib.compress(b"BT ET"), thousand)))
    yield "picture-of-ten-gigapixels.pdf", _with_picture(100_000, 100_000, b"[0 0 595 842]")
    yield "page-of-a-kilometre.pdf", _with_picture(8, 8, b"[0 0 3000000 3000000]")
    yield "page-of-nothing.pdf", _with_picture(8, 8, b"[0 0 0 0]")
    yield "page-not-a-number.pdf", _with_picture(8, 8, b"[nan 1e999 -1e999 /A]")
    yield "a-million-operators.pdf", pdf(*_pages(content(b"q Q " * 500_000)))
    yield "saved-states.pdf", pdf(*_pages(content(b"q " * _MEGABYTE)))
    yield "letters-everywhere.pdf", pdf(*_pages(content(_scattered(60_000))))
    yield (
        "text-of-another-file.pdf",
        pdf(*_pages(b"<< /Length 0 /F (%s) /FFilter [] >>\nstream\n\nendstream" % secret.encode())),
    )
    yield (
        "programs.pdf",
        pdf(
            b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.launchURL("
            b'"file:///etc/passwd")) >> >>',
            *_pages(content(b"BT /F1 12 Tf (Words.) Tj ET"))[1:],
        ),
    )


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    parts = [b"%PDF-1.7\n"]
    offsets = []
    size = len(parts[0])
    for number, body in enumerate(objects, 1):
        offsets.append(size)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        size += len(parts[-1])
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % offset for offset in offsets]
    parts.append(b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % size)
    return b"".join(parts)


def content(operators: bytes) -> bytes:
    """A stream, not packed."""
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(operators), operators)


def bomb(unit: bytes, megabytes: int) -> bytes:
    """What zlib unpacks to so many times a million bytes of `unit`, made in no time.

    A block that begins afresh is the same wherever it stands, so one is made and repeated. Only
    the checksum at the end is wrong.
    """
    packer = zlib.compressobj(9)
    million = unit * (_MEGABYTE // len(unit))
    first = packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH)
    return first + again * (megabytes - 1) + b"\x03\x00" + bytes(4)


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_ENCRYPTED = (
    b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
    b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >>"
    % (b"5a" * 32, b"c3" * 32)
)


def _pages(contents: bytes, box: bytes = b"[0 0 595 842]") -> tuple[bytes, ...]:
    return (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % box,
        contents,
        _FONT,
    )


def _with_pages(kids: bytes, count: int) -> bytes:
    catalog, _, *rest = _pages(content(b"BT /F1 12 Tf 72 700 Td (Once upon a time.) Tj ET"))
    return pdf(catalog, b"<< /Type /Pages /Kids %s /Count %d >>" % (kids, count), *rest)


def _deep_page_tree(depth: int) -> bytes:
    nodes = [
        b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (number, number + 2)
        for number in range(1, depth)
    ]
    return pdf(b"<< /Type /Catalog /Pages 2 0 R >>", *nodes)


def _form_in_itself() -> bytes:
    catalog, pages, _, *_ = _pages(b"")
    return pdf(
        catalog,
        pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>",
        content(b"/X Do " * 10),
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 60 "
        b"/Resources << /XObject << /X 5 0 R >> >> >>\nstream\n%s\nendstream" % (b"/X Do " * 10),
    )


def _object_stream_of_itself() -> bytes:
    stream = b"<< /Type /ObjStm /N 2147483647 /First 10 /Extends 4 0 R /Length 20 >>\nstream\n"
    return pdf(*_pages(stream + b"4 0 4 0 4 0 4 0 4 0 \nendstream"))


def _packed(data: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    return b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(data), filters, data)


def _with_picture(width: int, height: int, box: bytes) -> bytes:
    catalog, pages, _, *_ = _pages(b"")
    data = bomb(b"\xff", 200) if width > 8 else zlib.compress(bytes(64))
    return pdf(
        catalog,
        pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>" % box,
        content(b"q 3000000 0 0 3000000 0 0 cm /X Do Q"),
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (width, height, len(data), data),
    )


def _scattered(count: int) -> bytes:
    places = (b"1 0 0 1 %d %d Tm (x) Tj" % (n * 7919 % 595, n * 104729 % 842) for n in range(count))
    return b"BT /F1 3 Tf " + b" ".join(places) + b" ET"
