"""Keyword search: names are found, and nothing a person types is an operator."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.catalog.keywords import MAX_TERMS, question_terms, search_passages
from index.terms import terms_of

HOSTILE = [
    '"',
    '""" OR "',
    "'; DROP TABLE passages; --",
    "NEAR(a b, 3) AND NOT (title:x)",
    "AND OR NOT NEAR",
    "library : lib1",
    "^a b* + c -d {e} (f",
    "nul \x00 inside",
    "\ud800 half a pair",
    "👩‍🚀 🎉",
    "_ __ a_b",
    "²³ ٣ Ⅷ",
    "x" * 5000,
]


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    folder: Path = tmp_path_factory.mktemp("keywords")
    with Catalog(folder / "cuttings.db") as opened:
        texts = {
            "main": ["Dmitry Peskov spoke on Monday.", "The minister met nobody in Minsk.", "Café"],
            "other": ["Peskov in the other library.", "lib1 is only a word here."],
        }
        for name, passages in texts.items():
            opened.add(library_id(opened, name), [new_article(*passages, title="Kremlin news")])
        yield opened


def texts_found(catalog: Catalog, question: str, library: str = "main") -> list[str]:
    number = library_id(catalog, library)
    found = catalog.keyword_search(number, question, 10)
    candidates = catalog.candidates(number, [passage for passage, _ in found])
    return [candidates[passage].text for passage, _ in found]


@given(st.text())
@example("")
@example(HOSTILE[1])
@example(HOSTILE[3])
@example(HOSTILE[7])
@example(HOSTILE[8])
@example(HOSTILE[10])
def test_any_question_is_a_valid_search(catalog: Catalog, question: str) -> None:
    catalog.keyword_search(library_id(catalog), question, 5)
    terms = question_terms(question)
    assert len(terms) == len(set(terms)) <= MAX_TERMS


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_only_find_words_of_their_own_library(
    catalog: Catalog, question: str
) -> None:
    found = {passage for passage, _ in catalog.keyword_search(1, f"{question} Peskov", 10)}
    assert found <= set(catalog.passage_ids(1).tolist())
    assert found


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Peskov say?", "peskov say"),
        ("Who is it?", ""),
        ("Peskov, PESKOV and peskov", "peskov"),
        ("re\u0301sume\u0301", "resume"),
        ("?!… _ 🎉", ""),
    ],
)
def test_stop_words_and_repeated_words_are_not_searched_for(question: str, words: str) -> None:
    assert question_terms(question) == terms_of(words)


def test_a_long_question_is_cut_to_its_first_words() -> None:
    words = [f"word{n}" for n in range(100)]
    assert question_terms(" ".join(words)) == terms_of(" ".join(words[:MAX_TERMS]))


def test_names_stems_and_accents_are_found(catalog: Catalog) -> None:
    assert texts_found(catalog, "peskov") == ["Dmitry Peskov spoke on Monday."]
    assert texts_found(catalog, "ministers meeting") == ["The minister met nobody in Minsk."]
    assert texts_found(catalog, "cafe") == ["Café"]
    assert texts_found(catalog, "giraffe") == []


def test_a_search_may_be_limited_to_some_articles(tmp_path: Path) -> None:
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        entries = [new_article(f"Peskov spoke, part {n}.", f"Again Peskov {n}.") for n in range(3)]
        added, _ = catalog.add(library, entries)
        ids = [one.article.id for one in added]
        passages = [set(one.passage_ids) for one in added]
        for articles, expected in (
            (ids[:1], passages[0]),
            ([ids[2], ids[1], ids[2]], passages[1] | passages[2]),
            ([], set()),
            ([99, *range(1_000, 50_000)], set()),
        ):
            found = catalog.keyword_search(library, "Peskov", 10, articles)
            assert {passage for passage, _ in found} == expected
        assert len(catalog.keyword_search(library, "Peskov", 1, ids[1:])) == 1


@pytest.mark.filterwarnings("error")
def test_an_empty_library_has_no_words(catalog: Catalog) -> None:
    assert catalog.keyword_search(library_id(catalog, "empty"), "Peskov", 5) == []


def test_the_title_counts_too(catalog: Catalog) -> None:
    assert len(texts_found(catalog, "Kremlin")) == 3


def test_scores_are_positive_and_best_first(catalog: Catalog) -> None:
    found = catalog.keyword_search(1, "Peskov Minsk minister", 10)
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)
    assert all(isinstance(score, float) and score > 0 for score in scores)
    assert len(catalog.keyword_search(1, "Kremlin", 2)) == 2
    assert catalog.keyword_search(1, "Kremlin", 0) == []


def test_the_name_of_a_library_is_only_a_word(catalog: Catalog) -> None:
    assert texts_found(catalog, "lib1") == []
    assert texts_found(catalog, "lib1", "other") == ["lib1 is only a word here."]


WORDS = [f"{place}{thing}" for place in ("harbour", "fen", "hill") for thing in ("bell", "inn")]


def test_scores_are_those_of_bm25_and_of_equals_the_first_is_first(tmp_path: Path) -> None:
    chance = random.Random(3)
    passages = [" ".join(chance.choices(WORDS, k=chance.randint(1, 9))) for _ in range(60)]
    passages += passages[4::-1]  # scores that are the same
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        for number in range(0, len(passages), 5):
            article = new_article(*passages[number : number + 5], title=f"Number{number}")
            catalog.add(library, [article])
        ids = catalog.passage_ids(library).tolist()
        question = [WORDS[0], WORDS[3], "nowhere"]
        average = sum(len(text.split()) + 1 for text in passages) / len(passages)
        expected: list[tuple[float, int]] = []
        for passage, text in zip(ids, passages, strict=True):
            words = text.split()
            score = 0.0
            for word in question:
                having = sum(word in other.split() for other in passages)
                rarity = math.log(1 + (len(passages) - having + 0.5) / (having + 0.5))
                length = 1.2 * (0.25 + 0.75 * (len(words) + 1) / average)
                score += rarity * words.count(word) * 2.2 / (words.count(word) + length)
            if score:
                expected.append((-round(score, 9), passage))
        found = catalog.keyword_search(library, " ".join(question), 1_000)
        assert [(-round(score, 9), passage) for passage, score in found] == sorted(expected)
        first = catalog.keyword_search(library, " ".join(question), 7)
        assert first == found[:7]


def test_the_commonest_words_are_left_out_where_all_would_be_too_many(tmp_path: Path) -> None:
    with Catalog(tmp_path / "cuttings.db") as catalog:
        library = library_id(catalog)
        passages = [f"fog number{n}" for n in range(20)] + ["fog heron", "bittern heron"]
        catalog.add(library, [new_article(*passages)])
        *_, second_last, last = catalog.passage_ids(library).tolist()
        with catalog._database.read() as connection:

            def found(question: str, most_read: int) -> list[int]:
                rows = search_passages(connection, library, question, 50, most_read=most_read)
                return [passage for passage, _ in rows]

            assert len(found("fog heron", 23)) == 22
            assert sorted(found("fog heron", 22)) == [second_last, last]
            assert found("fog bittern heron", 3) == [last, second_last]
            assert len(found("fog", 1)) == 21  # one word is never left out
