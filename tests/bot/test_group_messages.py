"""In a group the bot answers what is said to it, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from reading_group import BOT_NAME, CARA, GROUP, LONG, ReadingGroup, reading_group
from recording_request import BOT
from scene import Web, story, web
from update_samples import ANN, BEN, person

from bot.store.records import Kind
from bot.texts import Texts
from bot.tongues import texts_in

HERE = texts_in("en", in_group=True)
Talk = Callable[[ReadingGroup], Awaitable[None]]


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""

    def run(said: Talk) -> None:
        async def talked() -> None:
            async with reading_group(tmp_path) as group:
                await said(group)

        asyncio.run(talked())

    return run


@pytest.mark.parametrize(
    ("text", "fields"),
    [
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
    ],
)
def test_what_is_not_for_the_bot_is_passed_over(
    talk: Callable[[Talk], None], text: str | None, fields: dict[str, Any]
) -> None:
    async def said(group: ReadingGroup) -> None:
        number = await group.says(text, ANN, **fields)
        await group.edits(number, "Who lit the lamp in the end?", ANN, **fields)
        assert group.is_silent
        assert await group.articles() == 0
        assert not group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)

    talk(said)


def test_a_reply_to_somebody_else_is_passed_over(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        first = group.message("Who lit the lamp?", ANN)
        await group.sends(first)
        await group.says("Olga did, who else?", BEN, reply_to_message=first)
        await group.says("Is that so?", ANN, topic=7)
        assert group.is_silent

    talk(said)


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        (f"{BOT_NAME} who steers the ferry?", "who steers the ferry?"),
        (f"{BOT_NAME}, who steers the ferry?", "who steers the ferry?"),
        (f"who steers the ferry, {BOT_NAME}?", "who steers the ferry,?"),
        (f"who steers the ferry {BOT_NAME}?", "who steers the ferry?"),
        (f"Tell us {BOT_NAME} who steers the ferry?", "Tell us who steers the ferry?"),
        ("/ask who steers the ferry?", "who steers the ferry?"),
        (f"/ask{BOT_NAME} who steers the ferry?", "who steers the ferry?"),
    ],
)
def test_a_question_to_the_bot_is_answered_without_its_name(
    talk: Callable[[Talk], None], asked: str, understood: str
) -> None:
    async def said(group: ReadingGroup) -> None:
        number = await group.says(asked, BEN)
        assert len(group.said) == 1
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert exchange.question == understood
        assert exchange.details["by"] == BEN
        assert group.said == [HERE.no_articles]

    talk(said)


def test_somebody_without_a_user_name_may_have_the_bot_linked(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        mention = {"type": "text_mention", "offset": 0, "length": 8, "user": BOT}
        number = await group.says("Cuttings who steers it?", BEN, entities=[mention])
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert exchange.question == "who steers it?"

    talk(said)


def test_a_link_with_a_mention_is_saved_for_the_group(
    site: Web, talk: Callable[[Talk], None]
) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        number = await group.says(f"{BOT_NAME} {link}", ANN)
        assert await group.articles() == 1
        assert group.said[0].startswith("✓ Saved")
        assert HERE.saved_hint in group.said[0]
        assert group.sent[0].values["reply_parameters"]["message_id"] == number
        await group.says(f"{link} {BOT_NAME}", BEN)
        assert group.said[1].startswith(HERE.known)

    talk(said)


def test_a_text_with_a_mention_is_saved_without_the_mention(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME}\n{LONG}", ANN)
        await group.says(f"{LONG.replace('Tuesday', 'Friday')}\n\n{BOT_NAME}", BEN)
        assert await group.texts() == [LONG.replace("Tuesday", "Friday"), LONG]

    talk(said)


def test_formats_stay_where_they_were_when_the_mention_goes(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        text = f"🦜 {BOT_NAME} {LONG}"
        at = text.index("Olga") + 1  # the parrot counts twice
        marks = [
            {"type": "mention", "offset": 3, "length": len(BOT_NAME)},
            {"type": "bold", "offset": at, "length": 10},
        ]
        number = await group.says(text, ANN, entities=marks)
        (piece,) = group.house.store.exchanges.pieces_of_message(GROUP, number)
        ((kind, start, end),) = piece.entities
        (kept,) = await group.texts()
        assert (kind, kept[start:end]) == ("bold", "Olga Brill")

    talk(said)


def test_a_file_whose_caption_mentions_the_bot_is_saved(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        file = group.scene.has_file("ferry.txt", LONG.encode())
        document = {"file_id": file, "file_unique_id": file, "file_name": "ferry.txt"}
        for caption in (BOT_NAME, f"/add{BOT_NAME}", "/add"):
            await group.says(None, ANN, document=document, caption=caption)
        assert await group.articles() == 1
        assert len(group.said) == 3

    talk(said)


def test_a_mention_in_reply_saves_the_message_that_is_replied_to(
    site: Web, talk: Callable[[Talk], None]
) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        file = group.scene.has_file("inn.txt", LONG.replace("ferry", "inn").encode())
        document = {"file_id": file, "file_unique_id": file, "file_name": "inn.txt"}
        messages = [
            group.message(LONG, ANN),
            group.message(f"Look here: {link}", ANN),
            group.message(None, ANN, document=document),
        ]
        for count, message in enumerate(messages, 1):
            await group.sends(message)
            asked = (BOT_NAME, f"{BOT_NAME} save this", "/add")[count - 1]
            number = await group.says(asked, BEN, reply_to_message=message)
            assert await group.articles() == count
            assert group.sent[-1].values["reply_parameters"]["message_id"] == number
            held = group.house.store.exchanges.pieces_of_message(GROUP, message["message_id"])
            assert len(held) == 1
            exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.SAVE)
            assert exchange
            assert exchange.details["by"] == BEN

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

    talk(said)


def test_add_keeps_whatever_stands_behind_it(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says("/add The key of the harbour office hangs behind the clock.", ANN)
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        await group.says(f"/add {link}", BEN)
        assert await group.articles() == 2
        assert "The key of the harbour office hangs behind the clock." in await group.texts()

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
        number = await group.says("Who steers the ferry?", BEN, reply_to_message=receipt)
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert len(exchange.articles) == 1
        assert len(group.said) == 2

    talk(said)


def test_a_paste_in_pieces_is_for_the_bot_if_its_first_piece_is(
    talk: Callable[[Talk], None],
) -> None:
    async def said(group: ReadingGroup) -> None:
        text = " ".join(LONG.replace("Tuesday", f"day {day}") for day in range(12))
        cut = text.rindex(" ", 0, 2040 + len(BOT_NAME))
        first = group.message(f"{BOT_NAME} {text[:cut]}", ANN)
        first["text"] = first["text"][: 2041 + len(BOT_NAME)]
        second = group.message(text[cut + 1 : cut + 3900], ANN)
        second["date"] = first["date"]
        await asyncio.gather(group.sends(first), group.sends(second))
        (kept,) = await group.texts()
        assert kept.startswith("The ferry")
        assert BOT_NAME not in kept
        assert len(kept) > 5000

    talk(said)


def test_a_forward_with_a_mention_as_its_comment_is_saved(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        origin = {
            "type": "hidden_user",
            "date": 1_700_000_000,
            "sender_user_name": "Somebody",
        }
        comment = group.message(BOT_NAME, ANN)
        forward = group.message(LONG, ANN, forward_origin=origin)
        forward["date"] = comment["date"]
        # In whatever order they arrive.
        await asyncio.gather(group.sends(forward), group.sends(comment))
        assert await group.texts() == [LONG]
        assert len(group.said) == 1
        await group.says(f"{LONG} {BOT_NAME}", BEN, forward_origin=origin)
        assert len(group.said) == 1

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


def test_edits_of_a_message_that_somebody_had_saved_are_read_silently(
    site: Web, talk: Callable[[Talk], None]
) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        post, linked = group.message(LONG, ANN), group.message(f"See {link}", ANN)
        for message in (post, linked):
            await group.sends(message)
            await group.says(BOT_NAME, BEN, reply_to_message=message)
        before = group.said
        await group.edits(post["message_id"], LONG.replace("Olga", "Berit"), ANN)
        await group.edits(linked["message_id"], f"Do see {link}, all of you", ANN)
        texts = await group.texts()
        assert LONG.replace("Olga", "Berit") in texts
        assert len(texts) == 2
        assert any("The mill of Harbour Street" in text for text in texts)
        assert group.said == before

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
