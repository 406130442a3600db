"""Rich messages: blocks instead of one text (pure)."""

from __future__ import annotations

from bot.playground.limits import RICH_BLOCKS, RICH_CHARACTERS, RICH_DEPTH
from bot.playground.refusals import PageError
from bot.playground.values import Json

_WORDS = ("text", "label", "expression", "alternative_text", "summary", "caption", "credit")


def rich_message(raw: object) -> Json:
    """The rich message that somebody sends; PageError if Telegram would not take it."""
    blocks = raw.get("blocks") if isinstance(raw, dict) else None
    if not isinstance(raw, dict) or not isinstance(blocks, list) or not blocks:
        raise PageError("A rich message has a list of blocks.")
    if not all(isinstance(block, dict) and isinstance(block.get("type"), str) for block in blocks):
        raise PageError("Each block of a rich message has a type.")
    characters = counted = 0
    waiting: list[tuple[object, str, int]] = [(blocks, "blocks", 1)]
    while waiting:
        value, name, depth = waiting.pop()
        if depth > RICH_DEPTH:
            raise PageError(f"Blocks are nested at most {RICH_DEPTH} deep.")
        if isinstance(value, dict):
            waiting.extend((item, key, depth + (key == "blocks")) for key, item in value.items())
        elif isinstance(value, list):
            counted += len(value) if name == "blocks" else 0
            waiting.extend((item, name, depth) for item in value)
        elif isinstance(value, str) and name in _WORDS:
            characters += len(value)
    if counted > RICH_BLOCKS:
        raise PageError(f"A rich message has at most {RICH_BLOCKS} blocks.")
    if characters > RICH_CHARACTERS:
        raise PageError(f"A rich message has at most {RICH_CHARACTERS:,} characters.")
    return raw
