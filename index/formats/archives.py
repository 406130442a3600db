"""Which kind of document an archive is: Word, OpenDocument, a book, or a ZIP of documents."""

from __future__ import annotations

from index.errors import BinarySourceError, EncryptedSourceError
from index.formats.signatures import Kind
from index.formats.unpacking import first_bytes, names_in_zip

_OPEN_DOCUMENT = ("application/vnd.oasis.opendocument.", "application/vnd.sun.xml.")
_WRITER = ("text", "writer")
_SPREADSHEET = (
    "This is a spreadsheet, and spreadsheets are not read.",
    "Send the text that belongs to it as a .docx or PDF document.",
)
_SLIDES = (
    "These are slides, and slides are not read.",
    "Save them as PDF, and send that.",
)
_DRAWING = ("This is a drawing, and drawings are not read.", "Save it as PDF, and send that.")
_APPLE = (
    "This is an Apple Pages, Numbers or Keynote document, which are not read.",
    "Export it as Word or PDF, and send that.",
)
_XPS = ("This is an XPS document, which is not read.", "Save it as PDF, and send that.")
_PROGRAM = ("This is a program, not text.", "Send documents or links to articles.")
_OLD_WORD = ("This is an old Word document (.doc).", "Save it as .docx or PDF, and send that.")
_OUTLOOK = ("This is a message of Outlook (.msg).", "Save it as .eml or PDF, and send that.")
_OLD_OFFICE = (
    "This is an old Microsoft Office document.",
    "Save it as .docx or PDF, and send that.",
)
_OFFICE_PARTS = (("xl/", _SPREADSHEET), ("ppt/", _SLIDES), ("visio/", _DRAWING))

# The names of what is inside, in the directory of an old Office file.
_STREAMS = (
    ("WordDocument", _OLD_WORD),
    ("PowerPoint Document", _SLIDES),
    ("Workbook", _SPREADSHEET),
    ("VisioDocument", _DRAWING),
    ("__substg1.0_", _OUTLOOK),
)


def kind_of_zip(data: bytes) -> Kind:
    """Return the kind of document that an archive is.

    Raises BinarySourceError for one of a kind that is not read, DamagedSourceError for a broken
    archive, SourceTooLargeError for one of too many files.
    """
    names = names_in_zip(data)
    known = frozenset(names)
    mimetype = first_bytes(data, "mimetype").decode("ascii", "replace").strip()
    for family in _OPEN_DOCUMENT:
        if mimetype.startswith(family):
            return _open_document(mimetype.removeprefix(family))
    if mimetype.startswith("application/epub") or "META-INF/container.xml" in known:
        return Kind.EPUB
    if {"content.xml", "META-INF/manifest.xml"} <= known:
        return Kind.OPENDOCUMENT
    if "[Content_Types].xml" in known:
        return _office(names)
    if any(name.endswith(".iwa") for name in names):
        raise BinarySourceError(*_APPLE)
    if {"AndroidManifest.xml", "META-INF/MANIFEST.MF"} & known:
        raise BinarySourceError(*_PROGRAM)
    return Kind.ZIP


def refuse_old_office(data: bytes) -> None:
    """Raise the error for a compound file: an old Office document, or a locked new one.

    Raises EncryptedSourceError or BinarySourceError.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedSourceError(
            "The document is locked with a password.",
            hint="Save it without a password, and send that.",
        )
    for stream, refusal in _STREAMS:
        if stream.encode("utf-16-le") in data:
            raise BinarySourceError(*refusal)
    raise BinarySourceError(*_OLD_OFFICE)


def _open_document(kind: str) -> Kind:
    if kind.startswith(_WRITER):
        return Kind.OPENDOCUMENT
    if kind.startswith(("spreadsheet", "calc")):
        raise BinarySourceError(*_SPREADSHEET)
    raise BinarySourceError(
        *(_SLIDES if kind.startswith(("presentation", "impress")) else _DRAWING)
    )


def _office(names: tuple[str, ...]) -> Kind:
    if any(name.startswith("word/") for name in names):
        return Kind.WORD
    for folder, refusal in _OFFICE_PARTS:
        if any(name.startswith(folder) for name in names):
            raise BinarySourceError(*refusal)
    raise BinarySourceError(*(_XPS if any(name.endswith(".fpage") for name in names) else _DRAWING))
