"""What the reader says of candidates -> the words that answer best (pure).

The reader offers several spans of several passages. The answer is the span that the others
agree with most: its expected F1 over their words, each weighted by how likely it is (minimum
Bayes risk decoding). The weights are those of all spans together, mixed with a vote of each
passage for itself, so that "Lavrov" in one passage speaks for "Sergei Lavrov" in another.

The constants were fitted on the first eight articles of squad-dev-a.json and the first 200
foreign questions; benchmarks/RESULTS.md has the figures, on the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.reading import Reading, ScoredSpan
from index.records import Candidate
from index.words import answer_words, wants_short_answer

PASSAGES_COMPARED = 5
"""Spans of this many most relevant passages are weighed against each other."""
TOKEN_PENALTY = 0.1
"""What each token takes from a span's score, in logits: of two alike, the shorter."""
SHORT_ANSWER_WORDS = 6
LONG_ANSWER_PENALTY = 0.5
"""What each word beyond that takes too, where a name, a number, a place or a time is asked for:
nine in ten of their answers are no longer."""
VOTE_WEIGHT = 0.8
"""What the passages' votes weigh, beside all spans together."""
VOTE_TEMPERATURE = 5.0
"""How little the more relevant passage's vote counts for more."""
NEGLIGIBLE = 1e-4
"""Spans less likely than this neither win nor change who does."""
EXACT_WEIGHT = 0.1
"""What the chance of being the exact answer counts, beside the expected F1."""

# Logistic regression on whether the chosen span is right (F1 of at least one half). Questions
# marked impossible weigh little, for near misses are rarer among people than in SQuAD 2.0.
CONFIDENCE_INTERCEPT = -3.523
CONFIDENCE_RELEVANCE = 0.136
CONFIDENCE_MARGIN = 0.111
CONFIDENCE_AGREEMENT = 3.216


@dataclass(frozen=True, slots=True)
class Choice:
    """The span that was chosen, and why."""

    candidate: int
    """Position among the candidates."""
    span: ScoredSpan
    agreement: float
    """Its expected F1 against the other spans, 0 to 1."""
    confidence: float
    """How likely it is right, 0 to 1."""


def choose(
    question: str, candidates: Sequence[Candidate], readings: Sequence[Reading]
) -> Choice | None:
    """The span that the spans of the most relevant passages agree with most."""
    ranked = by_relevance(readings)
    offered = [
        (position, span)
        for position in ranked[:PASSAGES_COMPARED]
        for span in readings[position].spans
    ]
    if not offered:
        return None
    words = [
        Counter(answer_words(candidates[position].text[span.start : span.end]))
        for position, span in offered
    ]
    short = wants_short_answer(question)
    scores = [
        span.margin - _length_penalty(span, bag.total(), short)
        for (_, span), bag in zip(offered, words, strict=True)
    ]
    weights = _weights(scores, [position for position, _ in offered], readings)
    likely = [index for index, weight in enumerate(weights) if weight >= NEGLIGIBLE]
    agreements = {
        index: sum(weights[other] * _f1(words[index], words[other]) for other in likely)
        for index in likely
    }
    best = max(likely, key=lambda index: agreements[index] + EXACT_WEIGHT * weights[index])
    position, span = offered[best]
    confidence = _sigmoid(
        CONFIDENCE_INTERCEPT
        + CONFIDENCE_RELEVANCE * readings[position].relevance
        + CONFIDENCE_MARGIN * span.margin
        + CONFIDENCE_AGREEMENT * agreements[best]
    )
    return Choice(position, span, agreements[best], confidence)


def relevance(reading: Reading) -> float:
    """A reading's relevance between 0 and 1."""
    return _sigmoid(reading.relevance)


def by_relevance(readings: Sequence[Reading]) -> list[int]:
    """The positions of the readings, the most relevant first."""
    return sorted(range(len(readings)), key=lambda position: -readings[position].relevance)


def _length_penalty(span: ScoredSpan, words: int, short: bool) -> float:
    excess = max(0, words - SHORT_ANSWER_WORDS) if short else 0
    return TOKEN_PENALTY * span.tokens + LONG_ANSWER_PENALTY * excess


def _weights(
    scores: Sequence[float], positions: Sequence[int], readings: Sequence[Reading]
) -> list[float]:
    """How likely each span is the answer, adding up to 1."""
    relevances = [readings[position].relevance for position in positions]
    together = _softmax([score + r for score, r in zip(scores, relevances, strict=True)])
    # Each passage for itself: its spans against each other and against "no answer here" (0).
    own: dict[int, list[float]] = {position: [0.0] for position in positions}
    for score, position in zip(scores, positions, strict=True):
        own[position].append(score)
    null = {position: _log_sum_exp(found) for position, found in own.items()}
    votes = _softmax(
        [
            score - null[position] + r / VOTE_TEMPERATURE
            for score, position, r in zip(scores, positions, relevances, strict=True)
        ]
    )
    return [
        (joint + VOTE_WEIGHT * vote) / (1 + VOTE_WEIGHT)
        for joint, vote in zip(together, votes, strict=True)
    ]


def _f1(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _softmax(scores: Sequence[float]) -> list[float]:
    total = _log_sum_exp(scores)
    return [math.exp(score - total) for score in scores]


def _log_sum_exp(scores: Sequence[float]) -> float:
    highest = max(scores)
    return highest + math.log(sum(math.exp(score - highest) for score in scores))


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -500 else 0.0
