"""Keyword search: names are found, and nothing a person types is an operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.catalog.keywords import MAX_WORDS, match_expression

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
    expression = match_expression(question)
    if expression is None:
        assert not re.search(r"[^\W_]", question)
    else:
        assert 1 <= len(expression.split(" OR ")) <= MAX_WORDS


@pytest.mark.parametrize("question", HOSTILE)
def test_hostile_questions_only_find_words_of_their_own_library(
    catalog: Catalog, question: str
) -> None:
    found = {passage for passage, _ in catalog.keyword_search(1, f"{question} Peskov", 10)}
    assert found <= set(catalog.passage_ids(1).tolist())
    assert found


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("What did Peskov say?", '"Peskov" OR "say"'),
        ("Who is it?", '"Who" OR "is" OR "it"'),
        ("Peskov, PESKOV and peskov", '"Peskov"'),
        ("re\u0301sume\u0301", '"résumé"'),
        ("?!… _ 🎉", None),
        ("", None),
    ],
)
def test_stop_words_are_dropped_when_others_remain(question: str, expression: str | None) -> None:
    assert match_expression(question) == expression


def test_a_long_question_is_cut_to_its_first_words() -> None:
    expression = match_expression(" ".join(f"word{n}" for n in range(100)))
    assert expression is not None
    assert expression.split(" OR ") == [f'"word{n}"' for n in range(MAX_WORDS)]


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
