"""Telegram's first Markdown, which bots may still use, to text and entities."""

from __future__ import annotations

from bot.playground import utf16
from bot.playground.entities import Entity
from bot.playground.links import link_entity
from bot.playground.refusals import bad_request

_MARKS = "_*`["
_KINDS = {"_": "italic", "*": "bold", "`": "code"}
_SPACE = " \t\r\n\v"


def parse(markdown: str) -> tuple[str, list[Entity]]:
    """The text without its marks, and what they mean; ApiError if a mark is not closed."""
    pieces: list[str] = []
    entities: list[Entity] = []
    offset = at = 0
    while at < len(markdown):
        mark = markdown[at]
        if mark == "\\" and markdown[at + 1 : at + 2] in tuple(_MARKS):
            at, mark = at + 1, ""
        if mark not in tuple(_MARKS):
            pieces.append(markdown[at])
            offset += utf16.length(markdown[at])
            at += 1
            continue
        covered, at, entity = _marked(markdown, at, offset)
        pieces.append(covered)
        offset += utf16.length(covered)
        if entity is not None and covered:
            entities.append(entity)
    return "".join(pieces), entities


def _marked(markdown: str, at: int, offset: int) -> tuple[str, int, Entity | None]:
    """What is between two marks, where it goes on after them, and what they mean."""
    if markdown.startswith("```", at):
        language, start = _block(markdown, at + 3)
        end = _found(markdown, "```", start, at)
        covered = markdown[start:end]
        told = (("language", language),) if language else ()
        return covered, end + 3, Entity("pre", offset, utf16.length(covered), told)
    mark = markdown[at]
    end = _found(markdown, "]" if mark == "[" else mark, at + 1, at)
    covered = markdown[at + 1 : end]
    units = utf16.length(covered)
    if mark != "[":
        return covered, end + 1, Entity(_KINDS[mark], offset, units)
    link, after = covered, end + 1
    if markdown[after : after + 1] == "(":
        close = markdown.find(")", after)
        close = len(markdown) if close < 0 else close
        link, after = markdown[after + 1 : close], close + 1
    return covered, after, link_entity(link, offset, units)


def _block(markdown: str, at: int) -> tuple[str, int]:
    """The language of a block of code and where the code begins."""
    end = at
    while end < len(markdown) and markdown[end] not in _SPACE and markdown[end] != "`":
        end += 1
    language = markdown[at:end] if end < len(markdown) and markdown[end] != "`" else ""
    start = at + len(language)
    if markdown[start : start + 2] in ("\r\n", "\n\r"):
        return language, start + 2
    return language, start + (markdown[start : start + 1] in ("\n", "\r"))


def _found(markdown: str, mark: str, start: int, begin: int) -> int:
    end = markdown.find(mark, start)
    if end < 0:
        place = len(markdown[:begin].encode("utf-8", "surrogatepass"))
        raise bad_request(
            f"can't parse entities: Can't find end of the entity starting at byte offset {place}"
        )
    return end
