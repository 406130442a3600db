"""The method that answers what somebody typed behind the bot's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.playground.calls import Call
from bot.playground.keyboards import inline_keyboard
from bot.playground.limits import (
    INLINE_CACHE_SECONDS,
    INLINE_RESULT_ID_BYTES,
    INLINE_RESULTS,
)
from bot.playground.links import checked_link
from bot.playground.methods.composing import message_text
from bot.playground.refusals import ApiError, bad_request
from bot.playground.values import Json

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TEXTS = ("title", "description", "url", "thumbnail_url")
_SHOWN = ("type", "id", *_TEXTS, "thumbnail_width", "thumbnail_height")
_NEXT_OFFSET_BYTES = 64


async def answer_inline_query(call: Call) -> object:
    """What is offered to who typed."""
    if not call.has("inline_query_id"):
        raise bad_request('parameter "inline_query_id" is required')
    results = call.values("results", "inline query results")
    if len(results) > INLINE_RESULTS:
        raise bad_request("too many inline query results specified")
    if len(call.text("next_offset").encode()) > _NEXT_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    shown = [_shown(item) for item in results]
    if len({item["id"] for item in shown}) < len(shown):
        raise bad_request("RESULT_ID_DUPLICATE")
    contents = {item["id"]: _content(call, item) for item in _objects(results)}
    button = _button(call)
    query = call.world.inline.open(call.text("inline_query_id"))
    answer: Json = {
        "query_id": query.id,
        "results": shown,
        "is_personal": call.flag("is_personal"),
        "cache_time": max(0, call.integer("cache_time", INLINE_CACHE_SECONDS)),
        "next_offset": call.text("next_offset"),
        **({"button": button} if button else {}),
    }
    call.world.inline.answer(query, answer, contents, answer["cache_time"])
    call.world.events.publish("inline_answer", query.person_id, person=query.person_id, **answer)
    return True


def _objects(items: Sequence[object]) -> list[Json]:
    return [item for item in items if isinstance(item, dict)]


def _shown(item: object) -> Json:
    """A result as the list of results shows it."""
    if not isinstance(item, dict):
        raise _unparsed("expected an Object")
    for name in ("type", "id"):
        if not isinstance(item.get(name), str):
            raise _unparsed(f'Can\'t find field "{name}"')
    if item["type"] != "article":
        raise _unparsed("there are only articles in the playground")
    if not 1 <= len(item["id"].encode("utf-8", "surrogatepass")) <= INLINE_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    for name in _TEXTS:
        if item.get(name) is not None and not isinstance(item[name], str):
            raise _unparsed(f'Field "{name}" must be of type String')
    if item.get("title") is None:
        raise _unparsed('Can\'t find field "title"')
    if not item["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    for name in ("url", "thumbnail_url"):
        if item.get(name) and checked_link(item[name]) is None:
            raise bad_request("WEBPAGE_URL_INVALID")
    return {name: item[name] for name in _SHOWN if item.get(name) not in (None, "")}


def _content(call: Call, item: Json) -> Json:
    """The message that a result becomes, with its keyboard under `reply_markup`."""
    told = item.get("input_message_content")
    if told is None:
        raise _unparsed('Can\'t find field "input_message_content"')
    if not isinstance(told, dict):
        raise _unparsed("expected an Object as input message content")
    if told.get("message_text") is None:
        raise _unparsed('Can\'t find field "message_text"')
    parameters = {**told, "text": told["message_text"]}
    content = message_text(Call(call.world, call.method, parameters, {}))
    raw = item.get("reply_markup")
    keys = None if raw is None else inline_keyboard(raw)
    return {**content, **({"reply_markup": keys} if keys else {})}


def _button(call: Call) -> Json | None:
    """The button above the results."""
    raw = call.value("button", "InlineQueryResultsButton")
    if raw is None:
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not raw["text"].strip():
        raise bad_request("BUTTON_TEXT_EMPTY")
    start = raw.get("start_parameter")
    if raw.get("web_app") is not None:
        raise bad_request("BUTTON_TYPE_INVALID")
    if not isinstance(start, str) or not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": raw["text"], "start_parameter": start}


def _unparsed(reason: str) -> ApiError:
    return bad_request(f"can't parse inline query result: {reason}")
