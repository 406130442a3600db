"""Documents are read in other processes, one after another or side by side."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from parser_fixtures import (
    SETTINGS,
    children,
    in_thread,
    is_alive,
    order,
    parser,
    refused,
    soon,
    text_of,
    unruly,
)

from index.errors import ParserError, RecognitionError
from index.obstacles import Obstacle
from index.parsing.parser import Parser
from index.parsing.results import told, understood
from index.parsing.wire import ReadArticle
from index.records import Article, Document, FailedSource, Format

__all__ = ["parser"]

BRIDGE = """A new bridge for Tallow

The town of Tallow opened a wooden footbridge over the river Elm on Saturday.
The carpenter Ruben Hale designed it and built most of it himself from local oak.
"""


@pytest.fixture(scope="module")
def real() -> Iterator[Parser]:
    with Parser(SETTINGS) as made:
        yield made


def test_a_document_becomes_its_article(real: Parser) -> None:
    (article,) = real.read(Document(BRIDGE.encode(), "bridge.txt"))
    assert isinstance(article, Article)
    assert article.text == BRIDGE.strip()
    assert article.title == "A new bridge for Tallow"
    assert article.source == "bridge.txt"
    assert article.language == "en"


def test_a_document_without_an_article_is_a_failure_that_says_why(real: Parser) -> None:
    (failed,) = real.read(Document(b"", "nothing.txt"))
    assert isinstance(failed, FailedSource)
    assert failed.obstacle is Obstacle.EMPTY
    assert failed.error
    assert failed.hint


def test_a_name_that_is_no_text_is_told_as_text(real: Parser) -> None:
    (article,) = real.read(Document(BRIDGE.encode(), "br\udcfcdge.txt"))
    assert isinstance(article, Article)
    assert article.source == "br\ufffddge.txt"


def test_every_field_of_an_article_comes_through() -> None:
    article = Article(
        text="Page one.\n\nPage two: naïve 字 🇫🇷.",
        title="A title",
        author="Agnes Moray",
        site="The Skerry Gazette",
        published=date(2024, 5, 6),
        source="https://example.org/a?b=c",
        language="en",
        format=Format.PDF,
        pages=(0, 11),
        address="https://example.org/a",
    )
    message, body = told(article)
    assert isinstance(message, ReadArticle)
    assert understood(message, body, SETTINGS) == article


def test_every_field_of_a_failure_comes_through(parser: Parser) -> None:
    failed = refused(parser, "refuse")
    assert failed == FailedSource("order.txt", "No.", "Never mind.", Obstacle.EMPTY)


def test_the_longest_article_comes_through(parser: Parser) -> None:
    assert len(text_of(parser, "write 399999")) == 399_999 * 5 - 1


def test_progress_is_told_as_it_is_made(parser: Parser) -> None:
    seen: list[tuple[int, int]] = []
    parser.read(Document(b"step 3 0.01"), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_what_a_library_prints_is_not_taken_for_a_result(parser: Parser) -> None:
    assert text_of(parser, "chatter") == "Read ''."
    assert text_of(parser, "say next") == "next"


def test_a_recording_becomes_its_words(parser: Parser) -> None:
    assert parser.hear(b"sleep 0") == "Slept well."


def test_a_recording_without_words_is_an_error_that_says_why(parser: Parser) -> None:
    with pytest.raises(RecognitionError, match="Silence") as caught:
        parser.hear(b"nothing")
    assert (caught.value.hint, caught.value.obstacle) == ("Speak up.", Obstacle.NOTHING_HEARD)


def test_a_recording_that_crashes_its_recogniser_is_an_error(parser: Parser) -> None:
    with pytest.raises(ParserError):
        parser.hear(b"abort")


def test_a_process_is_kept_for_the_next_document(parser: Parser) -> None:
    assert text_of(parser, "number") == text_of(parser, "number")


def test_a_process_is_replaced_after_many_documents(parser: Parser) -> None:
    numbers = [text_of(parser, "number") for _ in range(101)]
    assert len(set(numbers)) == 2
    assert not is_alive(int(numbers[0]))


def test_there_are_never_more_processes_than_the_settings_allow(parser: Parser) -> None:
    before = children(os.getpid())
    threads = [in_thread(lambda: text_of(parser, "sleep 0.05")) for _ in range(8)]
    most = 0
    while any(thread.is_alive() for thread, _ in threads):
        most = max(most, len(children(os.getpid()) - before))
        time.sleep(0.005)
    assert [outcome for _, outcome in threads] == [["Slept well."]] * 8
    assert most == 2


def test_every_thread_gets_the_result_of_its_own_document(parser: Parser) -> None:
    def read_many(who: int) -> bool:
        said = [f"{who} {number} " + "x" * (who * 5000 + 1) for number in range(25)]
        return [text_of(parser, f"say {text}") for text in said] == said

    threads = [in_thread(partial(read_many, who)) for who in range(8)]
    for thread, _ in threads:
        thread.join()
    assert [outcome for _, outcome in threads] == [[True]] * 8


def test_a_process_that_waits_long_enough_for_a_document_is_ended() -> None:
    before = threading.active_count()
    with unruly(idle_seconds=0.2) as parser:
        number = int(text_of(parser, "number"))
        assert is_alive(number)
        assert soon(lambda: not is_alive(number), 3)
        assert number not in children(os.getpid())
        assert soon(lambda: threading.active_count() == before)
        assert int(text_of(parser, "number")) != number


def test_nothing_is_started_before_it_is_needed() -> None:
    before = children(os.getpid())
    with unruly():
        assert children(os.getpid()) == before


def test_closing_leaves_nothing(parser: Parser) -> None:
    before = threading.active_count()
    number = int(text_of(parser, "number"))
    parser.close()
    assert not is_alive(number)
    assert number not in children(os.getpid())
    assert threading.active_count() == before
    parser.close()


def test_a_closed_parser_says_so(parser: Parser) -> None:
    parser.close()
    with pytest.raises(RuntimeError, match=r"^The parser is closed\.$"):
        order(parser, "say hello")


def test_closing_ends_what_is_being_read_and_what_waits() -> None:
    parser = unruly(SETTINGS.model_copy(update={"parser_processes": 1}))
    number = int(text_of(parser, "number"))
    threads = [in_thread(lambda: order(parser, "spin")) for _ in range(3)]
    time.sleep(0.3)
    before = time.monotonic()
    parser.close()
    for thread, outcome in threads:
        thread.join(5)
        assert isinstance(outcome[0], RuntimeError)
    assert time.monotonic() - before < 3
    assert not is_alive(number)


def test_what_the_progress_callback_raises_is_raised_and_costs_one_process(parser: Parser) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    number = int(text_of(parser, "number"))
    with pytest.raises(KeyboardInterrupt):
        parser.read(Document(b"step 1000 0.01"), stop)
    assert not is_alive(number)
    assert text_of(parser, "say next") == "next"


def test_a_program_that_cannot_start_is_a_failure_not_a_fault_of_the_document() -> None:
    with Parser(SETTINGS, worker="no_such_module") as parser:
        failed = refused(parser, "say hello")
    assert failed.obstacle is Obstacle.TOO_HARD
    assert "could not be started" in failed.error


def test_the_log_says_what_failed_without_quoting_the_document(
    parser: Parser, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "index.parsing"):
        failed = refused(parser, "fail the diary of Agnes")
    assert failed.obstacle is Obstacle.TOO_HARD
    assert "KeyError" in caplog.text
    assert "diary" not in caplog.text
