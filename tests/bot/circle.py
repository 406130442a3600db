"""A group with a library that Ann is in, beside her own; what both hold is made up."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path

from scene import Scene, scene
from telegram import Chat
from update_samples import ANN, person, update

from index import Article

Talk = Callable[[Scene], Awaitable[None]]

CIRCLE = -1001234567890
ELSEWHERE = -1009876543210
"""A group that she is not in."""
TITLE = "Reading <circle>"
FERRY = "The ferry of Aldham\n\nThe ferry of Aldham sails at six. " + "It is never late. " * 9
MILL = "The mill of Brevik\n\nThe mill of Brevik turns at noon. " + "It is never still. " * 9
CLOCK = "The clock of Corrin\n\nThe clock of Corrin stood at nine. " + "It is never right. " * 9

QUESTION = "When does the mill of Brevik turn?"
FROM = "<i>From the articles of Reading &lt;circle&gt;</i>"
"""What stands below what is from the circle."""
_numbers = count(70_000)


def article(text: str) -> Article:
    """An article as it is read from a text."""
    return Article(text=text, title=text.partition("\n")[0])


async def circled(ann: Scene, status: str = "member") -> int:
    """Have Ann be in the circle, whose library holds the mill and hers the ferry; the mill's id."""
    house = ann.house
    for chat_id, title in ((CIRCLE, TITLE), (ELSEWHERE, "Chess club")):
        chat = Chat(chat_id, Chat.SUPERGROUP, title=title)
        await house.chats.note(chat, active=True, admitted=True)
    stays(ann, status)
    await house.libraries.add(ANN, article(FERRY))
    receipt = await house.libraries.add(CIRCLE, article(MILL))
    await house.libraries.add(ELSEWHERE, article(CLOCK))
    assert receipt.article
    return receipt.article.id


def stays(ann: Scene, status: str) -> None:
    """What Ann is in the circle from now on."""
    ann.built.request.members[CIRCLE, ANN] = status


async def presses_there(ann: Scene, data: str, who: int, below: int) -> None:
    """Somebody presses a button in the circle."""
    number = next(_numbers)
    chat = {"id": CIRCLE, "type": "supergroup", "title": TITLE}
    said = {"message_id": below, "date": int(time.time()), "chat": chat, "text": "Something."}
    query = {"id": str(number), "from": person(who), "chat_instance": "1", "data": data}
    await ann.does(update(number, {"callback_query": {**query, "message": said}}, ann.built.bot))


def alerts(ann: Scene) -> list[str]:
    """What was said to her presses, in order; "" where nothing was."""
    return [call.text for call in ann.built.request.made("answerCallbackQuery")]


def told(tmp_path: Path, talk: Talk, status: str = "member") -> None:
    """Have Ann talk to the bot as somebody who is in the circle."""

    async def whole() -> None:
        async with scene(tmp_path) as ann:
            await circled(ann, status)
            await talk(ann)

    asyncio.run(whole())


async def uses(ann: Scene, library: int = CIRCLE) -> None:
    """Have Ann choose whose articles she asks."""
    await commands(ann, "/use")
    await ann.presses(f"use:{library}")


async def commands(ann: Scene, text: str, **fields: object) -> int:
    """Ann sends a command; her message's id."""
    name = text.split()[0]
    entity = {"type": "bot_command", "offset": 0, "length": len(name)}
    return await ann.sends(text, entities=[entity], **fields)
