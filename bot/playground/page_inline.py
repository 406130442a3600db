"""The page API's part for inline queries: typing them and choosing a result."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.playground.acting import Writing, hand
from bot.playground.answers import Handler, body_of, json_response, messages_response, number
from bot.playground.inline import InlineQuery
from bot.playground.limits import INLINE_QUERY_CHARACTERS
from bot.playground.people import Person
from bot.playground.refusals import PageError
from bot.playground.values import Json
from bot.playground.world import World


def inline_routes() -> list[tuple[str, str, Handler]]:
    """Their methods, paths and handlers."""
    return [
        ("POST", "/api/people/{person}/inline", _ask),
        ("GET", "/api/inline/{query}", _answer),
        ("POST", "/api/inline/{query}/choose", _choose),
    ]


async def _ask(world: World, request: Request) -> Response:
    """Type a query in a chat; one that was answered a short while ago has its answer at once."""
    body = await body_of(request)
    person = world.person(number(request.path_params["person"]))
    text, offset, chat_id = body.get("query"), body.get("offset") or "", body.get("chat")
    if not world.inline_mode:
        raise PageError("The bot has no inline mode.")
    if not isinstance(text, str) or not isinstance(offset, str):
        raise PageError("A query is a text.")
    kind = "sender"
    if chat_id is not None and chat_id != person.id:
        kind = hand(world, world.chat(number(chat_id)), person).chat.kind
    # Clients send what fits.
    query = world.inline.ask(person.id, text.strip()[:INLINE_QUERY_CHARACTERS], offset)
    if query.answer is None:
        world.updates.put("inline_query", _view(query, person, kind))
    return json_response({"query_id": query.id, "answer": _told(query)})


def _view(query: InlineQuery, person: Person, kind: str) -> Json:
    """As an InlineQuery of the Bot API."""
    return {
        "id": query.id,
        "from": person.view(),
        "chat_type": kind,
        "query": query.text,
        "offset": query.offset,
    }


def _told(query: InlineQuery) -> Json | None:
    return None if query.answer is None else {**query.answer, "query_id": query.id}


async def _answer(world: World, request: Request) -> Response:
    return json_response({"answer": _told(_query(world, request))})


async def _choose(world: World, request: Request) -> Response:
    """Send a result into a chat, by way of the bot."""
    body = await body_of(request)
    query = _query(world, request)
    person = world.person(query.person_id)
    result_id, chat_id = str(body.get("result")), body.get("chat", person.id)
    content = (query.contents or {}).get(result_id)
    if content is None:
        raise PageError("There is no such result.", 404)
    acting = hand(world, world.chat(number(chat_id)), person)
    topic = body.get("topic")
    writing = Writing(topic=None if topic is None else number(topic))
    keys = content.get("reply_markup")
    told = {name: value for name, value in content.items() if name != "reply_markup"}
    sent = acting.post([{**told, "via_bot": world.bot.view()}], writing, markup=keys)
    if world.inline_feedback:
        chosen: Json = {"result_id": result_id, "from": person.view(), "query": query.text}
        world.updates.put("chosen_inline_result", chosen)
    return messages_response(acting, sent)


def _query(world: World, request: Request) -> InlineQuery:
    query = world.inline.get(request.path_params["query"])
    if query is None:
        raise PageError("There is no such query.", 404)
    return query
