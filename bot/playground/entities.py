"""The formatted parts of a message, brought into the one form in which Telegram keeps them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from bot.playground.limits import ENTITIES
from bot.playground.values import Json

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
CODE = ("pre", "code")
QUOTES = ("blockquote", "expandable_blockquote")
HIDDEN = ("text_link", "text_mention", *CODE)
"""These carry data, so that they count even around white space."""
DETECTED = (
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bank_card_number",
)
"""These Telegram finds by itself, wherever a bot says they are."""
QUOTABLE = (*SPLITTABLE, "custom_emoji", "date_time")
_ORDER = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text: offset and length in UTF-16 units."""

    kind: str
    offset: int
    length: int
    arguments: tuple[tuple[str, Any], ...] = ()

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.offset + self.length

    def between(self, start: int, end: int) -> Entity:
        """The same formatting elsewhere."""
        return replace(self, offset=start, length=end - start)

    def view(self) -> Json:
        """As the Bot API shows it."""
        place: Json = {"type": self.kind, "offset": self.offset, "length": self.length}
        return {**place, **dict(self.arguments)}


def ordered(entities: Iterable[Entity]) -> list[Entity]:
    """By offset, the longer first, then by kind: so that the outer comes before the inner."""
    return sorted(entities, key=lambda e: (e.offset, -e.length, _ORDER.get(e.kind, 50)))


def settled(entities: Iterable[Entity]) -> list[Entity]:
    """Without overlaps that Telegram does not keep; nothing inside code; styles merged."""
    kept = [entity for entity in ordered(entities) if entity.length > 0]
    quotes = _apart(entity for entity in kept if entity.kind in QUOTES)
    others = _apart(entity for entity in kept if entity.kind not in (*QUOTES, *SPLITTABLE))
    others = [entity for entity in others if _fits(entity, quotes)]
    frames = ordered([*quotes, *others])
    styles = [entity for entity in kept if entity.kind in SPLITTABLE]
    return ordered([*frames, *_styles(styles, frames)])


def _apart(entities: Iterable[Entity]) -> list[Entity]:
    """The first of each group that overlaps."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _fits(entity: Entity, quotes: Sequence[Entity]) -> bool:
    """Whether it is inside one of the quotes, which are apart, or outside all of them."""
    first = bisect_right(quotes, entity.offset, key=lambda quote: quote.end)
    if first == len(quotes) or quotes[first].offset >= entity.end:
        return True
    return quotes[first].offset <= entity.offset and entity.end <= quotes[first].end


def _styles(styles: Sequence[Entity], frames: Sequence[Entity]) -> list[Entity]:
    """Bold and the like: merged by kind, none in code, cut where a frame or a style begins."""
    if not styles:
        return []
    code = [frame for frame in frames if frame.kind in CODE]
    bounds = {place for frame in frames for place in (frame.offset, frame.end)}
    runs = [run for kind in SPLITTABLE for run in _merged(e for e in styles if e.kind == kind)]
    cuts = sorted(bounds | {run.offset for run in runs})
    pieces = []
    for run in runs:
        within_run = cuts[bisect_right(cuts, run.offset) : bisect_left(cuts, run.end)]
        for start, end in pairwise([run.offset, *within_run, run.end]):
            in_code = bisect_right(code, start, key=lambda frame: frame.end)
            if in_code == len(code) or code[in_code].offset > start:
                pieces.append(run.between(start, end))
    return pieces


def _merged(entities: Iterable[Entity]) -> list[Entity]:
    """Entities of one kind, those that touch made one."""
    merged: list[Entity] = []
    for entity in entities:
        if merged and entity.offset <= merged[-1].end:
            last = merged[-1]
            merged[-1] = last.between(last.offset, max(last.end, entity.end))
        else:
            merged.append(entity)
    return merged


def limited(entities: Sequence[Entity]) -> list[Entity]:
    """As many as Telegram keeps; quotes, links and code before bold and the like."""
    counted = [at for at, e in enumerate(entities) if e.kind not in ("custom_emoji", *DETECTED)]
    ranked = sorted(counted, key=lambda at: entities[at].kind in SPLITTABLE)
    dropped = set(ranked[ENTITIES:])
    return [entity for at, entity in enumerate(entities) if at not in dropped]


def within(entities: Iterable[Entity], start: int, end: int) -> list[Entity]:
    """The entities of a part of the text, counted from where it begins."""
    clipped = (
        entity.between(max(entity.offset, start) - start, min(entity.end, end) - start)
        for entity in entities
    )
    return [entity for entity in clipped if entity.length > 0]
