"""What goes wrong in a handler: told kindly, done or tried again, and never told in its words."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from pathlib import Path

import httpx
import pytest
from cheap_house import Built, cheap_house
from recording_request import flood, refusal
from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut
from update_samples import ANN, button, message

from bot.failures import Failures
from bot.libraries import Stopping
from bot.logs import LineFormatter
from bot.store.store import FILE
from bot.texts import Texts
from index import StorageBusyError, StorageError, StorageFullError

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

TEXTS = Texts()
SECRET = "a xylophone in /home/ann"
DONE, REPLAYED = "done", "replayed"


async def fail(built: Built, given: Update, error: BaseException) -> list[int]:
    """Have an update come in and its handler fail; which updates the next start replays."""
    failures = Failures(built.house)
    await built.inbox.put(given)
    await built.house.turns.process_update(given, failures.handle(given, error))
    pending = await built.house.workers.records(built.house.store.pending)
    return [each.update_id for each in pending]


@pytest.mark.parametrize(
    ("kind", "words", "said", "then"),
    [
        (ValueError, [SECRET], TEXTS.failure, DONE),
        (BadRequest, [SECRET], TEXTS.failure, DONE),
        (StorageFullError, [SECRET, "Free some."], TEXTS.storage_full, REPLAYED),
        (StorageBusyError, [SECRET, "Wait."], TEXTS.busy, REPLAYED),
        (StorageError, [SECRET, "Look at it."], TEXTS.failure, REPLAYED),
        (Stopping, [], None, REPLAYED),
        (NetworkError, [SECRET], None, REPLAYED),
        (TimedOut, [], None, REPLAYED),
        (RetryAfter, [5], None, REPLAYED),
        (Forbidden, [SECRET], None, DONE),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_each_kind_of_failure_is_told_and_tried_again_as_it_should(
    tmp_path: Path, kind: type[Exception], words: list[object], said: str | None, then: str
) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            replayed = await fail(built, message(7), kind(*words))
            assert built.said == ([said] if said else [])
            assert replayed == ([7] if then == REPLAYED else [])

    asyncio.run(scene())


def test_a_failure_after_a_button_is_told_as_an_alert(tmp_path: Path) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            assert await fail(built, button(7, bot=built.bot), ValueError(SECRET)) == []
            assert built.said == []
            (answered,) = built.request.made("answerCallbackQuery")
            assert answered.text == TEXTS.alert_failure
            assert answered.values["show_alert"]

    asyncio.run(scene())


def test_a_chat_whose_person_has_blocked_the_bot_is_inactive(tmp_path: Path) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            chats = built.house.chats
            await chats.mark(ANN, active=True)
            await fail(built, message(7), Forbidden("bot was blocked by the user"))
            known = chats.get(ANN)
            assert known is not None
            assert not known.active
            assert built.request.calls == []

    asyncio.run(scene())


@pytest.mark.parametrize(
    "fault",
    [
        httpx.ReadTimeout,
        flood(5),
        refusal(403, "Forbidden: bot was blocked by the user"),
        refusal(400, "Bad Request: chat not found"),
    ],
)
def test_a_failure_that_cannot_be_told_ends_there(
    tmp_path: Path, fault: httpx.Response | type[httpx.TransportError]
) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            for number, given in enumerate([message(7), button(8, bot=built.bot)], 1):
                built.request.fail("sendMessage", fault)
                built.request.fail("answerCallbackQuery", fault)
                assert await fail(built, given, ValueError(SECRET)) == []
                assert len(built.request.calls) == number

    asyncio.run(scene())


def test_records_that_cannot_be_written_are_no_second_failure(tmp_path: Path) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            database = sqlite3.connect(tmp_path / FILE)
            database.execute("DROP TABLE chats")
            database.close()
            assert await fail(built, message(7), Forbidden(SECRET)) == []

    asyncio.run(scene())


def test_what_fails_outside_an_update_is_told_to_nobody(tmp_path: Path) -> None:
    async def scene() -> None:
        async with cheap_house(tmp_path) as built:
            failures = Failures(built.house)
            await failures.handle(None, ValueError(SECRET))
            await failures.handle(object(), NetworkError(SECRET))
            await failures.handle(message(7), None)
            assert built.request.calls == []

    asyncio.run(scene())


def test_neither_the_chat_nor_the_log_has_a_word_of_the_failure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> list[str]:
        async with cheap_house(tmp_path) as built:
            for number, error in enumerate(
                (ValueError(SECRET), StorageError(SECRET, SECRET), NetworkError(SECRET)), 1
            ):
                await fail(built, message(number, SECRET), error)
            return [call.text for call in built.request.calls]

    with caplog.at_level(logging.INFO, "bot"):
        said = asyncio.run(scene())
    records = [record for record in caplog.records if record.name.startswith("bot.")]
    lines = [LineFormatter().format(record) for record in records]
    assert len(said) == 2
    assert [line.split(" ", 2)[2] for line in lines] == [
        "update failed update=1 error=ValueError at=?",
        "update failed update=2 error=StorageError at=?",
        "telegram refused update=3 error=NetworkError at=?",
    ]
    for line in said:
        assert not {"xylophone", "Error", "Traceback"} & set(line.replace(".", " ").split())
