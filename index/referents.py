"""What the pronouns of a follow-up mean, by the turn before it (pure, English)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.clauses import Clause, Word, clause_of, words_of, written
from index.dependence import loose_pronouns, possesses
from index.followup_words import (
    ASKING,
    AUXILIARIES,
    BEING,
    CROWDS,
    DETERMINERS,
    FEMALE,
    MALE,
    MEN,
    NEUTER,
    PLURAL,
    WOMEN,
)
from index.noun_phrases import Kind, Phrase, head_of, is_person, kind_of, phrases

_ADVERBS = frozenset({"really", "actually", "just", "not", "also", "indeed", "even"})
_ADDED = re.compile(r" \(([^()]*)\)\?$")
REFERENT_WORDS = 8
"""A longer answer takes no pronoun's place."""
_PRONOUNS = MALE | FEMALE | NEUTER | PLURAL
_UNFIT = frozenset({Kind.TIME, Kind.PLACE})


@dataclass(frozen=True, slots=True)
class Turn:
    """The turn before, taken apart."""

    clause: Clause
    phrases: tuple[Phrase, ...]
    answer: tuple[Word, ...]
    kind: Kind | None
    """What the answer is, by what was asked for; None where it names nothing."""
    aside: tuple[Word, ...] = ()
    """What was added to the question in brackets, where it was a follow-up itself."""

    @property
    def subject(self) -> Phrase | None:
        """The phrase that the question is about."""
        return next((phrase for phrase in self.phrases if phrase.subject), None)

    @property
    def nameable(self) -> bool:
        """Whether the answer can stand for a pronoun."""
        return self.kind is not None and 0 < len(self.answer) <= REFERENT_WORDS


def turn_of(question: str, answer: str | None, evidence: str) -> Turn:
    """Take a turn apart; `evidence` shows what is written as names are."""
    added = _ADDED.search(question)
    clause = clause_of(words_of(question[: added.start()] if added else question))
    told = words_of(answer or "")
    found = phrases(clause, evidence)
    kind = _answer_kind(clause, found, told) if told else None
    return Turn(clause, found, told, kind, words_of(added[1]) if added else ())


def resolved(words: Sequence[Word], clause: Clause, turn: Turn) -> list[Word]:
    """The words, with what the loose pronouns among them mean in their place."""
    replaced = list(words)
    meant: dict[frozenset[str], str] = {}
    if len(words) > 1 and words[-1].low == "there" and (place := place_of(turn)):
        replaced[-1] = Word(place, place.casefold())
    if len(words) > 1 and words[-1].low in ("that", "this") and words[-2].low in BEING:
        text = next(_things(turn), words[-1].text)
        replaced[-1] = Word(text, text.casefold())
    for position in loose_pronouns(words, clause):
        group = _group(words[position].low)
        if group in meant:
            continue  # "is he in the navy or what does he do": said once
        referent = _referent(words, position, group, turn, set(meant.values()))
        if referent is None:
            continue
        meant[group] = referent
        owner = possesses(words, position)
        text = _owning(referent) if owner else referent
        replaced[position] = Word(text, text.casefold())
    return replaced


def place_of(turn: Turn) -> str | None:
    """Where what the question speaks of is, with its preposition."""
    if turn.kind is Kind.PLACE and turn.nameable:
        text = written(turn.answer)
        return text if turn.answer[0].low in ("in", "at", "on", "near") else f"in {text}"
    for phrase in turn.phrases:
        if phrase.preposition in ("in", "at", "on", "near") and phrase.kind is not Kind.TIME:
            return f"{phrase.preposition} {phrase.text}"
    return None


def person_of(turn: Turn) -> str | None:
    """The person, or whatever else can own something, that the turn is about."""
    return next(_persons(turn), None) or (turn.subject.text if turn.subject else None)


def _referent(
    words: Sequence[Word], position: int, group: frozenset[str], turn: Turn, taken: set[str]
) -> str | None:
    low = words[position].low
    if any(word.low in group for word in turn.clause.words) and low in ("they", "it"):
        return None  # the first question left it open too
    if group in (MALE, FEMALE):
        others = WOMEN if group is MALE else MEN
        found = [c for c in _persons(turn) if not set(c.casefold().split()[-2:]) & others]
        fitting = [c for c in found if set(c.casefold().split()) & (MEN | WOMEN)]
        first = fitting if taken and fitting else found
        return next((c for c in first if c not in taken), None)
    if group is NEUTER:
        if _means_no_thing([word.low for word in words], position):
            return None
        return next((c for c in _things(turn) if c not in taken), None)
    return next((c for c in _several(turn) if c not in taken), None)


