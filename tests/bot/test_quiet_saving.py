"""Where a group has switched quiet saving on, links, files and long posts are kept silently."""

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
    reading_group,
)
from recording_request import BOT, refusal
from scene import Web, story, web
from update_samples import ANN, BEN

from bot.store.records import Kind

CHANNEL = {
    "type": "channel",
    "chat": {"id": -1009, "type": "channel", "title": "Sound news"},
    "message_id": 5,
    "date": 1_700_000_000,
}
FRIEND = {"type": "hidden_user", "date": 1_700_000_000, "sender_user_name": "Somebody"}
SHORT_POST = LONG[: LONG.index(" The harbour")]


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group that keeps what is sent."""

    def run(said: Talk) -> None:
        async def talked() -> None:
            async with reading_group(tmp_path, quiet=True) as group:
                await said(group)
                assert group.said == []
                assert not group.scene.built.request.made("sendChatAction")

        asyncio.run(talked())

    return run


def test_links_files_and_long_posts_are_kept_with_one_reaction_each(
    site: Web, talk: Callable[[Talk], None]
) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        file = group.scene.has_file("inn.txt", LONG.replace("ferry", "inn").encode())
        document = {"file_id": file, "file_unique_id": file, "file_name": "inn.txt"}
        numbers = [
            await group.says(f"Worth a look: {link}", ANN),
            await group.says(None, BEN, document=document),
            await group.says(LONG, BEN),
            await group.says(SHORT_POST, ANN, forward_origin=CHANNEL),
        ]
        assert group.reactions == numbers
        assert await group.articles() == 4
        for number in numbers:
            exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.SAVE)
            assert exchange
            assert exchange.told

    talk(said)


def test_ordinary_talk_is_not_kept(talk: Callable[[Talk], None]) -> None:
    sayings = (
        "Who lit the lamp?",
        "Did you see that the ferry of Tarn was late again, as it was on Monday?",
        "We met at the quay.\nOlga was there, and Tove too.\nThen it rained.\nSo we left.",
        "See you at https://t.me/tarn_harbour/12",
        "Save this: the key hangs behind the clock of the office.",
        SHORT_POST,
        "/note@other_bot " + LONG,
    )

    async def said(group: ReadingGroup) -> None:
        for text in sayings:
            number = await group.says(text, ANN)
            assert not group.house.store.exchanges.of_message(GROUP, number, Kind.SAVE), text
        await group.says(SHORT_POST, ANN, forward_origin=FRIEND)
        await group.says(LONG, BEN, via_bot=BOT)
        assert group.is_silent
        assert await group.articles() == 0

    talk(said)


def test_pictures_and_libraries_are_not_kept(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        file = group.scene.has_file("file", LONG.encode())
        told = {"file_id": file, "file_unique_id": file}
        photo = [{**told, "width": 9, "height": 9}]
        await group.says(None, ANN, photo=photo, caption="What a day")
        for name, kind in (
            ("cuttings.jsonl", "application/json"),
            ("result.json", "application/json"),
            ("page.png", "image/png"),
        ):
            await group.says(None, BEN, document={**told, "file_name": name, "mime_type": kind})
        assert group.is_silent
        assert await group.articles() == 0
        assert not group.scene.built.request.made("getFile")

    talk(said)


def test_what_cannot_be_read_is_passed_over_in_silence(
    site: Web, talk: Callable[[Talk], None]
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{site.address}/nothing", ANN)
        file = group.scene.has_file("film.mp4", b"\0\1\2")
        document = {"file_id": file, "file_unique_id": file, "file_name": "film.mp4"}
        await group.says(None, BEN, document={**document, "mime_type": "video/mp4"})
        assert group.is_silent

    talk(said)


def test_what_is_known_is_marked_too(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        numbers = [await group.says(link, person) for person in (ANN, BEN)]
        assert group.reactions == numbers
        assert await group.articles() == 1

    talk(said)


def test_a_reaction_that_is_not_allowed_is_no_fault(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        group.scene.built.request.fail(
            "setMessageReaction", refusal(400, "Bad Request: REACTION_INVALID")
        )
        number = await group.says(LONG, ANN)
        assert await group.articles() == 1
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.SAVE)
        assert exchange
        assert exchange.told

    talk(said)


def test_a_replay_adds_nothing(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        message = group.message(LONG, ANN)
        for _ in range(2):
            await group.sends(message)
        assert await group.articles() == 1
        assert group.reactions == [message["message_id"]]

    talk(said)


def test_an_album_and_a_paste_are_one_article_each(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        text = " ".join(LONG.replace("Tuesday", f"day {day}") for day in range(12))
        first, second = group.message(text[:4000], ANN), group.message(text[4000:5000], ANN)
        second["date"] = first["date"]
        await asyncio.gather(group.sends(first), group.sends(second))
        assert await group.articles() == 1
        file = group.scene.has_file("photo", b"\0")
        photo = [{"file_id": file, "file_unique_id": file, "width": 9, "height": 9}]
        album = [
            group.message(None, BEN, photo=photo, media_group_id="7", caption=LONG),
            group.message(None, BEN, photo=photo, media_group_id="7"),
        ]
        await asyncio.gather(*map(group.sends, album))
        assert await group.articles() == 2
        assert group.reactions == [first["message_id"], album[0]["message_id"]]

    talk(said)


def test_a_comment_does_not_keep_a_forward_from_being_kept(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        comment = group.message("Worth reading", ANN)
        forward = group.message(LONG, ANN, forward_origin=CHANNEL)
        forward["date"] = comment["date"]
        await asyncio.gather(group.sends(comment), group.sends(forward))
        assert await group.texts() == [LONG]
        assert group.reactions == [forward["message_id"]]

    talk(said)


def test_edits_of_what_was_kept_are_read_silently(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        post = await group.says(LONG, ANN)
        await group.edits(post, LONG.replace("Olga", "Berit"), ANN)
        assert await group.texts() == [LONG.replace("Olga", "Berit")]
        await group.edits(post, "👍", ANN)  # which is no article
        assert await group.texts() == [LONG.replace("Olga", "Berit")]
        await group.edits(post, "Who took it down?", ANN)
        assert await group.articles() == 1
        linked = await group.says(f"{site.address}/later", BEN)
        link = site.has("/later", story("The mill of Tarn", "mill"))
        await group.edits(linked, f"Now it works: {link}", BEN)
        assert await group.articles() == 2
        assert group.reactions == [post, linked]
        talked = await group.says("Olga was there.", ANN)
        await group.edits(talked, LONG.replace("ferry", "inn"), ANN)
        assert await group.articles() == 2

    talk(said)


def test_what_is_said_to_the_bot_is_answered_all_the_same(tmp_path: Path) -> None:
    async def talked() -> None:
        async with reading_group(tmp_path, quiet=True) as group:
            post = group.message(LONG, ANN)
            await group.sends(post)
            await group.says(f"{BOT_NAME} who steers it?", BEN, reply_to_message=post)
            await group.says(BOT_NAME, BEN, reply_to_message=post)
            assert len(group.said) == 2
            assert group.reactions == [post["message_id"]]
            assert await group.articles() == 1

    asyncio.run(talked())


def test_without_quiet_saving_nothing_is_kept(tmp_path: Path) -> None:
    async def talked() -> None:
        async with reading_group(tmp_path) as group:
            await group.says(LONG, ANN)
            assert group.is_silent
            assert await group.articles() == 0

    asyncio.run(talked())
