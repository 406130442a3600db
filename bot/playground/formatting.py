"""From what somebody sends to the text and entities that a message has (pure)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.playground import html_markup, legacy_markup, markdown_markup, utf16
from bot.playground.detecting import with_detected
from bot.playground.entities import DETECTED, HIDDEN, QUOTABLE, Entity, limited, ordered, settled
from bot.playground.refusals import bad_request
from bot.playground.values import Json

_BLANK = " \n"
_TO_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u2028-\u202e\u030a\u0333\u033f]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and what is bold, a link, a quote ... in it."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, name: str = "text", entities: str = "entities") -> Json:
        """As the fields of a message."""
        fields: Json = {name: self.text} if self.text else {}
        if self.entities:
            fields[entities] = [entity.view() for entity in self.entities]
        return fields


def parsed(text: str, mode: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    """The text and its entities by the mode in which it is written."""
    mode = mode.lower()
    if mode in ("", "none"):
        return text, list(entities)
    if mode == "html":
        return html_markup.parse(text)
    if mode == "markdownv2":
        return markdown_markup.parse(text)
    if mode == "markdown":
        return legacy_markup.parse(text)
    raise bad_request("unsupported parse_mode")


def formatted(text: str, mode: str = "", entities: Sequence[Entity] = ()) -> Formatted:
    """As Telegram keeps it: cleaned, trimmed, merged, sorted, limited, with links found."""
    plain, found = _checked(text, mode, entities)
    plain, found = _trimmed(plain, found)
    found = limited(settled(found))
    found = [*found, *(e for e in with_detected(plain, found) if e.kind in DETECTED)]
    return Formatted(plain, tuple(_unblank(plain, settled(found))))


def quoted(text: str, mode: str = "", entities: Sequence[Entity] = ()) -> Formatted:
    """The same for a quote: untrimmed, and only with the formatting that quotes have."""
    plain, found = _checked(text, mode, entities)
    return Formatted(plain, tuple(quotable(plain, found)))


def quotable(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """What of the formatting a quote keeps."""
    return _unblank(text, settled(e for e in entities if e.kind in QUOTABLE))


def _checked(text: str, mode: str, entities: Sequence[Entity]) -> tuple[str, list[Entity]]:
    plain, found = parsed(text, mode, entities)
    _check_ends(plain, found)
    plain, found = _cleaned(plain, settled(found))
    return plain, settled(found)


def _check_ends(text: str, entities: Sequence[Entity]) -> None:
    size = utf16.length(text)
    for entity in ordered(entities):
        where = f"at UTF-16 offset {entity.offset}"
        if entity.length and entity.offset >= size:
            raise bad_request(f"entity begins after the end of the text {where}")
        if entity.end > size:
            raise bad_request(
                f"entity beginning {where} ends after the end of the text at UTF-16 offset"
                f" {entity.end}"
            )


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the characters that Telegram removes."""
    text = _TO_SPACE.sub(" ", text)
    found = [match.start() for match in _DROPPED.finditer(text)]
    if not found:
        return text, entities
    before = utf16.positions(text)
    dropped = [before[place] for place in found]

    def moved(place: int) -> int:
        return place - bisect_left(dropped, place)

    shifted = [e.between(moved(e.offset), moved(e.end)) for e in entities]
    return _DROPPED.sub("", text), shifted


def _unblank(text: str, entities: list[Entity]) -> list[Entity]:
    """Without entities of white space only, and none begins with white space."""
    cut = utf16.cutter(text)
    kept = []
    for entity in entities:
        covered = cut(entity.offset, entity.length)
        if entity.kind not in HIDDEN:
            blank = len(covered) - len(covered.lstrip(_BLANK))
            entity = entity.between(entity.offset + blank, entity.end)
        if entity.length > 0 and covered.strip(_BLANK):
            kept.append(entity)
    return kept


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without white space at both ends."""
    entities = _unblank(text, entities)
    text = text.rstrip(_BLANK)
    size = utf16.length(text)
    entities = [e.between(e.offset, min(e.end, size)) for e in entities if e.offset < size]
    first = min((entity.offset for entity in entities), default=len(text))
    blank = min(len(text) - len(text.lstrip(_BLANK)), first)
    return text[blank:], [replace(e, offset=e.offset - blank) for e in entities]
