"""What Telegram finds in a text by itself: links, commands, mentions, tags, addresses (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.playground import utf16
from bot.playground.entities import Entity

_TOP_LEVEL = (
    "com|org|net|edu|gov|int|mil|info|biz|name|news|press|media|blog|site|online|page|link|live|"
    "today|world|shop|store|tech|cloud|science|academy|agency|email|social|team|space|app|dev|"
    "wiki|xyz|top|club|pro|art|museum|travel|eu|uk|us|ca|au|nz|ie|de|at|ch|fr|be|nl|lu|it|es|pt|"
    "gr|tr|se|no|dk|fi|is|pl|cz|sk|hu|ro|bg|rs|hr|si|ba|me|mk|al|ua|by|ru|su|рф|укр|lt|lv|ee|ge|"
    "am|az|kz|uz|kg|il|ae|sa|qa|kw|jo|lb|iq|ir|eg|ma|tn|dz|ng|ke|gh|za|et|tz|ug|in|pk|bd|lk|np|"
    "cn|hk|tw|jp|kr|vn|th|my|sg|id|ph|mm|kh|mx|br|ar|cl|co|pe|ve|uy|ec|bo|cr|pa|cu|do|io|ai|tv|"
    "fm|gg|to|ly|cc|ws|sh|md|li|mt|cy"
)
_URL = re.compile(
    rf"""
    (?<![\w@/.\-])
    (?:
        (?:https?|ftp|tonsite)://[^\s<>"«»“”‘’`]*[^\s<>"«»“”‘’`]
      | (?:[\w\-]+\.)+(?:{_TOP_LEVEL})\b(?!\.\w)(?:[:]\d{{1,5}})?(?:[/?\#][^\s<>"«»“”‘’`]*)?
      | (?:\d{{1,3}}\.){{3}}\d{{1,3}}\b(?![.\w])(?:[:]\d{{1,5}})?(?:[/?\#][^\s<>"«»“”‘’`]*)?
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_HOST = re.compile(r"\w+://(?:[^/?#@\s]*@)?([^/?#:\s]+)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.%+\-])[A-Za-z0-9.%+\-_]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.)+[A-Za-z]{2,24}(?![\w])"
)
_MENTION = re.compile(r"(?<![\w@/])@[A-Za-z0-9_]{3,32}(?![\w@])")
_SHORT_MENTIONS = ("@gif", "@vid", "@pic")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>@])")
_HASHTAG = re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?:@[A-Za-z0-9_]{3,32})?(?!#)")
_CASHTAG = re.compile(r"(?<![\w$])\$(?:1INCH|[A-Z]{1,8})(?![\w$])")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def detected(text: str) -> list[Entity]:
    """Everything found, none overlapping another, in order."""
    found = [*_urls(text), *_others(text)]
    found.sort(key=lambda item: (item[1], -item[2]))
    before = None
    entities = []
    end = -1
    for kind, start, stop in found:
        if start < end:
            continue
        end = stop
        before = before or utf16.positions(text)
        entities.append(Entity(kind, before[start], before[stop] - before[start]))
    return entities


def with_detected(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The given entities, and what was found where they leave room for it."""
    taken = [e for e in entities if e.kind in ("pre", "code", "text_link", "text_mention")]
    new = [
        entity
        for entity in detected(text)
        if not any(entity.offset < t.end and t.offset < entity.end for t in taken)
    ]
    return [*entities, *new]


def _urls(text: str) -> Iterator[tuple[str, int, int]]:
    if "." not in text and "://" not in text:
        return
    for match in _URL.finditer(text):
        start, end = match.span()
        end = start + len(_without_end(match.group()))
        host = _HOST.match(text, start, end)
        if host and "." not in host.group(1):
            continue
        yield "url", start, end


def _without_end(url: str) -> str:
    """Without punctuation of the sentence around it."""
    while url:
        last = url[-1]
        opening = _PAIRS.get(last)
        if opening:
            if url.count(opening) >= url.count(last):
                break
        elif last not in ".,:;!?'…":
            break
        url = url[:-1]
    return url


def _others(text: str) -> Iterator[tuple[str, int, int]]:
    patterns = (
        ("email", _EMAIL, "@"),
        ("mention", _MENTION, "@"),
        ("bot_command", _COMMAND, "/"),
        ("hashtag", _HASHTAG, "#"),
        ("cashtag", _CASHTAG, "$"),
    )
    for kind, pattern, sign in patterns:
        if sign not in text:
            continue
        for match in pattern.finditer(text):
            word = match.group()
            short = kind == "mention" and len(word) < 5 and word.lower() not in _SHORT_MENTIONS
            if not short:
                yield kind, match.start(), match.end()
