"""Token scores to spans: the best by brute force, whole words and no loose punctuation."""

from __future__ import annotations

import re

import numpy as np
import pytest
from any_text import any_text
from hypothesis import given
from hypothesis import strategies as st

from index.reading import (
    MAXIMUM_SPAN_TOKENS,
    SPANS_KEPT,
    Reading,
    ScoredSpan,
    align,
    best_spans,
    merged,
)

TEXT = "alpha, bravo charlie (delta) echo 100,000 foxtrot golf. hotel india juliet kilo lima"
LONG = " ".join(f"w{number}" for number in range(60))


def tokens(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]


def brute_force(
    starts: np.ndarray, ends: np.ndarray, readable: np.ndarray, text: str, null: float
) -> list[ScoredSpan]:
    offsets = tokens(text)
    usable = [position for position in range(len(offsets)) if readable[position]]
    pairs = [
        (float(starts[i] + ends[j]) - null, first, last)
        for first, i in enumerate(usable)
        for last, j in enumerate(usable)
        if first <= last < first + MAXIMUM_SPAN_TOKENS
    ]
    found: dict[tuple[int, int], ScoredSpan] = {}
    for score, first, last in sorted(pairs, reverse=True)[: SPANS_KEPT * 3]:
        span = align(text, offsets[usable[first]][0], offsets[usable[last]][1])
        if span[0] < span[1] and len(found) < SPANS_KEPT:
            found.setdefault(span, ScoredSpan(*span, score, last - first + 1))
    return list(found.values())


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("text", [TEXT, LONG])
def test_the_best_spans_are_those_of_brute_force(seed: int, text: str) -> None:
    random = np.random.default_rng(seed)
    length = len(tokens(text))
    starts, ends = random.normal(size=(2, length)).astype(np.float32) * 4
    readable = np.arange(length) >= seed % 4
    spans = best_spans(starts, ends, tokens(text), readable, text, 1.5)
    expected = brute_force(starts, ends, readable, text, 1.5)
    assert [(s.start, s.end, s.tokens) for s in spans] == [
        (s.start, s.end, s.tokens) for s in expected
    ]
    assert np.allclose([s.margin for s in spans], [s.margin for s in expected], atol=1e-4)
    assert len({(s.start, s.end) for s in spans}) == len(spans)


def test_a_passage_that_cannot_be_read_has_no_spans() -> None:
    logits = np.zeros(3, np.float32)
    assert best_spans(logits, logits, [(0, 1)] * 3, np.zeros(3, np.bool_), "abc", 0.0) == []


def test_a_span_that_is_only_punctuation_is_no_span() -> None:
    logits = np.zeros(2, np.float32)
    assert best_spans(logits, logits, [(0, 1), (1, 2)], np.ones(2, np.bool_), "?!", 0.0) == []


def test_windows_merge_to_the_greatest_relevance_and_the_best_spans() -> None:
    one = Reading(1.0, (ScoredSpan(0, 4, 3.0, 1), ScoredSpan(5, 9, 1.0, 1)))
    two = Reading(2.0, (ScoredSpan(5, 9, 4.0, 1), ScoredSpan(9, 12, 2.0, 1)))
    assert merged([one, two]) == Reading(
        2.0, (ScoredSpan(5, 9, 4.0, 1), ScoredSpan(0, 4, 3.0, 1), ScoredSpan(9, 12, 2.0, 1))
    )
    many = Reading(0.0, tuple(ScoredSpan(n, n + 1, float(-n), 1) for n in range(SPANS_KEPT)))
    assert len(merged([many, one]).spans) == SPANS_KEPT
    assert merged([one]) == one


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        # words
        ("Sergei Lavrov spoke", "vrov", "Lavrov"),
        ("Sergei Lavrov spoke", "rgei Lav", "Sergei Lavrov"),
        ("the well-known man", "known", "known"),
        ("O'Brien's cat", "Brien", "Brien"),
        # numbers
        ("paid 100,000 crowns", "100", "100,000"),
        ("paid 100,000 crowns", "000", "100,000"),
        ("paid 1,950,000.50 crowns", "950", "1,950,000.50"),
        ("in 1887, 1888 and", "1887,", "1887"),
        ("at 3.5 percent.", "5", "3.5"),
        ("it was 1887.", "1887.", "1887"),
        # abbreviations
        ("in the U.S. on Monday", "U.S.", "U.S."),
        ("in Washington D.C.", "Washington D.C.", "Washington D.C."),
        ("in plan B.", "plan B.", "plan B"),
        # quotation marks and brackets
        ("she said \u201cno way\u201d twice", "\u201cno way", "no way"),
        ("she said \u201cno way\u201d twice", "no way\u201d", "no way"),
        ("she said \u201cno way\u201d twice", "\u201cno way\u201d", "\u201cno way\u201d"),
        ("the trust (founded 1887), and", "trust (founded 1887),", "trust (founded 1887)"),
        ("the trust (founded 1887), and", "(founded 1887", "founded 1887"),
        ("the trust (founded 1887), and", "1887),", "1887"),
        ("«Да», сказал он", "«Да»,", "«Да»"),
        # loose punctuation and white space
        ("Yes, indeed; no", ", indeed;", "indeed"),
        ("Yes\n\n indeed \n", "\n\n indeed \n", "indeed"),
        # scripts without spaces
        ("国务卿打电话给外长。", "外长", "外长"),
        ("国务卿打电话给外长。", "外长。", "外长。"),
        # accents, vowel signs and emoji are not torn off what they belong to
        ("Jose\u0301 came", "Jose", "Jose\u0301"),
        ("नमस्ते दुनिया", "नमस", "नमस्ते"),
        ("a 👍🏽 b", "👍", "👍🏽"),
        ("a 👩\u200d👩\u200d👧 b", "👧", "👩\u200d👩\u200d👧"),
        ("a ❤\ufe0f b", "❤", "❤\ufe0f"),
    ],
)
def test_a_span_is_aligned_to_words(text: str, found: str, expected: str) -> None:
    start, end = align(text, text.index(found), text.index(found) + len(found))
    assert text[start:end] == expected


@given(any_text(), st.data())
def test_a_span_grows_within_its_words_only(text: str, data: st.DataObject) -> None:
    bounds = st.integers(0, len(text))
    first, last = sorted((data.draw(bounds), data.draw(bounds)))
    start, end = align(text, first, last)
    assert 0 <= start <= len(text)
    if start < end:
        assert end <= len(text)
        assert not re.search(r"\s", text[min(start, first) : first])
        assert not re.search(r"\s", text[last : max(end, last)])