def _means_no_thing(lows: Sequence[str], position: int) -> bool:
    """Whether `it` is what happened ("do about it"), or what is to be told ("was it a lion")."""
    before = lows[position - 1] if position else ""
    after = [low for low in lows[position + 1 :] if low not in _ADVERBS]
    return (
        (before == "about" and "do" in lows)
        or bool({"happen", "happened", "happening"} & set(lows))
        or before in ("make", "made")
        or (before in BEING and after[:1] in (["a"], ["an"]))
    )


def _persons(turn: Turn) -> Iterator[str]:
    if turn.nameable and turn.kind is Kind.PERSON:
        yield written(turn.answer)
    ordered = sorted(turn.phrases, key=lambda phrase: not phrase.subject)
    for phrase in ordered:
        if phrase.kind is Kind.PERSON:
            yield phrase.text
        if owner := _owner(phrase):
            yield owner
    for phrase in ordered:
        before = turn.clause.words[phrase.start - 1].low if phrase.start else ""
        plain = phrase.words[0].low not in DETERMINERS and not _owner(phrase)
        plain = plain and before not in _PRONOUNS  # "was she given"
        if phrase.kind is Kind.NAME and plain:
            yield phrase.text
    if turn.nameable and turn.kind is Kind.NAME:
        yield written(turn.answer)


def _things(turn: Turn) -> Iterator[str]:
    named = turn.nameable and turn.kind not in (Kind.PERSON, Kind.TIME)
    single = not turn.answer or not turn.answer[-1].low.endswith("s") or turn.answer[-1].capital
    if named and single and turn.clause.asks in ("which", "what", "who"):
        yield written(turn.answer)
    for phrase in sorted(turn.phrases, key=lambda phrase: not phrase.subject):
        if phrase.kind not in (Kind.PERSON, Kind.TIME):
            yield phrase.text
    if named and turn.clause.asks == "where":
        yield written(turn.answer)


def _several(turn: Turn) -> Iterator[str]:
    counted = _counted(turn.clause)
    if counted:
        yield f"the {counted}"
    if turn.nameable and turn.kind in (Kind.CROWD, Kind.PERSON):
        yield written(turn.answer)
    ordered = sorted(turn.phrases, key=lambda phrase: not phrase.subject)
    for phrase in ordered:
        if phrase.plural and phrase.kind is not Kind.TIME:
            yield phrase.text
    for phrase in ordered:
        if phrase.kind in (Kind.NAME, Kind.CROWD):
            yield phrase.text
    if turn.nameable and turn.kind in (Kind.NAME, Kind.THING):
        yield written(turn.answer)


def _owner(phrase: Phrase) -> str | None:
    """Whose the phrase says it is: of "Richard Guy's hobby", Richard Guy."""
    for place, word in enumerate(phrase.words[:-1]):
        if word.possessive:
            owner = phrase.words[: place + 1]
            bare = written(owner)
            return bare[:-1] if bare.endswith("'") else bare[:-2]
    return None


def _counted(clause: Clause) -> str | None:
    """What is counted: of "how many buffalo did they", buffalo."""
    lows = [word.low for word in clause.asking]
    if lows[:2] == ["how", "many"] and len(lows) > 2:
        return written(clause.asking[2:])
    return None


def _answer_kind(
    clause: Clause, found: tuple[Phrase, ...], answer: tuple[Word, ...]
) -> Kind | None:
    asks = clause.asks
    plain = kind_of(answer)
    if answer[0].verb or any(word.low in AUXILIARIES for word in answer):
        return None  # what happened, not who or what
    if asks in ("who", "whom", "whose"):
        return plain if plain in (Kind.CROWD,) else Kind.PERSON
    if asks == "where":
        return Kind.PLACE
    if asks == "when":
        return Kind.TIME
    if asks in ("which", "what"):
        nouns = [word for word in clause.asking if word.low not in ASKING]
        if nouns:
            wanted = kind_of(nouns)
            return wanted if wanted is not Kind.NAME else Kind.THING
        named = _named_person(clause, found)
        if named:
            return Kind.PERSON
        being = clause.auxiliary is not None and clause.auxiliary.low in BEING
        if being or any(word.capital for word in answer):
            return plain if plain is not Kind.PERSON else Kind.THING
        return Kind.THING
    return None


def _named_person(clause: Clause, found: tuple[Phrase, ...]) -> bool:
    """Whether a person's name is asked for: "what is the name of the chef"."""
    if "name" not in {word.low for word in clause.words}:
        return False
    return any(
        is_person(head_of([word])) and word.low not in CROWDS
        for phrase in found
        for word in phrase.words
    )


def _group(low: str) -> frozenset[str]:
    return next(group for group in (MALE, FEMALE, NEUTER, PLURAL) if low in group)


def _owning(text: str) -> str:
    if text.endswith(("'s", "s'")):
        return text
    return f"{text}'s"
