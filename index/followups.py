"""A follow-up and the turn before it -> a question that can be asked alone (pure).

By rules, for English. What is left out is looked for in the question before and in its answer: a
pronoun's referent, the rest of "and when?", the like of what "what about X?" puts in its place.
What the rules cannot place is added in brackets, for the search finds by words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.clauses import Clause, Word, base_form, clause_of, words_of, written
from index.dependence import about, depends, english, lacks
from index.followup_words import (
    AGES,
    ASKING,
    CLOSERS,
    DETERMINERS,
    DOING,
    FAMILIES,
    FEMALE,
    MALE,
    NEUTER,
    OPENERS,
    PERSONAL,
    PLURAL,
    PREPOSITIONS,
    SEQUELS,
    WHENS,
    WHERES,
)
from index.noun_phrases import head_of, is_person
from index.parallels import parallel
from index.referents import Turn, person_of, resolved, turn_of
from index.words import folded

_PRONOUNS = MALE | FEMALE | NEUTER | PLURAL
_QUANTITIES = frozenset({"many", "much"})
_ANYBODY = frozenset({"anyone", "anybody", "anything", "someone", "somebody", "something"})
_MEASURES = frozenset({"old", "tall", "big", "large", "heavy", "high", "deep", "wide", "strong"})
_OCCASIONS = frozenset(
    {"year", "month", "day", "date", "time", "times", "years", "long", "often", "fast", "far"}
)
"""What any event has: "what year" goes with every predicate."""
_VAGUE = frozenset({"many", "much", "happened", "happen", "often", "long", "got", "name"})
_NODS = OPENERS | CLOSERS | {"you"}
_REQUESTING = frozenset({"me", "us", "explain", "summarize", "summarise"})
_PRESENT = frozenset({"is", "are", "am", "does", "do", "has", "have", "can", "will"})
MAXIMUM_LENGTH = 240
"""Characters of a completed question, without what is added in brackets."""
CONTEXT_LENGTH = 120
"""Characters of the turn before that are added at most."""


@dataclass(frozen=True, slots=True)
class PreviousTurn:
    """What was asked and answered before."""

    question: str
    answer: str | None
    sentence: str = ""
    """The sentence that proves the answer."""
    title: str = ""
    """The title of its article."""


def complete_question(question: str, previous: PreviousTurn) -> str | None:
    """The question with what it leaves out; None where it stands alone or is not English."""
    words = words_of(question)
    earlier = words_of(previous.question)
    if not words or not earlier or not _in_english(words, earlier):
        return None
    clause = clause_of(words)
    asked = question.rstrip().endswith("?")
    if {word.low for word in clause.words} <= _NODS or not depends(
        clause, {word.low for word in earlier}, asked=asked
    ):
        return None
    evidence = f"{previous.sentence} {previous.title} {previous.answer or ''}"
    turn = turn_of(previous.question, previous.answer, evidence)
    completed, whole = _completed(clause, turn)
    context = "" if whole else _context(completed, turn)
    if not context and written(completed) == written(clause.words):
        return None  # there was nothing to complete it with
    text = _shortened(written(completed), MAXIMUM_LENGTH)
    text = text[:1].upper() + text[1:]
    return f"{text} ({context})?" if context else f"{text}?"


def is_incomplete(question: str) -> bool:
    """Whether a question plainly cannot be asked alone: "and when?", "how old is she?".

    Of another that `complete_question` completes, such as "how many died?", this is likely only.
    """
    words = words_of(question)
    return bool(words) and lacks(clause_of(words))


def _in_english(*turns: Sequence[Word]) -> bool:
    told = [english(words) for words in turns]
    return False not in told and True in told


def _completed(clause: Clause, turn: Turn) -> tuple[Sequence[Word], bool]:
    """The words of the completed question, and whether they tell all that the turn before told."""
    new = about(clause)
    fragment = clause.auxiliary is None and not clause.asking
    if new is None and fragment and clause.joined:
        new = clause.words
    if new is None and fragment and _is_like(clause.words):
        new = clause.words
    if new is not None and {word.low for word in new} <= SEQUELS | {"the"}:
        return _sequel(new, turn), False
    if new is not None:
        named = resolved(new, clause_of(new), turn)
        if named != list(new) and written(named).startswith(written(turn.answer) + "'"):
            return _asked_for(clause_of(new), turn), False  # "and his wife?" of him who answers
        if placed := parallel(named, turn):
            return placed, True
        return clause.words, False
    if clause.asking and clause.auxiliary is None and len(clause.rest) < 2:
        return _with_predicate(clause, turn), False
    if fragment:
        return _asked_for(clause, turn), False
    words = [word for word in clause.words if word.low != "then"]
    return resolved(words, clause_of(words), turn), False


def _is_like(words: Sequence[Word]) -> bool:
    """Whether a fragment is something that can take the place of its like: "in Germany"."""
    lows = {word.low for word in words}
    return words[0].low in PREPOSITIONS or any(lows <= family for family in FAMILIES)


def _sequel(words: Sequence[Word], turn: Turn) -> list[Word]:
    person = person_of(turn)
    return [*_new(f"What did {person} do" if person else "What happened"), *words]


def _with_predicate(clause: Clause, turn: Turn) -> list[Word]:
    """Another word that asks, before what the question before said: "When did Ann call Bob"."""
    before = turn.clause
    asking = list(clause.asking)
    lows = [word.low for word in asking]
    if lows[0] == "how" and lows[-1] in _MEASURES:
        owner = person_of(turn)
        return [*asking, *_new(f"{_being(turn)} {owner}")] if owner else asking
    if lows[0] in ("how", "which", "what") and _counts_anew(asking):
        return asking
    if clause.rest and clause.rest[0].low not in _PRONOUNS | {"there"}:
        if clause.rest[0].verb:
            return list(clause.words)  # "how many died"
        asking += clause.rest
    subject = written(turn.answer) if turn.nameable else None
    if before.auxiliary is None:
        if not before.rest:
            return asking
        if subject is None:
            noun = [word for word in before.asking if word.low not in ASKING | _QUANTITIES]
            subject = f"the {written(noun)}" if noun else None
        if lows[0] in ("who", "what", "which") or (lows[0] == "how" and lows[-1] in _QUANTITIES):
            return [*asking, *before.rest]  # these are subjects themselves: "who else called"
        return [*asking, *_statement(before.rest, subject)] if subject else asking
    auxiliary = Word(before.auxiliary.low, before.auxiliary.low)
    anybody = not before.asking and before.rest and before.rest[0].low in _ANYBODY
    if anybody and (lows in (["who"], ["what"]) or lows[-1] in _QUANTITIES):
        return [*asking, auxiliary, *before.rest[1:]]
    inverted = [auxiliary, *before.rest]
    if before.asks in ("who", "which") and before.auxiliary.low not in DOING and subject:
        inverted = [auxiliary, *_new(subject), *before.rest]
    elif before.rest and before.rest[-1].low in PREPOSITIONS and turn.answer:
        inverted += turn.answer
    return [*asking, *inverted]


def _counts_anew(asking: Sequence[Word]) -> bool:
    """Whether it asks for something that the question before had no place for: "how many dogs"."""
    noun = asking[-1]
    return len(asking) > 1 and noun.telling and noun.low not in _OCCASIONS | _QUANTITIES


def _statement(predicate: Sequence[Word], subject: str) -> list[Word]:
    """What somebody did, as it stands behind a word that asks."""
    verb = predicate[0].low
    if base := base_form(verb):
        return _new(f"did {subject} {base}") + list(predicate[1:])
    return _new(f"{'is' if verb.endswith('s') else 'was'} it that {subject}") + list(predicate)


def _asked_for(clause: Clause, turn: Turn) -> list[Word]:
    """A fragment as a question: "his age" is "How old was he"."""
    words = resolved(clause.words, clause, turn)
    first, noun = words[0].low, head_of(words)
    if first in ("anyone", "anybody", "someone", "somebody"):
        return [*_new("Was"), *words]
    if first in ("any", "anything"):
        return [*_new("Was there" if first == "anything" else "Were there"), *words]
    if any(word.verb for word in words[:-1]) or any(word.low in _REQUESTING for word in words):
        return words
    if noun not in AGES | PERSONAL | WHENS | WHERES and not is_person(noun) and len(words) > 4:
        return words
    if words == list(clause.words) and first not in DETERMINERS:
        of_somebody = noun in PERSONAL | AGES and not any(word.possessive for word in words)
        owner = person_of(turn) if of_somebody else None
        words = [*_new(f"{owner}'s" if owner else "the"), *words]
    being = _being(turn, several=noun.endswith("s") and not noun.endswith(("ss", "us", "is")))
    if noun in AGES and len(words) > 1:
        return [*_new(f"How old {being}"), *_without_owning(words[:-1])]
    if is_person(noun):
        return [*_new(f"Who {being}"), *words]
    if noun in WHERES | WHENS:
        return [*_new(f"{'Where' if noun in WHERES else 'When'} {being}"), *words]
    return [*_new(f"What {being}"), *words]


def _being(turn: Turn, *, several: bool = False) -> str:
    now = turn.clause.auxiliary and turn.clause.auxiliary.low in _PRESENT
    if several:
        return "are" if now else "were"
    return "is" if now else "was"


def _without_owning(words: Sequence[Word]) -> list[Word]:
    last = words[-1].text.removesuffix("'s").removesuffix("'")
    return [*words[:-1], Word(last, last.casefold())]


def _new(text: str) -> list[Word]:
    return [Word(part, folded(part)) for part in text.split()]


def _context(completed: Sequence[Word], turn: Turn) -> str:
    """What the turn before tells and the question does not say yet."""
    said = {low.removesuffix("'s") for word in completed for low in word.low.split()}
    told = [word for word in turn.clause.words if word.telling and word.low not in _VAGUE]
    left = [
        word
        for word in (*told, *turn.aside, *turn.answer)
        if not {word.low.removesuffix("'s"), base_form(word.low)} & said
    ]
    return _shortened(written(dict.fromkeys(left)), CONTEXT_LENGTH)


def _shortened(text: str, length: int) -> str:
    """The text, cut between words where it is longer."""
    if len(text) <= length:
        return text
    return text[: length + 1].rpartition(" ")[0] or text[:length]
