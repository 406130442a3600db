"""The page on which an answer stands, in documents that have pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from library_samples import WordEncoder, fill, plain_archive

from index.answer import on_pages
from index.archive import Archive
from index.reading import Reading, ScoredSpan
from index.records import Article, Candidate, Format, Hit, Outcome

KEEPER, COOK = "Rosalind Quill", "Casimir Thorn"
FILLER = "The weather on the island was as it is every year, and nobody remarked on it. "


class PointingReader:
    """Finds certain words and nothing else."""

    identity = "pointing"

    def __init__(self, words: str) -> None:
        self._words = words

    def question_tokens(self, question: str) -> int:
        return len(question.split())

    def read(self, question: str, candidates: Sequence[Candidate]) -> list[Reading]:
        return [self._reading(candidate.text) for candidate in candidates]

    def _reading(self, text: str) -> Reading:
        start = text.find(self._words)
        if start < 0:
            return Reading(-9.0, ())
        return Reading(9.0, (ScoredSpan(start, start + len(self._words), 12.0, 2),))


def book(*pages: str) -> Article:
    """A document of these pages; an empty one begins with the next."""
    starts, text = [], ""
    for page in pages:
        starts.append(len(text))
        text += f"{page}\n\n" if page else ""
    return Article(text=text.strip(), title="The island", format=Format.PDF, pages=tuple(starts))


def hit(start: int, answer: int | None = None, article: int = 1) -> Hit:
    end = None if answer is None else answer + 1
    return Hit(article, "T", "x" * 50, start, start + 50, 0.9, answer, end)


@pytest.mark.parametrize(
    ("starts", "start", "answer", "page"),
    [
        ((0, 100, 200), 0, None, 1),
        ((0, 100, 200), 99, None, 1),
        ((0, 100, 200), 100, None, 2),
        ((0, 100, 200), 260, None, 3),
        ((0, 100, 200), 80, 99, 1),
        ((0, 100, 200), 80, 100, 2),
        ((0, 0, 100, 100, 200), 0, None, 2),
        ((0, 0, 100, 100, 200), 100, None, 4),
        ((5, 100), 0, None, 1),
    ],
)
def test_the_page_is_that_of_the_answer_or_else_of_the_passage(
    starts: tuple[int, ...], start: int, answer: int | None, page: int
) -> None:
    (told,) = on_pages([hit(start, answer)], {1: starts})
    assert told.page == page


def test_an_article_without_pages_gives_none() -> None:
    hits = on_pages([hit(0), hit(0, article=2)], {2: (0,)})
    assert [told.page for told in hits] == [None, 1]


def test_an_answer_says_its_page_though_its_passage_began_on_another(tmp_path: Path) -> None:
    first = f"{FILLER * 2}The keeper was called"
    second = f"{KEEPER}, and she stayed. {FILLER}"
    paged = book(first, "", second, FILLER * 20, f"The cook was {COOK}. {FILLER}")
    for name, page in ((KEEPER, 3), (COOK, 5)):
        data = tmp_path / name
        with Archive(data, encoder=WordEncoder(), reader=PointingReader(name)) as archive:
            fill(archive, paged)
            answer = archive.library().ask("Who was it?")
            text = archive.library().text(1)
            assert answer.outcome is Outcome.ANSWER
            proof = answer.passages[0]
            assert (answer.answer, proof.page) == (name, page)
            assert text[proof.answer_start : proof.answer_end] == name
            for one in answer.passages[1:]:
                assert one.page is not None
                assert paged.pages[one.page - 1] <= one.start


def test_passages_and_those_of_no_use_say_their_page_too(tmp_path: Path) -> None:
    with plain_archive(tmp_path) as archive:
        fill(archive, book(FILLER * 20, f"Herons were seen. {FILLER * 20}"))
        fill(archive, Article("Herons were seen in a text without pages.", "Plain"))
        hits = archive.library().ask("herons").passages
        assert {one.page for one in hits if one.article == 1} == {1, 2}
        assert {one.page for one in hits if one.article == 2} == {None}
        assert all(
            (one.page == 2) == (one.start >= archive.library().text(1).index("Herons"))
            for one in hits
            if one.article == 1
        )
