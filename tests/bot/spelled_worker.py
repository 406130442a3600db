"""A worker for which a picture's bytes are the words in it, and a recording's those spoken.

python -m spelled_worker
"""

from __future__ import annotations

import sys
import time

from index.errors import RecognitionError
from index.formats.draft import Progress
from index.links.feeds import read_feed
from index.obstacles import Obstacle
from index.parsing.worker import Skills, serve
from index.records import Article, Document, FailedSource, Format
from index.settings import IndexSettings


def read(
    document: Document, settings: IndexSettings, progress: Progress
) -> list[Article | FailedSource]:
    """The words as an article; some say what goes wrong."""
    words = document.data.decode()
    if words == "hang":
        time.sleep(60)
    if words == "no words":
        return [FailedSource("", "There is no text.", "", Obstacle.NO_WORDS_SEEN)]
    if words == "no extra":
        return [FailedSource("", "Pictures are not read.", "", Obstacle.NEEDS_OCR)]
    title = words.partition("\n")[0]
    return [Article(text=words, title=title, format=Format.PICTURE)]


def hear(sound: bytes) -> str:
    """The words, unless there are none."""
    words = sound.decode()
    if words == "hang":
        time.sleep(60)
    if words == "no extra":
        raise RecognitionError("Speech is not understood.", "", Obstacle.NEEDS_VOICE)
    if not words.strip():
        raise RecognitionError("Nothing was heard.", "", Obstacle.NOTHING_HEARD)
    return words


if __name__ == "__main__":
    serve(Skills(read, hear, read_feed))
    sys.exit(0)
