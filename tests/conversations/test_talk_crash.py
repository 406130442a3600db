"""The bot is killed, stopped and started while people wait; one process after another."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator

import pytest
from parser_fixtures import is_alive
from pdf_samples import page_picture, pictures_pdf
from stage import newcomer, parser_processes
from talk_articles import BAKERY, LIGHTHOUSE, OBSERVATORY, Message, asks, from_bot, saves
from talk_process import BotProcess

from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle, text_of

PATIENCE = 90.0
"""Seconds for a process to start and load its models."""
TOLD = (
    (LIGHTHOUSE, "Who is the keeper of the lighthouse?", "Marta Lindqvist"),
    (BAKERY, "Who is the baker of the night bakery?", "Ilse Kowalczyk"),
    (OBSERVATORY, "Who found the comet?", "Tomas Arnesen"),
)
PEOPLE = 15
NOTED_WITHIN = 0.4
"""Seconds after which the bot has surely noted that it has said something."""


@pytest.fixture(scope="module")
def playground() -> Iterator[Playground]:
    with Playground() as playground:
        yield playground


@pytest.fixture(scope="module")
def client(playground: Playground) -> Iterator[PlaygroundClient]:
    with PlaygroundClient(playground.url) as client:
        yield client


@pytest.fixture(scope="module")
def process(
    playground: Playground, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BotProcess]:
    """The process; each test starts it if the one before has ended it."""
    process = BotProcess(playground, tmp_path_factory.mktemp("process"))
    yield process
    process.close()


def test_an_article_sent_before_the_bot_ran_is_told_one_moment_and_then_saved(
    client: PlaygroundClient, process: BotProcess
) -> None:
    ann = newcomer(client)
    ann.sends(LIGHTHOUSE)
    process.start()
    notice = ann.waits_for("One moment, I'm just waking up.", PATIENCE)
    receipt = ann.waits_for("✓ Saved", PATIENCE)
    assert receipt["message_id"] == notice["message_id"]
    assert len(from_bot(ann)) == 1


def test_a_question_sent_while_the_bot_was_stopped_is_told_one_moment_and_then_answered(
    client: PlaygroundClient, process: BotProcess
) -> None:
    process.start()
    _wait_until_it_serves(client)
    ann = newcomer(client)
    saves(ann, LIGHTHOUSE)
    process.end(signal.SIGTERM)
    ann.sends(TOLD[0][1])
    process.start()
    notice = ann.waits_for("One moment, I'm just waking up.", PATIENCE)
    answer = ann.waits_for(lambda message: _kind(message) == "answer", PATIENCE)
    assert answer["message_id"] == notice["message_id"]
    assert _said(ann) == ["receipt", "answer"]


def test_a_killed_bot_saves_and_answers_once_what_was_queued(
    client: PlaygroundClient, process: BotProcess
) -> None:
    process.start()
    _wait_until_it_serves(client)
    people = [newcomer(client) for _ in range(PEOPLE)]
    begun = client.cursor()
    for number, person in enumerate(people):
        article, question, _ = TOLD[number % len(TOLD)]
        person.sends(article)
        person.sends(question)
    settled = _settled_answers(client, begun)
    process.end(signal.SIGKILL)
    said = {person.id: _said(person) for person in people}
    unanswered = [person for person in people if "answer" not in said[person.id]]
    assert unanswered

    process.start()
    for person in unanswered:
        person.waits_for(lambda message: _kind(message) == "answer", PATIENCE)
    _wait_until_it_serves(client)

    for person in people:
        now, then = _said(person), said[person.id]
        for kind in ("receipt", "answer"):
            # What had been sent and could not be noted before the kill may come once more.
            most = 2 if kind in then and (person.id, kind) not in settled else 1
            assert 1 <= now.count(kind) <= most, (person.id, then, now)
        assert _articles(client, person) == 1


def test_a_document_that_was_being_read_when_the_bot_was_killed_is_read_after_the_restart(
    client: PlaygroundClient, process: BotProcess
) -> None:
    pytest.importorskip("rapidocr")
    process.start()
    _wait_until_it_serves(client)
    ann = newcomer(client)
    scan = pictures_pdf(page_picture(article) for article, _, _ in TOLD)
    ann.uploads({"scan.pdf": scan})
    _until(lambda: parser_processes(process.number))
    readers = parser_processes(process.number)
    process.end(signal.SIGKILL)
    assert _said(ann) == []
    # Nobody reads on for a bot that is no more.
    _until(lambda: not any(map(is_alive, readers)))

    process.start()
    receipt = ann.waits_for("✓ Saved", PATIENCE)
    assert "scanned PDF, 3 pages, read by text recognition" in text_of(receipt)
    _, question, words = TOLD[2]
    answer = text_of(asks(ann, question))
    assert answer.startswith(words)
    assert answer.endswith("page 3")
    assert _said(ann) == ["receipt", "answer"]
    assert _articles(client, ann) == 1


def test_a_terminated_bot_ends_cleanly_within_seconds(
    client: PlaygroundClient, process: BotProcess
) -> None:
    process.start()
    _wait_until_it_serves(client)
    ann = newcomer(client)
    saves(ann, LIGHTHOUSE)
    begun = time.monotonic()
    assert process.end(signal.SIGTERM) == 0
    assert time.monotonic() - begun < 10
    assert "info stopped" in process.log


def test_the_log_has_neither_the_token_nor_words_nor_a_traceback(
    client: PlaygroundClient, process: BotProcess, playground: Playground
) -> None:
    log = process.log
    assert "started" in log
    assert playground.token not in log
    assert playground.token.partition(":")[2] not in log
    assert "Traceback" not in log
    for article, question, answer in TOLD:
        assert question not in log
        assert answer not in log
        assert not [line for line in article.splitlines() if line and line in log]


def _wait_until_it_serves(client: PlaygroundClient) -> None:
    """Wait until the models are loaded and what was queued before is done."""
    person = newcomer(client)
    person.sends("Is anybody there?")
    person.waits_for("no articles yet", PATIENCE)


def _settled_answers(client: PlaygroundClient, after: int) -> set[tuple[int, str]]:
    """What was said in which chat so long ago that it was noted, once some answer has been."""
    seen: dict[tuple[int, str], float] = {}
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for event in client.events(after, wait=0.05):
            after = event["id"]
            if event["type"] == "message":
                seen.setdefault((event["chat_id"], _kind(event["message"])), time.monotonic())
        now = time.monotonic()
        settled = {said for said, moment in seen.items() if now - moment > NOTED_WITHIN}
        if any(kind == "answer" for _, kind in settled):
            return settled
    raise TimeoutError("Nothing was answered.")


def _until(met: Callable[[], object]) -> None:
    """Wait for something that comes soon."""
    until = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < until, "It never came."
        time.sleep(0.02)


def _said(person: PersonHandle) -> list[str]:
    return [_kind(message) for message in from_bot(person)]


def _kind(message: Message) -> str:
    text = text_of(message)
    if text.startswith("✓ Saved"):
        return "receipt"
    by_bot = message["from"]["is_bot"]
    return "answer" if by_bot and text.startswith(tuple(told[2] for told in TOLD)) else "other"


def _articles(client: PlaygroundClient, person: PersonHandle) -> int:
    exported = client.file(asks(person, "/export")["document"]["file_id"])
    return sum("text" in json.loads(line) for line in exported.decode().splitlines())
