"""Word documents, by python-docx; the only importer of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from index.errors import DamagedSourceError
from index.formats.blocks import Block, join_blocks, row_of
from index.formats.draft import Draft
from index.formats.properties import believable_author, believable_title, date_at_top
from index.formats.unpacking import check_zip
from index.records import Format
from index.settings import IndexSettings

# What was deleted with changes tracked, and the second rendering of a drawing for old programs.
_HIDDEN = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_HEADING = re.compile(r"(?:title|heading ?1)", re.IGNORECASE)
_BROKEN = (LookupError, ValueError, TypeError, AttributeError, OSError)
"""What python-docx raises over a document that is not whole."""
_DEPTH = 20
"""Tables within tables; deeper ones are nobody's layout."""


def read_docx(data: bytes, settings: IndexSettings) -> Draft:
    """Return the text of a Word document, its notes at the end, with what it says of itself.

    Raises EncryptedSourceError, DamagedSourceError or SourceTooLargeError.
    """
    check_zip(data, settings)
    try:
        document = docx.Document(BytesIO(data))
        walk = _Walk(_numbering(document))
        blocks = [*walk.blocks(document.element.body), *_notes(document)]
        properties = document.core_properties
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, *_BROKEN) as error:
        raise _damaged() from error
    heading = next((text for style, text in walk.headings if _HEADING.fullmatch(style)), None)
    return Draft(
        text=join_blocks(blocks),
        title=believable_title(properties.title) or heading,
        author=believable_author(properties.author),
        published=date_at_top(line for _, text in blocks[:20] for line in text.split("\n")),
        format=Format.WORD,
        language=properties.language or None,
    )


@dataclass(slots=True)
class _Walk:
    """Goes through a document from top to bottom, counting its numbered lists."""

    bullets: dict[tuple[str, str], bool]
    """Whether a level of a list has bullets, by the list's and the level's number."""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    headings: list[tuple[str, str]] = field(default_factory=list)
    """Styles and texts of the first paragraphs."""

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[tuple[Block, str]]:
        """The paragraphs, items and rows below an element."""
        for element in parent.iterchildren():
            if element.tag == qn("w:p"):
                if text := _text(element).strip():
                    yield self._paragraph(element, text)
            elif element.tag == qn("w:tbl"):
                if depth < _DEPTH:
                    yield from self._rows(element, depth)
            elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")):
                yield from self.blocks(element, depth)

    def _paragraph(self, element: Any, text: str) -> tuple[Block, str]:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = "" if style is None else style.get(qn("w:val"), "")
        if len(self.headings) < 50:
            self.headings.append((name, text))
        number = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if number is None:
            if name.startswith("ListBullet"):
                return Block.ITEM, f"- {text}"
            return Block.PARAGRAPH, text
        values = [number.find(qn(tag)) for tag in ("w:numId", "w:ilvl")]
        list_id, level = ("0" if each is None else each.get(qn("w:val"), "0") for each in values)
        if list_id == "0":
            return Block.PARAGRAPH, text
        key = list_id, level
        indent = "  " * (int(level) if level.isdigit() else 0)
        if self.bullets.get(key, True):
            return Block.ITEM, f"{indent}- {text}"
        self.counts[key] = self.counts.get(key, 0) + 1
        return Block.ITEM, f"{indent}{self.counts[key]}. {text}"

    def _rows(self, table: Any, depth: int) -> Iterator[tuple[Block, str]]:
        for row in table.iterchildren(qn("w:tr")):
            cells = [
                " ".join(text for _, text in self.blocks(cell, depth + 1))
                for cell in row.iterchildren(qn("w:tc"))
            ]
            if len(cells) == 1:
                # A box around text, not a table.
                yield Block.PARAGRAPH, cells[0]
            elif any(cells):
                yield Block.ROW, row_of(cells)


def _text(paragraph: Any) -> str:
    """All that is visible in a paragraph: runs, links, insertions and text boxes."""
    parts: list[str] = []
    waiting = [paragraph]
    while waiting:
        element = waiting.pop()
        if element.tag in _HIDDEN:
            continue
        if element.tag == qn("w:t"):
            parts.append(element.text or "")
        elif element.tag == qn("w:tab"):
            parts.append("\t" if element.getparent().tag == qn("w:r") else "")
        elif element.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif element.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        else:
            if element.tag == qn("w:p") and element is not paragraph:
                parts.append("\n")
            waiting += reversed(list(element.iterchildren(tag=None)))
    return "".join(parts)


def _numbering(document: WordDocument) -> dict[tuple[str, str], bool]:
    part = _related(document, RELATIONSHIP_TYPE.NUMBERING)
    if part is None:
        return {}
    kinds: dict[str, dict[str, bool]] = {}
    for abstract in part.iterchildren(qn("w:abstractNum")):
        levels = kinds.setdefault(abstract.get(qn("w:abstractNumId"), ""), {})
        for level in abstract.iterchildren(qn("w:lvl")):
            form = level.find(qn("w:numFmt"))
            bullet = form is None or form.get(qn("w:val")) in ("bullet", "none")
            levels[level.get(qn("w:ilvl"), "")] = bullet
    found = {}
    for number in part.iterchildren(qn("w:num")):
        reference = number.find(qn("w:abstractNumId"))
        if reference is not None:
            for level, bullet in kinds.get(reference.get(qn("w:val"), ""), {}).items():
                found[number.get(qn("w:numId"), ""), level] = bullet
    return found


def _notes(document: WordDocument) -> Iterator[tuple[Block, str]]:
    for kind, tag in (
        (RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote"),
        (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote"),
    ):
        part = _related(document, kind)
        if part is None:
            continue
        for note in part.iterchildren(qn(tag)):
            text = " ".join(_text(paragraph).strip() for paragraph in note.iterchildren(qn("w:p")))
            # The first two are the lines that separate notes from text.
            if text.strip() and note.get(qn("w:type")) is None:
                yield Block.PARAGRAPH, text.strip()


def _related(document: WordDocument, kind: str) -> Any | None:
    try:
        part = document.part.part_related_by(kind)
        return parse_xml(part.blob)
    except (KeyError, ValueError, XMLSyntaxError):
        return None


def _damaged() -> DamagedSourceError:
    return DamagedSourceError(
        "This Word document is damaged.",
        hint="Open it in a word processor and save it anew, or paste its text.",
    )
