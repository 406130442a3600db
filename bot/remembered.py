"""An answer as it is remembered: places in articles, no words (pure)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from index import Answer, Earlier, Hit, Outcome

PASSAGES = ("passages", "earlier")
"""What is remembered as places in articles."""


def remember(answer: Answer) -> dict[str, Any]:
    """What is stored of an answer, as JSON."""
    return {
        "outcome": answer.outcome.value,
        "confidence": answer.confidence,
        "passages": [_places(hit) for hit in answer.passages],
        "earlier": [[*_places(each.passage), each.day.isoformat()] for each in answer.earlier],
    }


def articles_of(details: Mapping[str, Any]) -> list[int]:
    """The articles that an answer remembered has passages of, best first, each once.

    Those of what was said earlier come last.
    """
    return list(dict.fromkeys(passage[0] for passage in _passages(details)))


def renumbered(
    details: Mapping[str, Any], old: int, new: int, *, stale: bool = False
) -> dict[str, Any]:
    """What is remembered, with an article under another number.

    With `stale` its text has changed: the places are no longer those of the answer's words.
    """
    changed = dict(details)
    if "added" in details:
        changed["added"] = [new if article == old else article for article in details["added"]]
    if any(passage[0] == old for passage in _passages(details)):
        for kind in PASSAGES:
            changed[kind] = [
                [new if article == old else article, *places]
                for article, *places in details.get(kind, ())
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
    before there were pages has none. Of what was said earlier, that of articles which are gone
    is left out.
    """
    hits = tuple(hit for places in details["passages"] for hit in _hits(places, texts, titles))
    outcome = Outcome(details["outcome"])
    proof = next((hit for hit in hits if hit.answer_start is not None), None)
    words = texts[proof.article][proof.answer_start : proof.answer_end] if proof else None
    if outcome is Outcome.ANSWER and words is None:
        outcome = Outcome.PASSAGES if hits else Outcome.NOTHING
    if outcome is not Outcome.ANSWER:
        return Answer(question, outcome, None, details["confidence"], hits)
    earlier = tuple(
        Earlier(texts[hit.article][hit.answer_start : hit.answer_end], hit, date.fromisoformat(day))
        for *places, day in details.get("earlier", ())
        for hit in _hits(places, texts, titles)
    )
    return Answer(question, outcome, words, details["confidence"], hits, earlier=earlier)


def _passages(details: Mapping[str, Any]) -> list[list[Any]]:
    return [passage for kind in PASSAGES for passage in details.get(kind, ())]


def _places(hit: Hit) -> list[Any]:
    return [
        *(hit.article, hit.start, hit.end, hit.relevance),
        *(hit.answer_start, hit.answer_end, hit.page),
    ]


def _hits(places: Sequence[Any], texts: Mapping[int, str], titles: Mapping[int, str]) -> list[Hit]:
    """The passage in the words of its article; none where that is gone."""
    article, start, end, relevance, *found = places
    if article not in texts or article not in titles:
        return []
    words = texts[article][start:end]
    return [Hit(article, titles[article], words, start, end, relevance, *found)]
