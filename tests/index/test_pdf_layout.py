"""Lines, columns, running heads, hyphens and statements, as they are told apart."""

from __future__ import annotations

from datetime import date

import pytest

from index.formats.pdf_columns import reading_order
from index.formats.pdf_furniture import PageLines, is_page_number, without_furniture
from index.formats.pdf_hyphens import Vocabulary, keeps_hyphen
from index.formats.pdf_letters import HYPHEN, written_word
from index.formats.pdf_lines import Line, Word, pieces
from index.formats.pdf_page import upright
from index.formats.pdf_paragraphs import Paragraph, Setting
from index.formats.pdf_statements import author_of, published_of, title_of
from index.formats.pdf_text import compose

BOX = (0.0, 0.0, 600.0, 800.0)


def word(text: str, left: float, baseline: float, size: float = 10, spaced: bool = True) -> Word:
    return Word(text, left, left + 5 * len(text), baseline, size, spaced=spaced)


def line(text: str, left: float, baseline: float, size: float = 10) -> Line:
    return Line(text, left, left + 5 * len(text), baseline, size, first=20)


def texts(lines: list[Line]) -> list[str]:
    return [found.text for found in lines]


def test_words_near_each_other_make_a_piece_and_a_wide_gap_parts_them() -> None:
    found = pieces([word("left", 50, 100), word("part", 73, 100), word("right", 200, 100)])
    assert texts(found) == ["left part", "right"]


def test_words_of_a_line_are_joined_in_whatever_order_they_were_set() -> None:
    found = pieces([word("last", 97, 100), word("first", 50, 100), word("then", 76, 101)])
    assert texts(found) == ["first then last"]


def test_a_small_figure_above_the_line_belongs_to_it() -> None:
    found = pieces(
        [word("bridge", 50, 100), word("2", 80.5, 96, size=6, spaced=False), word("fell", 90, 100)]
    )
    assert texts(found) == ["bridge2 fell"]
    assert found[0].size == 10


def test_words_of_a_script_from_right_to_left_keep_their_order() -> None:
    hebrew = [word("שלום", 180, 700), word("לכל", 160, 700), word("הקוראים", 120, 700)]
    page = upright([(0, found, 0) for found in hebrew], BOX)
    assert texts(pieces(page.words)) == ["שלום לכל הקוראים"]


def test_words_that_run_another_way_are_read_when_there_are_many() -> None:
    along = (0, word("horizontal" * 4, 100, 500), 0)
    up = (1, word("vertical" * 2, 100, -300), 0)
    stamp = (1, word("x", 100, -300), 0)
    assert len(upright([along, up], BOX).words) == 2
    assert len(upright([along, stamp], BOX).words) == 1


def test_numbers_beside_their_names_are_no_column() -> None:
    names = [line("Bread and butter", 50, 100 + 12 * n) for n in range(5)]
    prices = [line(f"{n} 20", 300, 100 + 12 * n) for n in range(5)]
    (block,) = reading_order([*names, *prices])
    assert texts(block)[0] == "Bread and butter 0 20"


def test_a_lone_line_beside_a_list_is_no_column() -> None:
    items = [line(f"one of many {n}", 50, 100 + 12 * n) for n in range(5)]
    long = [line("A sentence that ends. ", 50, 160), line("And another one begins", 170, 160)]
    (block,) = reading_order([*items, *long])
    assert texts(block)[-1].endswith("And another one begins")


def test_the_last_column_may_be_short_where_other_pages_show_it() -> None:
    left = [line(f"short line number {n}", 50, 100 + 12 * n) for n in range(6)]
    right = [line("the end of it all", 300, 100)]
    assert len(reading_order([*left, *right])) == 1
    assert len(reading_order([*left, *right], known=[290])) == 2


