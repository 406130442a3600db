"""The catalog: what goes in comes out, whole, once, and in its own library only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from storage_samples import DIMENSION, library_id, new_article, numbered

from index.catalog.catalog import Catalog
from index.catalog.entries import content_hash
from index.errors import BinarySourceError, UnknownArticleError, UnknownLibraryError
from index.records import Article, Candidate, Span


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(tmp_path / "data" / "cuttings.db") as opened:
        yield opened


def test_an_article_comes_back_as_it_went_in(catalog: Catalog) -> None:
    library = library_id(catalog)
    text = "Zoë naïvely paid 5 € 👩‍🚀.\nThe second passage, \U0001f600 and all."
    entry = replace(
        new_article("first", "second"),
        article=Article(
            text=text,
            title="Zoë",
            author="A. Uthor",
            site="Example",
            published=date(2024, 2, 29),
            source="https://example.com/?q='--",
        ),
        content_hash=content_hash(text),
        words=9,
        spans=[Span(0, 26), Span(24, len(text))],
    )
    before = datetime.now(timezone.utc)
    (added,), revision = catalog.add(library, [entry])

    assert added.new
    assert revision == catalog.revision(library) == 1
    stored = catalog.article(library, added.article.id)
    assert stored == added.article == catalog.find(library, entry.content_hash)
    assert catalog.articles(library) == [stored]
    assert (stored.title, stored.author, stored.site) == ("Zoë", "A. Uthor", "Example")
    assert (stored.published, stored.source) == (date(2024, 2, 29), "https://example.com/?q='--")
    assert (stored.words, stored.passages) == (9, 2)
    assert stored.added.utcoffset() == timedelta(0)
    assert before <= stored.added <= datetime.now(timezone.utc)
    assert catalog.text(library, stored.id) == text
    found = catalog.passages(library, stored.id)
    assert [Span(passage.start, passage.end) for passage in found] == entry.spans
    assert [passage.id for passage in found] == list(added.passage_ids)
    assert catalog.passage_ids(library).tolist() == list(added.passage_ids)
    ((ids, vectors),) = catalog.embeddings(library, added.passage_ids)
    assert ids.tolist() == list(added.passage_ids)
    assert vectors.dtype == np.float32
    assert np.array_equal(vectors, entry.embeddings)
    first, second = added.passage_ids
    assert catalog.candidates(library, [second, first]) == {
        first: Candidate(first, stored.id, "Zoë", text[0:26], 0),
        second: Candidate(second, stored.id, "Zoë", text[24:], 24),
    }
    assert catalog.check(library) == []


def test_the_same_text_is_stored_once(catalog: Catalog) -> None:
    library = library_id(catalog)
    one, two = numbered(2)
    first, revision = catalog.add(library, [one, two, one])
    assert [added.new for added in first] == [True, True, False]
    assert first[2].article == first[0].article
    assert first[2].passage_ids == ()

    again, same_revision = catalog.add(library, [two, one])
    assert [added.new for added in again] == [False, False]
    assert [added.article for added in again] == [first[1].article, first[0].article]
    assert same_revision == revision == 1
    assert len(catalog.articles(library)) == 2


def test_an_article_may_have_no_passages(catalog: Catalog) -> None:
    library = library_id(catalog)
    catalog.add(library, [new_article()])
    assert catalog.passage_ids(library).tolist() == []
    assert catalog.check(library) == []


def test_articles_are_listed_newest_first_in_pages(catalog: Catalog) -> None:
    library = library_id(catalog)
    added, _ = catalog.add(library, numbered(5))
    ids = [one.article.id for one in added]
    assert [article.id for article in catalog.articles(library)] == ids[::-1]
    assert [article.id for article in catalog.articles(library, offset=1, limit=2)] == [
        ids[3],
        ids[2],
    ]
    assert [article.id for article in catalog.articles(library, offset=4)] == [ids[0]]


@pytest.mark.parametrize(
    "damage",
    [
        {"embeddings": np.zeros((2, DIMENSION + 1), np.float32)},
        {"embeddings": np.zeros((1, DIMENSION), np.float32)},
        {"embeddings": np.full((2, DIMENSION), np.nan, np.float32)},
        {"spans": [Span(0, 4), Span(0, 1000)]},
        {"spans": [Span(0, 4), Span(4, 3)]},
    ],
)
def test_an_entry_that_does_not_fit_is_refused_and_nothing_is_written(
    catalog: Catalog, damage: dict[str, object]
) -> None:
    library = library_id(catalog)
    good, bad = numbered(2)
    with pytest.raises(ValueError, match=r"embeddings|passage"):
        catalog.add(library, [good, replace(bad, **damage)])  # type: ignore[arg-type]
    assert catalog.articles(library) == []
    assert catalog.revision(library) == 0


@pytest.mark.parametrize("text", ["half a pair \ud83d", "a NUL \x00 inside"])
def test_what_is_no_text_is_refused(catalog: Catalog, text: str) -> None:
    library = library_id(catalog)
    entry = new_article("fine")
    with pytest.raises(BinarySourceError) as caught:
        catalog.add(library, [replace(entry, article=Article(text=text, title="t"))])
    assert caught.value.hint
    assert catalog.articles(library) == []


def test_removal_takes_everything_of_an_article(catalog: Catalog, tmp_path: Path) -> None:
    library = library_id(catalog)
    secret = "xylophonequartz"
    keep, go = new_article("Something to keep."), new_article(f"The {secret} is hidden.", "More.")
    (kept, gone), _ = catalog.add(library, [keep, go])
    assert catalog.keyword_search(library, secret, 5)

    passage_ids, revision = catalog.remove(library, [gone.article.id])

    assert passage_ids == list(gone.passage_ids)
    assert revision == catalog.revision(library) == 2
    assert catalog.find(library, go.content_hash) is None
    assert catalog.passage_ids(library).tolist() == list(kept.passage_ids)
    assert catalog.candidates(library, gone.passage_ids) == {}
    assert list(catalog.embeddings(library, gone.passage_ids)) == []
    assert catalog.keyword_search(library, secret, 5) == []
    assert catalog.check(library) == []
    on_disk = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"Something to keep" in on_disk
    assert secret.encode() not in on_disk
    assert secret[4:].encode() not in on_disk
    assert go.embeddings[0].tobytes() not in on_disk


def test_removal_is_all_or_nothing(catalog: Catalog) -> None:
    library = library_id(catalog)
    added, revision = catalog.add(library, numbered(2))
    ids = [one.article.id for one in added]
    with pytest.raises(UnknownArticleError, match="999"):
        catalog.remove(library, [ids[0], 999, ids[1]])
    assert len(catalog.articles(library)) == 2
    assert catalog.remove(library, []) == ([], revision)
    catalog.remove(library, [ids[0], ids[0]])
    assert [article.id for article in catalog.articles(library)] == [ids[1]]


def test_ids_are_never_used_again(catalog: Catalog) -> None:
    library = library_id(catalog)
    (first,), _ = catalog.add(library, numbered(1))
    catalog.remove(library, [first.article.id])
    (second,), _ = catalog.add(library, numbered(1))
    assert second.article.id > first.article.id
    assert min(second.passage_ids) > max(first.passage_ids)


def test_unknown_articles_and_libraries_are_named(catalog: Catalog) -> None:
    library = library_id(catalog, "evening-news")
    for call in (catalog.article, catalog.text, catalog.passages):
        for number in (7, 7 * 10**30):
            with pytest.raises(UnknownArticleError, match=str(number)) as caught:
                call(library, number)
            assert caught.value.hint
    with pytest.raises(UnknownArticleError):
        catalog.remove(library, [7 * 10**30])
    with pytest.raises(UnknownLibraryError, match="evening-mews") as unknown:
        catalog.library("evening-mews")
    assert "evening-news" in unknown.value.hint
    with pytest.raises(UnknownLibraryError):
        catalog.add(library + 1, numbered(1))
    with pytest.raises(UnknownLibraryError):
        catalog.check(library + 1)


def test_creating_a_library_twice_returns_the_first(catalog: Catalog) -> None:
    first = catalog.create_library("main", "one", 4)
    assert catalog.create_library("main", "another", 9) == first
    assert catalog.libraries() == [first] == [catalog.library("main")]
    with pytest.raises(ValueError, match="dimension"):
        catalog.create_library("flat", "one", 0)


def test_nothing_of_one_library_shows_in_another(catalog: Catalog) -> None:
    ours, theirs = library_id(catalog, "ours"), library_id(catalog, "theirs")
    shared = new_article("Peskov spoke in Minsk.", "Lavrov listened.")
    (mine,), _ = catalog.add(ours, [shared])
    (other, extra), revision = catalog.add(theirs, [shared, new_article("Peskov again.")])
    assert other.new
    assert other.article.id != mine.article.id

    everything = [*mine.passage_ids, *other.passage_ids, *extra.passage_ids]
    assert set(catalog.candidates(ours, everything)) == set(mine.passage_ids)
    assert [ids.tolist() for ids, _ in catalog.embeddings(ours, everything)] == [
        list(mine.passage_ids)
    ]
    assert catalog.passage_ids(ours).tolist() == list(mine.passage_ids)
    assert [article.id for article in catalog.articles(ours)] == [mine.article.id]
    found = {passage for passage, _ in catalog.keyword_search(ours, "Peskov Lavrov", 50)}
    assert found == set(mine.passage_ids)
    for call in (catalog.article, catalog.text, catalog.passages):
        with pytest.raises(UnknownArticleError):
            call(ours, other.article.id)
    with pytest.raises(UnknownArticleError):
        catalog.remove(ours, [other.article.id])

    catalog.remove(ours, [mine.article.id])
    assert catalog.passage_ids(theirs).tolist() == [*other.passage_ids, *extra.passage_ids]
    assert catalog.revision(theirs) == revision
    assert catalog.check(ours) == catalog.check(theirs) == []


def test_embeddings_come_in_chunks(catalog: Catalog) -> None:
    library = library_id(catalog)
    catalog.add(library, numbered(5))
    chunks = list(catalog.embeddings(library, catalog.passage_ids(library), chunk=4))
    assert [len(ids) for ids, _ in chunks] == [4, 4, 2]
    assert all(vectors.shape == (len(ids), DIMENSION) for ids, vectors in chunks)


def test_thousands_of_ids_in_one_call_are_no_trouble(catalog: Catalog) -> None:
    library = library_id(catalog)
    (added,), _ = catalog.add(library, [new_article(*(f"Line {n}." for n in range(100)))])
    many = [*range(10_000_000, 10_040_000), *added.passage_ids]
    assert set(catalog.candidates(library, many)) == set(added.passage_ids)


def test_many_threads_share_one_catalog(catalog: Catalog) -> None:
    library = library_id(catalog)
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def add_and_remove(name: str) -> None:
        start.wait()
        for entry in numbered(6, name):
            (added,), _ = catalog.add(library, [entry])
            if added.article.id % 2:
                catalog.remove(library, [added.article.id])

    def read(_: str) -> None:
        start.wait()
        for _turn in range(20):
            for article in catalog.articles(library, limit=3):
                assert article.passages == 2
            ids = [passage for passage, _ in catalog.keyword_search(library, "story begins", 20)]
            for candidate in catalog.candidates(library, ids).values():
                assert candidate.text.endswith(("here.", "there."))

    def run(work: object, name: str) -> None:
        try:
            work(name)  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    jobs = [(add_and_remove, f"story{n}") for n in range(5)] + [(read, "")] * 3
    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    left = catalog.articles(library)
    assert all(article.id % 2 == 0 for article in left)
    assert catalog.revision(library) == 30 + (30 - len(left))
    assert catalog.check(library) == []


def test_size_counts_the_bytes_on_disk(catalog: Catalog, tmp_path: Path) -> None:
    assert catalog.size() == sum(path.stat().st_size for path in (tmp_path / "data").iterdir())
    before = catalog.size()
    catalog.add(library_id(catalog), numbered(200))
    assert catalog.size() > before
