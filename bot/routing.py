"""What a person wants with a message: have it saved, have a question answered, or both (pure).

In order, the first rule that fits decides:

1. A file is saved. A forward is saved if it has words. What was written beside either is asked
   if it is a question (`question_in`).
2. A link alone, or under its title, is saved; with a question above or below, both.
3. Greetings, thanks, nods, emoji and questions about the bot itself get a kind word.
4. A reply to an article, a receipt or an answer asks of it, unless it is clearly an article.
5. Long text is saved; a question about it in its first or last line is asked as well.
6. Several lines are saved, unless they are questions, or a question with a word before it.
7. What is left is one paragraph: questions, requests and a few words are asked; full sentences
   that look copied rather than typed are saved. Here the guess is often doubtful.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from bot.routing_language import (
    Asking,
    Chatter,
    asking,
    chatter,
    means_to_save,
    refers_to_text,
    starts_like_title,
)
from bot.routing_signs import (
    has_words,
    is_closed,
    is_marked,
    is_post,
    looks_like_code,
    sentences,
    word_count,
)

ARTICLE_CHARACTERS = 400
ARTICLE_WORDS = 65
"""What is longer than either is an article: the words count where they are short or unspaced."""
LONGEST_QUESTION = 700
"""Characters of the longest text that can be a question."""
COPIED_WORDS = 10
"""A sentence with so many words and a full stop was copied more probably than typed."""
UNFINISHED_WORDS = 14
"""Without a full stop it takes so many."""
KEYWORDS = 6
"""So few words without a full stop are looked for, without any doubt."""
LONGEST_INSTRUCTION = 200
"""Characters of a question in an article's first or last line."""
SHORTEST_ARTICLE = 200
"""Characters of an article beside a question, and of several lines that reply to one."""

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]}'\"»”’。，]", re.IGNORECASE)
_MENTION = re.compile(r"^@\w+[,:]?\s+")
_COMMANDS = re.compile(r"(?:/\w+(?:@\w+)?\s*)+")
_OPENING = re.compile(r"[^,!.:;?\n，、。！？؟،…]{1,40}[,!.:;\n，、。！،…]+\s*")


class Intent(Enum):
    """What to do with a message."""

    SAVE = "save"
    ASK = "ask"
    BOTH = "both"
    GREETING = "greeting"
    THANKS = "thanks"
    UNCLEAR = "unclear"
    """Emoji, `ok`, `test`, `help`: nothing to save or to look for; a hint is kind."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message, or the pieces of one joined, as far as routing looks at it.

    `links` are the addresses as they stand in the text or behind its words. `formatted` tells
    of bold, quotes and the like, which a typed question has not. `text` is the caption of a file.
    """

    text: str
    is_forward: bool = False
    has_file: bool = False
    links: tuple[str, ...] = ()
    formatted: bool = False
    replies_to_article: bool = False
    """Whether it replies to an article, to its receipt or to an answer."""


@dataclass(frozen=True, slots=True)
class Route:
    """What to do: `question` is set for ASK and BOTH, `body` for SAVE and BOTH.

    `body` is a part of the message's text as it stands there; for BOTH with links the links,
    a line each; None when the article is the file. `doubtful`: the other reading is plausible.
    """

    intent: Intent
    doubtful: bool = False
    question: str | None = None
    body: str | None = None


