"""How fast the bot writes: within Telegram's limits, each chat's by itself, and told to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from recording_request import TOKEN, RecordingRequest, flood
from telegram.error import BadRequest, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import pace
from bot.pace import MARGIN, MOST_WAITS, Pace

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

ANN, BEN, CIRCLE = 1001, 1002, -1001000000001
MANY = (1000, 1.0)
ONE_AN_HOUR = (1, 3600.0)
"""A limit under which a second call would not come in the time of a test."""


class Telegram:
    """Takes calls, and says no as often as it is told to."""

    def __init__(self, pace: Pace, refusals: Sequence[TelegramError] = ()) -> None:
        self._pace = pace
        self._refusals = list(refusals)
        self.calls: list[tuple[str, object]] = []

    async def call(
        self, endpoint: str = "sendMessage", chat: object = ANN, patience: int | None = None
    ) -> Any:
        data = {} if chat is None else {"chat_id": chat}
        return await self._pace.process_request(
            self._answer, (endpoint, chat), {}, endpoint, data, patience
        )

    async def _answer(self, endpoint: str, chat: object) -> bool:
        self.calls.append((endpoint, chat))
        if self._refusals:
            raise self._refusals.pop(0)
        return True


async def moments() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_a_chat_gets_a_few_calls_at_once_and_then_waits_for_each() -> None:
    async def scene() -> float:
        telegram = Telegram(Pace(MANY, private=(2, 0.1)))
        begun = time.monotonic()
        await asyncio.gather(*[telegram.call() for _ in range(4)])
        assert len(telegram.calls) == 4
        return time.monotonic() - begun

    assert asyncio.run(scene()) >= 0.09


def test_a_chat_that_has_to_wait_holds_up_no_other() -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(MANY, private=ONE_AN_HOUR))
        waiting = asyncio.gather(*[telegram.call(chat=ANN) for _ in range(3)])
        await moments()
        await asyncio.wait_for(telegram.call(chat=BEN), 5)
        assert telegram.calls == [("sendMessage", ANN), ("sendMessage", BEN)]
        waiting.cancel()

    asyncio.run(scene())


@pytest.mark.parametrize("chat", [CIRCLE, "@reading_circle"])
def test_a_group_has_a_limit_of_its_own(chat: object) -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(MANY, private=MANY, group=ONE_AN_HOUR))
        for _ in range(5):
            await asyncio.wait_for(telegram.call(chat=ANN), 5)
        waiting = asyncio.gather(*[telegram.call(chat=chat) for _ in range(3)])
        await moments()
        assert telegram.calls[5:] == [("sendMessage", chat)]
        waiting.cancel()

    asyncio.run(scene())


def test_all_chats_together_keep_to_the_limit_of_the_bot() -> None:
    async def scene() -> float:
        telegram = Telegram(Pace((3, 0.1), private=MANY))
        begun = time.monotonic()
        await asyncio.gather(*[telegram.call(chat=chat) for chat in range(1, 7)])
        return time.monotonic() - begun

    assert asyncio.run(scene()) >= 0.09


@pytest.mark.parametrize(
    ("endpoint", "chat"),
    [
        ("sendChatAction", ANN),
        ("answerCallbackQuery", None),
        ("deleteMessage", ANN),
        ("getFile", None),
        ("sendMessage", None),
    ],
)
def test_what_is_no_message_waits_for_nothing(endpoint: str, chat: object) -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(ONE_AN_HOUR, ONE_AN_HOUR, ONE_AN_HOUR))
        for _ in range(3):
            await asyncio.wait_for(telegram.call(endpoint, chat), 5)
        assert len(telegram.calls) == 3

    asyncio.run(scene())


@pytest.mark.parametrize("endpoint", ["sendMessage", "sendDocument", "editMessageText"])
def test_what_is_said_is_paced(endpoint: str) -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(MANY, private=ONE_AN_HOUR))
        waiting = asyncio.gather(*[telegram.call(endpoint) for _ in range(3)])
        await moments()
        assert len(telegram.calls) == 1
        waiting.cancel()

    asyncio.run(scene())


@pytest.mark.parametrize("endpoint", ["sendMessage", "answerCallbackQuery"])
def test_a_call_is_made_again_after_the_time_that_telegram_asked_for(endpoint: str) -> None:
    async def scene() -> float:
        refusals = [RetryAfter(timedelta(seconds=0.08))]
        telegram = Telegram(Pace(MANY, MANY, MANY), refusals)
        begun = time.monotonic()
        assert await telegram.call(endpoint) is True
        assert telegram.calls == [(endpoint, ANN)] * 2
        return time.monotonic() - begun

    assert asyncio.run(scene()) >= 0.08 + MARGIN / 2


def test_who_is_told_to_wait_waits_with_everything_for_that_chat_and_no_other() -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(MANY, MANY, MANY), [RetryAfter(timedelta(seconds=0.05))])
        first = asyncio.create_task(telegram.call())
        await moments()
        second = asyncio.create_task(telegram.call("editMessageText"))
        await moments()
        await telegram.call(chat=BEN)
        assert telegram.calls == [("sendMessage", ANN), ("sendMessage", BEN)]
        assert not second.done()
        await asyncio.gather(first, second)
        again = [("sendMessage", ANN), ("editMessageText", ANN)]
        assert sorted(telegram.calls[2:], key=str) == sorted(again, key=str)
        await asyncio.wait_for(telegram.call(), 5)

    asyncio.run(scene())


@pytest.mark.parametrize(("patience", "calls"), [(1, 2), (None, MOST_WAITS + 1)])
def test_who_is_told_to_wait_too_often_gives_up(
    monkeypatch: pytest.MonkeyPatch, patience: int | None, calls: int
) -> None:
    monkeypatch.setattr(pace, "MARGIN", 0.0)

    async def scene() -> None:
        refusals = [RetryAfter(timedelta(milliseconds=5)) for _ in range(9)]
        telegram = Telegram(Pace(MANY, MANY, MANY), refusals)
        with pytest.raises(RetryAfter):
            await telegram.call(patience=patience)
        assert len(telegram.calls) == calls

    asyncio.run(scene())


def test_any_other_refusal_is_told_at_once() -> None:
    async def scene() -> None:
        telegram = Telegram(Pace(), [BadRequest("chat not found")])
        with pytest.raises(BadRequest):
            await telegram.call()
        assert len(telegram.calls) == 1

    asyncio.run(scene())


@pytest.mark.parametrize("form", ["false", "true"])
@pytest.mark.parametrize("after", [7, timedelta(seconds=7)])
def test_the_time_to_wait_is_read_in_every_form_of_the_library(
    monkeypatch: pytest.MonkeyPatch, form: str, after: int | timedelta
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", form)
    error = RetryAfter(after)
    assert isinstance(error.retry_after, timedelta) == (form == "true")
    assert pace._seconds(error) == 7


def test_chats_that_are_at_rest_are_not_remembered_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pace, "MOST_CHATS", 10)

    async def scene() -> None:
        paced = Pace(MANY, private=(1, 0.02), group=ONE_AN_HOUR)
        telegram = Telegram(paced)
        await telegram.call(chat=CIRCLE)
        await asyncio.gather(*[telegram.call(chat=chat) for chat in range(1, 40)])
        await asyncio.sleep(0.05)
        await telegram.call(chat=ANN)
        assert set(paced._chats) == {CIRCLE, ANN}

    asyncio.run(scene())


def test_the_library_calls_at_this_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MARGIN", 0.0)

    async def scene() -> float:
        request = RecordingRequest()
        bot: ExtBot[int] = ExtBot(TOKEN, request=request, rate_limiter=Pace())
        request.fail("sendMessage", flood(0.05), flood(0.05))
        begun = time.monotonic()
        await bot.send_message(ANN, "Saved.")
        assert [call.text for call in request.calls] == ["Saved."] * 3
        return time.monotonic() - begun

    assert asyncio.run(scene()) >= 0.1
