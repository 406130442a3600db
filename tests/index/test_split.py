"""Passages: complete, in order, of bounded length, cut between sentences."""

from __future__ import annotations

import itertools
import sys
from types import FrameType
from typing import Any

import pytest
from any_text import any_text
from hypothesis import given

from index.records import Span
from index.sentences import paragraphs, sentences
from index.split import (
    MAXIMUM_WORDS,
    OVERLAP_WORDS,
    SHORT_WORDS,
    TARGET_WORDS,
    count_words,
    lead,
    split,
)

CHARACTERS_PER_WORD = 10


def sentence_of(words: int, name: str = "word") -> str:
    return "Now " + " ".join([name] * (words - 2)) + " ends."


def cut(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


def all_sentences(text: str) -> list[Span]:
    return [found for part in paragraphs(text) for found in sentences(text, part)]


def too_long(text: str, span: Span) -> bool:
    words = count_words(text[span.start : span.end])
    return max(words, (span.end - span.start) // CHARACTERS_PER_WORD) > MAXIMUM_WORDS


@given(any_text())
def test_passages_of_any_text_are_in_order_and_leave_nothing_out(text: str) -> None:
    passages = split(text)
    covered = 0
    for before, passage in zip([Span(-1, -1), *passages], passages, strict=False):
        assert 0 <= passage.start < passage.end <= len(text)
        assert before.start < passage.start
        assert before.end < passage.end
        assert not text[passage.start].isspace()
        assert not text[passage.end - 1].isspace()
        assert text[covered : passage.start].strip() == ""
        covered = passage.end
    assert text[covered:].strip() == ""


@given(any_text())
def test_passages_of_any_text_are_of_bounded_length(text: str) -> None:
    for span in split(text):
        passage = text[span.start : span.end]
        assert count_words(passage) < MAXIMUM_WORDS + SHORT_WORDS
        # Each sentence counts a tenth of its characters, at least.
        visible = len("".join(passage.split()))
        assert visible < (MAXIMUM_WORDS + SHORT_WORDS) * 2 * CHARACTERS_PER_WORD


@given(any_text())
def test_passages_of_any_text_begin_and_end_with_sentences_that_fit(text: str) -> None:
    found = all_sentences(text)
    starts, ends = {span.start for span in found}, {span.end for span in found}
    long = [span for span in found if too_long(text, span)]
    for passage in split(text):
        for edge, edges in ((passage.start, starts), (passage.end, ends)):
            assert edge in edges or any(span.start < edge < span.end for span in long)


@given(any_text())
def test_passages_of_any_text_share_at_most_one_short_sentence(text: str) -> None:
    found = all_sentences(text)
    passages = split(text)
    for before, after in itertools.pairwise(passages):
        if after.start < before.end:
            assert count_words(text[after.start : before.end]) <= OVERLAP_WORDS
            assert sum(after.start <= span.start < before.end for span in found) <= 1
    for before, after in zip(passages, passages[2:], strict=False):
        assert before.end <= after.start


def test_a_short_text_is_one_passage() -> None:
    assert cut("  One is here.\n\nTwo is there. \n") == ["One is here.\n\nTwo is there."]


@pytest.mark.parametrize("text", ["", " \n\t\u2028 "])
def test_a_text_without_a_character_has_no_passage(text: str) -> None:
    assert split(text) == []


def test_whole_paragraphs_fill_passages_of_the_target_length() -> None:
    paragraphs_of_50 = [sentence_of(50, f"word{number}") for number in range(6)]
    passages = cut("\n".join(paragraphs_of_50))
    assert passages == ["\n".join(paragraphs_of_50[:3]), "\n".join(paragraphs_of_50[3:])]
    assert all(TARGET_WORDS <= count_words(passage) <= MAXIMUM_WORDS for passage in passages)


def test_a_heading_stays_with_what_follows_it() -> None:
    body = sentence_of(150)
    assert cut(f"{sentence_of(130)}\nA heading\n{body}")[1] == f"A heading\n{body}"


def test_a_short_end_joins_the_passage_before_it() -> None:
    text = f"{sentence_of(150)}\nThe end."
    assert cut(text) == [text]


def test_a_long_paragraph_is_cut_into_like_pieces_that_share_a_short_sentence() -> None:
    text = " ".join(sentence_of(20, f"word{number}") for number in range(20))
    passages = cut(text)
    assert len(passages) == 3  # 400 words, and the sentences that come twice
    for before, after in itertools.pairwise(passages):
        shared = after[: after.index("ends.") + len("ends.")]
        assert before.endswith(shared)
    assert all(100 <= count_words(passage) <= MAXIMUM_WORDS for passage in passages[:2])


def test_a_long_sentence_is_not_repeated() -> None:
    text = " ".join(sentence_of(60, f"word{number}") for number in range(6))
    spans = split(text)
    assert len(spans) > 1
    assert all(a.end < b.start for a, b in itertools.pairwise(spans))


def test_an_endless_sentence_is_cut_between_words() -> None:
    text = " ".join(f"item{number}" for number in range(1_000))
    assert " ".join(cut(text)).split() == text.split()


def test_scripts_without_spaces_count_by_the_character() -> None:
    assert count_words("国务卿 called 外长 in 2024") == 3 + 2 + 3
    assert max(len(passage) for passage in cut("字" * 1_000)) <= MAXIMUM_WORDS + SHORT_WORDS


def test_the_title_leads_only_where_the_passage_does_not_begin_with_it() -> None:
    assert lead("A new bridge", "The town opened it.") == "A new bridge. "
    assert lead("A new bridge.", "The town opened it.") == "A new bridge. "
    assert lead("A new bridge…", "A new bridge for Tallow was opened.") == ""
    assert lead("", "The town opened it.") == ""


@pytest.mark.parametrize(
    "text",
    [
        "Short one. ",
        "No end and no stop ",
        "x",
        "One line.\n",
        "字",
        " ",
        "\n",
        "a\n\n",
        "A\u2028.",
    ],
)
def test_twice_the_text_is_twice_the_work(text: str) -> None:
    once, twice = (work_of(text * (count // len(text))) for count in (30_000, 60_000))
    assert twice < 3 * once


def work_of(text: str) -> int:
    """Calls made while the text is split, those into C too."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        split(text)
    finally:
        sys.setprofile(before)
    return calls
