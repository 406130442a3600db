"""Running heads and feet, and page numbers: what belongs to the pages and not to the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.formats.pdf_lines import Line, rows

_DEPTH = 4
"""So many rows at either edge of a page may be furniture."""
_EDGE = 0.2  # of the page's height
_SAME_HEIGHT = 4.0  # points
_SAME_SIZE = 0.5
_FEW_PAGES = 4
_MIN_PAGES = 3
_APART = 1.5  # in line heights

_DIGITS = re.compile(r"\d+")
_ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_NUMBER = re.compile(
    r"(?:[-–—|•·\[(~]\s*)?(?:(?:page|p\.|seite|página|pagina|pág\.|str\.)\s*)?"
    rf"(?P<number>\d{{1,4}}|{_ROMAN})"
    r"(?:\s*(?:/|\||of|von|de|di|sur|van)\s*\d{1,4})?(?:\s*[-–—|•·\])~])?",
    re.IGNORECASE,
)
# What a browser prints around a page: the day of printing, and the address with a page number.
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}:\d{2}\b.*|(?:https?|file)://\S.* \d+\s?/\s?\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The pieces of lines of one page, and the page's height in points."""

    lines: Sequence[Line]
    height: float


@dataclass(frozen=True, slots=True)
class _Row:
    pieces: list[Line]
    page: int

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)

    @property
    def pattern(self) -> str:
        return _DIGITS.sub("#", self.text.casefold())

    @property
    def baseline(self) -> float:
        return self.pieces[0].baseline

    @property
    def size(self) -> float:
        return self.pieces[0].size


def without_furniture(pages: Sequence[PageLines]) -> list[list[Line]]:
    """Return the pieces of each page without running heads, running feet and page numbers."""
    grouped = [[_Row(row, number) for row in rows(page.lines)] for number, page in enumerate(pages)]
    gone: set[int] = set()
    for from_top in (True, False):
        edges = [
            _edge(page_rows, page.height, from_top)
            for page_rows, page in zip(grouped, pages, strict=True)
        ]
        gone |= _furniture(edges, len(pages))
    return [
        [piece for row in page_rows if id(row) not in gone for piece in row.pieces]
        for page_rows in grouped
    ]


def is_page_number(text: str) -> bool:
    """Tell whether a line is nothing but the number of a page."""
    return bool(_NUMBER.fullmatch(text))


def pattern_of(text: str) -> str:
    """Return what two running heads have in common: everything but the digits."""
    return _DIGITS.sub("#", text.casefold())


def _edge(page_rows: list[_Row], height: float, from_top: bool) -> list[_Row]:
    """Return the rows at the edge of a page, the outermost first."""
    if from_top:
        return [row for row in page_rows[:_DEPTH] if row.baseline < _EDGE * height]
    return [row for row in page_rows[: -_DEPTH - 1 : -1] if row.baseline > (1 - _EDGE) * height]


def _furniture(edges: list[list[_Row]], page_count: int) -> set[int]:
    """Return the identities of the rows at one edge of all pages that are furniture."""
    needed = 2 if page_count <= _FEW_PAGES else _MIN_PAGES
    alike = _counted(edges)
    numbers = _page_numbers(edges, needed)
    gone: set[int] = set()
    for edge in edges:
        for place, row in enumerate(edge):
            following = edge[place + 1] if place + 1 < len(edge) else None
            if not (
                alike[id(row)] >= needed
                or id(row) in numbers
                or _PRINTED.fullmatch(row.text)
                or (_is_lone_number(row) and _is_apart(row, following))
            ):
                break
            gone.add(id(row))
    return gone


def _counted(edges: list[list[_Row]]) -> Counter[int]:
    """Count for each row the pages with such a row at such a height, its own among them."""
    where: dict[tuple[str, int, int], set[int]] = {}
    for edge in edges:
        for row in edge:
            where.setdefault((row.pattern, *_place(row)), set()).add(row.page)
    counts: Counter[int] = Counter()
    for edge in edges:
        for row in edge:
            height, size = _place(row)
            near = (
                where.get((row.pattern, height + up, size + more), set())
                for up in (-1, 0, 1)
                for more in (-1, 0, 1)
            )
            counts[id(row)] = len(set().union(*near))
    return counts


def _place(row: _Row) -> tuple[int, int]:
    return round(row.baseline / _SAME_HEIGHT), round(row.size / _SAME_SIZE)


def _page_numbers(edges: list[list[_Row]], needed: int) -> set[int]:
    """Return the rows that begin or end, well apart, with a number that counts the pages."""
    found: dict[int, list[_Row]] = {}
    for edge in edges:
        for row in edge:
            # Close to its words, a number is that of a footnote.
            for piece in {id(piece): piece for piece in (row.pieces[0], row.pieces[-1])}.values():
                match = _NUMBER.fullmatch(piece.text)
                if match:
                    found.setdefault(_value(match["number"]) - row.page, []).append(row)
    return {
        id(row)
        for counted in found.values()
        if len({row.page for row in counted}) >= needed
        for row in counted
    }


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in number.lower()]
    return sum(
        -value if value < max(values[place:]) else value for place, value in enumerate(values)
    )


def _is_lone_number(row: _Row) -> bool:
    """Tell a page number by itself; a number without a word or dash must be this page's."""
    match = _NUMBER.fullmatch(row.text) if len(row.pieces) == 1 else None
    return match is not None and (
        row.text != match["number"] or row.text == str(row.page + 1) or row.text.islower()
    )


def _is_apart(row: _Row, following: _Row | None) -> bool:
    if following is None:
        return True
    size = max(row.size, following.size)
    return abs(following.baseline - row.baseline) > _APART * size
