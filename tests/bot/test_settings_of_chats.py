"""/settings: language, time zone and quiet saving; in a group they are its administrators'."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gathering import GROUP, TITLE, Gathering, gathered
from recording_request import BOT
from update_samples import ANN, BEN

from bot.handlers.settings import OWN_LANGUAGE
from bot.store.records import ChatSettings
from bot.texts import Texts
from bot.tongues import LANGUAGES, texts_in
from bot.zones import COMMON, zone_number

ADMINISTRATOR = "administrator"


async def administered(circle: Gathering, **settings: Any) -> None:
    """Ann runs the group, and Ben is in it."""
    await circle.works(**settings)
    circle.request.members[GROUP, ANN] = ADMINISTRATOR
    circle.request.members[GROUP, BEN] = "member"


def buttons(circle: Gathering) -> dict[str, str]:
    """The buttons of the message with the settings as it stands now."""
    rows = circle.edits()[-1].values.get("reply_markup", {}).get("inline_keyboard", [])
    return {each["text"]: each["callback_data"] for row in rows for each in row}


def chosen(circle: Gathering, chat: int = GROUP) -> ChatSettings:
    return circle.house.chats.settings(chat)


def test_an_administrator_sees_how_a_group_is_set_and_switches_quiet_saving(
    tmp_path: Path,
) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        circle.request.members[GROUP, int(str(BOT["id"]))] = ADMINISTRATOR
        await circle.says("/settings", ANN)
        (said,) = circle.said()
        assert said.splitlines()[0] == "How I am set in this chat"
        assert Texts().quiet_off in said
        assert "Language: English" in said
        assert "Time zone: UTC, where it is " in said
        assert circle.scene.buttons() == {
            "Save quietly": "quiet:1",
            "Language": "languages",
            "Time zone": "zones:0",
        }
        await circle.presses("quiet:1", ANN)
        assert chosen(circle).quiet
        assert Texts().quiet_on in circle.edits()[-1].text
        assert Texts().quiet_blind not in circle.edits()[-1].text
        assert buttons(circle)["Stop saving quietly"] == "quiet:0"
        await circle.presses("quiet:0", ANN)
        assert not chosen(circle).quiet

    gathered(tmp_path, talk)


def test_where_the_bot_is_not_shown_all_messages_quiet_saving_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        await circle.presses("quiet:1", ANN)
        assert Texts().quiet_blind in circle.edits()[-1].text
        monkeypatch.setitem(BOT, "can_read_all_group_messages", True)
        await circle.presses("settings", ANN)
        assert Texts().quiet_on in circle.edits()[-1].text
        assert Texts().quiet_blind not in circle.edits()[-1].text

    gathered(tmp_path, talk)


@pytest.mark.parametrize(
    "data", ["settings", "quiet:1", "languages", "language:{de}", "zones:0", "zone:{kyiv}"]
)
def test_nobody_else_in_a_group_changes_how_it_is_set(tmp_path: Path, data: str) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        numbers = await numbers_of(circle)
        before = len(circle.edits())
        for by in (BEN, 1003):
            await circle.says("/settings", by)
            await circle.says("/settings Kyiv", by)
            await circle.presses(data.format(**numbers), by)
        assert set(circle.said()) == {Texts().settings_administrators}
        assert set(circle.alerts()[-2:]) == {Texts().alert_administrators_only}
        assert len(circle.edits()) == before
        assert chosen(circle) == ChatSettings()

    gathered(tmp_path, talk)


async def numbers_of(circle: Gathering) -> dict[str, int]:
    """What the buttons carry, as an administrator sees them."""
    await circle.presses("languages", ANN)
    languages = {code: buttons(circle)[name] for code, name in LANGUAGES.items()}
    found = {code: int(data.partition(":")[2]) for code, data in languages.items()}
    return found | {"kyiv": zone_number("Europe/Kyiv")}


def test_an_anonymous_administrator_is_one(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        sender = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        for chat, allowed in ((GROUP, True), (-1008, False)):
            named = {"id": chat, "type": "supergroup", "title": TITLE}
            await circle.says("/settings", sender=sender, sender_chat=named)
            assert (circle.said()[-1] != Texts().settings_administrators) is allowed

    gathered(tmp_path, talk)


def test_a_group_chooses_its_language_and_is_spoken_to_in_it_at_once(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        numbers = await numbers_of(circle)
        assert list(buttons(circle)) == [*LANGUAGES.values(), "Back"]
        for code in LANGUAGES:
            await circle.presses(f"language:{numbers[code]}", ANN)
            assert chosen(circle).language == code
            texts = texts_in(code)
            assert circle.edits()[-1].text.startswith(texts.settings_heading)
            assert LANGUAGES[code] in circle.edits()[-1].text
            assert texts.button_zone in buttons(circle)
        await circle.presses(f"language:{OWN_LANGUAGE}", ANN)
        await circle.presses("language:4711", ANN)
        assert chosen(circle).language == code
        assert circle.alerts()[-2:] == [texts.alert_too_old] * 2

    gathered(tmp_path, talk)


def test_in_a_chat_of_one_s_own_the_language_may_be_that_of_one_s_telegram(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.says("/settings", ANN, ANN)
        said = circle.said(ANN)[-1]
        assert Texts().quiet_off not in said
        assert list(circle.scene.buttons()) == ["Language", "Time zone"]
        await circle.presses("languages", ANN, ANN)
        assert list(buttons(circle)) == [*LANGUAGES.values(), "As in my Telegram", "Back"]
        await circle.presses(buttons(circle)["Español"], ANN, ANN)
        assert chosen(circle, ANN).language == "es"
        await circle.presses(f"language:{OWN_LANGUAGE}", ANN, ANN)
        assert chosen(circle, ANN).language is None
        await circle.presses("quiet:1", ANN, ANN)
        assert not chosen(circle, ANN).quiet

    gathered(tmp_path, talk)


def test_the_time_zones_are_turned_through_and_chosen(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await administered(circle)
        seen: list[str] = []
        data = "zones:0"
        while data:
            await circle.presses(data, ANN)
            found = buttons(circle)
            seen += [each for each in found.values() if each.startswith("zone:")]
            data = found.get(Texts().button_next, "")
        assert seen == [f"zone:{zone_number(name)}" for name in COMMON]
        await circle.presses("zones:99", ANN)
        assert "zones:1" in buttons(circle).values()
        await circle.presses(f"zone:{zone_number('Asia/Tokyo')}", ANN)
        assert chosen(circle).zone == "Asia/Tokyo"
        assert "Time zone: Tokyo, where it is " in circle.edits()[-1].text
        await circle.presses("zone:4711", ANN)
        assert circle.alerts()[-1] == Texts().alert_too_old
        assert chosen(circle).zone == "Asia/Tokyo"

    gathered(tmp_path, talk)


def test_a_time_zone_is_found_by_its_city(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.says("/settings  kyiv", ANN, ANN)
        assert chosen(circle, ANN).zone == "Europe/Kyiv"
        assert "Time zone: Kyiv, where it is " in circle.said(ANN)[-1]
        await circle.says("/settings san", ANN, ANN)
        assert circle.said(ANN)[-1] == Texts().zone_several
        found = circle.scene.buttons()
        assert any(label.startswith("Santiago, ") for label in found)
        await circle.presses(next(iter(found.values())), ANN, ANN)
        assert chosen(circle, ANN).zone != "Europe/Kyiv"
        await circle.says("/settings <Atlantis>", ANN, ANN)
        assert "“&lt;Atlantis&gt;”" in circle.said(ANN)[-1]

    gathered(tmp_path, talk)


def test_a_zone_that_this_machine_does_not_know_counts_as_none(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.house.chats.set(ANN, zone="Europe/Atlantis")
        await circle.says("/settings", ANN, ANN)
        assert "Time zone: UTC" in circle.said(ANN)[-1]

    gathered(tmp_path, talk)
