"""In a group what is sent to the bot, or pointed at, becomes an article of the group."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
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
from scene import Web, story, web
from update_samples import ANN, BEN

from bot.store.records import Kind
from bot.tongues import texts_in

HERE = texts_in("en", in_group=True)


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""
    return talks_in(tmp_path)


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


def test_add_keeps_whatever_stands_behind_it(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says("/add The key of the harbour office hangs behind the clock.", ANN)
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        await group.says(f"/add {link}", BEN)
        assert await group.articles() == 2
        assert "The key of the harbour office hangs behind the clock." in await group.texts()

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
        group.scene.built.request.calls.clear()
        await group.edits(post["message_id"], LONG.replace("Olga", "Berit"), ANN)
        await group.edits(linked["message_id"], f"Do see {link}, all of you", ANN)
        texts = await group.texts()
        assert LONG.replace("Olga", "Berit") in texts
        assert len(texts) == 2
        assert any("The mill of Harbour Street" in text for text in texts)
        assert before
        assert group.is_silent

    talk(said)
