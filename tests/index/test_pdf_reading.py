"""What a careful reader would have copied out of a PDF."""

from __future__ import annotations

from datetime import date

import pytest
from pdf_samples import (
    LEADING,
    Set,
    article_pdf,
    column_pdf,
    columns_pdf,
    content_pdf,
    lines_at,
    set_pdf,
    turned_pdf,
    wrapped,
)

from index.formats.draft import Draft, finish
from index.formats.normalise import normalise
from index.formats.pdf import read_pdf
from index.records import Format
from index.settings import IndexSettings

SETTINGS = IndexSettings()
NAMES = "Ann Bea Cora Dot Eve Flo Gus Hal Ida Joe Kit Leo Max Nan Ole Pia Quin Ray Sue Tom"
FERRY = (
    "The old ferry at Marlow Bend stopped running in the spring of 1911, when the council opened "
    "a bridge two miles upstream. Nobody in the village had asked for it, and for a whole summer "
    "the ferryman, Amos Pike, kept his boat tied to the landing.\n\n"
    "His daughter Ruth wrote down what he said in those months. The notebooks, seventeen of "
    "them, were found last winter under the floor of the boathouse, wrapped in oilcloth. They "
    "are well preserved, although the river has risen over that floor at least four times.\n\n"
    "The historian Edith Garrow, who has transcribed the first six notebooks, calls them the "
    "most complete record of a river trade in the county."
)


def read(data: bytes) -> Draft:
    draft = read_pdf(data, SETTINGS)
    assert normalise(draft.text) == draft.text
    assert list(draft.pages) == sorted(draft.pages)
    return draft


def many(paragraphs: int) -> str:
    """Paragraphs that differ in their first words, so that none is taken for another."""
    return "\n\n".join(
        f"{NAMES.split()[n % 20]} of house {n} said this. " + FERRY.split("\n\n")[n % 3]
        for n in range(paragraphs)
    )


def test_the_lines_of_a_paragraph_are_joined_and_paragraphs_parted() -> None:
    draft = read(article_pdf(FERRY))
    assert draft.text == FERRY
    assert draft.format is Format.PDF
    assert draft.pages == (0,)


def test_ragged_lines_are_joined_too() -> None:
    assert read(column_pdf(FERRY.split("\n\n"), align="L")).text == FERRY


def test_indented_paragraphs_are_told_apart_without_a_gap() -> None:
    assert read(columns_pdf(FERRY, columns=1)).text == FERRY


def test_indented_paragraphs_of_one_full_line_are_two() -> None:
    full = wrapped(FERRY, 400)[1][:-1] + "."
    page = lines_at(60, 100, wrapped(FERRY, 400)) + lines_at(74, 226, [full, "X" + full])
    assert full + "\n\nX" + full in read(set_pdf(page)).text


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_are_read_one_after_the_other_below_their_heading(columns: int) -> None:
    text = many(9)
    heading = "The Ferryman's Notebooks and the Bridge That Nobody Asked For"
    draft = read(columns_pdf(text, columns, heading))
    first, *rest = draft.text.split("\n\n")
    assert " ".join([first, *rest]) == " ".join([heading, *text.split("\n\n")])
    assert rest[-8:] == text.split("\n\n")[-8:]
    assert draft.title == heading


def test_a_page_with_columns_may_have_lines_across_above_and_below() -> None:
    above, below = FERRY.split("\n\n")[:2]
    left, right = many(3).replace("\n\n", " "), many(5).split("\n\n")[4] + " So it was."
    page = lines_at(60, 100, wrapped(above, 470))
    page += lines_at(60, 180, wrapped(left, 220)) + lines_at(310, 184, wrapped(right, 220))
    page += lines_at(60, 600, wrapped(below, 470))
    assert read(set_pdf(page)).text == "\n\n".join([above, left, right, below])


