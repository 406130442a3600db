"""The page API's part for groups and channels: making them, and who is in them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from bot.playground import gathering
from bot.playground.answers import Handler, body_of, json_response, number
from bot.playground.chats import Chat
from bot.playground.people import Person
from bot.playground.refusals import PageError
from bot.playground.values import Json
from bot.playground.world import World


def gathering_routes() -> list[tuple[str, str, Handler]]:
    """Their methods, paths and handlers."""
    chat = "/api/chats/{chat}"
    return [
        ("POST", "/api/groups", _add_group),
        ("POST", "/api/channels", _add_channel),
        ("POST", f"{chat}/migrate", _migrate),
        ("POST", f"{chat}/topics", _open_topic),
        ("DELETE", f"{chat}/topics/{{topic}}", _delete_topic),
        ("POST", f"{chat}/members", _change_member),
        ("GET", f"{chat}/commands", _commands),
    ]


async def _add_group(world: World, request: Request) -> Response:
    body = await body_of(request)
    people = _people(world, body.get("people"))
    forum, basic = body.get("forum") is True, body.get("basic") is True
    title = gathering.checked_title(body.get("title"))
    return _chat(world, gathering.add_group(world, title, people, forum=forum, basic=basic))


async def _add_channel(world: World, request: Request) -> Response:
    body = await body_of(request)
    username = str(body.get("username") or "").removeprefix("@")
    chat = gathering.add_channel(
        world,
        gathering.checked_title(body.get("title")),
        world.person(body.get("owner")),
        username=username or None,
        subscribers=_people(world, body.get("subscribers") or []),
        signs=body.get("signs") is True,
    )
    return _chat(world, chat)


def _people(world: World, raw: object) -> list[Person]:
    if not isinstance(raw, list):
        raise PageError("A list of people was expected.")
    return [world.person(one) for one in raw]


async def _migrate(world: World, request: Request) -> Response:
    return _chat(world, gathering.migrate(world, _chat_of(world, request)))


async def _open_topic(world: World, request: Request) -> Response:
    body = await body_of(request)
    person = world.person(body.get("from"))
    topic = gathering.open_topic(world, _chat_of(world, request), person, body.get("name"))
    return json_response({"topic": topic})


async def _delete_topic(world: World, request: Request) -> Response:
    person = world.person(number(request.query_params.get("from")))
    topic = number(request.path_params["topic"])
    gathering.delete_topic(world, _chat_of(world, request), person, topic)
    return json_response({"deleted": True})


async def _change_member(world: World, request: Request) -> Response:
    """What somebody (`from`) does with somebody (`who`: a person, the bot, or themselves)."""
    body = await body_of(request)
    chat, actor = _chat_of(world, request), world.person(body.get("from"))
    who, admin = body.get("who", actor.id), body.get("admin")
    person = world.bot if who == world.bot.id else world.person(who)
    match body.get("action"):
        case "join":
            gathering.join(world, chat, actor)
        case "leave":
            gathering.leave(world, chat, actor)
        case "add":
            gathering.add(world, chat, actor, person, admin=admin is True)
        case "remove":
            gathering.remove(world, chat, actor, person)
        case "promote":
            gathering.promote(world, chat, actor, person, admin=admin is not False)
        case "restrict":
            is_member = body.get("is_member") is not False
            gathering.restrict(world, chat, actor, person, is_member=is_member)
        case _:
            raise PageError("An action is join, leave, add, remove, promote or restrict.")
    return _chat(world, chat)


async def _commands(world: World, request: Request) -> Response:
    """The commands that a person is shown in a chat, in their language."""
    chat = _chat_of(world, request)
    person = world.person(number(request.query_params.get("as")))
    runs = chat.standing(person.id).runs
    found = world.menu.shown_to(chat.id, chat.kind, person, runs=runs)
    description = world.menu.text("description", person.language_code or "")
    return json_response({"commands": found, "description": description})


def _chat_of(world: World, request: Request) -> Chat:
    return world.chat(number(request.path_params["chat"]))


def _chat(world: World, chat: Chat) -> Response:
    view: Json = chat.page_view(world.bot.id)
    return json_response({"chat": view})
