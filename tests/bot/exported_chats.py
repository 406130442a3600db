"""Exports as Telegram Desktop writes them, of chats that are made up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

NOON = 1_714_557_600
"""Unix seconds: 1 May 2024, 10:00 UTC."""
CHANNEL = 1_234_567_890
"""A channel's number of its own; bots know it as -1001234567890."""
KNOWN_AS = -1_001_234_567_890
BEEKEEPERS = """The beekeepers of Fern Row

The beekeepers of Fern Row moved forty hives to the roof of the old library on Monday. Olga \
Winter, who leads them, says that the lime trees below give the best honey in town."""
KITES = """A kite for every child

Every child of Sandhill was given a kite at the harbour on Friday. The sailmaker Piet Vos sewed \
all 212 of them from torn sails."""
TALK = "Who comes along on Friday?"


def message(number: int, text: Any = BEEKEEPERS, **fields: Any) -> dict[str, Any]:
    """A message with the fields that each has."""
    seconds = fields.pop("seconds", NOON + 60 * number)
    return {
        "id": number,
        "type": "message",
        "date": "2024-05-01T12:00:00",
        "date_unixtime": str(seconds),
        "from": "Harbour Post",
        "from_id": f"channel{CHANNEL}",
        "text": text,
        **fields,
    }


def notice(number: int) -> dict[str, Any]:
    """What Telegram itself says in a chat."""
    return {
        **message(number, ""),
        "type": "service",
        "action": "pin_message",
        "actor": "Harbour Post",
        "message_id": 1,
    }


def export(
    messages: Sequence[Any],
    kind: str = "public_channel",
    number: int = CHANNEL,
    name: str | None = "Harbour Post",
) -> dict[str, Any]:
    """A chat with these messages."""
    return {"name": name, "type": kind, "id": number, "messages": list(messages)}


def file_of(content: Any) -> bytes:
    """The file, laid out as it is written."""
    return json.dumps(content, indent=1, ensure_ascii=False).encode()


def posts(count: int, first: int = 1) -> list[dict[str, Any]]:
    """So many short posts, no two alike."""
    return [
        message(
            number,
            f"Report {number} from the harbour\n\nBoat {number} came in with {7 * number} crates "
            f"of mackerel, and its skipper had seen {number} seals on the way home.",
        )
        for number in range(first, first + count)
    ]
