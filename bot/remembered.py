"""An answer as it is remembered: places in articles, no words (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index import Answer, Hit, Outcome


def remember(answer: Answer) -> dict[str, Any]:
    """What is stored of an answer, as JSON."""
    return {
        "outcome": answer.outcome.value,
        "confidence": answer.confidence,
        "passages": [
            [
                *(hit.article, hit.start, hit.end, hit.relevance),
                *(hit.answer_start, hit.answer_end, hit.page),
            ]
            for hit in answer.passages
        ],
    }


def articles_of(details: Mapping[str, Any]) -> list[int]:
    """The articles that an answer remembered has passages of, best first, each once."""
    return list(dict.fromkeys(passage[0] for passage in details.get("passages", [])))


def renumbered(
    details: Mapping[str, Any], old: int, new: int, *, stale: bool = False
) -> dict[str, Any]:
    """What is remembered, with an article under another number.

    With `stale` its text has changed: the places are no longer those of the answer's words.
    """
    changed = dict(details)
    if "added" in details:
        changed["added"] = [new if article == old else article for article in details["added"]]
    if any(passage[0] == old for passage in details.get("passages", ())):
        changed["passages"] = [
            [new if article == old else article, *places]
            for article, *places in details["passages"]
        ]
        if stale:
            changed["stale"] = True
    return changed


def recall(
    question: str,
    details: Mapping[str, Any],
    texts: Mapping[int, str],
    titles: Mapping[int, str],
) -> Answer:
    """The answer again, in the words of the articles that are still there.

    Where the article that proved it is gone, there is no answer any more. What was remembered
    before there were pages has none.
    """
    hits = tuple(
        Hit(article, titles[article], texts[article][start:end], start, end, relevance, *found)
        for article, start, end, relevance, *found in details["passages"]
        if article in texts and article in titles
    )
    outcome = Outcome(details["outcome"])
    proof = next((hit for hit in hits if hit.answer_start is not None), None)
    words = texts[proof.article][proof.answer_start : proof.answer_end] if proof else None
    if outcome is Outcome.ANSWER and words is None:
        outcome = Outcome.PASSAGES if hits else Outcome.NOTHING
    if outcome is not Outcome.ANSWER:
        words = None
    return Answer(question, outcome, words, details["confidence"], hits)
