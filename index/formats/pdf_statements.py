"""What a PDF states about itself: title, author and date, where they are believable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.formats.dates import stated_date
from index.formats.normalise import normalise
from index.formats.pdf_paragraphs import Paragraph, Setting

_TITLE_SIZE = 1.15  # of the body
_MAX_TITLE = 250
_TITLE_PARAGRAPHS = 10
_SHARED = 0.5  # of the words of a stated title stand on the first page
_MAX_AUTHOR = 120
_BYLINE_LINES = 15
_MAX_BYLINE = 100
_FIRST_YEAR = 1450

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]")
_NO_TITLE = re.compile(
    r"""
    (?:microsoft|ms)\s?(?:office\s)?(?:word|powerpoint|excel|publisher)\b.*
    | powerpoint[ ]presentation | (?:print|layout|slide|folie|page|scan|image|dokument|document
    | doc|title|main|paper|article|template|draft|output|book|report)\s?[-_]?\d*
    | untitled.* | unbenannt.* | ohne[ ]titel.* | sans[ ]titre.* | sin[ ]t[ií]tulo.* | no[ ]title
    | \(?anonymous\)? | unknown | none | null | about:blank | \(unspecified\) | doi:.*
    | (?:https?|file)://.* | www\..* | [a-z]:\\.* | .*[\\/][^\s]*\.\w{2,5} | \S+_\S+
    | .*\.(?:docx?|odt|rtf|pdf|tex|dvi|ps|eps|indd|qxd|qxp|p65|pmd|fm|wpd|pages|html?|txt|md|xlsx?
    | pptx?|pub|ai|cdr|tiff?|jpe?g|png)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NO_AUTHOR_TEXT = """
    user users admin administrator owner root guest default unknown anonymous author none null
    microsoft adobe acrobat apple google latex tex word office windows pdf scanner scan canon
    epson hp xerox ricoh lenovo dell asus acer toshiba home computer pc desktop laptop test
    creator writer openoffice libreoffice localuser
"""
_NO_AUTHOR = frozenset(_NO_AUTHOR_TEXT.split())
_NAME = r"(?:[^\W\d_a-z][\w'’.-]*|de|da|van|von|der|den|di|del|la|le|al|bin|ibn)"
_BY = re.compile(rf"(?:by|BY|By)\s+(?P<name>[^\W\d_a-z][\w'’.-]*(?:\s+(?:and\s+)?{_NAME}){{1,6}})")
_PARTS = re.compile(r"\s+[|·•—–-]\s+|\s*[|·•;]\s*|\s{2,}")
# A name or a place before the date: Jane Doe, 3 May 2023
_NAMED = re.compile(rf"(?:By\s+|BY\s+|by\s+)?{_NAME}(?:\s+(?:and\s+)?{_NAME}){{0,5}},\s+(?=.*\d)")
_OTHER_DAY = re.compile(
    r"\b(?:updated?|modified|revised|revision|accessed|retrieved|received|accepted|submitted"
    r"|printed|downloaded|born|died|until|deadline|due|expires?|valid|copyright)\b|©",
    re.IGNORECASE,
)
# All that may stand beside a date that stands alone.
_BESIDE_DATE_TEXT = """
    published publication posted issued released first online in print on date dated the of at
    a p am pm utc gmt cet cest bst est edt pst pdt h uhr veröffentlicht am den le publié el
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs
    fri sat sun january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec st nd rd th t z
"""
_BESIDE_DATE = frozenset(_BESIDE_DATE_TEXT.split())


def title_of(stated: str, first_page: Sequence[Paragraph], setting: Setting) -> str | None:
    """Return the title that the document states or shows, the largest text at its beginning.

    A stated title is passed over for a shown one of which it holds no word: many are left over
    from the document that was copied.
    """
    stated = _one_line(stated)
    if not _LETTERS.search(stated) or _NO_TITLE.fullmatch(stated):
        stated = ""
    shown = _shown_title(first_page, setting)
    if not stated or not shown:
        return stated or shown
    words = _words(stated)
    page = _words(" ".join(paragraph.text for paragraph in first_page))
    return stated if len(words & page) >= _SHARED * len(words) else shown


def author_of(stated: str, lines: Sequence[str]) -> str | None:
    """Return the author that the document states or that its byline names; no user names.

    `lines` are those of the first page that stand alone.
    """
    stated = _one_line(stated).strip(" ;,")
    words = _WORD.findall(stated.casefold())
    if (
        _LETTERS.search(stated)
        and len(stated) <= _MAX_AUTHOR
        and not _NO_AUTHOR.intersection(words)
        and not re.search(r"[\\@/<>]|\.\w+\Z", stated)
        and (_is_name(stated) or stated in " ".join(lines))
    ):
        return "; ".join(part.strip() for part in stated.split(";") if part.strip())
    for line in lines[:_BYLINE_LINES]:
        for part in _PARTS.split(line):
            # A date may follow.
            name = part.split(",")[0].strip()
            if match := _BY.fullmatch(name):
                return " ".join(match["name"].split())
    return None


def published_of(lines: Sequence[str]) -> date | None:
    """Return the date that stands alone in one of the first of these lines, those of `author_of`.

    Never the day on which the file was made: that may be the day on which it was printed.
    """
    for line in lines[:_BYLINE_LINES]:
        if len(line) > _MAX_BYLINE:
            continue
        for part in _PARTS.split(line):
            if _OTHER_DAY.search(part):
                break  # what follows is of that other day
            if named := _NAMED.match(part):
                part = part[named.end() :]
            words = _WORD.findall(part.casefold())
            spelt = (word.strip("0123456789") for word in words)
            if words and all(not word or word in _BESIDE_DATE for word in spelt):
                found = stated_date(part.strip(" ."))
                if found and found.year >= _FIRST_YEAR:
                    return found
    return None


def _shown_title(paragraphs: Sequence[Paragraph], setting: Setting) -> str | None:
    top = [p for p in paragraphs[:_TITLE_PARAGRAPHS] if len(_LETTERS.findall(p.text)) > 1]
    largest = max((p.size for p in top), default=0.0)
    if not top or largest < _TITLE_SIZE * setting.size:
        return None
    start = next(place for place, p in enumerate(top) if p.size == largest)
    parts: list[str] = []
    for paragraph in top[start:]:
        if abs(paragraph.size - largest) > 0.5:
            break
        parts.append(paragraph.text)
    title = _one_line(" ".join(parts))
    return title if len(title) <= _MAX_TITLE else None


def _is_name(stated: str) -> bool:
    """Tell a name from that of an account: jsmith, JSmith2, j.smith."""
    if any(character > "\u2e80" for character in stated):
        return True
    words = [word for word in stated.split() if _LETTERS.search(word)]
    return len(words) >= 2 and words[0][:1].isupper() and not re.search(r"\d", stated)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _one_line(text: str) -> str:
    return " ".join(normalise(text).split())
