"""One adds long articles, several ask, one removes: at once, in one library."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from library_samples import fill, plain_archive, real_archive

from index.archive import Archive
from index.errors import UnknownArticleError
from index.records import Article, ReceiptStatus
from index.settings import IndexSettings

ASKING = 4


def long_article(number: int, passages: int) -> Article:
    """An article of about so many passages, one a paragraph, which all name its number."""
    paragraph = "Report{number} part{part}: the keeper of lamp{part} was Agnes{number}. " + (
        "It was a quiet night in the harbour, and nobody called. " * 12
    )
    parts = [paragraph.format(number=number, part=part) for part in range(passages)]
    return Article(text="\n\n".join(parts), title=f"Report {number}")


class Busy:
    """Runs work in threads until it is done; keeps what went wrong."""

    def __init__(self) -> None:
        self.failures: list[BaseException] = []
        self.over = threading.Event()

    def thread(self, work: Callable[[], None]) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                self.failures.append(error)
                self.over.set()

        return threading.Thread(target=run)


def work_at_once(archive: Archive, articles: int, passages: int) -> None:
    library = archive.library()
    fill(archive, long_article(1000, 3))
    busy = Busy()
    added: list[int] = []
    gone: set[int] = set()
    answers = 0

    def add() -> None:
        for receipt in library.add(long_article(n, passages) for n in range(articles)):
            assert receipt.status is ReceiptStatus.ADDED
            assert receipt.article
            assert receipt.article.passages >= passages
            added.append(receipt.article.id)
        busy.over.set()

    def remove() -> None:
        """Every other one, as soon as it is there."""
        for number in range(0, articles, 2):
            while len(added) <= number:
                if busy.failures:
                    return
                time.sleep(0.005)
            library.remove([added[number]])
            gone.add(added[number])

    def ask() -> None:
        nonlocal answers
        while not busy.over.is_set():
            removed, there = set(gone), list(added)
            answer = library.ask("Who was the keeper of lamp2?")
            assert answer.passages
            assert not removed & {hit.article for hit in answer.passages}
            for hit in answer.passages[:1]:
                with suppress(UnknownArticleError):  # removed since
                    assert library.text(hit.article)[hit.start : hit.end] == hit.text
            for one in there[-1:]:
                with suppress(UnknownArticleError):
                    within = library.ask("Who was the keeper of lamp1?", [one])
                    assert {hit.article for hit in within.passages} <= {one}
            for one in list(removed)[:1]:
                with pytest.raises(UnknownArticleError):
                    library.ask("Who was the keeper?", [one])
            answers += 1

    threads = [busy.thread(work) for work in (add, remove, *[ask] * ASKING)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if busy.failures:
        raise busy.failures[0]
    assert len(added) == articles
    assert gone == set(added[::2])
    assert answers >= ASKING
    report = library.check()
    assert report.problems == report.notes == ()
    assert report.articles == 1 + articles - len(gone)
    assert report.vectors == report.passages


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Archive]:
    with plain_archive(tmp_path) as opened:
        yield opened


def test_questions_are_answered_while_long_articles_come_and_go(plain: Archive) -> None:
    work_at_once(plain, articles=12, passages=400)


def test_the_real_models_answer_while_articles_come_and_go(tmp_path: Path) -> None:
    with real_archive(tmp_path, IndexSettings(read_candidates=2)) as opened:
        work_at_once(opened, articles=3, passages=36)
