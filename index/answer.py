"""Candidates and what the reader says of them -> an answer, or the nearest passages (pure).

Where articles of different days answer differently, the newest is the answer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from index.choosing import Choice, by_relevance, choose, relevance
from index.dissent import dissent
from index.reading import Reading, ScoredSpan
from index.records import Answer, Candidate, Earlier, Hit, Outcome
from index.settings import IndexSettings


def decide(
    question: str,
    candidates: Sequence[Candidate],
    readings: Sequence[Reading],
    settings: IndexSettings,
    days: Mapping[int, date] = MappingProxyType({}),
) -> Answer:
    """The answer with its passages best first: the one that proves it, then by relevance.

    `days` are those of the articles: of answers that contradict each other, the newest is given,
    and the others with it as earlier ones.
    """
    order = by_relevance(readings)
    choice = choose(question, candidates, readings)
    confidence = choice.confidence if choice else 0.0
    best = relevance(readings[order[0]]) if order else 0.0
    if not order or not _relevant(best, confidence, settings):
        outcome, choice = Outcome.NOTHING, None
    elif confidence < settings.minimum_confidence:
        outcome, choice = Outcome.PASSAGES, None
    else:
        outcome = Outcome.ANSWER
    answer: str | None = None
    earlier: tuple[Earlier, ...] = ()
    if choice:
        found = dissent(question, candidates, readings, days, choice)
        if found and found.newest.confidence >= settings.minimum_confidence:
            choice, confidence = found.newest, found.newest.confidence
            earlier = tuple(
                Earlier(
                    saying.words,
                    _proof(candidates, readings, saying.choice),
                    saying.day,
                )
                for saying in found.earlier
            )
        order.remove(choice.candidate)
        order.insert(0, choice.candidate)
        answer = candidates[choice.candidate].text[choice.span.start : choice.span.end]
    hits = [
        _hit(candidates[position], relevance(readings[position]), span)
        for position in order[: settings.shown_passages]
        for span in [_same_words(answer, candidates[position], readings[position])]
    ]
    if choice:
        # The proof shows the chosen span, wherever else in the passage its words stand.
        hits[0] = _proof(candidates, readings, choice)
    return Answer(question, outcome, answer, confidence, tuple(hits), earlier=earlier)


def decide_without_reader(
    question: str,
    candidates: Sequence[Candidate],
    similarities: Sequence[float],
    settings: IndexSettings,
) -> Answer:
    """Passages only, in the order of the candidates; the relevance is their cosine similarity."""
    hits = [
        _hit(candidate, min(1.0, max(0.0, similarity)), None)
        for candidate, similarity in zip(candidates, similarities, strict=True)
    ][: settings.shown_passages]
    relevant = hits and max(similarities) >= settings.minimum_similarity
    outcome = Outcome.PASSAGES if relevant else Outcome.NOTHING
    return Answer(question, outcome, None, 0.0, tuple(hits))


def on_pages(hits: Sequence[Hit], page_starts: Mapping[int, Sequence[int]]) -> tuple[Hit, ...]:
    """The hits, each with its page: that on which the answer begins, or else the passage.

    `page_starts` says of the articles that have pages where in their texts these begin.
    """
    return tuple(
        replace(hit, page=_page(page_starts[hit.article], hit))
        if hit.article in page_starts
        else hit
        for hit in hits
    )


def _relevant(best: float, confidence: float, settings: IndexSettings) -> bool:
    """Whether the most relevant passage is about the question, or its words convince anyway."""
    return best >= settings.minimum_relevance or (
        best >= settings.doubtful_relevance and confidence >= settings.convincing_confidence
    )


def _proof(candidates: Sequence[Candidate], readings: Sequence[Reading], choice: Choice) -> Hit:
    position = choice.candidate
    return _hit(candidates[position], relevance(readings[position]), choice.span)


def _hit(candidate: Candidate, relevance: float, span: ScoredSpan | None) -> Hit:
    return Hit(
        article=candidate.article,
        title=candidate.title,
        text=candidate.text,
        start=candidate.start,
        end=candidate.start + len(candidate.text),
        relevance=relevance,
        answer_start=candidate.start + span.start if span else None,
        answer_end=candidate.start + span.end if span else None,
    )


def _page(starts: Sequence[int], hit: Hit) -> int:
    told = hit.start if hit.answer_start is None else hit.answer_start
    # Of empty pages and the one that they begin with, the last is the one with the words.
    return max(1, bisect_right(starts, told))


def _same_words(answer: str | None, candidate: Candidate, reading: Reading) -> ScoredSpan | None:
    """The reader's best span of this passage that is, letter for letter, the answer."""
    for span in reading.spans:
        if candidate.text[span.start : span.end] == answer:
            return span
    return None
