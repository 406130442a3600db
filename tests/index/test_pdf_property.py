"""Any paragraphs set in a column come back whole, in order and on the right pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from fpdf import FPDF
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pdf_samples import HEIGHT, LEADING, SIZE, WIDTH, content_pdf

from index.errors import SourceError
from index.formats.normalise import normalise
from index.formats.pdf import read_pdf
from index.settings import IndexSettings

SETTINGS = IndexSettings()
LONGEST = 12
COLUMN = 460


@pytest.fixture(scope="module", autouse=True)
def _no_recognition() -> Iterator[None]:
    """Scattered letters are read as they stand, and not looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "rapidocr", None)
        yield


@st.composite
def paragraphs(draw: st.DrawFn, fewest: int = 1) -> list[str]:
    """Each begins with its number in letters, so that no two pages begin with the same line."""
    lengths = draw(st.lists(st.integers(fewest, fewest + 100), min_size=1, max_size=40))
    chance = Random(draw(st.integers(0, 2**32)))
    found = []
    for number, length in enumerate(lengths):
        name = "".join("abcdefghij"[int(digit)] for digit in str(number)).title()
        body = (
            "".join(chance.choices("abdeghiklmnoprstuw", k=chance.randint(1, LONGEST)))
            for _ in range(length)
        )
        found.append(" ".join([f"{name}x", *body]) + ".")
    return found


def set_in_a_column(texts: list[str], align: str, gap: float) -> tuple[bytes, list[str], bool]:
    """The PDF, for each page the first word that was set on it, and whether the page tells where
    every paragraph ends: not so after a full line at its foot.
    """
    pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    pdf.set_margin(60)
    pdf.set_auto_page_break(False)
    pdf.set_font("Times", size=SIZE)
    pdf.add_page()
    firsts: list[str] = []
    clear = True
    room = 0.0
    for text in texts:
        lines: Any = pdf.multi_cell(COLUMN, LEADING, text, dry_run=True, output="LINES")
        for number, line in enumerate(lines):
            if pdf.get_y() > HEIGHT - 120:
                clear = clear and (number > 0 or room > LONGEST * SIZE)
                pdf.add_page()
            if len(firsts) < pdf.page:
                firsts.append(line.split()[0])
            last = number == len(lines) - 1
            pdf.multi_cell(
                COLUMN, LEADING, line, align="L" if last else align, new_x="LMARGIN", new_y="NEXT"
            )
            room = COLUMN - pdf.get_string_width(line)
        pdf.ln(gap)
    return bytes(pdf.output()), firsts, clear


@settings(max_examples=15, deadline=None)
@given(paragraphs(), st.sampled_from(["L", "J"]), st.sampled_from([6.0, 14.0]))
def test_words_come_back_in_order_on_their_pages(texts: list[str], align: str, gap: float) -> None:
    data, firsts, _ = set_in_a_column(texts, align, gap)
    draft = read_pdf(data, SETTINGS)
    assert draft.text.split() == " ".join(texts).split()
    assert normalise(draft.text) == draft.text
    assert [draft.text[start:].split()[0] for start in draft.pages] == firsts


@settings(max_examples=20, deadline=None)
@given(paragraphs(fewest=25), st.sampled_from(["L", "J"]), st.sampled_from([6.0, 14.0]))
def test_paragraphs_of_some_lines_come_back_whole(texts: list[str], align: str, gap: float) -> None:
    data, _, clear = set_in_a_column(texts, align, gap)
    assume(clear)
    assert read_pdf(data, SETTINGS).text.split("\n\n") == texts


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-2000, 2000),
            st.integers(-2000, 2000),
            st.floats(0, 300, allow_nan=False),
            st.sampled_from([b"1 0 0 1", b"0 1 -1 0", b"-1 0 0 1", b".7 .7 -.7 .7", b"0 0 0 0"]),
            st.text("aB1-. \u00ad•", min_size=0, max_size=8),
        ),
        max_size=30,
    )
)
def test_words_anywhere_at_any_size_do_no_harm(
    placed: list[tuple[int, int, float, bytes, str]],
) -> None:
    content = b"".join(
        b"BT /F1 %.2f Tf %s %d %d Tm (%s) Tj ET\n"
        % (size, matrix, x, y, text.encode("cp1252").replace(b"\\", b""))
        for x, y, size, matrix, text in placed
    )
    try:
        draft = read_pdf(content_pdf(content), SETTINGS)
    except SourceError:
        return
    assert normalise(draft.text) == draft.text
    assert 0 <= draft.pages[0] <= len(draft.text)
