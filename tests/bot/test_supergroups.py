"""A group becomes a supergroup: nothing of it is lost, and nothing is said twice."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from cheap_models import article
from gathering import GROUP, SMALL, TITLE, Gathering, gathered
from recording_request import refusal
from update_samples import ANN, BEN

from bot import supergroups
from bot.texts import Texts

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


async def told_in_old(circle: Gathering) -> None:
    await circle.says(None, BEN, SMALL, migrate_to_chat_id=GROUP)


async def told_in_new(circle: Gathering) -> None:
    sender = {"id": GROUP, "type": "supergroup", "title": TITLE}
    more = {"sender": ANONYMOUS, "sender_chat": sender}
    await circle.says(None, BEN, GROUP, migrate_from_chat_id=SMALL, **more)


async def kept(circle: Gathering, chat: int) -> list[str]:
    found, _ = await circle.house.libraries.page(chat, 0, 100, None)
    return sorted(each.title for each in found)


@pytest.mark.parametrize("order", ["old new", "new old", "old", "new", "old new old new"])
def test_its_articles_and_settings_come_along_whoever_says_so_first(
    tmp_path: Path, order: str
) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL, language="de", quiet=True)
        await circle.house.libraries.add(SMALL, article("ferry", "The ferry"))
        for where in order.split():
            await (told_in_old if where == "old" else told_in_new)(circle)
        assert await kept(circle, GROUP) == ["The ferry"]
        assert await kept(circle, SMALL) == []
        known, old = circle.known(), circle.known(SMALL)
        assert known
        assert old
        assert (known.admitted, known.active, old.active) == (True, True, False)
        assert (known.settings.language, known.settings.quiet) == ("de", True)
        assert [each.chat_id for each in circle.house.chats.shared()] == [GROUP]
        assert circle.said(GROUP) == circle.said(SMALL) == []

    gathered(tmp_path, talk)


def test_what_was_saved_on_the_way_ends_up_with_the_rest(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        libraries = circle.house.libraries
        await libraries.add(SMALL, article("ferry", "The ferry"))
        await told_in_new(circle)
        await libraries.add(SMALL, article("quarry", "The quarry"))
        await libraries.add(GROUP, article("orchard", "The orchard"))
        await told_in_old(circle)
        assert await kept(circle, GROUP) == ["The ferry", "The orchard", "The quarry"]
        assert await kept(circle, SMALL) == []

    gathered(tmp_path, talk)


def test_what_is_being_kept_for_the_group_is_waited_for(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        async with circle.house.turns.alone(SMALL):
            moving = asyncio.create_task(told_in_new(circle))
            await asyncio.sleep(0.1)
            await circle.house.libraries.add(SMALL, article("ferry", "The ferry"))
            assert await kept(circle, GROUP) == []
        await moving
        assert await kept(circle, GROUP) == ["The ferry"]

    gathered(tmp_path, talk)


@pytest.mark.parametrize("by", [ANN, BEN])
def test_it_does_not_introduce_itself_to_those_it_knows(tmp_path: Path, by: int) -> None:
    """Telegram says first that the bot is in the new chat, and then what chat that is."""

    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        coming = asyncio.create_task(circle.changes(by, "left", "member"))
        await asyncio.sleep(0.05)
        await told_in_old(circle)
        await coming
        await told_in_new(circle)
        assert circle.said(GROUP) == circle.said(ANN) == []
        known = circle.known()
        assert known
        assert (known.admitted, known.active) == (True, True)

    gathered(tmp_path, talk)


def test_another_group_with_the_same_title_is_a_stranger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supergroups, "LOOK_FOR", 0.2)

    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        await circle.changes(BEN, "left", "member")
        assert len(circle.said(ANN)) == 1
        assert circle.known() is None

    gathered(tmp_path, talk)


def test_a_group_of_strangers_does_not_come_in_by_becoming_a_supergroup(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await told_in_old(circle)
        await told_in_new(circle)
        assert circle.house.store.chats.all() == []

    gathered(tmp_path, talk)


def test_a_reply_that_comes_too_late_moves_the_group_and_asks_for_patience(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL, language="fr")
        await circle.house.libraries.add(SMALL, article("ferry", "The ferry"))
        gone = refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=GROUP)
        circle.request.fail("sendMessage", gone)
        # Handled by the application's handler of errors, as in the running bot.
        await circle.says("/privacy", BEN, SMALL)
        texts = circle.house.chats.occasion(GROUP).texts
        assert circle.said(GROUP) == [texts.moved]
        assert texts.locale == "fr"
        assert await kept(circle, GROUP) == ["The ferry"]
        await told_in_old(circle)
        await told_in_new(circle)
        assert await kept(circle, GROUP) == ["The ferry"]
        assert circle.said(GROUP) == [texts.moved]

    gathered(tmp_path, talk)


def test_an_old_button_neither_fails_nor_finds_a_message_of_the_new_chat(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        await told_in_old(circle)
        await circle.presses("undo:1", BEN, SMALL)
        assert circle.alerts() == [Texts().alert_too_old]

    gathered(tmp_path, talk)


def test_the_old_library_can_be_forgotten_without_the_new_one(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        await circle.house.libraries.add(SMALL, article("ferry", "The ferry"))
        await told_in_old(circle)
        await circle.house.libraries.forget(SMALL)
        await asyncio.to_thread(circle.house.store.forget_chat, SMALL)
        assert await kept(circle, GROUP) == ["The ferry"]

    gathered(tmp_path, talk)