def route(incoming: Incoming) -> Route:
    """What a person wants with a message that is not a command."""
    text = incoming.text.strip()
    if incoming.has_file:
        question = None if incoming.is_forward else question_in(text)
        return Route(Intent.BOTH if question else Intent.SAVE, question=question)
    links, beside = _apart(text, incoming.links)
    if incoming.is_forward:
        return _save(text) if links or has_words(text) else Route(Intent.UNCLEAR)
    if links and not _is_long(beside):
        return _link(text, links, beside, incoming)
    if _COMMANDS.fullmatch(text):
        return Route(Intent.UNCLEAR)
    text = _MENTION.sub("", text)
    if len(text) > LONGEST_QUESTION:
        return _long(text)  # nothing of what follows fits, and it takes long with a long text
    social = _social(text, incoming.replies_to_article)
    if social:
        return Route(social)
    if incoming.replies_to_article and not means_to_save(text) and not _is_article(text):
        doubtful = asking(text) is not Asking.YES and word_count(text) > COPIED_WORDS
        return _ask(text, doubtful)
    if means_to_save(text):
        return _save(text)
    if _is_long(text):
        return _long(text)
    lines = _lines(text)
    if len(lines) > 1:
        return _several_lines(text, lines, incoming)
    return _paragraph(text, lines[0], incoming)


def question_in(comment: str) -> str | None:
    """The question that a comment beside a forward or a file asks of it, if it asks one."""
    text = _MENTION.sub("", _apart(comment.strip(), ())[1])
    if _is_long(text) or _social(text, beside=True) or asking(text) is not Asking.YES:
        return None
    return _question(text)


def _link(text: str, links: tuple[str, ...], beside: str, incoming: Incoming) -> Route:
    """Links with little text: a question, a title or a remark."""
    lines = [] if _social(beside, beside=True) else _lines(beside)
    asked = [line for line in lines if asking(line) is Asking.YES]
    # Sharing from a browser sends the page's title, which may begin as a question does.
    asked = [line for line in asked if is_marked(line) or not starts_like_title(line)]
    if not asked:
        return _save(text)
    others = sum(word_count(line) for line in lines if line not in asked)
    if is_post(beside) or means_to_save(text) or others > COPIED_WORDS + len(lines):
        return _save(text, doubtful=True)
    doubtful = bool(others) or incoming.formatted
    return Route(Intent.BOTH, doubtful, _question("\n".join(asked)), "\n".join(links))


def _long(text: str) -> Route:
    """Long text: an article, seldom a question at length, sometimes both."""
    for line, rest in _edges(text):
        if (
            len(line) <= LONGEST_INSTRUCTION
            and len(rest) >= SHORTEST_ARTICLE
            and refers_to_text(line)
            and asking(line) is not Asking.NO
        ):
            return Route(Intent.BOTH, True, _question(line), rest)
    if len(text) > LONGEST_QUESTION or "\n" in text:
        return _save(text)
    found = sentences(text)
    if not is_marked(found[-1]):
        return _save(text)
    direct = len(found) == 1 or any(asking(s) is Asking.YES and not is_marked(s) for s in found)
    return _ask(text, doubtful=True) if direct else _save(text, doubtful=True)


