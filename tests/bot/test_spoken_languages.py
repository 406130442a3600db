"""Each chat is spoken to in its own language, several of them at the same time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from scene import Scene, scene
from update_samples import ANN, BEN, message, person

from bot.markup import plain
from bot.tongues import LANGUAGES, texts_in

ARTICLE = (
    "Die Fähre von Sandhafen\n\n" + "The ferry left the quay at seven and came home at nine. " * 20
)
SPOKEN = {ANN: "de-AT", BEN: "ru", 33: "fr", 44: "es", 55: "pl"}


async def says(scene: Scene, number: int, user: int, text: str) -> None:
    sender: dict[str, Any] = {**person(user), "language_code": SPOKEN[user]}
    bot = scene.built.bot
    entity = {"type": "bot_command", "offset": 0, "length": len(text)}
    entities = [entity] if text.startswith("/") else []
    given = message(number, text, chat=user, sender=sender, bot=bot, entities=entities)
    await scene.does(given)


def told(scene: Scene, user: int) -> list[str]:
    sent = scene.built.request.made("sendMessage")
    return [plain(call.text) for call in sent if call.values["chat_id"] == user]


def test_several_people_are_answered_at_once_each_in_their_language(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as everyone:
            users = enumerate(SPOKEN, 1)
            await asyncio.gather(*(says(everyone, number, who, "/help") for number, who in users))
            for user, language in SPOKEN.items():
                assert told(everyone, user) == [texts_in(language).help]

    asyncio.run(talk())


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_article_is_kept_counted_and_shown_in_the_language_of_the_chat(
    tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SPOKEN, ANN, code)
    texts = texts_in(code)

    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await says(ann, 1, ANN, ARTICLE)
            words = texts.words(len(ARTICLE.split()))
            (saved,) = ann.said
            assert plain(saved).startswith(f"{texts.saved}\n")
            assert words in plain(saved)
            assert list(ann.buttons()) == [texts.button_undo]
            await says(ann, 2, ANN, "/stats")
            assert texts.articles(1) in told(ann, ANN)[-1]
            await says(ann, 3, ANN, "/articles")
            assert plain(ann.said[-1]).startswith(f"{texts.list_heading}\n")
            data = next(iter(ann.buttons().values()))
            await ann.presses(data)
            assert texts.added(datetime.now(timezone.utc)) in plain(ann.said[-1])
            assert texts.button_delete in ann.buttons()

    asyncio.run(talk())
