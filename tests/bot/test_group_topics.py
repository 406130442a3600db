"""In a forum the bot keeps to the topic that it is spoken to in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from reading_group import (
    BOT_NAME,
    GROUP,
    LONG,
    ReadingGroup,
    Talk,
    talks_in,
)
from update_samples import ANN, BEN

from bot.occasion import speaking
from bot.quoting import quote_of
from bot.tongues import texts_in
from index import Outcome

HERE = texts_in("en", in_group=True)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""
    return talks_in(tmp_path)


def test_in_a_topic_it_speaks_in_that_topic(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN, topic=7)
        await group.says(f"{BOT_NAME} who steers the ferry?", BEN, topic=9)
        await group.says(f"{BOT_NAME} who baked the rolls?", BEN)
        topics = [call.values.get("message_thread_id") for call in group.sent]
        assert topics == [7, 9, None]
        shown = group.scene.built.request.made("sendChatAction")
        assert [call.values.get("message_thread_id") for call in shown][:2] == [7, 9]

    talk(said)


def test_what_stands_in_another_topic_is_not_quoted(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        number = await group.says(f"{BOT_NAME} {LONG}", ANN, topic=7)
        await group.edits(number, f"{BOT_NAME} {LONG.replace('Tuesday', 'Friday')}", ANN, topic=7)
        found = await group.house.libraries.ask(GROUP, "Who is the captain of the ferry?")
        hit = replace(found.passages[0], answer_start=4, answer_end=9)
        answer = replace(found, outcome=Outcome.ANSWER, answer="ferry", passages=(hit,))
        replies = []
        for topic in (7, 9, None):
            with speaking(group.house.chats.occasion(GROUP, topic)):
                quoted = await quote_of(group.house, GROUP, answer)
                replies.append(quoted and quoted.message_id)
        assert replies == [number, None, None]

    talk(said)


def test_in_a_topic_not_everything_replies_to_something(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(BOT_NAME, ANN, topic=7)
        assert group.said == [HERE.unclear]
        origin = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Somebody"}
        comment = group.message(BOT_NAME, ANN, topic=7)
        forward = group.message(LONG, ANN, topic=7, forward_origin=origin)
        forward["date"] = comment["date"]
        await asyncio.gather(group.sends(forward), group.sends(comment))
        assert await group.texts() == [LONG]

    talk(said)


def test_a_paste_in_a_topic_is_joined_though_all_of_it_replies(
    talk: Callable[[Talk], None],
) -> None:
    async def said(group: ReadingGroup) -> None:
        text = " ".join(LONG.replace("Tuesday", f"day {day}") for day in range(12))
        first = group.message(f"{BOT_NAME} {text[:3000]}", ANN, topic=7)
        second = group.message(text[3000:5000], ANN, topic=7)
        second["date"] = first["date"]
        await asyncio.gather(group.sends(first), group.sends(second))
        assert await group.articles() == 1

    talk(said)
