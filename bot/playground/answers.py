"""What requests of the page bring along, and how they are answered."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.playground.acting import Hand, Writing, hand
from bot.playground.given_entities import given
from bot.playground.messages import Message
from bot.playground.refusals import ApiError, PageError
from bot.playground.rich import rich_message
from bot.playground.values import Json
from bot.playground.world import World

Handler = Callable[[World, Request], Awaitable[Response]]


def answered(world: World, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The handler, with its refusals as {"error": sentence}."""

    async def answer(request: Request) -> Response:
        try:
            check_origin(request)
            return await handler(world, request)
        except PageError as error:
            return json_response({"error": error.sentence}, error.status)
        except ApiError as error:
            return json_response({"error": error.description}, error.code)
        except HTTPException as error:
            return json_response({"error": error.detail}, error.status_code)

    return answer


def check_origin(request: Request) -> None:
    """PageError if the request comes from a page of another site in the person's browser."""
    origin = request.headers.get("origin")
    if origin is not None and origin != f"http://{request.headers.get('host')}":
        raise PageError("Other sites cannot act here.", 403)


def json_response(body: object, status: int = 200) -> Response:
    """A JSON answer."""
    headers = {"Cache-Control": "no-store"}
    return Response(json.dumps(body), status, headers, media_type="application/json")


def messages_response(acting: Hand, messages: list[Message]) -> Response:
    """The messages that came of a request."""
    views = [acting.chat.message_view(message, for_page=True) for message in messages]
    return json_response({"messages": views})


async def body_of(request: Request) -> Json:
    """The JSON object of a request."""
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise PageError("The request has no JSON object.")
    return body


def hand_in(world: World, request: Request, person_id: object) -> Hand:
    """Who acts, in the chat of the request's path."""
    chat = world.chat(number(request.path_params["chat"]))
    return hand(world, chat, world.person(person_id))


def number(raw: object) -> int:
    """A whole number of a path, a query or a form."""
    try:
        return int(str(raw))
    except ValueError:
        raise PageError("A number was expected.") from None


def writing_of(body: Json, text_name: str = "text") -> Writing:
    """What a JSON object says shall be written."""
    text, quote, reply_to = body.get(text_name) or "", body.get("quote"), body.get("reply_to")
    if not isinstance(text, str):
        raise PageError("The text is no text.")
    if quote is not None and not isinstance(quote, str):
        raise PageError("The quote is no text.")
    if reply_to is not None and not isinstance(reply_to, int):
        raise PageError("reply_to is the id of a message.")
    topic = body.get("topic")
    if topic is not None and not isinstance(topic, int):
        raise PageError("topic is the id of a topic.")
    rich = body.get("rich_message")
    return Writing(
        text,
        tuple(given(body.get("entities") or [])),
        None if rich is None else rich_message(rich),
        reply_to,
        quote,
        topic,
        body.get("anonymous") is True,
    )
