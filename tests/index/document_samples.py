"""The bytes of small documents, made here: books, mails, saved pages, archives."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

TITLE = "The night ferry returns to Ostrel"
PARAGRAPHS = (
    "The night ferry between Ostrel and the island of Varn sails again from Monday, after eleven "
    "years in which the last boat left at six in the evening.",
    "Captain Ilse Marrow said that the first crossing carried forty-one people, two goats and the "
    "island's new piano, which was tuned on deck before sunrise.",
    "The harbour council pays 180,000 crowns a year for the service. A ticket costs nine crowns, "
    "and children under twelve travel free of charge.",
)
CHAPTERS = (
    ("The boat", (*PARAGRAPHS[:1], "She was built at Lund in 1961 and has been painted green.")),
    ("The crossing", (*PARAGRAPHS[1:2], "The crossing takes fifty minutes in calm weather.")),
    ("The money", (*PARAGRAPHS[2:], "Nobody has yet paid for the piano, the council noted.")),
)

_CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""


def article_html(title: str = TITLE, paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    """A page with a menu around its article."""
    text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{escape(title)}</title></head><body>"
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>"
        f"<article><h1>{escape(title)}</h1>{text}</article><footer>Imprint</footer></body></html>"
    )


def article_zip(
    files: Mapping[str, bytes | str] | None = None, *, compression: int = ZIP_DEFLATED
) -> bytes:
    """An archive of files by name; of one text and one page where none are given."""
    if files is None:
        files = {"ferry.txt": "\n\n".join((TITLE, *PARAGRAPHS)), "pages/ferry.html": article_html()}
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def chapter_page(title: str, paragraphs: Sequence[str], body: str = "") -> str:
    """A chapter of a book as XHTML; `body` stands for its heading and paragraphs."""
    body = body or f"<h2>{escape(title)}</h2>" + "".join(
        f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
        f"<body>{body}</body></html>"
    )


def article_epub(
    chapters: Sequence[tuple[str, Sequence[str]]] = CHAPTERS,
    *,
    title: str = "Ferries of the north",
    author: str = "Tove Halden",
    contents: Sequence[tuple[str, str]] | None = None,
    metadata: str = "<dc:date>2021-04-06</dc:date>"
    '<meta property="dcterms:modified">2024-01-02T00:00:00Z</meta>',
    spine: Mapping[str, str] | None = None,
    more: Mapping[str, bytes | str] | None = None,
    guide: str = "",
    navigation: str | None = None,
) -> bytes:
    """A book; `spine` replaces its pages by name, `contents` its table of (title, link)."""
    pages = dict(spine or {f"c{n}.xhtml": chapter_page(*one) for n, one in enumerate(chapters)})
    if contents is None and spine is None:
        contents = [(one[0], name) for one, name in zip(chapters, pages, strict=True)]
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(pages)
    )
    if contents is not None or navigation is not None:
        entries = "".join(f'<li><a href="{link}">{text}</a></li>' for text, link in contents or ())
        list_of_contents = navigation or f'<nav epub:type="toc"><ol>{entries}</ol></nav>'
        pages["nav.xhtml"] = chapter_page("", (), list_of_contents)
        items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="text/html"/>'
    order = "".join(f'<itemref idref="i{n}"/>' for n in range(items.count('id="i')))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<dc:language>en-GB</dc:language>{metadata}</metadata>"
        f"<manifest>{items}</manifest><spine>{order}</spine>{guide}</package>"
    )
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": package,
        **{f"OEBPS/{name}": page for name, page in pages.items()},
        **(more or {}),
    }
    return article_zip(files)


def with_package(book: bytes, old: str, new: str) -> bytes:
    """The book with `new` instead of `old` in what it says of itself."""
    with ZipFile(BytesIO(book)) as archive:
        files: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
        package = archive.read("OEBPS/book.opf").decode()
    assert old in package
    return article_zip({**files, "OEBPS/book.opf": package.replace(old, new)})


def article_eml(
    plain: str | None = "\n\n".join(PARAGRAPHS),
    html: str | None = None,
    *,
    subject: str = TITLE,
    fields: Mapping[str, str] | None = None,
    attachments: Sequence[tuple[str, bytes]] = (),
    charset: str = "utf-8",
) -> bytes:
    """A mail with either text or both, and files."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Tove Halden <tove@lantern.example>"
    message["To"] = "me@example.org"
    message["Subject"] = subject
    message["Date"] = "Tue, 06 Apr 2021 23:30:00 +0200"
    message["Message-ID"] = "<1@lantern.example>"
    for name, value in (fields or {}).items():
        message[name] = value
    if plain is not None:
        message.set_content(plain, charset=charset)
    if html is not None and plain is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def article_mht(
    page: str | None = None,
    *,
    address: str = "https://lantern.example/ferry",
    charset: str = "utf-8",
) -> bytes:
    """A page saved in one file by Chrome."""
    content = (article_html() if page is None else page).encode(charset)
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: " + address.encode() + b"\r\n"
        b"Subject: Ferry\r\nDate: Tue, 6 Apr 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n'
        b"------B\r\nContent-Type: text/html; charset=" + charset.encode() + b"\r\n"
        b"Content-ID: <frame@mhtml.blink>\r\nContent-Transfer-Encoding: binary\r\n"
        b"Content-Location: " + address.encode() + b"\r\n\r\n" + content + b"\r\n"
        b"------B\r\nContent-Type: text/css\r\nContent-Location: cid:css@mhtml.blink\r\n\r\n"
        b"p { color: red }\r\n------B--\r\n"
    )


def lying_zip(name: str, content: bytes, said: int) -> bytes:
    """An archive with one file that says it is `said` bytes long."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packed.compress(content) + packed.flush()
    path = name.encode()
    about = struct.pack(
        "<HHHHHIIIHH", 20, 0, 8, 0, 0x21, zlib.crc32(content), len(data), said, len(path), 0
    )
    local = b"PK\x03\x04" + about + path + data
    listed = b"PK\x01\x02" + b"\x14\x00" + about + bytes(14) + path
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(listed), len(local), 0)
    return local + listed + b"PK\x05\x06" + end


def overlapping_zip(files: int, content: bytes) -> bytes:
    """An archive in which many files are the same bytes, as in a bomb."""
    first = article_zip({"a.txt": content})
    with ZipFile(BytesIO(first)) as archive:
        info: ZipInfo = archive.infolist()[0]
        start = archive.start_dir
    entry = first[start : first.index(b"PK\x05\x06")]
    assert info.header_offset == 0
    listed = entry * files
    end = struct.pack("<HHHHIIH", 0, 0, files, files, len(listed), start, 0)
    return first[:start] + listed + b"PK\x05\x06" + end


def encrypted_zip(name: str = "secret.txt") -> bytes:
    """An archive that says that its file needs a password."""
    data = bytearray(article_zip({name: "Some words."}, compression=ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)
