"""A spoken question is answered like a typed one, and told as it was understood."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from scene import Scene, scene
from update_samples import ANN

from bot.store.records import Kind

ARTICLE = "The ferry is back\n\n" + "The ferry sails at six and comes home at nine every day. " * 12
QUESTION = "when does the ferry sail"
HEARD = f"<i>I heard: “{QUESTION}”</i>\n\n"


def voice(ann: Scene, words: str, seconds: int = 3, **more: Any) -> dict[str, Any]:
    file = ann.has_file("v", words.encode())
    return {
        "voice": {"file_id": file, "file_unique_id": "w", "duration": seconds, "file_size": 9},
        **more,
    }


def test_a_spoken_question_is_answered_below_what_was_heard(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            await ann.sends(ARTICLE)
            number = await ann.sends(**voice(ann, QUESTION))
            assert ann.said[1].startswith(HEARD)
            assert "The ferry is back" in ann.said[1]
            asked = ann.house.store.exchanges.of_message(ANN, number, Kind.ASK)
            assert asked
            assert asked.question == QUESTION
            assert "Save it instead" not in ann.buttons()
            # What pages through the passages comes back to it.
            await ann.presses(f"context:{asked.id}:0")
            assert not ann.said[1].startswith(HEARD)
            await ann.presses(f"answer:{asked.id}")
            assert ann.said[1].startswith(HEARD)

    asyncio.run(talk())


def test_a_spoken_reply_asks_of_what_it_replies_to(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            await ann.sends(ARTICLE.replace("ferry", "mill"))
            await ann.sends(ARTICLE)
            (mill, _) = sorted(ann.messages)
            number = await ann.sends(**voice(ann, QUESTION, reply_to_message=ann.shown(mill)))
            asked = ann.house.store.exchanges.of_message(ANN, number, Kind.ASK)
            saved = ann.house.store.exchanges.of_message(ANN, 1, Kind.SAVE)
            assert asked
            assert saved
            assert asked.articles == saved.articles

    asyncio.run(talk())


def test_a_spoken_question_that_was_answered_is_not_answered_again(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            number = await ann.sends(**voice(ann, QUESTION))
            downloads = len(ann.built.request.made("getFile"))
            await ann.sends(**voice(ann, QUESTION), message_id=number)
            assert len(ann.said) == 1
            assert len(ann.built.request.made("getFile")) == downloads

    asyncio.run(talk())


@pytest.mark.parametrize(
    ("words", "seconds", "name"),
    [
        ("no extra", 3, "refused_needs_voice"),
        (" ", 3, "refused_nothing_heard"),
        (QUESTION, 61, "voice_too_long"),
    ],
)
def test_what_was_not_understood_is_told_with_what_to_do_instead(
    tmp_path: Path, words: str, seconds: int, name: str
) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            number = await ann.sends(**voice(ann, words, seconds))
            (said,) = ann.said
            assert said.startswith(getattr(ann.house.texts, name).format(count=60))
            assert "type" in said.lower()
            assert ann.house.store.exchanges.of_message(ANN, number, Kind.ASK) is None

    asyncio.run(talk())


def test_a_recording_that_is_too_long_is_not_downloaded(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, worker="spelled_worker") as ann:
            await ann.sends(**voice(ann, QUESTION, 61))
            assert not ann.built.request.made("getFile")

    asyncio.run(talk())
