"""What cannot be read is told so, and the words beside it are kept if they are an article."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from cheap_house import cheap_house
from update_samples import message

from bot.clippings import Clippings
from bot.handlers.asking import Asking
from bot.handlers.messages import Messages
from bot.handlers.removing import Removing
from bot.handlers.saving import Saving
from bot.handlers.transfer import Transfer

PHOTO = [{"file_id": "p", "file_unique_id": "u", "width": 9, "height": 9}]
ARTICLE = "The ferry is back\n\n" + "The ferry sails at six and comes home at nine every day. " * 12
NOTHING = "I can only read text"


def said_to(content: dict[str, Any], data: Path) -> list[str]:
    """What the bot says to a message with this in it."""

    async def talk() -> list[str]:
        async with cheap_house(data) as built:
            house = built.house
            clippings = Clippings(house.libraries.settings, house.texts, house.workers)
            saving = Saving(house, Removing(house))
            asking = Asking(house, saving, clippings)
            messages = Messages(house, saving, asking, clippings, Transfer(house))
            received = message(1, None, bot=built.bot, **content).message
            assert received is not None
            await messages.single(received)
            return built.said

    return asyncio.run(talk())


@pytest.mark.parametrize(
    "content",
    [
        {"photo": PHOTO},
        {"photo": PHOTO, "caption": "Who is this?"},
        {"photo": PHOTO, "caption": "my cat"},
        {"voice": {"file_id": "v", "file_unique_id": "w", "duration": 3}},
        {"location": {"latitude": 1.0, "longitude": 2.0}},
    ],
)
def test_a_picture_or_a_voice_is_honestly_not_read(content: dict[str, Any], tmp_path: Path) -> None:
    (said,) = said_to(content, tmp_path)
    assert said.startswith(NOTHING)


def test_an_article_below_a_picture_is_kept(tmp_path: Path) -> None:
    said = said_to({"photo": PHOTO, "caption": ARTICLE}, tmp_path)
    assert "The ferry is back" in said[-1]
