"""The sample articles and the questions that go with them."""

from __future__ import annotations

import json
from pathlib import Path


def samples_folder() -> Path:
    """Where the samples lie: inside the installed package, or at the root of a checkout."""
    here = Path(__file__).resolve().parent
    installed = here / "samples"
    return installed if installed.is_dir() else here.parent / "samples"


def sample_questions() -> list[str]:
    """A few questions to begin with; the last one is not answered by the samples."""
    text = (samples_folder() / "questions.json").read_text("utf-8")
    sets = json.loads(text)
    questions: list[str] = [asked[0]["question"] for asked in sets["articles"].values()]
    return [*questions[:3], sets["unanswerable"][0]]