def test_the_cells_of_a_table_are_read_row_by_row() -> None:
    rows = [("Wheat", "1,204", "1,180"), ("Barley", "640", "702"), ("Rye", "88", "91")] * 3
    page = [
        Set(60 + 150 * column, 100 + LEADING * number, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]
    assert "Barley 640 702\nRye 88 91" in read(set_pdf(page)).text


def test_a_paragraph_runs_on_over_a_page_that_begins_within_it() -> None:
    text = many(40)
    draft = read(article_pdf(text))
    assert draft.text == text
    assert len(draft.pages) > 2
    inside = [start for start in draft.pages[1:] if text[start - 1] == " "]
    assert inside, "no page of the sample begins within a paragraph"


def test_an_empty_page_begins_with_the_next() -> None:
    first, last = ([Set(60, 100, text)] for text in ("The first page.", "The third page."))
    draft = read(set_pdf(first, [], last, []))
    third = draft.text.index("The third")
    assert draft.pages == (0, third, third, len(draft.text))


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = []
    for number, part in enumerate(many(5).split("\n\n"), 1):
        head = "The Marlow Review" if number % 2 else "Spring 1912"
        pages.append(
            [
                Set(60, 40, head, 9),
                Set(500, 40, str(number + 6), 9),
                *lines_at(60, 100, wrapped(part, 470)),
                Set(280, 810, f"Page {number} of 5", 9),
            ]
        )
    text = read(set_pdf(*pages)).text
    assert text == many(5)


def test_a_title_is_no_running_head_of_the_pages_that_repeat_it() -> None:
    title = "The Ferryman's Notebooks"
    first = [Set(60, 80, title, 24), *lines_at(60, 130, wrapped(FERRY, 470))]
    pages = [
        [Set(60, 40, title, 9), *lines_at(60, 100, wrapped(part, 470))]
        for part in many(4).split("\n\n")
    ]
    text = read(set_pdf(first, *pages)).text
    assert text.count(title) == 1


def test_what_a_browser_prints_around_a_page_is_left_out() -> None:
    page = [
        Set(30, 20, "05.03.2024, 10:02 The Ferryman's Notebooks - Marlow Review", 8),
        *lines_at(60, 100, wrapped(FERRY, 470)),
        Set(30, 830, "https://review.example/notebooks?print=1 1/1", 8),
    ]
    draft = read(set_pdf(page))
    assert draft.text.startswith("The old ferry")
    assert draft.text.endswith("the county.")
    assert draft.published is None


def test_words_cut_at_the_end_of_a_line_are_made_whole() -> None:
    lines = [
        "For an example of this, see the exam-",
        "ple that the well-known painter, a well-",
        "known man, gave of a self-",
        "portrait in the Anglo-",
        "Saxon manner of 1911-",
        "1920 and of the land-",
        "scape behind.",
    ]
    text = read(set_pdf(lines_at(60, 100, lines))).text
    assert text == (
        "For an example of this, see the example that the well-known painter, a well-known man, "
        "gave of a self-portrait in the Anglo-Saxon manner of 1911-1920 and of the landscape "
        "behind."
    )


def test_a_word_cut_at_the_end_of_a_page_is_made_whole() -> None:
    first = lines_at(60, 100, [*wrapped(FERRY, 400)[:-1], "and so the whole of the boat-"])
    draft = read(set_pdf(first, lines_at(60, 100, ["house was taken down in the winter."])))
    assert "the whole of the boathouse was" in draft.text
    assert draft.text[draft.pages[1] :].startswith("house was")


def test_a_table_of_contents_keeps_its_lines() -> None:
    lines = [f"{name} {'. ' * 40}{place}" for place, name in enumerate(NAMES.split(), 3)]
    text = read(set_pdf(lines_at(60, 100, lines))).text
    assert text.split("\n") == [line.replace("  ", " ") for line in lines]


def test_items_of_a_list_keep_their_lines() -> None:
    lines = ["These were found:", "1. the oars, which were", "2. the bell", "3. the cash box"]
    page = lines_at(60, 100, wrapped(FERRY, 400))
    page += lines_at(60, 300, lines[:1]) + lines_at(75, 320, lines[1:])
    assert "\n\n1. the oars, which were\n2. the bell\n3. the cash box" in read(set_pdf(page)).text


def test_a_drop_cap_is_put_before_its_word() -> None:
    body = wrapped("he old ferry at Marlow Bend stopped running in the spring " * 3, 300)
    page = [Set(60, 128, "T", 42), *lines_at(88, 100, body[:2]), *lines_at(60, 128, body[2:])]
    text = read(set_pdf(page)).text
    assert text == "T" + " ".join(body)


def test_a_footnote_does_not_cut_the_paragraph_that_runs_on() -> None:
    body = wrapped(many(6), 470)
    note = "1 The notebooks are in the county library, shelf nine."
    first = [*lines_at(60, 100, body[:12]), *lines_at(60, 780, [note], size=8)]
    draft = read(set_pdf(first, lines_at(60, 100, body[12:])))
    assert f"{body[11]} {body[12]}" in draft.text
    assert draft.text.index(note) < draft.pages[1]


def test_words_set_one_by_one_in_any_order_are_read_in_theirs() -> None:
    words = FERRY.split()[:11]
    page = [Set(60 + 45 * place, 100, word, 10) for place, word in enumerate(words)]
    tight = [
        Set(60 + 34 * place, 140, word, 12)
        for place, word in enumerate(["abcde", "fghij", "klmno"])
    ]
    text = read(set_pdf([*reversed(page), *reversed(tight)])).text
    assert text == " ".join(words) + "\n\nabcde fghij klmno"


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_read(degrees: int) -> None:
    assert read(turned_pdf(FERRY, degrees)).text == FERRY


def test_text_that_is_set_sideways_is_read_and_a_stamp_across_the_page_is_not() -> None:
    lines = wrapped(FERRY.split("\n\n")[0], 500)
    page = [Set(100 + LEADING * n, 700, line, angle=90) for n, line in enumerate(lines)]
    stamp = [Set(200, 400, "DRAFT", 60, angle=45), Set(20, 400, "Shelf 9, box 4", 9)]
    assert read(set_pdf([*stamp, *page])).text == " ".join(lines)


def test_a_slanting_stamp_over_the_text_is_not_read() -> None:
    page = [Set(200, 400, "CONFIDENTIAL", 60, angle=30), *lines_at(60, 100, wrapped(FERRY, 470))]
    assert read(set_pdf(page)).text == FERRY.replace("\n\n", " ")


def test_a_bold_line_is_a_heading_even_without_a_gap() -> None:
    # The last line above it is full, so that its end does not tell.
    lines = wrapped(FERRY, 470)[:5]
    lines[-1] = lines[-1][:-1] + "."
    heading = Set(60, 100 + LEADING * len(lines), "What the council bought", style="B")
    below = lines_at(60, heading.baseline + LEADING, wrapped(many(1), 470))
    text = read(set_pdf([*lines_at(60, 100, lines), heading, *below])).text
    assert text == "\n\n".join([" ".join(lines), heading.text, many(1)])


def test_text_outside_the_page_is_not_seen() -> None:
    data = content_pdf(
        b"BT /F1 12 Tf -80 -40 Td (Below nothing at all.) Tj ET "
        b"BT /F1 12 Tf 900 0 Td (Outside.) Tj ET",
        box=b"-100 -100 300 300",
        catalog=b"/Lang(de-DE)",
    )
    draft = read(data)
    assert draft.text == "Below nothing at all."
    assert draft.language == "de-DE"


def test_the_title_is_the_stated_one_or_else_the_largest_words() -> None:
    page = [
        Set(60, 80, "The Ferryman's", 24),
        Set(60, 108, "Notebooks", 24),
        *lines_at(60, 150, wrapped(FERRY, 470)),
    ]
    shown = "The Ferryman's Notebooks"
    assert read(set_pdf(page)).title == shown
    assert read(set_pdf(page, title="Microsoft Word - ferry.docx")).title == shown
    assert read(set_pdf(page, title="Minutes of another meeting")).title == shown
    assert read(set_pdf(page, title="Notebooks of a Ferryman, the")).title == (
        "Notebooks of a Ferryman, the"
    )
    assert read(article_pdf(FERRY)).title is None
    assert finish(read(article_pdf(FERRY)), None, SETTINGS).title.startswith("The old ferry")


def test_author_and_date_come_from_the_byline() -> None:
    page = [
        Set(60, 80, "The Ferryman's Notebooks", 24),
        Set(60, 110, "By Nora Whitcombe | 12 March 2024"),
        *lines_at(60, 150, wrapped(FERRY + " He died on 4 May 1930.", 470)),
    ]
    draft = read(set_pdf(page))
    assert draft.author == "Nora Whitcombe"
    assert draft.published == date(2024, 3, 12)


def test_the_day_on_which_the_file_was_made_is_no_date_of_the_article() -> None:
    data = article_pdf(FERRY)
    assert b"/CreationDate" in data
    assert read(data).published is None