def test_a_page_of_thousands_of_pieces_is_not_searched_for_columns() -> None:
    left = [line(f"words in the left column {n}", 50, 12 * n) for n in range(1600)]
    right = [line(f"words in the right one {n}", 300, 12 * n) for n in range(1600)]
    assert len(reading_order([*left[:100], *right[:100]])) == 2
    assert len(reading_order([*left, *right])) == 1


def test_wide_gaps_that_stand_one_above_the_other_by_chance_are_no_gutter() -> None:
    full = [line("a line that goes on to the edge of its column", 50, 12 * n) for n in range(20)]
    gaps = [line("words set well", 50 + 2 * n, 240 + 12 * n) for n in range(3)]
    apart = [line("apart for once", 170 + n, 240 + 12 * n) for n in range(3)]
    (block,) = reading_order([*full, *gaps, *apart])
    assert texts(block)[-1] == "words set well apart for once"


def test_a_heading_that_ends_beside_the_gutter_does_not_move_it() -> None:
    heading = Line("The heading above both", 50, 320, 80, 22)
    left = [Line(f"the left column {n}", 50, 280, 100 + 12 * n, 10) for n in range(20)]
    right = [Line(f"the right column {n}", 300, 520, 100 + 12 * n, 10) for n in range(20)]
    # A short word before a wide gap offers a place within the column.
    right[12] = Line("in", 300, 308, 244, 10)
    rest = Line("a line with wide gaps", 316, 520, 244, 10)
    blocks = reading_order([heading, *left, *right, rest])
    assert texts(blocks[-1])[12] == "in a line with wide gaps"


def page_of(*lines: Line) -> PageLines:
    return PageLines(lines, 800)


def test_a_line_repeated_at_another_height_is_no_running_head() -> None:
    pages = [
        page_of(line("The refrain", 50, 60 + 20 * n), line(f"text {n}", 50, 400)) for n in range(5)
    ]
    assert all(texts(kept)[0] == "The refrain" for kept in without_furniture(pages))


def test_roman_page_numbers_are_left_out() -> None:
    numbers = ["iii", "iv", "v", "vi"]
    pages = [page_of(line(f"body {n}", 50, 400), line(n, 300, 770)) for n in numbers]
    assert [texts(kept) for kept in without_furniture(pages)] == [[f"body {n}"] for n in numbers]


def test_footnotes_numbered_like_their_pages_are_kept() -> None:
    pages = [
        page_of(line("body", 50, 400), line(f"{n} See the {'very ' * n}old map", 50, 770))
        for n in range(1, 6)
    ]
    assert all(len(kept) == 2 for kept in without_furniture(pages))


def test_the_first_line_below_a_running_head_is_kept() -> None:
    pages = [
        page_of(line("The Review", 50, 40), line(f"Begins with {'x' * n}", 50, 80))
        for n in range(5)
    ]
    assert [texts(kept) for kept in without_furniture(pages)][3] == ["Begins with xxx"]


@pytest.mark.parametrize("text", ["7", "- 7 -", "Page 3 of 12", "page 3", "3/12", "xiv", "Seite 4"])
def test_page_numbers_are_known(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["1911 was dry", "civil", "", "Page", "12345"])
def test_other_lines_are_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("an exam-", "ple", False),
        ("a re-", "entry", True),  # as the document writes it elsewhere
        ("a co-", "operation", False),
        ("the twenty-", "seven", True),
        ("a self-", "ish", False),
        ("state-of-the-", "art", True),
        ("in COVID-", "19", True),
        ("the Anglo-", "Saxon", True),
        ("THE EXAM-", "PLE", False),
        ("https://lock.example/all-", "boats", True),
    ],
)
def test_a_hyphen_is_kept_where_it_belongs_to_the_word(before: str, after: str, kept: bool) -> None:
    vocabulary = Vocabulary(["His re-entry and their cooperation.", "a co-", "operation"])
    assert keeps_hyphen(before, after, vocabulary) is kept


