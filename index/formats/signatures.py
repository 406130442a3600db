"""The kinds of files, and the first bytes by which they give themselves away (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(str, Enum):
    """The kinds of documents that are read, each by a reader of its own."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PAGE = "page"
    SAVED_PAGE = "mht"
    """A web page with its pictures in one file."""
    MAIL = "mail"
    PDF = "pdf"
    WORD = "docx"
    OPENDOCUMENT = "odt"
    RTF = "rtf"
    EPUB = "epub"
    PICTURE = "picture"
    ZIP = "zip"
    """An archive of documents."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a file is: its name with an article, and its kind where it is read."""

    name: str
    kind: Kind | None = None
    hint: str = ""
    """What to do with it where there is something better than to save it as another kind."""


_PICTURE_HINT = "Send it as a JPEG or PNG picture; a photo in Telegram is one."
_UNPACK_HINT = "Unpack it, and send the documents in it, or a .zip of them."
_SOUND_HINT = "Sounds are not kept as articles; send a text of what is said."
_FILM_HINT = "Films are not kept as articles; send a text of what is said."

_JPEG = Signature("a JPEG picture", Kind.PICTURE)
_TIFF = Signature("a TIFF picture", Kind.PICTURE)
_GIF = Signature("a GIF picture", Kind.PICTURE)
_ZIP = Signature("a ZIP archive", Kind.ZIP)
_SOUND = Signature("a sound", hint=_SOUND_HINT)
_FILM = Signature("a film", hint=_FILM_HINT)
_COMPRESSED = Signature("a compressed file", hint=_UNPACK_HINT)
_PROGRAM = Signature("a program")
_FONT = Signature("a font")

_BEGINNINGS = (
    (b"%PDF-", Signature("a PDF document", Kind.PDF)),
    (b"{\\rtf", Signature("a Rich Text document", Kind.RTF)),
    (b"PK\x03\x04", _ZIP),
    (b"PK\x05\x06", _ZIP),
    (b"PK\x07\x08PK\x03\x04", _ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Signature("an old Microsoft Office document")),
    (b"%!PS-", Signature("a PostScript document", hint="Save it as PDF, and send that.")),
    (b"AT&TFORM", Signature("a DjVu document", hint="Save it as PDF, and send that.")),
    (b"ITSF\x03", Signature("a Windows help file")),
    (b"\x89PNG", Signature("a PNG picture", Kind.PICTURE)),
    (b"\xff\xd8\xff", _JPEG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"8BPS\x00", Signature("a Photoshop drawing", hint=_PICTURE_HINT)),
    (b"\xff\x0a\xff", Signature("a JPEG XL picture", hint=_PICTURE_HINT)),
    (b"\x00\x00\x00\x0cJXL ", Signature("a JPEG XL picture", hint=_PICTURE_HINT)),
    (b"OggS", _SOUND),
    (b"fLaC", _SOUND),
    (b"ID3\x02", _SOUND),
    (b"ID3\x03", _SOUND),
    (b"ID3\x04", _SOUND),
    (b"MThd\x00", _SOUND),
    (b"FLV\x01", _FILM),
    (b"\x1aE\xdf\xa3", _FILM),
    (b"\x00\x00\x01\xba", _FILM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\x00asm", _PROGRAM),
    (b"wOFF", _FONT),
    (b"wOF2", _FONT),
    (b"OTTO\x00", _FONT),
    (b"\x00\x01\x00\x00\x00", _FONT),
    (b"\x1f\x8b", _COMPRESSED),
    (b"BZh91AY&SY", _COMPRESSED),
    (b"\xfd7zXZ\x00", _COMPRESSED),
    (b"(\xb5/\xfd", _COMPRESSED),
    (b"\x04\x22\x4d\x18", _COMPRESSED),
    (b"7z\xbc\xaf'\x1c", _COMPRESSED),
    (b"Rar!\x1a\x07", _COMPRESSED),
    (b"SQLite format 3\x00", Signature("a database")),
    (b"bplist00", Signature("a Safari web archive", hint="Save the page as HTML or PDF.")),
)
_RIFF = {
    b"WEBP": Signature("a WebP picture", Kind.PICTURE),
    b"WAVE": _SOUND,
    b"AVI ": _FILM,
}
_APPLE_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
_APPLE_SOUNDS = (b"M4A ", b"M4B ", b"M4P ")
_KINDLE = Signature(
    "a Kindle book", hint="Save it as EPUB, with Calibre for example, and send that."
)
_KINDLE_MARKS = (b"BOOKMOBI", b"TEXtREAd")


def signature_of(data: bytes) -> Signature | None:
    """Return what a file is where its first bytes give it away, else None."""
    for beginning, signature in _BEGINNINGS:
        if data.startswith(beginning):
            return signature
    # "RIFF" alone might begin a text about it; a real one has its length after that.
    if data.startswith(b"RIFF") and (b"\x00" in data[4:8] or data[8:12] in _RIFF):
        return _RIFF.get(data[8:12], Signature("a sound, film or picture"))
    if data[4:8] == b"ftyp":
        return _apple(data[8:12])
    if data.startswith(b"BM") and data[6:10] == b"\x00\x00\x00\x00":
        return Signature("a BMP picture", Kind.PICTURE)
    if data.startswith(b"MZ") and b"\x00" in data[2:64]:
        return _PROGRAM
    if data[60:68] in _KINDLE_MARKS:
        return _KINDLE
    if data[257:262] == b"ustar":
        return _COMPRESSED
    return None


def _apple(brand: bytes) -> Signature:
    if brand in _APPLE_PICTURES:
        return Signature("a HEIC or AVIF picture", hint=_PICTURE_HINT)
    return _SOUND if brand in _APPLE_SOUNDS else _FILM
