"""When an answer to a standing question is worth telling (pure)."""

from __future__ import annotations

import hashlib

from index import Answer, Outcome

CONFIDENT = 0.5
"""How likely an answer must be right: nobody waits for it, and a wrong one disturbs."""
MOST_TOLD = 200
"""Answers to one question that are remembered."""


def is_confident(answer: Answer) -> bool:
    """Whether somebody who did not ask just now should hear of it."""
    return answer.outcome is Outcome.ANSWER and answer.confidence >= CONFIDENT


def digest(answer: Answer) -> str:
    """Tells one answer from another, without its words; capitals and points do not matter."""
    words = "".join(char if char.isalnum() else " " for char in (answer.answer or "").casefold())
    tidied = " ".join(words.split())
    return hashlib.sha256(tidied.encode("utf-8", "replace")).hexdigest()[:32]


def remembered(told: tuple[str, ...], new: str) -> tuple[str, ...]:
    """What was told, with one more; the oldest is forgotten where there are too many."""
    return (*told, new)[-MOST_TOLD:]
