"""What a text says, in any language: a question, a request, a greeting (pure).

Nothing here knows a grammar. Punctuation is looked at first, then the words by which questions,
requests and greetings begin in many languages.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from bot import routing_words as vocabulary
from bot.routing_signs import (
    has_words,
    is_closed,
    is_marked,
    is_unspaced,
    sentences,
    word_count,
    words,
)

REMARK_WORDS = 8
"""So few words after thanks, or after a greeting, change nothing."""
AFTERTHOUGHT_WORDS = 12
"""A question may be followed by so many words that explain it."""
ASKING_WORDS = 25
"""Without a question mark, a question or a request has no more."""
ASKING_WORDS_WITH_FULL_STOP = 5
"""With a full stop instead, it surely asks if it has no more than these ..."""
STATING_WORDS = 14
"""... and surely does not if it has so many."""
TITLE_WORDS = 5
"""A title that begins like a question has so many."""

_LABEL = re.compile(r"([^\n:：]{2,20})[:：]\s*\S")
_LAUGHTER = re.compile(
    r"a?(?:ha){2,}h?|(?:he){2,}|(?:ja){2,}|а?(?:ха){2,}х?|(?:хе){2,}|l+o+l+|lmf?ao|rofl|x+d+"
    r"|h?m{2,}|m+h+m+|a{2,}h*|o{2,}h*|\u110f+|\u1112+|哈{2,}|w{3,}|5{3,}|k{3,}|ק?ח{3,}|ه{3,}"
)
_COMMENTS = re.compile(r"com+ent|koment|kommen|ком+ент|评论|評論|コメント|댓글")
_NUMBERED = re.compile(r"artic\w*\s+\d|артикул\w*\s+\d|artikel\s+\d")


class Asking(Enum):
    """Whether a text asks for something."""

    NO = 0
    PERHAPS = 1
    YES = 2


class Chatter(Enum):
    """What is said for its own sake."""

    GREETING = "greeting"
    THANKS = "thanks"
    HINT = "hint"
    """Asks for help or of the bot itself."""
    NOD = "nod"
    """`ok`, laughter, emoji, a test."""
    QUESTION_WORD = "question word"
    """`why?` and nothing else: it asks of what was said before."""


def asking(text: str) -> Asking:
    """Whether one paragraph asks for something, with a question mark or by its words."""
    said, found = words(text), sentences(text)
    if not said or _starts(said, vocabulary.QUIZZES):
        return Asking.NO
    count = word_count(text)
    if is_marked(found[-1]):
        return Asking.YES
    if is_marked(found[0]) and count - word_count(found[0]) <= AFTERTHOUGHT_WORDS:
        return Asking.YES
    if any(map(is_marked, found)):
        return Asking.PERHAPS
    if _requests(said):
        short = count <= ASKING_WORDS and len(found) <= 2
        return Asking.YES if short else Asking.PERHAPS
    if _asks_in_words(said):
        if not is_closed(text):
            return Asking.YES if count <= ASKING_WORDS else Asking.PERHAPS
        if count <= ASKING_WORDS_WITH_FULL_STOP:
            return Asking.YES
        return Asking.PERHAPS if count < STATING_WORDS else Asking.NO
    weak = _starts(said, vocabulary.WEAK_QUESTIONS) and 1 < count < STATING_WORDS
    if weak and not is_closed(text):
        return Asking.PERHAPS
    return Asking.NO


def chatter(text: str) -> Chatter | None:
    """What kind of chatter a text is, or None if it says more than that."""
    said = words(text)
    if not said or not has_words(text) or (len(said) == 1 and _is_single_letter(said[0])):
        return Chatter.NOD
    found, rest = _known(said)
    asked = is_marked(text)
    if not rest:
        for kind in (Chatter.HINT, Chatter.THANKS, Chatter.GREETING, Chatter.NOD):
            if kind in found:
                return kind
    elif not asked and asking(" ".join(rest)) is Asking.NO:
        count = word_count(" ".join(rest))
        if Chatter.THANKS in found and count <= REMARK_WORDS:
            return Chatter.THANKS
        introduced = _starts(rest, vocabulary.INTRODUCTIONS) and count <= REMARK_WORDS
        if Chatter.GREETING in found and (introduced or (len(rest) == 1 and count == 1)):
            return Chatter.GREETING
    if not asked and _thanks_at_end(text):
        return Chatter.THANKS
    if len(said) <= 2 and _only_question_words(said):
        return Chatter.QUESTION_WORD
    return None


def means_to_save(text: str) -> bool:
    """Whether the person says so: `Note: ...`, `remember that ...`."""
    label = _LABEL.match(text)
    labelled = label and " ".join(words(label[1])) in _phrases(vocabulary.NOTE_LABELS)
    return bool(labelled) or (_starts(words(text), vocabulary.SAVING) and not is_marked(text))


def refers_to_text(line: str) -> bool:
    """Whether it speaks of the text that it stands beside, to the bot and not to readers."""
    plain = " ".join(words(line))
    if _COMMENTS.search(plain) or _NUMBERED.search(plain):
        return False
    named = any(f" {p} " in f" {plain} " for p in _phrases(vocabulary.REFERENCES))
    return named or any(p in plain for p in _phrases(vocabulary.REFERENCES_UNSPACED))


def starts_like_title(text: str) -> bool:
    """Whether a text that begins like a question could be the title of an article."""
    said = words(text)
    first = next(filter(str.isalnum, text), "")
    if not first.isupper() or word_count(text) < TITLE_WORDS or _requests(said):
        return False
    inverted = said[1] in _phrases(vocabulary.INVERTED)
    return not inverted and not _starts(said, vocabulary.NEVER_TITLES)


@cache
def _phrases(listed: str) -> frozenset[str]:
    return frozenset(" ".join(words(phrase)) for phrase in listed.split(","))


@cache
def _kinds() -> dict[str, Chatter | None]:
    kinds: dict[str, Chatter | None] = dict.fromkeys(_phrases(vocabulary.FILLERS))
    for kind, listed in (
        (Chatter.NOD, vocabulary.NODS),
        (Chatter.GREETING, vocabulary.GREETINGS),
        (Chatter.THANKS, vocabulary.THANKS),
        (Chatter.HINT, vocabulary.HINTS),
    ):
        kinds.update(dict.fromkeys(_phrases(listed), kind))
    return kinds


def _known(said: list[str]) -> tuple[set[Chatter | None], list[str]]:
    """The kinds of chatter that a text begins with, and the words after them."""
    kinds, found, rest = _kinds(), set[Chatter | None](), list(said)
    while rest:
        sizes = range(min(6, len(rest)), 0, -1)
        size = next((size for size in sizes if " ".join(rest[:size]) in kinds), 0)
        if size:
            found.add(kinds[" ".join(rest[:size])])
            rest = rest[size:]
        elif _LAUGHTER.fullmatch(rest[0]):
            found.add(Chatter.NOD)
            rest = rest[1:]
        elif prefix := _known_prefix(rest[0]):
            found.add(kinds[prefix])
            rest[0] = rest[0][len(prefix) :]
        else:
            break
    return found, rest


def _thanks_at_end(text: str) -> bool:
    """Whether a remark of a few words ends with thanks."""
    remark, _, last = text.rpartition(",")
    if (
        not has_words(remark)
        or word_count(remark) > REMARK_WORDS
        or asking(remark) is not Asking.NO
    ):
        return False
    found, rest = _known(words(last))
    return not rest and Chatter.THANKS in found


def _known_prefix(word: str) -> str:
    """The longest phrase with which a word of a script without spaces begins."""
    if not is_unspaced(word[0]):
        return ""
    return max((p for p in _kinds() if word.startswith(p)), key=len, default="")


def _starts(said: list[str], listed: str) -> bool:
    phrases = _phrases(listed)
    if any(" ".join(said[:size]) in phrases for size in range(1, 6)):
        return True
    return bool(said) and is_unspaced(said[0][0]) and said[0].startswith(tuple(phrases))


def _after(said: list[str], *listed: str) -> list[list[str]]:
    """The words, and the words without a number or one of the listed phrases before them."""
    found = [said]
    for size in range(1, 5):
        leading = " ".join(said[:size])
        if leading.isdecimal() or any(leading in _phrases(phrases) for phrases in listed):
            found.append(said[size:])
    return found


def _requests(said: list[str]) -> bool:
    if any(_starts(part, vocabulary.REQUESTS) for part in _after(said, vocabulary.POLITE)):
        return True
    return bool(said) and said[-1].endswith(tuple(_phrases(vocabulary.REQUEST_ENDINGS)))


def _asks_in_words(said: list[str]) -> bool:
    parts = _after(said, vocabulary.POLITE, vocabulary.LEADING)
    if any(_starts(part, vocabulary.QUESTIONS) for part in parts):
        return True
    if said[-1] in _phrases(vocabulary.QUESTION_LAST_WORDS):
        return True
    if said[-1].endswith(tuple(_phrases(vocabulary.QUESTION_ENDINGS))):
        return True
    anywhere = f" {' '.join(said)} "
    if any(f" {phrase} " in anywhere for phrase in _phrases(vocabulary.QUESTIONS_ANYWHERE)):
        return True
    unspaced = "".join(word for word in said if is_unspaced(word[0]))
    return any(phrase in unspaced for phrase in _phrases(vocabulary.QUESTIONS_UNSPACED))


def _only_question_words(said: list[str]) -> bool:
    asking_words = (
        _phrases(vocabulary.QUESTIONS)
        | _phrases(vocabulary.QUESTIONS_ANYWHERE)
        | _phrases(vocabulary.QUESTIONS_UNSPACED)
    )
    allowed = asking_words | _phrases(vocabulary.POLITE) | _phrases(vocabulary.LEADING)
    return not allowed.isdisjoint(said) and allowed.issuperset(said) and said[-1] in asking_words


def _is_single_letter(word: str) -> bool:
    return len(word) == 1 and word < "\u0530"
