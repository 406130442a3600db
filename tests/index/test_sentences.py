"""Sentences and paragraphs: in order, complete, cut where a reader would cut."""

from __future__ import annotations

import pytest
from any_text import any_text
from hypothesis import given
from hypothesis import strategies as st

from index import sentences as sentence_module
from index.records import Span
from index.sentences import paragraphs, sentence_around, sentences, surroundings

LINE = "This line was wrapped by an editor of another age, and so it goes"


def cut(text: str, spans: list[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def assert_covers(text: str, spans: list[Span], start: int, end: int) -> None:
    """In order, apart, without white space around them, and with nothing left out."""
    position = start
    for span in spans:
        assert position <= span.start < span.end <= end
        assert text[position : span.start].strip() == ""
        assert cut(text, [span])[0] == cut(text, [span])[0].strip()
        position = span.end
    assert text[position:end].strip() == ""


@given(any_text())
def test_paragraphs_cover_any_text(text: str) -> None:
    assert_covers(text, paragraphs(text), 0, len(text))


@given(any_text())
def test_sentences_cover_every_paragraph_of_any_text(text: str) -> None:
    for paragraph in paragraphs(text):
        assert_covers(text, sentences(text, paragraph), paragraph.start, paragraph.end)


@given(any_text(), st.data())
def test_the_sentence_around_a_span_holds_it_and_adds_no_white_space(
    text: str, data: st.DataObject
) -> None:
    inside = [position for position, char in enumerate(text) if not char.isspace()]
    if not inside:
        assert sentence_around(text, Span(0, 0)) == Span(0, 0)
        return
    start, last = sorted(data.draw(st.tuples(*[st.sampled_from(inside)] * 2)))
    around = sentence_around(text, Span(start, last + 1))
    assert 0 <= around.start <= start <= last < around.end <= len(text)
    assert text[around.start : around.end].strip() == text[around.start : around.end]


@given(any_text(), st.data(), st.integers(0, 3))
def test_surroundings_are_whole_paragraphs_around_the_span(
    text: str, data: st.DataObject, more: int
) -> None:
    parts = paragraphs(text)
    if not parts:
        assert surroundings(text, Span(0, 0), more) == Span(0, 0)
        return
    first = data.draw(st.integers(0, len(parts) - 1))
    last = data.draw(st.integers(first, len(parts) - 1))
    start = data.draw(st.integers(parts[first].start, parts[first].end - 1))
    end = data.draw(st.integers(parts[last].start + 1, parts[last].end))
    if end <= start:
        start, end = end - 1, start + 1
    around = surroundings(text, Span(start, end), more)
    assert around == Span(
        parts[max(0, first - more)].start, parts[min(len(parts) - 1, last + more)].end
    )


def test_the_neighbouring_paragraphs_are_shown_with_the_span() -> None:
    text = "Heading\n\nOne is here.\n\nTwo is there. And more.\n\nThree.\n\nFour."
    two = text.index("Two")
    span = Span(two, two + 3)
    assert cut(text, [surroundings(text, span)]) == [
        "One is here.\n\nTwo is there. And more.\n\nThree."
    ]
    assert cut(text, [surroundings(text, span, 0)]) == ["Two is there. And more."]
    assert cut(text, [surroundings(text, span, 99)]) == [text]
    assert cut(text, [surroundings(text, Span(0, 3))]) == ["Heading\n\nOne is here."]
    crossing = Span(two, text.index("Three") + 2)
    assert cut(text, [surroundings(text, crossing, paragraphs=0)]) == [
        "Two is there. And more.\n\nThree."
    ]


def test_the_sentence_in_a_whole_book_is_found_without_reading_the_book() -> None:
    chapters = "\n\n".join(f"Chapter {n}. It was dark. Nobody came." for n in range(20_000))
    place = chapters.index("Chapter 19990")
    read: list[int] = []

    def watched(text: str) -> list[str]:
        read.append(len(text))
        return sentencex_pieces(text)

    sentencex_pieces = sentence_module._segment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentence_module, "_segment", watched)
        around = sentence_around(chapters, Span(place + 16, place + 19))
    assert cut(chapters, [around]) == ["It was dark."]
    assert sum(read) < 100


def test_a_line_is_a_paragraph() -> None:
    text = "A title\n\nFirst. Second.\n  Third.  \n\n"
    assert cut(text, paragraphs(text)) == ["A title", "First. Second.", "Third."]


def test_wrapped_lines_are_one_paragraph_up_to_a_blank_line() -> None:
    block = "\n".join([LINE] * 3)
    text = f"{block}\nto its end.\n \t\n{block}\n\n\nShort."
    assert cut(text, paragraphs(text)) == [f"{block}\nto its end.", block, "Short."]


def test_lines_that_end_sentences_are_not_taken_for_wrapped_ones() -> None:
    text = "\n".join([LINE + "."] * 6)
    assert len(paragraphs(text)) == 6


def test_a_sentence_goes_on_over_a_wrapped_line() -> None:
    text = "\n".join([LINE] * 4) + " on. It\nended."
    (paragraph,) = paragraphs(text)
    assert cut(text, sentences(text, paragraph)) == ["\n".join([LINE] * 4) + " on.", "It\nended."]


def test_abbreviations_initials_and_numbers_do_not_end_a_sentence() -> None:
    text = "Dr. J. R. Brandt paid 3.5 million. Mr. Sze did not."
    assert cut(text, sentences(text, Span(0, len(text)))) == [
        "Dr. J. R. Brandt paid 3.5 million.",
        "Mr. Sze did not.",
    ]


def test_the_sentence_around_a_span_is_the_one_it_stands_in() -> None:
    text = "One is here. Two is there. Three is gone.\nFour."
    two = text.index("Two")
    assert cut(text, [sentence_around(text, Span(two, two + 3))]) == ["Two is there."]
    assert cut(text, [sentence_around(text, Span(two + 4, two + 13))]) == ["Two is there."]
    assert cut(text, [sentence_around(text, Span(two, two + 20))]) == [
        "Two is there. Three is gone."
    ]


def test_white_space_that_stops_the_segmenter_is_taken_as_any_other() -> None:
    # sentencex panics on these as they are.
    text = "K\u2028.\u2028 And then. It ended."
    found = sentences(text, Span(0, len(text)))
    assert_covers(text, found, 0, len(text))
    assert cut(text, found)[-1] == "It ended."
