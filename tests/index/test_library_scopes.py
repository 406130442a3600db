"""Questions that are asked of some articles only."""

from __future__ import annotations

import pytest
from library_samples import (
    RefusingEncoder,
    article,
    fill,
    plain_archive,
    real_archive,
)

from index.archive import Archive
from index.errors import QuestionError, UnknownArticleError
from index.records import Article, Outcome, StoredArticle
from index.settings import IndexSettings

pytest_plugins = ["library_fixtures"]


def by_source(archive: Archive) -> dict[str, StoredArticle]:
    return {str(stored.source): stored for stored in archive.library().articles()}


def lines(*words: str) -> Article:
    """An article of one passage a word."""
    text = "\n".join(f"{word} " + f"filler{number} " * 150 for number, word in enumerate(words))
    return Article(text=text, title="Title")


def test_an_article_that_is_asked_answers_alone(archive: Archive) -> None:
    library = archive.library()
    ids = by_source(archive)
    ferry = ids["ferry-returns-to-ostrel.txt"].id
    question = "Who is the captain of the Patient Margit?"
    answer = library.ask(question, [ferry])
    assert answer.answer == "Teodora Vint"
    assert {hit.article for hit in answer.passages} == {ferry}
    others = [stored.id for stored in ids.values() if stored.id != ferry]
    elsewhere = library.ask(question, others)
    assert elsewhere.answer != "Teodora Vint"
    assert ferry not in {hit.article for hit in elsewhere.passages}


def test_several_articles_may_be_asked_at_once(archive: Archive) -> None:
    chosen = [stored.id for stored in archive.library().articles(limit=2)]
    everything = IndexSettings(minimum_relevance=0, shown_passages=99)
    with real_archive(archive.data, everything) as opened:
        answer = opened.library().ask("Who spoke, and when?", [*chosen, chosen[0]])
        passages = sum(opened.library().article(one).passages for one in chosen)
    assert {hit.article for hit in answer.passages} == set(chosen)
    assert len(answer.passages) == min(passages, 16)


def test_of_a_small_article_every_passage_is_read(archive: Archive) -> None:
    """However few candidates the searches may give."""
    longest = max(archive.library().articles(), key=lambda stored: stored.passages)
    narrow = IndexSettings(
        dense_candidates=1, keyword_candidates=0, read_candidates=99, shown_passages=99
    )
    with real_archive(archive.data, narrow) as opened:
        answer = opened.library().ask("Quite another matter?", [longest.id])
    assert len(answer.passages) == longest.passages > 1


def test_a_passage_is_found_within_its_article_however_many_others_are_nearer(
    plain: Archive,
) -> None:
    (asked,) = fill(plain, lines("zebra", "okapi", "tapir", "zebra", "gnu"))
    fill(plain, *(article(f"zebra zebra {number}") for number in range(60)))
    settings = IndexSettings(
        reader="none", dense_candidates=2, keyword_candidates=2, read_candidates=2
    )
    with plain_archive(plain.data, settings=settings) as opened:
        free = opened.library().ask("zebra")
        within = opened.library().ask("zebra", [asked])
    assert asked not in {hit.article for hit in free.passages}
    assert [hit.text.split()[0] for hit in within.passages] == ["zebra", "zebra"]
    assert all(hit.relevance > 0 for hit in within.passages)


def test_of_unknown_articles_none_is_asked(plain: Archive) -> None:
    library = plain.library()
    with pytest.raises(UnknownArticleError):
        library.ask("one", [1])
    (one,) = fill(plain, article("one"))
    (secret,) = fill(plain, article("secret"), library="other")
    for wrong in ([99], [one, 99], [secret], [2**70]):
        with pytest.raises(UnknownArticleError) as caught:
            library.ask("one", wrong)
        assert caught.value.hint
    library.remove([one])
    with pytest.raises(UnknownArticleError):
        library.ask("one", [one])


def test_of_no_articles_nothing_is_the_answer(plain: Archive) -> None:
    fill(plain, article("one"))
    answer = plain.library().ask("one", [])
    assert (answer.outcome, answer.passages) == (Outcome.NOTHING, ())
    with pytest.raises(QuestionError):
        plain.library().ask(" ", [])
    with Archive(plain.data, plain.settings, encoder=RefusingEncoder()) as opened:
        (one,) = [stored.id for stored in opened.library().articles()]
        assert opened.library().ask("one", (one,)).passages[0].article == one
