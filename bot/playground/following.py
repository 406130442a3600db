"""How the page follows what happens: a stream of events, or one long answer."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.playground.answers import json_response, number
from bot.playground.world import World

_HEARTBEAT = 15.0
_LONGEST_WAIT = 60.0


async def events(world: World, request: Request) -> Response:
    """The events after a number; with `chat` only those of one chat."""
    query = request.query_params
    after = number(request.headers.get("last-event-id") or query.get("after") or 0)
    chat = number(query["chat"]) if "chat" in query else None
    if "wait" in query or "application/json" in request.headers.get("accept", ""):
        wait = min(_seconds(query.get("wait")), _LONGEST_WAIT)
        found = await world.events.wait(after, wait, chat)
        cursor = found[-1]["id"] if found else world.events.cursor
        return json_response({"events": found, "cursor": cursor})
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = _stream(world, after, chat)
    return StreamingResponse(stream, headers=headers, media_type="text/event-stream")


async def _stream(world: World, cursor: int, chat: int | None) -> AsyncIterator[str]:
    yield ": here\n\n"
    while not world.events.closed:
        found = await world.events.wait(cursor, _HEARTBEAT, chat)
        if not found:
            yield ": still here\n\n"
        for event in found:
            cursor = event["id"]
            yield f"id: {cursor}\ndata: {json.dumps(event)}\n\n"


def _seconds(raw: str | None) -> float:
    try:
        return max(0.0, float(raw or 0))
    except ValueError:
        return 0.0