def test_ligatures_become_letters_and_broken_letters_are_counted() -> None:
    assert written_word([0xFB01, *b"rst"]) == ("first", 0)
    assert written_word([*b"o", 0xFB03, *b"ce"]) == ("office", 0)
    assert written_word([*b"exam", HYPHEN]) == ("exam-", 0)
    assert written_word([0xD835, 0xDD4F]) == ("𝕏", 0)
    assert written_word([0xE021, 0xFFFD, *b"a"]) == ("a", 2)
    assert written_word([0xF0B7]) == ("•", 0)


def paragraph(text: str, page: int = 0, size: float = 10) -> Paragraph:
    return Paragraph([(part, page) for part in text.split("|")], size=size)


def test_chinese_lines_are_joined_without_a_space() -> None:
    text, _ = compose([[[paragraph("河上的渡船|停了")]]])
    assert text == "河上的渡船停了"


def test_a_span_of_years_is_joined_without_a_space() -> None:
    text, _ = compose([[[paragraph("the years 1914–|1918 and –|later")]]])
    assert text == "the years 1914–1918 and – later"


def test_a_page_without_words_begins_with_the_next() -> None:
    text, starts = compose([[], [[paragraph("One.", 1)]], [], [[paragraph("Two.", 3)]]])
    assert text == "One.\n\nTwo."
    assert starts == (0, 0, 6, 6)


SETTING = Setting(size=10, leading=1.2)


@pytest.mark.parametrize(
    "stated",
    [
        *("", "untitled", "Untitled-3", "Document1", "ferry_final_v2", "ferry.indd", "1234"),
        *("Microsoft Word - ferry", "PowerPoint Presentation", r"C:\Users\jo\ferry.doc"),
        *("https://review.example/notebooks", "(anonymous)", "Slide 1", "doi:10.9999/ferry"),
    ],
)
def test_what_programs_put_in_place_of_a_title_is_none(stated: str) -> None:
    assert title_of(stated, [paragraph("Some words.")], SETTING) is None


def test_a_large_letter_is_no_title() -> None:
    assert title_of("", [paragraph("T", size=40), paragraph("he ferry stopped.")], SETTING) is None


@pytest.mark.parametrize(
    ("stated", "author"),
    [
        ("Nora Whitcombe", "Nora Whitcombe"),
        ("Nora Whitcombe; Jan de Wit", "Nora Whitcombe; Jan de Wit"),
        ("王小明", "王小明"),
        *(
            (no, None)
            for no in ("", "jsmith", "JSmith2", "Windows User", "HP Inc.", "OFFICE\\nora")
        ),
        *((no, None) for no in ("nora@review.example", "Acrobat Distiller", "admin", "Jo Smith 3")),
    ],
)
def test_an_author_is_a_name_and_no_account(stated: str, author: str | None) -> None:
    assert author_of(stated, ["Some words."]) == author


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("12 March 2024", date(2024, 3, 12)),
        ("Published 3 May 2023", date(2023, 5, 3)),
        ("By Nora Whitcombe, 3 May 2023", date(2023, 5, 3)),
        ("Nora Whitcombe | May 3, 2023 at 10:15 am", date(2023, 5, 3)),
        ("Tuesday, 3 May 2023", date(2023, 5, 3)),
        ("The Marlow Review · 2023-05-03", date(2023, 5, 3)),
        ("Published 3 May 2023 · Updated 9 June 2024", date(2023, 5, 3)),
        ("Updated 9 June 2024", None),
        ("Last updated | 9 June 2024", None),
        ("Accessed 9 June 2024", None),
        ("The bridge fell on 3 May 2023", None),
        ("He died in Marlow, 3 May 2023", None),
        ("May 2023", None),
        ("© 3 May 2023 Marlow Press", None),
    ],
)
def test_a_date_counts_where_it_stands_alone(line: str, published: date | None) -> None:
    assert published_of([line]) == published


def test_a_date_far_down_the_page_does_not_count() -> None:
    assert published_of([*["A line."] * 20, "12 March 2024"]) is None
