"""The entities that somebody sends along with a text, checked as Telegram does."""

from __future__ import annotations

from typing import Any

from bot.playground.entities import CODE, DETECTED, QUOTES, SPLITTABLE, Entity
from bot.playground.links import checked_link, link_fault
from bot.playground.refusals import ApiError, bad_request

_ARGUMENTS = {
    "text_link": ("url",),
    "text_mention": ("user",),
    "pre": ("language",),
    "custom_emoji": ("custom_emoji_id",),
    "date_time": ("unix_time", "date_time_format"),
}
_REQUIRED = {
    "text_link": "url",
    "text_mention": "user",
    "custom_emoji": "custom_emoji_id",
    "date_time": "unix_time",
}
_FURTHEST = 1_000_000


def given(raw: object) -> list[Entity]:
    """The entities of a JSON array; ApiError if Telegram cannot read them."""
    if not isinstance(raw, list):
        raise bad_request("can't parse entities: Expected an Array of MessageEntity")
    return [entity for item in raw if (entity := _one(item)) is not None]


def _one(item: object) -> Entity | None:
    """One entity; none if Telegram would rather find it by itself."""
    if not isinstance(item, dict):
        raise _unparsed("expected an Object")
    kind = item.get("type")
    for name in ("offset", "length"):
        if name not in item:
            raise _unparsed(f'Can\'t find field "{name}"')
        if not isinstance(item[name], int):
            raise _unparsed(f'Field "{name}" must be of type Number')
    offset, length = item["offset"], item["length"]
    if kind in DETECTED:
        return None
    if kind not in (*SPLITTABLE, *CODE, *QUOTES, *_ARGUMENTS):
        raise _unparsed("Unsupported type specified")
    if not 0 <= offset <= _FURTHEST:
        raise bad_request(f"receive an entity with incorrect offset {offset}")
    if not 0 <= length <= _FURTHEST:
        raise bad_request(f"receive an entity with incorrect length {length}")
    return Entity(str(kind), offset, length, _arguments(str(kind), item))


def _arguments(kind: str, item: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    required = _REQUIRED.get(kind)
    if required is not None and item.get(required) is None:
        raise _unparsed(f'Can\'t find field "{required}"')
    names = _ARGUMENTS.get(kind, ())
    told = {name: item[name] for name in names if item.get(name) is not None}
    if kind == "text_link":
        link = str(told["url"])
        told["url"] = checked_link(link)
        if told["url"] is None:
            raise bad_request(f"entity URL '{link}' is invalid: {link_fault(link)}")
    if kind == "custom_emoji" and not str(told["custom_emoji_id"]).isdecimal():
        raise _unparsed('Field "custom_emoji_id" must be a valid Number')
    return tuple(told.items())


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse MessageEntity: {reason}")