def _several_lines(text: str, lines: list[str], incoming: Incoming) -> Route:
    """A few lines: a list, a poem, a post, a note, or a question with some words about it."""
    asked = [asking(line) is Asking.YES for line in lines]
    words = [word_count(line) for line in lines]
    if all(asked):
        return _ask(text, doubtful=incoming.formatted)
    if not (is_post(text) or incoming.formatted or looks_like_code(text)):
        if asked[-1] and len(lines) <= 3:
            return _ask(text, doubtful=sum(words) > words[-1] + 3)
        if asked[0] and len(lines) <= 3 and sum(words) - words[0] <= COPIED_WORDS:
            return _ask(text, doubtful=True)
        if len(lines) == 2 and sum(words) < COPIED_WORDS:
            return _ask(text, doubtful=True)
    return _save(text, doubtful=sum(words) < ARTICLE_WORDS // 2)


def _paragraph(text: str, line: str, incoming: Incoming) -> Route:
    """One paragraph of ordinary length: `line` is `text` without a greeting before it."""
    words, copied = word_count(line), is_post(line) or incoming.formatted
    asks = asking(line)
    if asks is Asking.YES:
        title = words > KEYWORDS and starts_like_title(line) and not is_marked(line)
        column = words > ARTICLE_WORDS // 2 and len(sentences(line)) > 2
        return _ask(text, doubtful=copied or title or column)
    if (copied and words > KEYWORDS // 2) or looks_like_code(line):
        return _save(text, doubtful=True)
    if asks is Asking.PERHAPS:
        return _ask(text, doubtful=True)
    if len(sentences(line)) > 2:
        return _save(text, doubtful=words < ARTICLE_WORDS // 2)
    if words >= (COPIED_WORDS if is_closed(line) else UNFINISHED_WORDS):
        return _save(text, doubtful=True)
    return _ask(text, doubtful=words > KEYWORDS or is_closed(line))


def _social(text: str, beside: bool) -> Intent | None:
    """The kind word for a message without anything to save or to look for.

    `beside`: it stands beside an article, so that `why?` and `what is this?` ask of that.
    """
    kind = chatter(text)
    if kind is Chatter.GREETING:
        return Intent.GREETING
    if kind is Chatter.THANKS:
        return Intent.THANKS
    of_article = kind is Chatter.QUESTION_WORD or (kind is Chatter.HINT and is_marked(text))
    return None if kind is None or (beside and of_article) else Intent.UNCLEAR


def _is_long(text: str) -> bool:
    return len(text) > ARTICLE_CHARACTERS or word_count(text) > ARTICLE_WORDS


def _is_article(text: str) -> bool:
    """Whether even a reply with this text is an article."""
    if len(text) <= LONGEST_QUESTION and "\n" not in text and asking(text) is Asking.YES:
        return False
    lines = len(_lines(text))
    return _is_long(text) or (lines > 2 and len(text) > SHORTEST_ARTICLE)


def _apart(text: str, known: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """The links that count, and the text beside them.

    `example.com` inside a sentence is a name; alone it is a link.
    """
    links = list(dict.fromkeys((*known, *_LINK.findall(text))))
    shown = sorted((link for link in links if link in text), key=len, reverse=True)
    beside = text
    for link in shown:
        beside = beside.replace(link, " ")
    if not has_words(beside):
        return tuple(links), ""
    names = {link for link in shown if not re.search(r"://.|/.|^www\.", link, re.IGNORECASE)}
    beside = text
    for link in shown:
        beside = beside if link in names else beside.replace(link, " ")
    kept = tuple(link for link in links if link not in names)
    # A link in full may be known as Telegram shortens it, and the other way round.
    whole = tuple(a for a in kept if not any(a != b and a in b for b in kept))
    return whole, beside.strip()


def _lines(text: str) -> list[str]:
    """The lines that say something: no greeting before them, no thanks below, no separators."""
    lines = [line.strip() for line in text.splitlines() if has_words(line)]
    while len(lines) > 1 and chatter(lines[0]) is Chatter.GREETING:
        del lines[0]
    while len(lines) > 1 and chatter(lines[-1]) is Chatter.THANKS:
        del lines[-1]
    lines[0] = _without_opening(lines[0])
    return lines


def _without_opening(text: str) -> str:
    """The text without a greeting or thanks before its first comma or full stop."""
    while (opening := _OPENING.match(text)) and opening.end() < len(text):
        if chatter(opening[0]) not in (Chatter.GREETING, Chatter.THANKS):
            break
        text = text[opening.end() :]
    return text


def _edges(text: str) -> list[tuple[str, str]]:
    """The first and the last line of several, each with the rest."""
    first, _, below = text.partition("\n")
    above, _, last = text.rpartition("\n")
    return [(first.strip(), below.strip()), (last.strip(), above.strip())] if above else []


def _question(text: str) -> str:
    return " ".join(" ".join(_lines(text)).split())


def _ask(text: str, doubtful: bool = False) -> Route:
    return Route(Intent.ASK, doubtful, question=_question(text))


def _save(text: str, doubtful: bool = False) -> Route:
    return Route(Intent.SAVE, doubtful, body=text)
