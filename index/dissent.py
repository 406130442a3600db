"""Where articles of different days answer a question differently (pure).

Of the answer that was chosen and of what other articles answer for themselves, the newest wins;
the others are what was said earlier. Articles of one day never displace each other.

An article has a say only where it is about what the question names, and where its own answer is
as good as one that would be given. The constants were fitted on the pairs of articles that
benchmarks/dissent_pairs.jsonl marks as seen, and on the first eight articles of squad-dev-a.json
with days drawn by lot; benchmarks/RESULTS.md has the figures, on the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.choosing import Choice, choose
from index.likeness import always_names, contradict, values_of, words_of
from index.reading import Reading
from index.records import Candidate

SURE = 0.7
"""How confident an article's own answer must be to stand against another's."""
NEAR = 2.0
"""How much less relevant its passage may be than the best, in logits."""
ENOUGH = 9.0
"""What relevance is no better than, in logits."""
POOL_SURE = 0.35
POOL_NEAR = 5.0
"""The same of an article that another one agrees with: together they must be sure, and near."""
CLEAR = 2.5
"""By how much an article's own answer must beat, there, what the other article says: else it may
say that too."""
EARLIER_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Saying:
    """What one article answers."""

    article: int
    day: date
    choice: Choice
    words: str


@dataclass(frozen=True, slots=True)
class Dissent:
    """The newest answer, and those that other articles gave before it, newest first."""

    newest: Choice
    earlier: tuple[Saying, ...]


def dissent(
    question: str,
    candidates: Sequence[Candidate],
    readings: Sequence[Reading],
    days: Mapping[int, date],
    choice: Choice,
) -> Dissent | None:
    """The newest answer and the earlier ones, where articles contradict the one chosen.

    `days` are those of the articles; one without a day has no say.
    """
    if len(set(days.values())) < 2 or candidates[choice.candidate].article not in days:
        return None
    return _Comparison(question, candidates, readings, days, choice).dissent()


class _Comparison:
    """What the articles say, beside each other."""

    def __init__(
        self,
        question: str,
        candidates: Sequence[Candidate],
        readings: Sequence[Reading],
        days: Mapping[int, date],
        choice: Choice,
    ) -> None:
        self._question, self._candidates, self._readings = question, candidates, readings
        self._days = days
        self._best = max(reading.relevance for reading in readings)
        self._places: dict[int, list[int]] = {}
        for place, candidate in enumerate(candidates):
            self._places.setdefault(candidate.article, []).append(place)
        self._chosen = self._saying(choice)

    def dissent(self) -> Dissent | None:
        chosen, others = self._chosen, self._others()
        newest_first = sorted(
            [chosen, *others], key=lambda each: (each.day, each.choice.confidence), reverse=True
        )
        # The answer stands as of the day when it was last said, and falls to a newer one.
        same = [
            each for each in newest_first if each is chosen or self._alike(each.words, chosen.words)
        ]
        newer = (each for each in newest_first if self._displaces(each, chosen, same[0].day))
        top = next(newer, same[0])
        earlier: list[Saying] = []
        for each in newest_first:
            if self._differ(top, each) and all(self._contradict(each, told) for told in earlier):
                earlier.append(each)
        return Dissent(top.choice, tuple(earlier[:EARLIER_SHOWN])) if earlier else None

    def _displaces(self, one: Saying, chosen: Saying, last_said: date) -> bool:
        return one.day > last_said and self._differ(one, chosen)

    def _others(self) -> list[Saying]:
        """What the other articles say that have a say."""
        subject = self._subject()
        heard = [
            self._saying(own)
            for article in self._places
            if article != self._chosen.article and article in self._days
            for own in [self._own(article)]
            if own and self._good(own, POOL_SURE, POOL_NEAR) and subject <= self._told(article)
        ]
        return [each for each in heard if self._counts(each, heard)]

    def _subject(self) -> set[str]:
        """What the question names, and the chosen answer's article does: names and numbers."""
        asked, article = words_of(self._question), self._chosen.article
        named = set(asked) & always_names(self._text(article))
        return named | (values_of(asked) & self._told(article))

    def _counts(self, one: Saying, heard: Sequence[Saying]) -> bool:
        agreeing = [one.choice]
        agreeing += [other.choice for other in heard if self._alike(one.words, other.words)]
        sure = any(choice.confidence >= SURE for choice in agreeing)
        return sure and any(self._near(choice, NEAR) for choice in agreeing)

    def _good(self, choice: Choice, sure: float, near: float) -> bool:
        return choice.confidence >= sure and self._near(choice, near)

    def _near(self, choice: Choice, near: float) -> bool:
        return self._readings[choice.candidate].relevance >= min(self._best, ENOUGH) - near

    def _contradict(self, one: Saying, other: Saying) -> bool:
        return contradict(self._question, one.words, other.words)

    def _differ(self, newer: Saying, older: Saying) -> bool:
        """Whether the newer says clearly what the older, of a day before, clearly does not."""
        return (
            newer.day > older.day
            and self._contradict(newer, older)
            and self._clear(newer, older)
            and self._clear(older, newer)
        )

    def _clear(self, one: Saying, other: Saying) -> bool:
        """Whether one's article would not as soon answer what the other says."""
        own = as_other = None
        for place in self._places[one.article]:
            text = self._candidates[place].text
            for span in self._readings[place].spans:
                words = text[span.start : span.end]
                if self._alike(words, one.words) or not self._alike(words, other.words):
                    own = span.margin if own is None else max(own, span.margin)
                else:
                    as_other = span.margin if as_other is None else max(as_other, span.margin)
        return own is None or as_other is None or own - as_other >= CLEAR

    def _alike(self, one: str, other: str) -> bool:
        shared = set(words_of(one)) & set(words_of(other))
        return bool(shared) and not contradict(self._question, one, other)

    def _own(self, article: int) -> Choice | None:
        places = self._places[article]
        own = choose(
            self._question,
            [self._candidates[place] for place in places],
            [self._readings[place] for place in places],
        )
        return replace(own, candidate=places[own.candidate]) if own else None

    def _saying(self, choice: Choice) -> Saying:
        candidate, span = self._candidates[choice.candidate], choice.span
        words = candidate.text[span.start : span.end]
        return Saying(candidate.article, self._days[candidate.article], choice, words)

    def _told(self, article: int) -> set[str]:
        """The words of an article's passages, its title and the year it is of."""
        return {str(self._days[article].year), *words_of(self._text(article))}

    def _text(self, article: int) -> str:
        found = [self._candidates[place] for place in self._places[article]]
        return "\n".join([found[0].title, *(candidate.text for candidate in found)])
