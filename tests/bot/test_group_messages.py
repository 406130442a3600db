"""In a group the bot answers what is said to it, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reading_group import (
    BOT_NAME,
    CARA,
    GROUP,
    LONG,
    ReadingGroup,
    Talk,
    reading_group,
    talks_in,
)
from recording_request import BOT
from update_samples import ANN, BEN, person

from bot.store.records import Kind
from bot.texts import Texts
from bot.tongues import texts_in

HERE = texts_in("en", in_group=True)


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""
    return talks_in(tmp_path)


def test_what_is_not_for_the_bot_is_passed_over(talk: Callable[[Talk], None]) -> None:
    messages: list[tuple[str | None, dict[str, Any]]] = [
        ("Who lit the lamp?", {}),
        ("See https://example.org/story", {}),
        (LONG, {}),
        ("@tove_lind who lit the lamp?", {}),
        ("cuttings_bot is a bot", {}),
        ("/articles@other_bot", {}),
        ("/frobnicate", {}),
        (None, {"document": {"file_id": "a", "file_unique_id": "a", "file_name": "a.txt"}}),
        (f"{BOT_NAME} who lit it?", {"from": {**person(77), "is_bot": True}}),
        (f"{BOT_NAME} who lit it?", {"via_bot": BOT}),
    ]

    async def said(group: ReadingGroup) -> None:
        for text, fields in messages:
            number = await group.says(text, ANN, **fields)
            await group.edits(number, "Who lit the lamp in the end?", ANN, **fields)
            assert group.is_silent, text
            assert await group.articles() == 0, text
            assert not group.house.store.exchanges.of_message(GROUP, number, Kind.ASK), text

    talk(said)


def test_what_was_sent_by_way_of_the_bot_is_not_read_by_it_in_private_either(
    tmp_path: Path,
) -> None:
    async def talked() -> None:
        async with reading_group(tmp_path) as group:
            await group.scene.sends(LONG, via_bot=BOT)
            assert group.is_silent
            await group.scene.sends(LONG)
            assert len(group.said) == 1

    asyncio.run(talked())


def test_nobody_waits_for_what_may_follow_on_talk(tmp_path: Path) -> None:
    async def talked() -> None:
        async with reading_group(tmp_path, quiet=True, bot={"comment_seconds": 9}) as group:
            await asyncio.wait_for(group.says("Who lit the lamp?", ANN), 4)

    asyncio.run(talked())


def test_a_reply_to_somebody_else_is_passed_over(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        first = group.message("Who lit the lamp?", ANN)
        await group.sends(first)
        await group.says("Olga did, who else?", BEN, reply_to_message=first)
        await group.says("Is that so?", ANN, topic=7)
        assert group.is_silent

    talk(said)


def test_a_question_to_the_bot_is_answered_without_its_name(
    talk: Callable[[Talk], None],
) -> None:
    questions = {
        f"{BOT_NAME} who steers the ferry?": "who steers the ferry?",
        f"{BOT_NAME}, who steers the ferry?": "who steers the ferry?",
        f"who steers the ferry {BOT_NAME}?": "who steers the ferry?",
        f"Tell us {BOT_NAME} who steers the ferry?": "Tell us who steers the ferry?",
        f"who steers the ferry?\n\n{BOT_NAME}": "who steers the ferry?",
        "/ask who steers the ferry?": "who steers the ferry?",
        f"/ask{BOT_NAME} who steers the ferry?": "who steers the ferry?",
    }

    async def said(group: ReadingGroup) -> None:
        for asked, understood in questions.items():
            number = await group.says(asked, BEN)
            exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
            assert exchange, asked
            assert exchange.question == understood
            assert exchange.details["by"] == BEN
        assert group.said == [HERE.no_articles] * len(questions)

    talk(said)


def test_somebody_without_a_user_name_may_have_the_bot_linked(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        mention = {"type": "text_mention", "offset": 0, "length": 8, "user": BOT}
        number = await group.says("Cuttings who steers it?", BEN, entities=[mention])
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert exchange.question == "who steers it?"

    talk(said)


def test_a_mention_in_reply_to_a_question_has_it_answered(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        asked = group.message("Who steers the ferry of Tarn?", ANN)
        await group.sends(asked)
        for text in (BOT_NAME, "/ask"):
            number = await group.says(text, BEN, reply_to_message=asked)
            exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
            assert exchange
            assert exchange.question == "Who steers the ferry of Tarn?"

    talk(said)


def test_commands_without_anything_behind_them_say_how(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        for text in ("/ask", "/add", BOT_NAME, f"{BOT_NAME} hello"):
            await group.says(text, ANN)
        assert group.said == [HERE.ask_how, HERE.add_how, HERE.unclear, HERE.greeting]
        assert all("reply_parameters" in call.values for call in group.sent)

    talk(said)


def test_a_command_is_unknown_only_if_it_names_the_bot(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says("/frobnicate", ANN)
        await group.says("/frobnicate@other_bot", ANN)
        assert group.said == []
        await group.says(f"/frobnicate{BOT_NAME}", ANN)
        assert group.said == [HERE.unknown_command]

    talk(said)


def test_a_reply_to_the_bot_is_for_it_but_a_nod_needs_no_answer(
    talk: Callable[[Talk], None],
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        receipt = group.of_bot()
        for nod in ("ok", "👍", "hello"):
            await group.says(nod, BEN, reply_to_message=receipt)
        assert len(group.said) == 1
        await group.says(BOT_NAME, BEN, reply_to_message=receipt)
        assert group.said[1:] == [HERE.unclear]
        assert await group.articles() == 1
        number = await group.says("Who steers the ferry?", BEN, reply_to_message=receipt)
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert len(exchange.articles) == 1
        assert len(group.said) == 3

    talk(said)


def test_edits_of_what_was_for_the_bot_are_followed(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        article = await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.edits(article, f"{BOT_NAME} {LONG.replace('Olga', 'Berit')}", ANN)
        assert await group.texts() == [LONG.replace("Olga", "Berit")]
        asked = await group.says(f"{BOT_NAME} who baked the rolls?", BEN)
        await group.edits(asked, "who steers the ferry?", BEN)
        ordered = await group.says("/ask who waited?", BEN)
        await group.edits(ordered, "/ask who repaired the radar of the old harbour", BEN)
        for number, question in (
            (asked, "who steers the ferry?"),
            (ordered, "who repaired the radar of the old harbour"),
        ):
            exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
            assert exchange
            assert exchange.question == question
        assert len(group.said) == 3

    talk(said)


def test_what_is_said_of_articles_fits_a_group(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        for command in ("/stats", "/articles", "/help", "/start"):
            await group.says(command, ANN)
        assert group.said[2:] == [HERE.help, HERE.welcome]
        english = Texts()
        for sentence in (english.no_articles, english.list_heading, english.welcome):
            assert not any(sentence in each for each in group.said)
        assert group.said[:2] == [HERE.no_articles, HERE.no_articles]
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.says("/articles", ANN)
        await group.says("/stats", ANN)
        assert HERE.list_heading in group.said[-2]
        assert group.said[-1].startswith("This group has 1 article")

    talk(said)


def test_a_spoken_question_is_answered_if_it_replies_to_the_bot_or_mentions_it(
    tmp_path: Path,
) -> None:
    async def talked() -> None:
        async with reading_group(tmp_path, worker="spelled_worker") as group:
            file = group.scene.has_file("v", b"when does the ferry sail")
            voice = {"file_id": file, "file_unique_id": file, "duration": 3, "file_size": 9}
            await group.says(None, ANN, voice=voice)
            assert group.is_silent
            await group.says(None, ANN, voice=voice, caption=BOT_NAME)
            await group.says(None, BEN, voice=voice, reply_to_message=group.of_bot())
            assert len(group.said) == 2
            assert all("when does the ferry sail" in said for said in group.said)

    asyncio.run(talked())


def test_what_goes_wrong_with_peoples_talk_is_not_told(
    talk: Callable[[Talk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.house.chats.set(GROUP, quiet=True)

        async def broken(*arguments: object) -> None:
            raise ValueError("broken")

        monkeypatch.setattr(group.house.libraries, "add_all", broken)
        await group.says(LONG, ANN)
        assert group.said == []
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        assert group.said == [HERE.failure]

    talk(said)


def test_an_anonymous_administrator_may_talk_to_the_bot(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        chat = {"id": GROUP, "type": "supergroup", "title": "Harbour readers"}
        fields = {"from": anonymous, "sender_chat": chat}
        number = await group.says(f"{BOT_NAME} {LONG}", CARA, **fields)
        assert await group.articles() == 1
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.SAVE)
        assert exchange
        assert exchange.details["by"] == GROUP

    talk(said)
