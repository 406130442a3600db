"""The page API: what the chat page, and tests, do in the place of people."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.playground.acting import Writing, hand, set_blocked
from bot.playground.answers import (
    Handler,
    answered,
    body_of,
    hand_in,
    json_response,
    messages_response,
    number,
    writing_of,
)
from bot.playground.elsewhere import forwarded_from
from bot.playground.faults import Fault
from bot.playground.following import events
from bot.playground.forwards import forwarded
from bot.playground.page_groups import gathering_routes
from bot.playground.page_inline import inline_routes
from bot.playground.refusals import PageError
from bot.playground.uploading import file, upload_documents, upload_photos, upload_voice
from bot.playground.world import World


def page_routes(world: World) -> list[Route]:
    """The routes under /api/."""
    messages = "/api/chats/{chat}/messages"
    table: list[tuple[str, str, Handler]] = [
        ("GET", "/api/world", _world),
        ("GET", "/api/events", events),
        ("GET", messages, _history),
        ("POST", messages, _write),
        ("POST", "/api/chats/{chat}/documents", upload_documents),
        ("POST", "/api/chats/{chat}/photos", upload_photos),
        ("POST", "/api/chats/{chat}/voice", upload_voice),
        ("POST", "/api/chats/{chat}/forwards", _forward),
        ("PATCH", messages + "/{message}", _edit),
        ("DELETE", messages + "/{message}", _delete),
        ("POST", messages + "/{message}/press", _press),
        ("POST", "/api/people", _add_person),
        ("POST", "/api/people/{person}/block", _block),
        ("GET", "/api/files/{file}", file),
        ("POST", "/api/faults", _add_fault),
        ("DELETE", "/api/faults", _clear_faults),
        *gathering_routes(),
        *inline_routes(),
    ]
    return [Route(path, answered(world, to), methods=[method]) for method, path, to in table]


async def _world(world: World, request: Request) -> Response:
    return json_response(world.view())


async def _history(world: World, request: Request) -> Response:
    chat = world.chat(number(request.path_params["chat"]))
    return json_response({"messages": list(chat.history()), "cursor": world.events.cursor})


async def _write(world: World, request: Request) -> Response:
    body = await body_of(request)
    acting = hand_in(world, request, body.get("from"))
    return messages_response(acting, acting.write(writing_of(body)))


async def _forward(world: World, request: Request) -> Response:
    body = await body_of(request)
    acting = hand_in(world, request, body.get("from"))
    if "from_chat" in body:
        identifiers = body.get("message_ids")
        if not isinstance(identifiers, list) or not identifiers:
            raise PageError("message_ids are the ids of the messages to forward.")
        source = hand(world, world.chat(number(body["from_chat"])), acting.person)
        found = [source.message(identifier) for identifier in identifiers]
        if any(message.is_service for message in found):
            raise PageError("That message cannot be forwarded.")
        contents = forwarded(source.chat, found)
    else:
        contents = forwarded_from(world, body.get("origin"), body.get("message"))
    # Clients send the comment first, as a message of its own.
    comment = writing_of(body, "comment")
    sent = acting.write(comment) if comment.text.strip() else []
    there = Writing(topic=comment.topic, anonymous=comment.anonymous)
    return messages_response(acting, [*sent, *acting.post(contents, there)])


async def _edit(world: World, request: Request) -> Response:
    body = await body_of(request)
    acting = hand_in(world, request, body.get("from"))
    message = acting.message(number(request.path_params["message"]))
    writing = writing_of(body, "text" if "text" in body else "caption")
    return messages_response(acting, [acting.edit(message, writing)])


async def _delete(world: World, request: Request) -> Response:
    acting = hand_in(world, request, number(request.query_params.get("from")))
    acting.delete(acting.message(number(request.path_params["message"])))
    return json_response({"deleted": True})


async def _press(world: World, request: Request) -> Response:
    body = await body_of(request)
    acting = hand_in(world, request, body.get("from"))
    message = acting.message(number(request.path_params["message"]))
    return json_response({"query_id": acting.press(message, str(body.get("data")))})


async def _add_person(world: World, request: Request) -> Response:
    body = await body_of(request)
    name = body.get("first_name")
    if not isinstance(name, str) or not name.strip():
        raise PageError("A person has a first name.")
    username, language = body.get("username"), body.get("language_code", "en")
    person = world.add_person(
        name.strip(),
        str(username).removeprefix("@") if username else None,
        str(language) if language else None,
    )
    return json_response({"person": person.view()})


async def _block(world: World, request: Request) -> Response:
    body = await body_of(request)
    person = world.person(number(request.path_params["person"]))
    set_blocked(world, person, body.get("blocked") is True)
    return json_response({"blocked": person.blocks})


async def _add_fault(world: World, request: Request) -> Response:
    body = await body_of(request)
    description = body.get("description")
    world.faults.add(
        Fault(
            method=str(body.get("method") or "*"),
            kind=str(body.get("kind")),
            count=number(body.get("count", 1)),
            retry_after=number(body.get("retry_after") or 1),
            deliver=body.get("deliver") is True,
            description=str(description) if description else None,
        )
    )
    return json_response({"added": True})


async def _clear_faults(world: World, request: Request) -> Response:
    world.faults.clear()
    return json_response({"cleared": True})
