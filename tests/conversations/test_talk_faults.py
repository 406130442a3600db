"""Telegram refuses, is slow, is away, or has somebody else ask in the bot's name."""

from __future__ import annotations

import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from stage import RunningBot, ann, ben, client, newcomer, running, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, asks, from_bot, labels, marked, saves
from telegram.ext import ApplicationBuilder

from bot.playground import Playground, PlaygroundClient
from bot.playground.handles import PersonHandle, text_of
from bot.running import BotError

ASKED = "Who is the keeper of the lighthouse?"
ANSWER = "Marta Lindqvist"


def test_a_bot_that_is_told_to_wait_waits_as_long_and_answers_once(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    client.fails("sendMessage", "429", retry_after=2)
    begun = time.monotonic()
    asks(ann, ASKED)
    assert time.monotonic() - begun >= 2
    assert _answers(ann) == 1


def test_while_one_chat_has_to_wait_another_is_answered(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    waits = stage.log.getvalue().count("asked to wait")
    client.fails("sendMessage", "429", retry_after=3)
    ann.sends("/stats")
    _until(lambda: stage.log.getvalue().count("asked to wait") > waits)
    asks(ben, "/stats")
    assert from_bot(ann) == []
    ann.waits_for("no articles yet")


def test_what_the_server_failed_to_send_is_sent_again(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    client.fails("sendMessage", "500", count=2)
    asks(ann, ASKED)
    assert _answers(ann) == 1


def test_an_answer_whose_format_is_refused_comes_as_plain_text(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    refusal = 'Bad Request: can\'t parse entities: Unsupported start tag "blockquote" at offset 5'
    client.fails("sendMessage", "400", description=refusal)
    answer = asks(ann, ASKED)
    first, _, proof, *_, title = text_of(answer).split("\n")
    assert first == ANSWER
    assert proof.startswith("“The keeper, Marta Lindqvist, climbed")
    assert title == "The lighthouse at Grey Point is lit again"
    assert not marked(answer, "bold")
    assert "<" not in text_of(answer)
    assert labels(answer) == ["In context"]


def test_an_answer_whose_quote_is_refused_still_replies_to_the_article(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    article = saves(ann, LIGHTHOUSE)
    client.fails("sendMessage", "400", description="Bad Request: QUOTE_TEXT_INVALID")
    answer = asks(ann, ASKED)
    assert text_of(answer).startswith(ANSWER)
    assert answer["reply_to_message"]["message_id"] == article["message_id"]
    assert "quote" not in answer
    assert marked(answer, "expandable_blockquote")


@pytest.mark.parametrize("kind", ["disconnect", "timeout"])
def test_an_answer_that_was_sent_without_a_word_of_it_is_not_sent_again(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _be_impatient(monkeypatch)
    with (
        Playground() as playground,
        running(playground, tmp_path, access="everyone") as bot,
        PlaygroundClient(playground.url) as client,
    ):
        ann = newcomer(client)
        saves(ann, LIGHTHOUSE)
        client.fails("sendMessage", kind, deliver=True)
        answer = asks(ann, ASKED)
        _until(lambda: "perhaps not sent" in bot.log.getvalue())
        assert text_of(answer).startswith(ANSWER)
        asks(ann, "/stats")
        assert _answers(ann) == 1


def test_a_bot_that_was_cut_off_from_telegram_goes_on(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle
) -> None:
    client.fails("getUpdates", "disconnect", count=2)
    saves(ann, BAKERY)
    client.fails("getUpdates", "502")
    asks(ann, "/stats")
    assert text_of(asks(ann, "Who is the baker?")).startswith("Ilse Kowalczyk")
    assert "polling failed" in stage.log.getvalue()


def test_a_network_that_is_down_at_the_start_is_waited_out(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    playground = Playground(port=port)
    later = threading.Timer(1.5, playground.start)
    later.start()
    try:
        with running(playground, tmp_path, access="everyone") as bot:
            later.join()
            assert "telegram cannot be reached" in bot.log.getvalue()
            with PlaygroundClient(playground.url) as client:
                assert "no articles yet" in text_of(asks(newcomer(client), "/stats"))
    finally:
        later.join()
        playground.stop()


def test_a_network_that_goes_down_later_is_waited_out_too(tmp_path: Path) -> None:
    with Playground() as playground, running(playground, tmp_path, access="everyone"):
        playground.stop()
        time.sleep(1.5)
        playground.start()
        with PlaygroundClient(playground.url) as client:
            ann = newcomer(client)
            ann.sends("/stats")
            # A connection that was cut off without a word is given up after half a minute.
            ann.waits_for("no articles yet", 60)


def test_a_second_program_with_the_same_token_ends_the_bot_and_says_why(tmp_path: Path) -> None:
    with Playground() as playground, running(playground, tmp_path, access="everyone") as bot:
        url = f"{playground.base_url}{playground.token}/getUpdates"

        def polled_until_the_bot_ends() -> bool:
            httpx.post(url, json={"timeout": 1}, trust_env=False)
            return bot.error is not None

        _until(polled_until_the_bot_ends)
        assert isinstance(bot.error, BotError)
        assert str(bot.error) == "Another program is using this bot's token."
        assert "two programs cannot share one bot" in bot.error.hint
        assert playground.token not in f"{bot.error} {bot.error.hint}"


def test_a_wrong_token_ends_the_bot_and_says_where_to_get_the_right_one(tmp_path: Path) -> None:
    with Playground() as playground:
        other = Playground("4200000001:BBAnotherTokenThatIsNotKnown", port=playground.port)
        with running(other, tmp_path) as bot:
            bot.wait(15)
        assert isinstance(bot.error, BotError)
        assert str(bot.error) == "Telegram does not know this token."
        assert "@BotFather" in bot.error.hint


def test_a_chat_that_blocks_the_bot_is_inactive_until_it_comes_back(
    stage: RunningBot, ann: PersonHandle
) -> None:
    asks(ann, "/start")
    ann.blocks()
    _until(lambda: _is_active(stage.data, ann.id) is False)
    ann.blocks(False)
    assert "no articles yet" in text_of(asks(ann, "/stats"))
    _until(lambda: _is_active(stage.data, ann.id) is True)


def test_a_chat_that_refuses_an_answer_is_inactive(
    stage: RunningBot, client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    client.fails("sendMessage", "403", description="Forbidden: bot was blocked by the user")
    ann.sends(ASKED)
    _until(lambda: _is_active(stage.data, ann.id) is False)
    assert _answers(ann) == 0
    assert text_of(asks(ann, ASKED)).startswith(ANSWER)


def _be_impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bot wait for an answer of Telegram's for two seconds only."""
    patient = ApplicationBuilder.read_timeout

    def impatient(self: Any, seconds: float) -> Any:
        return patient(self, min(seconds, 2.0))

    monkeypatch.setattr(ApplicationBuilder, "read_timeout", impatient)


def _answers(person: PersonHandle) -> int:
    """How often the answer came, after all that is still on its way has had time to come."""
    time.sleep(0.5)
    return [text_of(message).startswith(ANSWER) for message in from_bot(person)].count(True)


def _is_active(data: Path, chat: int) -> bool | None:
    with closing(sqlite3.connect(data / "bot.db")) as database:
        row = database.execute("SELECT active FROM chats WHERE chat_id = ?", [chat]).fetchone()
    return None if row is None else bool(row[0])


def _until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 15
    while not true():
        assert time.monotonic() < until, "It did not come to that."
        time.sleep(0.05)
