"""The terms of a text: stems without capitals and accents, stop words left out, as numbers."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from snowballstemmer import stemmer

from index.terms import LONGEST_WORD, terms_of
from index.words import STOP_WORDS, folded

PIECES = st.sampled_from(
    [
        *("Ferries", "don't", "e\u0301te\u0301", "x\u0302y", "\u05e9\u05b8\u05dc", "½", "ﬁsh"),
        *("İ", "ß", "漢字", "2026", "the", " ", "\u00a0", "_", "-", "\u2019", "\u200d", "…"),
        *("\u0301", "\ud800"),
    ]
)


def plainly(text: str) -> list[int]:
    """The same, word after word over the whole text."""
    porter = stemmer("porter")
    words = [word for word in re.findall(r"[^\W_]+", folded(text)) if word not in STOP_WORDS]
    stems = [porter.stemWord(word) if len(word) <= LONGEST_WORD else word for word in words]
    digests = [blake2b(stem.encode(), digest_size=8).digest() for stem in stems]
    return [int.from_bytes(digest, "big", signed=True) for digest in digests]


@given(st.lists(PIECES).map("".join) | st.text())
@example("x" * 5_000 + " " + "y" * LONGEST_WORD + " " + "running" * 12)
def test_they_are_those_of_the_words_of_the_folded_text(text: str) -> None:
    assert terms_of(text) == plainly(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ministers meeting", "minister MEET"),
        ("café", "cafe"),
        ("cafe\u0301", "CAFÉ"),
        ("harbour's bell-tower", "Harbour bell tower"),
        ("It was the ferry and it is", "ferry"),
        ("snake_case", "snake case"),
    ],
)
def test_spellings_that_are_one_to_a_reader_are_one_term(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other) != []


@pytest.mark.parametrize("text", ["", " ", "?!… _ 🎉", "Who is it, and what was that?", "\ud800"])
def test_what_has_no_telling_words_has_no_terms(text: str) -> None:
    assert terms_of(text) == []


def test_a_term_is_there_as_often_as_its_words_and_fits_into_64_bits() -> None:
    terms = terms_of("Ferry, ferries; FERRY! Harbour.")
    assert (terms[0], len(terms), len(set(terms))) == (terms[1], 4, 2)
    assert all(-(2**63) <= term < 2**63 for term in terms)


def test_threads_get_the_same_terms() -> None:
    texts = [f"generalisations{n} relational{n % 7} conditions{n % 11}" for n in range(400)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(terms_of, texts)) == [plainly(text) for text in texts]
