"""Rich Text documents, by striprtf; the only importer of it."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from index.errors import DamagedSourceError
from index.formats.blocks import Block, join_blocks, row_of
from index.formats.draft import Draft
from index.formats.properties import believable_author, believable_title, date_at_top
from index.records import Format
from index.settings import IndexSettings

_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_PROPERTY = r"\{{\\{}\s((?:[^{{}}]|\{{[^{{}}]*\}}){{1,2000}})\}}"
_TITLE = re.compile(_PROPERTY.format("title"))
_AUTHOR = re.compile(_PROPERTY.format("author"))
# Pictures and other objects are hexadecimal digits: most of such a file, and nothing to read.
_DATA = re.compile(r"[0-9a-fA-F\s]{2000,}")
_BULLET = re.compile(r"[\u00b7\u2022\u25aa\uf0b7]\s*")
_ABOUT = 20_000
_BROKEN = (LookupError, ValueError, TypeError, OverflowError)
"""What striprtf raises over a document that is not whole."""


def read_rtf(data: bytes, settings: IndexSettings) -> Draft:
    """Return the text of a Rich Text document, with what it says of itself.

    Raises DamagedSourceError for one that cannot be made sense of.
    """
    stated = _CODE_PAGE.search(data[:4096])
    encoding = f"cp{stated[1].decode()}" if stated else "cp1252"
    source = _DATA.sub("", data.decode("latin-1"))
    try:
        text = _plain(source, encoding)
    except (*_BROKEN, RecursionError) as error:
        raise DamagedSourceError(
            "This Rich Text document is damaged.",
            hint="Open it in a word processor and save it anew, or paste its text.",
        ) from error
    blocks = [_block(line) for line in text.split("\n")]
    return Draft(
        text=join_blocks(blocks),
        title=believable_title(_property(_TITLE, source, encoding)),
        author=believable_author(_property(_AUTHOR, source, encoding)),
        published=date_at_top(line for _, line in blocks),
        format=Format.RTF,
    )


def _block(line: str) -> tuple[Block, str]:
    line = line.strip()
    if "|" in line and line.endswith("|"):
        return Block.ROW, row_of(line.rstrip("|").split("|"))
    if mark := _BULLET.match(line):
        return Block.ITEM, f"- {line[mark.end() :]}"
    return Block.PARAGRAPH, line


def _property(pattern: re.Pattern[str], source: str, encoding: str) -> str | None:
    match = pattern.search(source[:_ABOUT])
    if match is None:
        return None
    try:
        return _plain(f"{{\\rtf1 {match[1]}}}", encoding)
    except _BROKEN:
        return None


def _plain(source: str, encoding: str) -> str:
    return str(rtf_to_text(source, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]
