"""Coming to groups and channels, staying out of them, and leaving them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from gathering import CHANNEL, GROUP, SMALL, TITLE, Gathering, gathered
from recording_request import refusal
from update_samples import ANN, BEN, person

from bot.texts import Texts
from bot.tongues import texts_in

IN_ENGLISH = Texts().group_joined
NAMED: dict[str, Any] = {"entities": [{"type": "mention", "offset": 0, "length": 13}]}


@pytest.mark.parametrize("chat", [GROUP, SMALL])
def test_a_group_is_told_in_two_lines_what_the_bot_does_and_stores(
    tmp_path: Path, chat: int
) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(ANN, "left", "member", chat)
        (said,) = circle.said(chat)
        assert said == IN_ENGLISH
        assert len(said.splitlines()) == 2
        known = circle.known(chat)
        assert known
        assert (known.admitted, known.active, known.title) == (True, True, TITLE)
        assert circle.said(ANN) == []

    gathered(tmp_path, talk)


def test_it_speaks_the_language_of_who_brought_it_if_it_can(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(ANN, "left", "member", GROUP, "de-AT")
        await circle.changes(ANN, "left", "member", SMALL, "tlh")
        assert circle.said(GROUP) == [texts_in("de").group_joined]
        assert circle.said(SMALL) == [IN_ENGLISH]
        assert circle.house.chats.settings(GROUP).language == "de"
        await circle.says("/privacy", BEN)
        assert circle.said(GROUP)[-1].startswith(texts_in("de", in_group=True).privacy[:40])

    gathered(tmp_path, talk)


def test_who_makes_it_an_administrator_of_a_channel_is_told_and_the_channel_is_not(
    tmp_path: Path,
) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(ANN, "left", "administrator", CHANNEL)
        assert circle.said(CHANNEL) == []
        (said,) = circle.said(ANN)
        assert said.startswith("From now on I keep every post of Reading &lt;circle&gt;")
        known = circle.known(CHANNEL)
        assert known
        assert known.admitted

    gathered(tmp_path, talk)


def test_where_it_may_not_speak_it_works_all_the_same(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        circle.request.fail("sendMessage", refusal(400, "Bad Request: not enough rights"))
        await circle.changes(ANN, "left", "member")
        circle.request.fail("sendMessage", refusal(403, "Forbidden: bot was blocked"))
        await circle.changes(ANN, "left", "administrator", CHANNEL)
        for chat in (GROUP, CHANNEL):
            known = circle.known(chat)
            assert known
            assert (known.admitted, known.active) == (True, True)

    gathered(tmp_path, talk)


def test_other_rights_and_coming_twice_are_nothing_to_speak_of(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        for old, new in (("left", "member"), ("left", "member"), ("member", "administrator")):
            await circle.changes(ANN, old, new)
        assert circle.said() == [IN_ENGLISH]

    gathered(tmp_path, talk)


def test_of_a_stranger_s_group_nothing_is_stored_until_the_owner_allows_it(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(BEN, "left", "member", GROUP, "de")
        assert circle.said(GROUP) == []
        (asked,) = circle.said(ANN)
        assert asked == (
            f"Person {BEN}, whose Telegram number is {BEN}, has added me to Reading "
            "&lt;circle&gt;. Shall I work there? Everybody in it could then talk to me."
        )
        assert circle.scene.buttons() == {"Allow": f"allow:{GROUP}", "Not now": f"refuse:{GROUP}"}
        await circle.says("@cuttings_bot hello", BEN, **NAMED)
        await circle.says("/privacy", BEN)
        await circle.presses("settings", BEN)
        assert circle.said(GROUP) == []
        assert circle.known() is None
        assert circle.house.store.chats.all() == []

        await circle.presses(f"allow:{GROUP}", ANN, ANN)
        assert circle.said(GROUP) == [texts_in("de").group_joined]
        assert circle.edits()[-1].text == "I work in Reading circle now."
        known = circle.known()
        assert known
        assert (known.admitted, known.settings.language) == (True, "de")
        await circle.says("/privacy", BEN)
        assert len(circle.said(GROUP)) == 2

    gathered(tmp_path, talk)


def test_the_owner_is_asked_once_about_a_group(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        for old, new in (("left", "member"), ("member", "administrator"), ("left", "member")):
            await circle.changes(BEN, old, new)
        assert len(circle.said(ANN)) == 1
        assert circle.left() == []

    gathered(tmp_path, talk)


def test_a_group_that_the_owner_does_not_want_is_left_and_stays_so(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(BEN, "left", "member")
        await circle.presses(f"refuse:{GROUP}", ANN, ANN)
        assert circle.left() == [GROUP]
        assert circle.edits()[-1].text == "All right, I stay out of Reading circle."
        await circle.changes(BEN, "left", "member")
        assert circle.left() == [GROUP, GROUP]
        assert circle.said(GROUP) == [Texts().group_private]
        assert len(circle.said(ANN)) == 1

    gathered(tmp_path, talk)


def test_nobody_but_the_owner_lets_a_group_in_or_sends_it_away(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(SMALL)
        await circle.changes(BEN, "left", "member")
        for verb in ("allow", "refuse", "dismiss"):
            for chat in (BEN, SMALL):
                await circle.presses(f"{verb}:{GROUP}", BEN, chat)
        assert circle.alerts() == [Texts().alert_not_yours] * 6
        assert circle.known() is None
        assert circle.left() == []

    gathered(tmp_path, talk)


@pytest.mark.parametrize("chat", [GROUP, CHANNEL])
def test_without_an_owner_to_ask_it_says_that_it_is_private_and_leaves(
    tmp_path: Path, chat: int
) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(BEN, "left", "administrator", chat)
        assert circle.said(chat) == ([Texts().group_private] if chat == GROUP else [])
        assert circle.left() == [chat]
        assert circle.known(chat) is None

    gathered(tmp_path, talk, owner=0)


def test_a_group_that_is_gone_when_the_owner_answers(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.changes(BEN, "left", "member")
        for verb in ("allow", "refuse"):
            circle.request.fail("getChat", refusal(403, "Forbidden: bot was kicked"))
            await circle.presses(f"{verb}:{GROUP}", ANN, ANN)
        assert [call.text for call in circle.edits()] == [
            Texts().group_gone,
            f"All right, I stay out of {GROUP}.",
        ]
        assert circle.known() is None

    gathered(tmp_path, talk)


def test_the_owner_sees_where_the_bot_works_and_can_have_it_leave(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(language="de")
        await circle.says("/allow", ANN, ANN)
        assert circle.scene.buttons() == {TITLE: f"dismiss:{GROUP}"}
        await circle.presses(f"dismiss:{GROUP}", ANN, ANN)
        assert circle.left() == [GROUP]
        known = circle.known()
        assert known
        assert (known.admitted, known.active) == (False, False)
        await circle.says("/privacy", BEN)
        assert circle.said(GROUP) == []

    gathered(tmp_path, talk)


def test_a_group_that_removes_it_is_left_and_finds_everything_again(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.works(quiet=True, language="fr")
        await circle.changes(BEN, "member", "kicked")
        known = circle.known()
        assert known
        assert (known.active, known.admitted, known.settings.quiet) == (False, True, True)
        # What was said before that, and arrives after it, does not bring the bot back.
        await circle.says("Hello", BEN, date=int(time.time()) - 5)
        gone = circle.request.calls[-1:]
        await circle.says(None, BEN, left_chat_member={**person(7), "is_bot": True})
        assert circle.request.calls[-1:] == gone
        known = circle.known()
        assert known
        assert not known.active
        await circle.changes(BEN, "kicked", "member")
        known = circle.known()
        assert known
        assert (known.active, known.settings.quiet, known.settings.language) == (True, True, "fr")
        assert circle.said() == [texts_in("fr").group_joined]

    gathered(tmp_path, talk)


def test_who_speaks_to_it_where_it_is_unknown_brings_it_there(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.says("Nothing for the bot", ANN)
        assert circle.known() is None
        await circle.says("@cuttings_bot hello", ANN, **NAMED)
        known = circle.known()
        assert known
        assert known.admitted
        before = len(circle.said())
        await circle.says("/privacy", BEN)
        assert len(circle.said()) == before + 1

    gathered(tmp_path, talk)


def test_the_language_of_a_person_s_telegram_is_remembered(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.says("/privacy", ANN, ANN, sender={**person(ANN), "language_code": "es"})
        assert circle.house.chats.occasion(ANN).texts.locale == "es"
        await circle.house.chats.load()
        assert circle.house.chats.occasion(ANN).texts.locale == "es"

    gathered(tmp_path, talk)


def test_what_strangers_do_with_it_afterwards_is_not_its_business(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        for old, new in (("member", "kicked"), ("kicked", "left"), ("member", "administrator")):
            await circle.changes(BEN, old, new)
        assert circle.said(ANN) == circle.said(GROUP) == []
        assert circle.left() == []
        assert circle.house.store.chats.all() == []

    gathered(tmp_path, talk)
