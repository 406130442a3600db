"""Telegram's HTML: text with a few tags, to text and entities; strictly, as Telegram reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.playground import utf16
from bot.playground.entities import Entity
from bot.playground.links import link_entity
from bot.playground.refusals import ApiError, bad_request

_STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = (*_STYLES, "a", "tg-emoji", "tg-time", "pre", "code", "blockquote")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_PLAIN = re.compile(r"[^<&]+")
_SPACE = " \t\r\n\v\0"
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    """A tag whose end was not seen yet."""

    tag: str
    attributes: dict[str, str]
    offset: int
    begun: int
    """How many pieces of text there were before it."""


def parse(html: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and what they mean; ApiError if Telegram cannot read it."""
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.html):
            char = self.html[self.at]
            if char == "<":
                if self.peek(1) == "/":
                    self.end_tag()
                else:
                    self.start_tag()
            elif char == "&":
                self.text(self.reference() or self.taken(1))
            else:
                plain = _PLAIN.match(self.html, self.at)
                assert plain is not None
                self.text(self.taken(plain.end() - plain.start()))
        if self.open:
            tag = self.open[-1].tag
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self.pieces)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise _unreadable(
                "Text contains invalid Unicode characters after decoding HTML entities, check for"
                " unmatched surrogate code units"
            )
        # A language was told of a piece of code that is no block: it has none.
        unspoken = (replace(e, arguments=()) if e.kind == "code" else e for e in self.entities)
        return text, list(unspoken)

    def peek(self, ahead: int = 0) -> str:
        """The character that comes, or a null at the end."""
        place = self.at + ahead
        return self.html[place] if place < len(self.html) else "\0"

    def taken(self, count: int) -> str:
        self.at += count
        return self.html[self.at - count : self.at]

    def text(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16.length(piece)

    def reference(self) -> str:
        """The character that a reference means; nothing, and nothing read, if it means none."""
        match = _REFERENCE.match(self.html, self.at)
        if match is None:
            return ""
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            found = _NAMED.get(name, "")
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            too_long = len(match.group().rstrip(";")) >= 10
            found = "" if too_long or not 0 < code < 0x10FFFF else chr(code)
        if found:
            self.at = match.end()
        return found

    def skip_space(self) -> None:
        while self.at < len(self.html) and self.peek() in _SPACE:
            self.at += 1

    def until(self, stop: str) -> str:
        start = self.at
        while self.peek() not in _SPACE and self.peek() not in stop:
            self.at += 1
        return self.html[start : self.at]

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self.until(">").lower()
        if self.at >= len(self.html):
            raise self.unreadable("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise self.unreadable(f'Unsupported start tag "{tag}"', begin)
        attributes: dict[str, str] = {}
        while True:
            self.skip_space()
            if self.peek() == ">":
                break
            name, value = self.attribute(tag, begin)
            attributes[name] = value
        self.at += 1
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self.unreadable('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, attributes, self.offset, len(self.pieces)))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        """One attribute's name and value; an empty value where there is none."""
        name = self.until("=>" if tag == "blockquote" else "=")
        if not name:
            if self.at >= len(self.html):
                raise self.unreadable("Unclosed start tag", begin)
            raise self.unreadable(f'Empty attribute name in the tag "{tag}"', begin)
        self.skip_space()
        if self.peek() != "=":
            if tag == "blockquote" and name == "expandable" and self.at < len(self.html):
                return name, ""
            raise self.unreadable(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', begin
            )
        self.at += 1
        self.skip_space()
        if self.at >= len(self.html):
            raise self.unreadable(f'Unclosed start tag "{tag}"', begin)
        value = self.quoted() if self.peek() in "'\"" else self.name_token()
        if self.at >= len(self.html):
            raise self.unreadable("Unclosed start tag", begin)
        return name, value

    def name_token(self) -> str:
        start = self.at
        match = _NAME_TOKEN.match(self.html, self.at)
        assert match is not None
        self.at = match.end()
        if self.peek() not in _SPACE and self.peek() != ">":
            raise self.unreadable("Unexpected end of name token", start)
        return match.group().lower()

    def quoted(self) -> str:
        end = self.taken(1)
        value = []
        while self.at < len(self.html) and self.peek() != end:
            reference = self.reference() if self.peek() == "&" else ""
            value.append(reference or self.taken(1))
        self.at += self.at < len(self.html)
        return "".join(value)

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise self.unreadable("Unexpected end tag", begin)
        self.at += 2
        name = self.until(">").lower()
        self.skip_space()
        if self.peek() != ">":
            raise self.unreadable("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            place = f'Unmatched end tag at byte offset {self.byte_offset(begin)}, expected "</'
            raise _unreadable(f'{place}{opened.tag}>", found "</{name}>"')
        if self.offset > opened.offset:
            self.close(opened)

    def close(self, opened: _Open) -> None:
        """What was between the tags is what they say."""
        offset, length = opened.offset, self.offset - opened.offset
        tag, told = opened.tag, opened.attributes
        entity: Entity | None = None
        if tag in _STYLES:
            entity = Entity(_STYLES[tag], offset, length)
        elif tag == "a":
            link = told.get("href") or "".join(self.pieces[opened.begun :])
            entity = link_entity(link, offset, length)
        elif tag == "tg-emoji":
            entity = Entity("custom_emoji", offset, length, _emoji(told.get("emoji-id", "")))
        elif tag == "tg-time":
            entity = Entity("date_time", offset, length, _time(told))
        elif tag == "blockquote":
            kind = "expandable_blockquote" if "expandable" in told else tag
            entity = Entity(kind, offset, length)
        else:
            language = told.get("class", "") if tag == "code" else ""
            entity = self.code(tag, language, offset, length)
        if entity is not None:
            self.entities.append(entity)

    def code(self, tag: str, told: str, offset: int, length: int) -> Entity:
        """`pre` and `code`; the one right inside the other is a block in the language told."""
        language = told.removeprefix("language-") if told.startswith("language-") else ""
        arguments: tuple[tuple[str, str], ...] = (("language", language),) if language else ()
        last = self.entities[-1] if self.entities else None
        other = "code" if tag == "pre" else "pre"
        if last and (last.kind, last.offset, last.length) == (other, offset, length):
            arguments = arguments or last.arguments
            if arguments:
                self.entities.pop()
                return Entity("pre", offset, length, arguments)
        return Entity(tag, offset, length, arguments)

    def byte_offset(self, place: int) -> int:
        return len(self.html[:place].encode("utf-8", "surrogatepass"))

    def unreadable(self, reason: str, place: int) -> ApiError:
        return _unreadable(f"{reason} at byte offset {self.byte_offset(place)}")


def _emoji(identifier: str) -> tuple[tuple[str, str], ...]:
    if not identifier.isdecimal() or int(identifier) == 0:
        raise _unreadable("Invalid custom emoji identifier specified")
    return (("custom_emoji_id", identifier),)


def _time(told: dict[str, str]) -> tuple[tuple[str, int | str], ...]:
    moment = told.get("unix", "")
    if not moment.isdecimal() or int(moment) == 0:
        raise _unreadable("Invalid date specified")
    unix: tuple[tuple[str, int | str], ...] = (("unix_time", int(moment)),)
    return (*unix, ("date_time_format", told["format"])) if told.get("format") else unix


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
