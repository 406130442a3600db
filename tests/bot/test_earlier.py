"""Below an answer stand those that articles of earlier days gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest
from telegram_html import shown

from bot import render
from bot.earlier import earlier_lines
from bot.texts import Texts
from index import Answer, Earlier, Hit, Outcome, StoredArticle

TEXTS = Texts()
TEXT = "On Monday Ada Brisk closed the museum. It was late."
PASSAGE = Hit(8, "The old museum", TEXT, 0, len(TEXT), 0.9, 10, 19)
EARLIER = Earlier("Ada Brisk", PASSAGE, date(2024, 5, 3))
NEW = "Jonas Ferrill opened the museum."
ANSWER = Answer(
    "Who?",
    Outcome.ANSWER,
    "Jonas Ferrill",
    0.9,
    (Hit(7, "The new museum", NEW, 0, len(NEW), 0.9, 0, 13),),
    earlier=(EARLIER,),
)
ARTICLE = StoredArticle(
    id=8,
    title="The old museum",
    author=None,
    site="example.org",
    published=date(2024, 5, 3),
    source="https://example.org/old",
    added=datetime(2024, 9, 10, 8, 5, tzinfo=timezone.utc),
    words=412,
    passages=3,
)


def test_an_earlier_answer_stands_below_the_origin_with_its_title_and_day() -> None:
    assert render.answer(ANSWER, {8: ARTICLE}, TEXTS) == (
        "<b>Jonas Ferrill</b>\n\n"
        "“<b>Jonas Ferrill</b> opened the museum.”\n"
        "<i>The new museum</i>\n"
        'Earlier: <b>Ada Brisk</b>, from <a href="https://example.org/old">The old museum</a>, '
        "3 May 2024"
    )


def test_an_earlier_answer_stands_below_the_folded_passage_and_above_the_library() -> None:
    text = f"{NEW} Nobody came."
    longer = replace(ANSWER, passages=(Hit(7, "T", text, 0, len(text), 0.9, 0, 13),))
    lines = shown(render.answer(longer, {}, TEXTS, library="Circle")).text.split("\n")
    assert lines[-3:] == [
        "T",
        "Earlier: Ada Brisk, from The old museum, 3 May 2024",
        "From the articles of Circle",
    ]


@pytest.mark.parametrize("source", [None, "museum.txt", "https://example.org/" + "a" * 300])
def test_a_title_without_an_address_of_bearable_length_is_in_italics(source: str | None) -> None:
    lines = earlier_lines([EARLIER], {8: replace(ARTICLE, source=source)}, TEXTS, 900)
    assert shown(lines).links == ()
    assert shown(lines).of("i") == ["The old museum"]


def test_each_has_a_line_of_its_own_in_the_order_given() -> None:
    second = replace(EARLIER, answer="Lies Amberg", day=date(2024, 1, 2))
    assert shown(earlier_lines([EARLIER, second], {}, TEXTS, 900)).text == (
        "\nEarlier: Ada Brisk, from The old museum, 3 May 2024"
        "\nEarlier: Lies Amberg, from The old museum, 2 January 2024"
    )


def test_a_line_that_does_not_fit_is_left_out_with_those_below_it() -> None:
    one = earlier_lines([EARLIER], {}, TEXTS, 900)
    assert earlier_lines([EARLIER, EARLIER], {}, TEXTS, 2 * len(one)) == one * 2
    assert earlier_lines([EARLIER, EARLIER], {}, TEXTS, 2 * len(one) - 1) == one
    assert earlier_lines([EARLIER], {}, TEXTS, len(one) - 1) == ""
    assert earlier_lines([], {}, TEXTS, 900) == ""


def test_words_and_titles_are_cut_and_escaped() -> None:
    title = "<i>" * 200
    long = Earlier("a & b " * 200, replace(PASSAGE, title=title), date(2024, 5, 3))
    seen = shown(earlier_lines([long], {}, TEXTS, 900))
    (words,), (named,) = seen.of("b"), seen.of("i")
    assert words.startswith("a & b a & b")
    assert words.endswith("…")
    assert named.startswith("<i><i>")
    assert named.endswith("…")
    assert "\n" not in seen.text.strip("\n")


@pytest.mark.parametrize("outcome", [Outcome.PASSAGES, Outcome.NOTHING])
def test_without_an_answer_there_are_no_earlier_ones(outcome: Outcome) -> None:
    hit = replace(ANSWER.passages[0], answer_start=None, answer_end=None)
    answer = replace(ANSWER, outcome=outcome, answer=None, passages=(hit,))
    assert "Earlier" not in shown(render.answer(answer, {}, TEXTS)).text
