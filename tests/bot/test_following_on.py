"""A short question after an answer is completed from that answer before it is asked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from circle import CIRCLE, CLOCK, FERRY, article, circled
from scene import Scene, scene
from update_samples import ANN, BEN

from bot.handlers.asking import Asking
from bot.handlers.followups import WITHIN
from bot.occasion import Occasion, speaking
from bot.store.records import Exchange, Kind

Talk = Callable[[Scene], Awaitable[None]]
QUESTION = "When does the ferry of Aldham sail?"
FOLLOWS = "And why does it?"
UNDERSTOOD = re.compile(r"^<i>I looked for: “([^”]+)”</i>\n\n")


def told(tmp_path: Path, talk: Talk) -> None:
    """Have Ann, whose library holds the ferry and the clock, talk to the bot."""

    async def whole() -> None:
        async with scene(tmp_path) as ann:
            await circled(ann)
            await ann.house.libraries.add(ANN, article(CLOCK))
            await talk(ann)

    asyncio.run(whole())


def understood(said: str) -> str:
    """What was asked instead; "" where the question was asked as it is."""
    found = UNDERSTOOD.match(said)
    return found.group(1) if found else ""


def asked(ann: Scene, message_id: int, chat: int = ANN) -> Exchange:
    found = ann.house.store.exchanges.of_message(chat, message_id, Kind.ASK)
    assert found
    return found


async def asks_in_circle(
    ann: Scene, message_id: int, question: str, by: int | None, topic: int | None = None
) -> str:
    """Somebody asks in the group, in a topic of it or in none; what is said."""
    with speaking(Occasion(ann.house.texts, CIRCLE, topic)):
        asking = Asking(ann.house, None, None)  # type: ignore[arg-type]
        await asking.ask(CIRCLE, message_id, question, by=by)
    return ann.said[-1]


def test_what_follows_on_is_told_as_it_was_understood_and_kept_as_it_was_written(
    tmp_path: Path,
) -> None:
    async def talk(ann: Scene) -> None:
        first = await ann.sends(QUESTION)
        assert not understood(ann.said[-1])
        number = await ann.sends(FOLLOWS)
        whole = understood(ann.said[-1])
        assert "ferry" in whole
        exchange = asked(ann, number)
        assert exchange.question == FOLLOWS
        assert exchange.details["understood"] == whole
        assert asked(ann, first).details.get("understood") is None
        # What pages through the passages comes back to it.
        await ann.presses(f"more:{exchange.id}:0")
        assert not understood(ann.said[-1])
        await ann.presses(f"answer:{exchange.id}")
        assert understood(ann.said[-1]) == whole

    told(tmp_path, talk)


def test_what_follows_on_twice_is_completed_from_the_completed_one(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.sends(QUESTION)
        await ann.sends(FOLLOWS)
        await ann.sends("And where?")
        assert "ferry" in understood(ann.said[-1])

    told(tmp_path, talk)


def test_a_question_after_some_minutes_stands_on_its_own(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        first = asked(ann, await ann.sends(QUESTION))
        exchanges = ann.house.store.exchanges
        exchanges.change(first.id, begun=first.begun - WITHIN - 1)
        await ann.sends(FOLLOWS)
        assert not understood(ann.said[-1])
        # By replying, it follows on all the same.
        answer = min(ann.messages)
        await ann.sends(FOLLOWS, reply_to_message=ann.shown(answer))
        assert "ferry" in understood(ann.said[-1])

    told(tmp_path, talk)


def test_an_edited_question_follows_on_from_the_one_before_it(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.sends(QUESTION)
        number = await ann.sends(FOLLOWS)
        await ann.sends("When did the clock of Corrin stand?")
        await ann.edits(number, "And where does it?")
        whole = asked(ann, number).details["understood"]
        assert "ferry" in whole
        assert "Where" in whole
        await ann.edits(number, "Who looks after the clock of Corrin now?")
        assert "understood" not in asked(ann, number).details

    told(tmp_path, talk)


def test_a_reply_to_an_answer_follows_on_from_that_one(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.sends(QUESTION)
        answer = max(ann.messages)
        await ann.sends("When did the clock of Corrin stand?")
        number = await ann.sends(FOLLOWS, reply_to_message=ann.shown(answer))
        whole = understood(ann.said[-1])
        assert "ferry" in whole
        assert "clock" not in whole
        exchange = asked(ann, number)
        assert len(exchange.articles) == 1
        assert "clock" not in ann.said[-1]
        await ann.edits(number, "And where does it?")
        assert "ferry" in asked(ann, number).details["understood"]

    told(tmp_path, talk)


def test_a_reply_to_a_receipt_follows_on_from_nothing(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.sends(FERRY.replace("ferry", "barge"))
        receipt = max(ann.messages)
        await ann.sends(QUESTION)
        await ann.sends(FOLLOWS, reply_to_message=ann.shown(receipt))
        assert not understood(ann.said[-1])

    told(tmp_path, talk)


def test_in_a_group_each_persons_question_follows_on_from_their_own(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        question = "When does the mill of Brevik turn?"
        assert "mill" in await asks_in_circle(ann, 1, question, ANN)
        assert "mill" in understood(await asks_in_circle(ann, 2, FOLLOWS, ANN))
        assert not understood(await asks_in_circle(ann, 3, FOLLOWS, BEN))
        await asks_in_circle(ann, 4, question, None)  # nobody knows who
        assert not understood(await asks_in_circle(ann, 5, FOLLOWS, None))

    told(tmp_path, talk)


def test_in_topics_a_question_follows_on_within_its_own(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        question = "When does the mill of Brevik turn?"
        await asks_in_circle(ann, 1, question, ANN, topic=7)
        assert not understood(await asks_in_circle(ann, 2, FOLLOWS, ANN, topic=8))
        assert not understood(await asks_in_circle(ann, 3, FOLLOWS, ANN))
        assert "mill" in understood(await asks_in_circle(ann, 4, FOLLOWS, ANN, topic=7))

    told(tmp_path, talk)


def test_what_was_answered_from_another_library_completes_nothing(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.house.chats.set(ANN, using=CIRCLE)
        await ann.sends("When does the mill of Brevik turn?")
        answer = max(ann.messages)
        await ann.house.chats.set(ANN, using=None)
        await ann.sends(FOLLOWS)
        assert not understood(ann.said[-1])
        # A reply is asked of the library that gave the answer.
        await ann.sends(FOLLOWS, reply_to_message=ann.shown(answer))
        assert "mill" in understood(ann.said[-1])

    told(tmp_path, talk)


def test_a_question_that_was_changed_since_completes_nothing(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        first = asked(ann, await ann.sends(QUESTION))
        details = {**first.details, "stale": True}
        ann.house.store.exchanges.change(first.id, details=details)
        await ann.sends(FOLLOWS)
        assert not understood(ann.said[-1])

    told(tmp_path, talk)
