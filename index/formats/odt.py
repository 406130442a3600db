"""OpenDocument texts, by odfdo; the only importer of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from lxml.etree import XMLSyntaxError
from odfdo import Document as OpenDocument
from odfdo.security import SecurityError

from index.errors import DamagedSourceError
from index.formats.blocks import Block, join_blocks, row_of
from index.formats.draft import Draft
from index.formats.properties import believable_author, believable_title, date_at_top
from index.formats.unpacking import check_zip
from index.records import Format
from index.settings import IndexSettings

# None of these programs writes one, and what one declares could be anything.
_DECLARATION = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_HIDDEN = frozenset(
    {
        *("office:annotation", "office:annotation-end", "office:forms", "text:tracked-changes"),
        *("text:table-of-content", "text:alphabetical-index", "text:sequence-decls"),
        *("text:note", "draw:object", "svg:title", "svg:desc"),
    }
)
_BROKEN = (BadZipFile, KeyError, ValueError, TypeError, AttributeError, OSError)
"""What odfdo raises over a document that is not whole."""
_DEPTH = 60
"""Lists, sections and tables within one another; deeper ones are nobody's layout."""


def read_odt(data: bytes, settings: IndexSettings) -> Draft:
    """Return the text of an OpenDocument text, its notes at the end, with what it says of itself.

    Raises EncryptedSourceError, DamagedSourceError or SourceTooLargeError.
    """
    check_zip(data, settings)
    try:
        document = OpenDocument(BytesIO(data))
        container = document.container
        parts = [container.get_part(name) for name in container.parts] if container else []
        if any(isinstance(part, bytes) and _DECLARATION.search(part[:4096]) for part in parts):
            raise _damaged()
        walk = _Walk()
        blocks = list(walk.blocks(document.body))
        about = _about(document)
    except (*_BROKEN, XMLSyntaxError, SecurityError) as error:
        raise _damaged() from error
    notes = [(Block.PARAGRAPH, note) for note in walk.notes]
    return Draft(
        text=join_blocks([*blocks, *notes]),
        title=believable_title(about.title) or walk.heading,
        author=believable_author(about.author),
        published=date_at_top(line for _, text in blocks[:20] for line in text.split("\n")),
        format=Format.OPENDOCUMENT,
        language=about.language,
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What a document says of itself; it need not say anything."""

    title: str | None = None
    author: str | None = None
    language: str | None = None


def _about(document: OpenDocument) -> _About:
    try:
        meta = document.meta
        return _About(meta.title, meta.creator or meta.initial_creator, meta.language or None)
    except (*_BROKEN, XMLSyntaxError):
        return _About()


@dataclass(slots=True)
class _Walk:
    """Goes through a text from top to bottom, and gathers its notes."""

    notes: list[str] = field(default_factory=list)
    heading: str | None = None

    def blocks(self, parent: Any, depth: int = 0) -> Iterator[tuple[Block, str]]:
        """The paragraphs, items and rows below an element."""
        if depth > _DEPTH:
            return
        for element in parent.children:
            tag = element.tag
            if tag in _HIDDEN:
                continue
            if tag in ("text:p", "text:h"):
                text = self._text(element, depth).strip()
                if tag == "text:h" and self.heading is None:
                    self.heading = text or None
                yield Block.PARAGRAPH, text
            elif tag == "text:list":
                yield from self._items(element, depth)
            elif tag == "table:table":
                for row in element.get_elements("descendant::table:table-row"):
                    yield from self._row(row, depth)
            else:
                yield from self.blocks(element, depth + 1)

    def _items(self, items: Any, depth: int, indent: str = "") -> Iterator[tuple[Block, str]]:
        if depth > _DEPTH:
            return
        for item in items.children:
            mark = "- "
            for element in item.children:
                if element.tag == "text:list":
                    yield from self._items(element, depth + 1, f"{indent}  ")
                elif element.tag in ("text:p", "text:h"):
                    text = self._text(element, depth).strip()
                    yield Block.ITEM, f"{indent}{mark}{text}" if text else ""
                    mark = "  "

    def _row(self, row: Any, depth: int) -> Iterator[tuple[Block, str]]:
        cells = [
            " ".join(text for _, text in self.blocks(cell, depth + 1))
            for cell in row.children
            if cell.tag == "table:table-cell"
        ]
        if len(cells) == 1:
            yield Block.PARAGRAPH, cells[0]
        elif any(cells):
            yield Block.ROW, row_of(cells)

    def _text(self, paragraph: Any, depth: int) -> str:
        """All that is visible in a paragraph, its text boxes included."""
        if depth > _DEPTH:
            return ""
        parts = [paragraph.text or ""]
        for element in paragraph.children:
            if element.tag == "text:s":
                parts.append(" " * min(int(element.get_attribute("text:c") or 1), 100))
            elif element.tag == "text:tab":
                parts.append("\t")
            elif element.tag == "text:line-break":
                parts.append("\n")
            elif element.tag == "text:note":
                self._note(element)
            elif element.tag == "draw:frame":
                parts.extend(f"\n{text}\n" for _, text in self.blocks(element, depth + 1))
            elif element.tag not in _HIDDEN:
                parts.append(self._text(element, depth + 1))
            parts.append(element.tail or "")
        return "".join(parts)

    def _note(self, note: Any) -> None:
        body = note.get_element("text:note-body")
        if body is not None:
            text = " ".join(text for _, text in self.blocks(body))
            if text.strip():
                self.notes.append(text.strip())


def _damaged() -> DamagedSourceError:
    return DamagedSourceError(
        "This OpenDocument text is damaged.",
        hint="Open it in a word processor and save it anew, or paste its text.",
    )
