"""Word, OpenDocument and Rich Text documents, made of given words."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from odfdo import Document as OpenDocument
from odfdo import Header, List, Paragraph, Table

KITE = (
    "The kite maker of Tamsel has moved into the old signal box.",
    "Irma Solberg bought the box for 900 crowns in May. Her largest kite, a heron, needs four "
    "people to hold it.",
    "She sells the kites on the platform, where a train stops twice a day.",
)
KITE_TITLE = "A kite maker in the signal box"
WHO_BOUGHT_IT = "Who bought the signal box?"
BUYER = "Irma Solberg"


def article_docx(paragraphs: Sequence[str] = KITE, title: str = KITE_TITLE) -> bytes:
    """A Word document with a heading and paragraphs."""
    document = docx.Document()
    document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def article_odt(paragraphs: Sequence[str] = KITE, title: str = KITE_TITLE) -> bytes:
    """An OpenDocument text with a heading, paragraphs, a list and a table."""
    document = OpenDocument("text")
    document.body.clear()
    document.body.append(Header(1, title))
    for paragraph in paragraphs:
        document.body.append(Paragraph(paragraph))
    return saved(document)


def odt_of(*elements: Any) -> bytes:
    """An OpenDocument text of such elements."""
    document = OpenDocument("text")
    document.body.clear()
    for element in elements:
        document.body.append(element)
    return saved(document)


def table(rows: Sequence[Sequence[str]]) -> Table:
    """A table of words."""
    made = Table("Table", width=len(rows[0]), height=len(rows))
    made.set_values(rows)
    return made


def items(*texts: str) -> List:
    """A list."""
    return List(list(texts))


def article_rtf(paragraphs: Sequence[str] = KITE, title: str = KITE_TITLE) -> bytes:
    """A Rich Text document as a word processor writes it."""
    body = "".join(f"\\pard\\plain {_escaped(text)}\\par\n" for text in paragraphs)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n"
        f"{{\\info{{\\title {_escaped(title)}}}{{\\author Nils Aker}}}}\n{body}}}"
    ).encode("ascii")


def saved(document: Any) -> bytes:
    """The bytes of a document of either library."""
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _escaped(text: str) -> str:
    def one(character: str) -> str:
        if character in "\\{}":
            return f"\\{character}"
        return character if character.isascii() else f"\\u{ord(character)}?"

    return "".join(map(one, text))
