"""/privacy in a group, where only its administrators can have everything deleted."""

from __future__ import annotations

from pathlib import Path

from cheap_models import article
from gathering import GROUP, SMALL, Gathering, gathered
from update_samples import ANN, BEN

from bot.store.records import ChatSettings
from bot.texts import Texts
from bot.tongues import texts_in


async def begun(circle: Gathering) -> None:
    """A group that Ann runs and Ben is in, with two articles, beside another."""
    for chat in (GROUP, SMALL):
        await circle.works(chat, language="en", quiet=True)
        for words in ("ferry", "orchard"):
            await circle.house.libraries.add(chat, article(words, words))
    circle.request.members[GROUP, ANN] = "administrator"
    circle.request.members[GROUP, BEN] = "member"


async def articles(circle: Gathering, chat: int = GROUP) -> int:
    return (await circle.house.libraries.totals(chat)).articles


def test_what_is_kept_of_a_group_is_told_to_everybody_in_it(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await begun(circle)
        await circle.says("/privacy", BEN)
        (said,) = circle.said()
        assert said.startswith("What I keep of this group")
        assert "everything is forgotten 9 days later" in said
        assert circle.scene.buttons() == {"Delete everything": "forget"}
        await circle.says("/privacy", BEN, SMALL)
        await circle.says("/privacy", ANN, ANN)
        assert circle.said(ANN) == [Texts().privacy]

    gathered(tmp_path, talk, forget_after_days=9)


def test_only_an_administrator_can_have_everything_deleted(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await begun(circle)
        for data in ("forget", "forgetall", "keepall"):
            for by in (BEN, 1003):
                await circle.presses(data, by)
        # Who runs one group runs no other.
        await circle.presses("forgetall", ANN, SMALL)
        assert circle.alerts() == [Texts().alert_administrators_only] * 7
        assert circle.edits() == []
        assert (await articles(circle), await articles(circle, SMALL)) == (2, 2)

    gathered(tmp_path, talk)


def test_a_group_that_was_forgotten_can_go_on(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await begun(circle)
        await circle.presses("forget", ANN)
        assert "2 articles" in circle.edits()[-1].text
        await circle.presses("keepall", ANN)
        assert await articles(circle) == 2
        await circle.presses("forgetall", ANN)
        assert circle.edits()[-1].text == Texts().everything_deleted
        assert (await articles(circle), await articles(circle, SMALL)) == (0, 2)
        assert circle.house.chats.settings(GROUP) == ChatSettings()
        assert circle.house.chats.settings(SMALL).quiet
        await circle.says("/privacy", BEN)
        assert circle.said()[-1].startswith(texts_in("en", in_group=True).privacy[:20])

    gathered(tmp_path, talk)


def test_a_person_s_own_settings_are_forgotten_with_everything_else(tmp_path: Path) -> None:
    async def talk(circle: Gathering) -> None:
        await circle.says("/privacy", ANN, ANN)
        await circle.house.chats.set(ANN, language="es", zone="Europe/Madrid")
        await circle.presses("forgetall", ANN, ANN)
        assert circle.house.chats.get(ANN) is None
        await circle.says("/privacy", ANN, ANN)
        assert circle.said(ANN)[-1] == Texts().privacy

    gathered(tmp_path, talk)
