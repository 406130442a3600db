"""The question before, with something else in the place of its like (pure, English).

"Who won gold in Doha?" and then "and silver?" is "Who won silver in Doha?".
"""

from __future__ import annotations

from collections.abc import Sequence

from index.clauses import Word
from index.followup_words import DETERMINERS, FAMILIES, PREPOSITIONS
from index.noun_phrases import Kind, Phrase, head_of, is_person, kind_of
from index.referents import Turn

PARALLEL_WORDS = 8
"""Something longer takes no other's place."""
_PLACING = frozenset({"in", "at", "from", "to", "near"})


def parallel(new: Sequence[Word], turn: Turn) -> list[Word] | None:
    """The words of the question before with `new` in the place of its like; None without one."""
    words = list(turn.clause.words)
    if len(new) > 2 and new[0].low in DETERMINERS and new[1].low in ("one", "ones"):
        new = new[2:]  # "the one with him": as "with him"
    if not new or len(new) > PARALLEL_WORDS or not words:
        return None
    for choose in (_same_preposition, _same_family, _same_ending, _same_kind):
        if span := choose(new, turn):
            start, end = span
            return [*words[:start], *_fitted(new, words[start:end]), *words[end:]]
    if new[0].low in PREPOSITIONS:
        return [*words, *new]
    if kind_of(new) is Kind.TIME:
        return [*words, *([Word("in", "in")] if new[0].low.isdigit() else []), *new]
    return None


def _same_family(new: Sequence[Word], turn: Turn) -> tuple[int, int] | None:
    """Where a word of the same small family stands, such as another medal or month."""
    said = {word.low for word in new}
    for family in FAMILIES:
        if said & family:
            for position, word in enumerate(turn.clause.words):
                if word.low in family and word.low not in said:
                    return position, position + 1
    return None


def _same_preposition(new: Sequence[Word], turn: Turn) -> tuple[int, int] | None:
    if new[0].low not in PREPOSITIONS:
        return None
    kind = kind_of(new[1:], new[0].low) if len(new) > 1 else Kind.THING
    for phrase in turn.phrases:
        if phrase.preposition == new[0].low and (phrase.kind is Kind.TIME) == (kind is Kind.TIME):
            return phrase.start - 1, phrase.end
        for place, word in enumerate(phrase.words):
            if word.low == new[0].low:
                return phrase.start + place, phrase.end
    return None


def _same_ending(new: Sequence[Word], turn: Turn) -> tuple[int, int] | None:
    """Where somebody else's thing stands: "Boeing's" for "SpaceX's"."""
    if not new[-1].possessive:
        return None
    for phrase in turn.phrases:
        for place, word in enumerate(phrase.words):
            if word.possessive:
                return phrase.start, phrase.start + place + 1
    return None


def _same_kind(new: Sequence[Word], turn: Turn) -> tuple[int, int] | None:
    if new[0].low in PREPOSITIONS or not turn.phrases:
        return None
    phrase = _like(new, turn)
    if phrase is None:
        return None
    start = phrase.start
    if is_person(head_of(new)) and is_person(head_of(phrase.words)):
        for place, word in enumerate(phrase.words[1:], start=1):
            if word.low == "of":
                return start, start + place  # "the mayor" after "the president of Kenya"
    if new[0].low not in DETERMINERS:
        for place, word in enumerate(phrase.words[:-1]):
            if word.possessive:
                return start, start + place + 1  # "and Ford?" after "Tesla's profit"
            if word.low == "of" and phrase.words[0].low in DETERMINERS:
                return start + place + 1, phrase.end  # after "the head of Tesla"
    return start, phrase.end


def _like(new: Sequence[Word], turn: Turn) -> Phrase | None:
    found = turn.phrases
    heads = {word.low for word in new if word.telling}
    for phrase in found:
        if heads & {word.low for word in phrase.words if word.telling}:
            return phrase  # "the second act" for "the first act"
    kind = kind_of(new)
    for wanted in (Kind.PLACE, Kind.TIME):
        if kind is wanted:
            same = [p for p in found if p.kind is wanted]
            if wanted is Kind.PLACE:
                same += [p for p in found if p.preposition in _PLACING and p.kind is not Kind.TIME]
            if wanted is Kind.TIME and not same:
                return None
            if same:
                return next((p for p in same if p.words[0].low not in DETERMINERS), same[0])
    determined = new[0].low in DETERMINERS
    if determined:
        ruled = [p for p in found if p.words[0].low in DETERMINERS and p.kind is not Kind.TIME]
        if ruled:
            return next((p for p in ruled if not p.preposition), ruled[0])
    fitting = [p for p in found if p.kind is not Kind.TIME]
    subject = next((p for p in fitting if p.subject), None)
    return (
        subject
        or next((p for p in fitting if not p.preposition), None)
        or (fitting[0] if fitting else None)
    )


def _fitted(new: Sequence[Word], old: Sequence[Word]) -> list[Word]:
    """What is put there, with the noun that it leaves out: "the nemmers prize"."""
    fitted = list(new)
    article = new[0].low == "the"
    if article and len(new) == 2 and len(old) > 2 and old[0].low == "the":
        last = old[-1]
        if not last.capital and new[-1].low != last.low:
            fitted.append(last)
    if new[-1].possessive or not old or not old[-1].possessive:
        return fitted
    owner = f"{new[-1].text}'s"
    return [*new[:-1], Word(owner, owner.casefold())]
