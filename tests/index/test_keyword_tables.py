"""The keyword tables hold the terms of the passages that are there, and nothing of others."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from keyword_samples import add, change, found, records, segments
from storage_samples import library_id, new_article

from index.catalog.catalog import Catalog
from index.catalog.postings import MOST, SEGMENT_PASSAGES
from index.catalog.unindexing import LONG_ROW
from index.terms import terms_of

pytest_plugins = ["keyword_fixtures"]

WORDS = [f"{first}{second}" for first in ("fen", "hill", "mill", "tar") for second in "abcdefghij"]


def expected(catalog: Catalog, *libraries: int) -> list[tuple[int, int, int, int]]:
    """What the postings of some libraries should be, from their texts."""
    rows = []
    for library in libraries:
        for article in catalog.articles(library):
            text = catalog.text(library, article.id)
            for passage in catalog.passages(library, article.id):
                terms = terms_of(f"{article.title} {text[passage.start : passage.end]}")
                length = min(len(terms), MOST)
                rows += [
                    (passage.id, term, min(count, MOST), length)
                    for term, count in Counter(terms).items()
                ]
    return sorted(rows)


def test_they_follow_every_adding_and_removing(catalog: Catalog) -> None:
    chance = random.Random(11)
    with catalog:
        libraries = [library_id(catalog, name) for name in ("one", "two")]
        for step in range(60):
            library = chance.choice(libraries)
            articles = [article.id for article in catalog.articles(library)]
            if len(articles) > 5 and chance.random() < 0.6:
                catalog.remove(library, chance.sample(articles, chance.randint(1, 4)))
            else:
                texts = [" ".join(chance.choices(WORDS, k=12)) for _ in range(chance.randint(1, 5))]
                add(
                    catalog, library, new_article(f"the {step}", *texts, title=chance.choice(WORDS))
                )
            assert records(catalog) == expected(catalog, *libraries)
        for library in libraries:
            assert catalog.check(library) == []
            catalog.remove(library, [article.id for article in catalog.articles(library)])
        assert (records(catalog), segments(catalog)) == ([], [])


def test_numbers_that_a_record_cannot_hold_are_cut_and_removed_like_others(
    catalog: Catalog,
) -> None:
    with catalog:
        library = library_id(catalog)
        ((long, _),) = add(catalog, library, new_article("fen " * 300 + "mill " * 2, "fen"))
        ((_, (other,)),) = add(catalog, library, new_article("mill"))
        assert records(catalog) == expected(catalog, library)
        assert max(record[2] for record in records(catalog)) == MOST
        assert found(catalog, library, "mill") == [other, other - 2]
        assert catalog.check(library) == []
        # Where a length is cut, nobody can tell from it that there are more terms.
        change(catalog, "INSERT INTO postings VALUES (1, 7, x'000001ff')")
        catalog.remove(library, [long])
        assert records(catalog) == expected(catalog, library) != []


def test_more_passages_than_a_segment_has_are_in_several(catalog: Catalog) -> None:
    with catalog:
        library = library_id(catalog)
        ((before, _),) = add(catalog, library, new_article("before", title="x"))
        entry = new_article(*(f"fen{n} mill" for n in range(SEGMENT_PASSAGES + 3)), title="x")
        ((article, passages),) = add(catalog, library, entry)
        assert [row[3] for row in segments(catalog)] == [SEGMENT_PASSAGES, 4]
        for place in (0, SEGMENT_PASSAGES - 1, SEGMENT_PASSAGES, SEGMENT_PASSAGES + 2):
            assert found(catalog, library, f"fen{place}") == [passages[place]]
        assert len(found(catalog, library, "mill", 100_000)) == len(passages)
        catalog.remove(library, [before, article])
        assert (records(catalog), segments(catalog)) == ([], [])


def test_ids_far_apart_are_in_different_segments(catalog: Catalog) -> None:
    with catalog:
        library = library_id(catalog)
        passages: list[int] = []
        for gap in (0, 65_530, 65_540, 70_000, 2**40):
            change(catalog, "UPDATE sqlite_sequence SET seq = ? WHERE name = 'passages'", gap)
            ((_, added),) = add(catalog, library, new_article(f"fen {gap}", f"mill {gap}"))
            passages += added
        assert [row[0] for row in segments(catalog)] == [1, 65_541, 2**40 + 1]
        assert sorted(found(catalog, library, "fen mill")) == passages
        assert found(catalog, library, "fen", 4) == passages[:8:2]  # all are worth the same
        assert catalog.check(library) == []
        for article in catalog.articles(library):
            catalog.remove(library, [article.id])
            assert records(catalog) == expected(catalog, library)
        assert segments(catalog) == []


def test_a_passage_without_telling_words_is_in_no_segment(catalog: Catalog) -> None:
    with catalog:
        library = library_id(catalog)
        ((article, _),) = add(catalog, library, new_article("it is", "?", "of what", title="…"))
        ((_, (other,)),) = add(catalog, library, new_article("and was", title="fen"))
        assert {record[0] for record in records(catalog)} == {other}
        assert catalog.check(library) == []
        assert catalog.keyword_search(library, "it is what", 5) == []
        catalog.remove(library, [article])
        assert [row[3] for row in segments(catalog)] == [1]


def test_a_word_of_many_passages_loses_those_that_are_removed(catalog: Catalog) -> None:
    chance = random.Random(2)
    mill = f"SELECT data FROM postings WHERE term = {terms_of('mill')[0]}"
    with catalog:
        library = library_id(catalog)
        entries = [
            new_article(
                *(f"mill fen{n} {' hill' * (n % 7)} {part}" for part in range(5)), title="x"
            )
            for n in range(2 * LONG_ROW // 5)
        ]
        articles = [article for article, _ in add(catalog, library, *entries)]
        removed = [articles.pop(0), *(articles.pop(chance.randrange(9)) for _ in range(9))]
        lengths = []
        for _ in range(3):
            catalog.remove(library, removed)
            assert records(catalog) == expected(catalog, library)
            assert catalog.check(library) == []
            with catalog._database.read() as connection:
                lengths.append(len(connection.exec_driver_sql(mill).scalar_one()) // 4)
            removed = [articles.pop(chance.randrange(len(articles))) for _ in range(10)]
        # What is gone are zeros, until there are too many of them.
        assert lengths == [500, 400, 400]
        add(catalog, library, new_article("mill at last"))
        found = catalog.keyword_search(library, "mill hill", 1_000)
        catalog.keywords.rebuild(library)
        assert found == catalog.keyword_search(library, "mill hill", 1_000) != []


@pytest.mark.parametrize(
    "made_by_another_version",
    [
        "UPDATE postings SET term = term / 2",
        "UPDATE postings SET term = term / 2 WHERE term > 0",
        # Another count of the term, and another length of the passage.
        "UPDATE postings SET data = CAST(substr(data, 1, 2) || x'0709' AS BLOB)",
        "UPDATE postings SET data = CAST(substr(data, 1, 3) || x'09' AS BLOB)",
    ],
)
def test_postings_of_another_version_are_removed_too(
    catalog: Catalog, made_by_another_version: str
) -> None:
    with catalog:
        library = library_id(catalog)
        ((article, (gone,)),) = add(catalog, library, new_article("fen hill mill mill tar"))
        change(catalog, made_by_another_version)
        # A word that was a term then, and is none now.
        length = {record[3] for record in records(catalog)}.pop()
        if length == 9:
            change(catalog, "INSERT INTO postings VALUES (?, 7, x'00000109')", gone)
        ((_, (kept, _)),) = add(catalog, library, new_article("fen inn", "hill"))
        catalog.remove(library, [article])
        assert records(catalog) == expected(catalog, library)
        assert segments(catalog) == [(gone, library, kept + 1, 2, 5)]
        assert catalog.check(library) == []


def test_a_library_that_takes_in_another_takes_in_its_words(catalog: Catalog) -> None:
    chance = random.Random(5)
    with catalog:
        for step in range(24):  # by turns: their ids lie between one another's
            library = library_id(catalog, ("before", "after")[step % 2])
            add(catalog, library, new_article(*(" ".join(chance.choices(WORDS, k=9)), str(step))))
        catalog.rename("before", "after")
        library = library_id(catalog, "after")
        assert len(segments(catalog)) == 2
        for _ in range(2):
            assert records(catalog) == expected(catalog, library)
            assert catalog.check(library) == []
            ids = [article.id for article in catalog.articles(library)]
            catalog.remove(library, chance.sample(ids, 8))
            add(catalog, library, new_article("fen after all"))
        assert records(catalog) == expected(catalog, library)
        assert found(catalog, library, "1") + found(catalog, library, "fen after")


def test_with_a_library_its_words_go_and_those_of_others_stay(catalog: Catalog) -> None:
    with catalog:
        going, staying = library_id(catalog, "going"), library_id(catalog, "staying")
        for library in (going, staying, going):
            add(catalog, library, new_article(f"fen {library}", f"hill {len(records(catalog))}"))
        catalog.forget("going")
        assert records(catalog) == expected(catalog, staying) != []
        assert {row[1] for row in segments(catalog)} == {staying}


def test_no_word_is_in_the_tables(catalog: Catalog) -> None:
    with catalog:
        add(catalog, library_id(catalog), new_article("quartzxylophone bell"))
        with catalog._database.read() as connection:
            rows = connection.exec_driver_sql("SELECT * FROM postings").fetchall()
        assert rows
        assert {type(value) for row in rows for value in row} == {int, bytes}
        assert not any(b"quartz" in row.data for row in rows)
