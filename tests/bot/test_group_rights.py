"""In a group, who sent a message decides what becomes of it, and so do the administrators."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reading_group import (
    BOT_NAME,
    CARA,
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
NOTE = f"{BOT_NAME} Remember that the key of the harbour office hangs behind the clock."


@pytest.fixture
def site() -> Iterator[Web]:
    with web() as made:
        yield made


@pytest.fixture
def talk(tmp_path: Path) -> Callable[[Talk], None]:
    """Have a talk take place in a group."""
    return talks_in(tmp_path)


@pytest.mark.parametrize("who", [ANN, CARA])
def test_undo_is_for_who_sent_it_and_for_administrators(
    talk: Callable[[Talk], None], who: int
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.presses(HERE.button_undo, BEN)
        assert group.alerts == [HERE.alert_not_yours]
        assert await group.articles() == 1
        await group.presses(HERE.button_undo, who)
        assert await group.articles() == 0

    talk(said)


@pytest.mark.parametrize("who", [ANN, CARA])
def test_undo_of_a_message_that_somebody_had_saved_is_theirs(
    talk: Callable[[Talk], None], who: int
) -> None:
    async def said(group: ReadingGroup) -> None:
        post = group.message(LONG, BEN)
        await group.sends(post)
        await group.says(BOT_NAME, ANN, reply_to_message=post)
        await group.presses(HERE.button_undo, BEN)
        assert await group.articles() == 1
        await group.presses(HERE.button_undo, who)
        assert await group.articles() == 0

    talk(said)


def test_undo_of_a_link_is_for_who_sent_it(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        link = site.has("/mill", story("The mill of Tarn", "mill"))
        await group.says(f"{BOT_NAME} {link}", ANN)
        await group.presses(HERE.button_undo, BEN)
        assert group.alerts == [HERE.alert_not_yours]
        await group.presses(HERE.button_undo, ANN)
        assert await group.articles() == 0

    talk(said)


@pytest.mark.parametrize("who", [ANN, CARA])
def test_a_guess_is_put_right_by_who_wrote_it_or_an_administrator(
    talk: Callable[[Talk], None], who: int
) -> None:
    async def said(group: ReadingGroup) -> None:
        number = await group.says(NOTE, ANN)
        assert await group.articles() == 1
        await group.presses(HERE.button_question, BEN)
        assert group.alerts == [HERE.alert_not_yours]
        assert await group.articles() == 1
        await group.presses(HERE.button_question, who)
        assert await group.articles() == 0
        exchange = group.house.store.exchanges.of_message(GROUP, number, Kind.ASK)
        assert exchange
        assert exchange.details["by"] == ANN
        await group.presses(HERE.button_save, BEN)
        assert await group.articles() == 0
        await group.presses(HERE.button_save, who)
        assert await group.articles() == 1
        await group.presses(HERE.button_undo, BEN)
        assert await group.articles() == 1
        await group.presses(HERE.button_undo, who)
        assert await group.articles() == 0

    talk(said)


@pytest.mark.parametrize("who", [ANN, CARA])
def test_what_was_removed_is_put_back_by_who_removed_it_or_an_administrator(
    talk: Callable[[Talk], None], who: int
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.presses(HERE.button_undo, ANN)
        await group.presses(HERE.button_put_back, BEN)
        assert await group.articles() == 0
        await group.presses(HERE.button_put_back, who)
        assert await group.articles() == 1

    talk(said)


def test_a_feed_is_read_for_who_sent_it(site: Web, talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        links = [site.has(f"/{place}", story(f"The {place}", place)) for place in ("inn", "mill")]
        items = "".join(f"<item><title>News</title><link>{link}</link></item>" for link in links)
        told = f"<rss version='2.0'><channel><title>Quay Post</title>{items}</channel></rss>"
        address = site.has("/feed", f'<?xml version="1.0"?>{told}', "application/rss+xml")
        await group.says(f"{BOT_NAME} {address}", ANN)
        label = next(iter(group.scene.buttons()))
        await group.presses(label, BEN)
        assert group.alerts == [HERE.alert_not_yours]
        assert await group.articles() == 0
        await group.presses(label, ANN)
        assert await group.articles() == 2

    talk(said)


def test_anybody_may_read_on(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.says(f"{BOT_NAME} who is the captain of the ferry?", ANN)
        before = group.said[-1]
        label = HERE.button_context
        await group.presses(label, BEN)
        assert group.alerts == [""]
        assert group.said[-1] != before

    talk(said)


@pytest.mark.parametrize("who", [ANN, CARA])
def test_an_article_is_deleted_by_who_sent_it_or_an_administrator(
    talk: Callable[[Talk], None], who: int
) -> None:
    async def said(group: ReadingGroup) -> None:
        number = await group.says(f"{BOT_NAME} {LONG}", ANN)
        post = group.message(LONG, ANN, message_id=number)
        await group.says("/delete", BEN, reply_to_message=post)
        await group.presses(HERE.button_yes_delete, BEN)
        assert group.alerts == [HERE.alert_not_yours]
        assert await group.articles() == 1
        await group.presses(HERE.button_yes_delete, who)
        assert await group.articles() == 0

    talk(said)


def test_only_administrators_delete_from_the_list(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(f"{BOT_NAME} {LONG}", ANN)
        await group.says("/articles", BEN)
        await group.presses("1", BEN)
        await group.presses(HERE.button_delete, BEN)
        assert group.alerts[-1] == HERE.alert_not_yours
        await group.presses(HERE.button_delete, CARA)
        await group.presses(HERE.button_yes_delete, BEN)
        assert await group.articles() == 1
        await group.presses(HERE.button_yes_delete, CARA)
        assert await group.articles() == 0

    talk(said)


@pytest.mark.parametrize("command", ["/export", "/import"])
def test_only_administrators_take_the_library_out_and_in(
    talk: Callable[[Talk], None], command: str
) -> None:
    async def said(group: ReadingGroup) -> None:
        await group.says(command, BEN)
        assert group.said == [HERE.alert_administrators_only]
        await group.says(command, CARA)
        assert group.said[1:] == [
            HERE.export_empty if command == "/export" else HERE.import_how,
        ]
        assert len(group.scene.built.request.made("getChatMember")) == 2

    talk(said)


def test_an_administrator_without_a_name_is_asked_for_none(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        chat = {"id": GROUP, "type": "supergroup", "title": "Harbour readers"}
        await group.says("/import", CARA, **{"from": anonymous, "sender_chat": chat})
        elsewhere = {"id": -1009, "type": "channel", "title": "Sound news"}
        await group.says("/import", CARA, **{"from": anonymous, "sender_chat": elsewhere})
        assert group.said == [HERE.import_how, HERE.alert_administrators_only]

    talk(said)


def test_a_library_that_a_member_sends_is_not_taken_in(talk: Callable[[Talk], None]) -> None:
    async def said(group: ReadingGroup) -> None:
        file = group.scene.has_file("cuttings.jsonl", b'{"format": "cuttings"}\n')
        document = {"file_id": file, "file_unique_id": file, "file_name": "cuttings.jsonl"}
        await group.says(None, BEN, document=document, caption=BOT_NAME)
        assert group.said == [HERE.alert_administrators_only]
        await group.says(None, CARA, document=document, caption=BOT_NAME)
        assert len(group.said) == 2
        assert group.said[1] != HERE.alert_administrators_only

    talk(said)
