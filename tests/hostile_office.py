"""Word, OpenDocument and Rich Text documents with bad intentions."""

from __future__ import annotations

from collections.abc import Iterator

from hostile_archives import WORDS, archive

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
_LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10 if level else "ha" * 10}">' for level in range(12)
)


def hostile_office(secret: str) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents; `secret` is the path of a file that none may read."""
    dtds = {
        "entity-of-a-file": (f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{secret}">]>', "&x;"),
        "entity-of-passwd": ('<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;"),
        "entity-of-a-link": ('<!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>', "&x;"),
        "dtd-of-a-link": ('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', ""),
        "parameter-entity": (
            f'<!DOCTYPE x [<!ENTITY % f SYSTEM "file://{secret}"><!ENTITY % g '
            "\"<!ENTITY x SYSTEM 'http://127.0.0.1:9/%f;'>\">%g;]>",
            "&x;",
        ),
        "billion-laughs": (f"<!DOCTYPE x [{_LAUGHS}]>", "&l11;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY x "{"a " * 50_000}">]>', "&x;" * 20_000),
    }
    for name, (before, reference) in dtds.items():
        paragraph = f"<w:p><w:r><w:t>{reference}</w:t></w:r></w:p>"
        yield f"{name}.docx", docx(_PARAGRAPH + paragraph, before)
        yield f"{name}.odt", odt(f"<text:p>{WORDS}</text:p><text:p>{reference}</text:p>", before)
    yield from _documents(secret)
    yield from _rich_texts(secret)


def docx(body: str, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document with this body, and this before its root element."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    document = (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}">'
        f"<w:body>{body}</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations.encode(),
        "word/document.xml": document.encode(),
    }
    return archive({**parts, **(more or {})})


def odt(body: str, before: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text with this body, and this before its root element."""
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content '
        f'xmlns:office="{_OPEN}:office:1.0" xmlns:text="{_OPEN}:text:1.0" '
        f'xmlns:table="{_OPEN}:table:1.0" office:version="1.2"><office:body><office:text>'
        f"{body}</office:text></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    meta = (
        f'<office:document-meta xmlns:office="{_OPEN}:office:1.0" office:version="1.2">'
        "<office:meta/></office:document-meta>"
    )
    parts = {
        "mimetype": kind.encode(),
        "content.xml": content.encode(),
        "meta.xml": meta.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return archive({**parts, **(more or {})})


def _documents(secret: str) -> Iterator[tuple[str, bytes]]:
    cell, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    for depth in (60, 5_000):
        yield f"tables-{depth}-deep.docx", docx(cell * depth + _PARAGRAPH + end * depth)
    yield (
        "wide-table.docx",
        docx("<w:tbl><w:tr>" + f"<w:tc>{_PARAGRAPH}</w:tc>" * 20_000 + "</w:tr></w:tbl>"),
    )
    yield (
        "spanning-cell.docx",
        docx(
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2000000000'/></w:tcPr>"
            f"{_PARAGRAPH}</w:tc></w:tr></w:tbl>"
        ),
    )
    yield "many-paragraphs.docx", docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 150_000)
    yield "bomb.docx", docx(_PARAGRAPH + " " * 100_000_000)
    yield "deep.docx", docx("<w:a>" * 100_000)
    yield "no-document.docx", archive({"[Content_Types].xml": b"<Types/>"})
    yield "no-xml.docx", docx("").replace(b"PK\x01\x02", b"PK\x01\x00")
    outside = (
        f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="x" Type="{_OFFICE}/aFChunk" '
        f'Target="file://{secret}" TargetMode="External"/><Relationship Id="y" '
        f'Type="{_OFFICE}/styles" Target="../../../../../..{secret}"/></Relationships>'
    )
    yield (
        "parts-outside.docx",
        docx(
            f'{_PARAGRAPH}<w:altChunk r:id="x"/>',
            more={"word/_rels/document.xml.rels": outside.encode()},
        ),
    )
    included = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{secret}"/>'
    yield "included.docx", docx(_PARAGRAPH + included)
    yield "included.odt", odt(f"<text:p>{WORDS}</text:p>{included}")
    row, last = "<table:table><table:table-row><table:table-cell>", "</table:table-cell>"
    last += "</table:table-row></table:table>"
    yield "tables-5000-deep.odt", odt(row * 5_000 + f"<text:p>{WORDS}</text:p>" + last * 5_000)
    yield (
        "repeated-cells.odt",
        odt(
            '<table:table><table:table-row table:number-rows-repeated="1000000000">'
            '<table:table-cell table:number-columns-repeated="1000000000">'
            f"<text:p>{WORDS}</text:p></table:table-cell></table:table-row></table:table>"
        ),
    )
    yield "spaces.odt", odt(f'<text:p>{WORDS}<text:s text:c="2000000000"/>end.</text:p>')
    deep = "<text:section>" * 50_000
    yield "deep.odt", odt(deep)
    yield "no-content.odt", archive({"mimetype": b"application/vnd.oasis.opendocument.text"})
    locked = (
        f'<manifest:manifest xmlns:manifest="{_OPEN}:manifest:1.0"><manifest:file-entry '
        'manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
        "</manifest:manifest>"
    )
    yield "encrypted.odt", odt("", more={"META-INF/manifest.xml": locked.encode()})


def _rich_texts(secret: str) -> Iterator[tuple[str, bytes]]:
    start = b"{\\rtf1\\ansi "
    words = WORDS.encode()
    yield "100000-groups.rtf", start + b"{" * 100_000 + words + b"}" * 100_000
    yield "groups-not-closed.rtf", start + b"{\\b " * 200_000
    yield "groups-closed-too-often.rtf", start + words + b"}" * 300_000
    yield "huge-binary.rtf", start + b"{\\bin2147483647 " + words + b"}}"
    yield "negative-binary.rtf", start + b"{\\bin-2147483648 " + words + b"}}"
    yield (
        "strange-letters.rtf",
        start + b"\\u99999999999999999999? \\u-70000? \\'zz \\'" * 500 + b"}",
    )
    yield "lone-halves.rtf", start + words + b"\\u-10240? \\u-9216?" * 500 + b"}"
    yield "backslashes.rtf", start + b"\\" * 1_000_000
    yield "long-word.rtf", start + b"\\" + b"a" * 1_000_000 + b"}"
    yield "long-number.rtf", start + b"\\fs" + b"9" * 1_000_000 + b" a}"
    yield "strange-page.rtf", b"{\\rtf1\\ansi\\ansicpg99999999\\deff0 " + words + b"}"
    yield (
        "field.rtf",
        start + b'{\\field{\\*\\fldinst INCLUDETEXT "%s"}}}' % secret.encode() + words,
    )
    yield "only-a-start.rtf", b"{\\rtf"
    yield "many-lines.rtf", start + b"\\par " * 300_000 + b"}"
