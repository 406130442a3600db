"""Telegram's MarkdownV2, to text and entities; strictly, as Telegram reads it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground import utf16
from bot.playground.entities import Entity
from bot.playground.links import link_entity
from bot.playground.refusals import ApiError, bad_request

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_SPACE = " \t\r\n\v\0"
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "code": "Code",
    "pre": "Pre",
}
_MARKS = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "text_link": "]",
    "custom_emoji": "]",
    "code": "`",
    "pre": "```",
}


@dataclass(slots=True)
class _Open:
    """A mark whose end was not seen yet."""

    kind: str
    offset: int
    place: int
    begun: int
    language: str = ""


def parse(markdown: str) -> tuple[str, list[Entity]]:
    """The text without its marks, and what they mean; ApiError if Telegram cannot read it."""
    return _Reader(markdown).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []
        self.in_quote = False

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "\\" and "\0" < self.peek(1) <= "~":
                self.at += 1
                self.text(self.taken(1))
            elif char not in ("`" if self.in_code else _RESERVED):
                self.text(self.taken(1))
            elif not self.ended(char):
                self.begin(char)
        self.finish()
        return "".join(self.pieces), self.entities

    @property
    def in_code(self) -> bool:
        return bool(self.open) and self.open[-1].kind in ("code", "pre")

    def peek(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.source[place] if place < len(self.source) else "\0"

    def taken(self, count: int) -> str:
        self.at += count
        return self.source[self.at - count : self.at]

    def text(self, piece: str) -> None:
        self.pieces.append(piece)
        self.offset += utf16.length(piece)

    def starts(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def begin(self, char: str) -> None:
        """What opens here; a reserved character that opens nothing must be escaped."""
        place = self.at
        if char == "\n":
            self.text(self.taken(1))
            if self.peek() == ">":
                self.at += 1
                if not self.in_quote:
                    self.in_quote = True
                    self.open.append(_Open("blockquote", self.offset, place, len(self.pieces)))
            return
        if char == ">" and place == 0:
            self.at += 1
            self.in_quote = True
            self.open.append(_Open("blockquote", self.offset, place, len(self.pieces)))
            return
        if self.starts("**>") and (place == 0 or self.source[place - 1] == "\n"):
            # An empty bold parts a quote from the one above it.
            self.at += 3
            self.in_quote = True
            self.open.append(_Open("blockquote", self.offset, place, len(self.pieces)))
            return
        for kind, mark in (
            ("underline", "__"),
            ("italic", "_"),
            ("bold", "*"),
            ("strikethrough", "~"),
            ("spoiler", "||"),
            ("text_link", "["),
            ("custom_emoji", "!["),
            ("pre", "```"),
            ("code", "`"),
        ):
            if self.starts(mark):
                self.at += len(mark)
                opened = _Open(kind, self.offset, place, len(self.pieces))
                if kind == "pre":
                    opened.language = self.language()
                self.open.append(opened)
                return
        raise _unreadable(
            f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
        )

    def language(self) -> str:
        """The word after the three marks, if a line or a space ends it; and one line break."""
        end = self.at
        while end < len(self.source) and self.source[end] not in _SPACE + "`":
            end += 1
        language = ""
        if end > self.at and end < len(self.source) and self.source[end] != "`":
            language = self.taken(end - self.at)
        if self.peek() in "\r\n":
            first = self.taken(1)
            if self.peek() in "\r\n" and self.peek() != first:
                self.at += 1
        return language

    def ended(self, char: str) -> bool:
        """Whether what is open ends here; then it is read."""
        if not self.open:
            return False
        opened = self.open[-1]
        if self.in_quote and char == "\n" and self.peek(1) != ">" and not self.in_code:
            if opened.kind != "blockquote":
                raise self.endless(opened)
            self.close_quote("blockquote")
            return True
        if opened.kind == "blockquote":
            return self.ended_folded()
        mark = _MARKS[opened.kind]
        if self.in_quote and self.starts("||") and self.folds() and opened.kind != "spoiler":
            raise self.endless(opened)
        if not self.starts(mark) or (opened.kind == "italic" and self.peek(1) == "_"):
            return False
        self.at += len(mark)
        self.open.pop()
        self.close(opened)
        return True

    def folds(self) -> bool:
        """Whether the two bars here are the last of the quote: then it can be expanded."""
        after = self.source[self.at + 2 : self.at + 4]
        return after == "" or (after[0] == "\n" and after[1:] != ">")

    def ended_folded(self) -> bool:
        if not (self.starts("||") and self.folds()):
            return False
        self.at += 2
        self.close_quote("expandable_blockquote")
        return True

    def close_quote(self, kind: str) -> None:
        opened = self.open.pop()
        self.in_quote = False
        if self.peek() == "\n":
            self.text(self.taken(1))
        if self.offset > opened.offset:
            self.entities.append(Entity(kind, opened.offset, self.offset - opened.offset))

    def close(self, opened: _Open) -> None:
        kind, offset, length = opened.kind, opened.offset, self.offset - opened.offset
        entity: Entity | None
        if kind == "text_link":
            text = "".join(self.pieces[opened.begun :])
            link = self.address("a URL") if self.peek() == "(" else text
            entity = link_entity(link, offset, length)
        elif kind == "custom_emoji":
            if self.peek() != "(":
                raise _unreadable("Custom emoji entity must contain a tg://emoji URL")
            identifier = self.address("a custom emoji URL").rpartition("id=")[2]
            if not identifier.isdecimal():
                raise _unreadable("Invalid custom emoji URL specified")
            entity = Entity(kind, offset, length, (("custom_emoji_id", identifier),))
        else:
            told = (("language", opened.language),) if opened.language else ()
            entity = Entity(kind, offset, length, told)
        if length and entity is not None:
            self.entities.append(entity)

    def address(self, what: str) -> str:
        """What stands in the brackets here."""
        self.at += 1
        place = self.at
        found = []
        while self.at < len(self.source) and self.peek() != ")":
            if self.peek() == "\\" and "\0" < self.peek(1) <= "~":
                self.at += 1
            found.append(self.taken(1))
        if self.at >= len(self.source):
            raise _unreadable(f"Can't find end of {what} at byte offset {self.bytes(place)}")
        self.at += 1
        return "".join(found)

    def finish(self) -> None:
        if self.open and self.open[-1].kind == "blockquote":
            self.close_quote("blockquote")
        if self.open:
            raise self.endless(self.open[-1])

    def endless(self, opened: _Open) -> ApiError:
        name = "PreCode" if opened.language else _NAMES[opened.kind]
        place = self.bytes(opened.place)
        return _unreadable(f"Can't find end of {name} entity at byte offset {place}")

    def bytes(self, place: int) -> int:
        return len(self.source[:place].encode("utf-8", "surrogatepass"))


def _unreadable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
