"""What a bot's message consists of: text, reply, keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.entities import Entity
from bot.playground.formatting import Formatted, formatted, quoted
from bot.playground.given_entities import given
from bot.playground.keyboards import check_flags, keyboard
from bot.playground.limits import CAPTION_CHARACTERS, MESSAGE_CHARACTERS, RAW_CHARACTERS
from bot.playground.links import checked_link
from bot.playground.messages import Message
from bot.playground.people import Person
from bot.playground.quoting import quote_of
from bot.playground.refusals import bad_request
from bot.playground.values import Json
from bot.playground.world import World

_PREVIEW_FLAGS = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")


def message_text(call: Call) -> Json:
    """The text of a message with its entities, as fields."""
    if not call.text("text"):
        raise bad_request("message text is empty")
    if len(call.text("text")) > RAW_CHARACTERS:
        raise bad_request("message is too long")
    text = _formatted(call, "text", "entities")
    if not text.text:
        raise bad_request("text must be non-empty")
    if len(text.text) > MESSAGE_CHARACTERS:
        raise bad_request("message is too long")
    return {**text.fields(), **_preview(call)}


def caption(call: Call) -> Json:
    """The caption of a message with its entities, as fields."""
    if len(call.text("caption")) > RAW_CHARACTERS:
        raise bad_request("message caption is too long")
    text = _formatted(call, "caption", "caption_entities")
    if len(text.text) > CAPTION_CHARACTERS:
        raise bad_request("message caption is too long")
    return text.fields("caption", "caption_entities")


def _formatted(call: Call, name: str, entities: str) -> Formatted:
    mode = call.text("parse_mode")
    found = given(call.values(entities)) if call.has(entities) and not mode else []
    for entity in found:
        if entity.kind == "text_mention" and _person(call.world, entity) is None:
            raise bad_request("user not found")
    return known_people(call.world, formatted(call.text(name), mode, found))


def known_people(world: World, text: Formatted) -> Formatted:
    """Mentions of people by their id: those that nobody knows are plain text."""

    def checked(entity: Entity) -> Entity | None:
        if entity.kind != "text_mention":
            return entity
        person = _person(world, entity)
        return replace(entity, arguments=(("user", person.view()),)) if person else None

    return replace(text, entities=tuple(e for e in map(checked, text.entities) if e))


def _person(world: World, entity: Entity) -> Person | None:
    user = dict(entity.arguments)["user"]
    identifier = user.get("id") if isinstance(user, dict) else None
    return world.people.get(identifier) if isinstance(identifier, int) else None


def _preview(call: Call) -> Json:
    options = call.value("link_preview_options")
    if options is None and call.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    if options is None:
        return {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    check_flags(options, _PREVIEW_FLAGS)
    if options.get("url") is not None and checked_link(str(options["url"])) is None:
        raise bad_request("WEBPAGE_URL_INVALID")
    return {"link_preview_options": options}


def markup(call: Call) -> Json | None:
    """The keyboard that comes with the call."""
    raw = call.value("reply_markup", "reply keyboard markup")
    return None if raw is None else keyboard(raw)


def reply(call: Call, chat: Chat) -> tuple[int | None, Json | None]:
    """The id of the message that is replied to, and the quote of it; none of another topic's."""
    told = call.value("reply_parameters", "reply parameters")
    if told is None and call.has("reply_to_message_id"):
        told = {
            "message_id": call.integer("reply_to_message_id"),
            "allow_sending_without_reply": call.flag("allow_sending_without_reply"),
        }
    if told is None:
        return None, None
    if not isinstance(told, dict):
        raise bad_request("object expected as reply parameters")
    elsewhere = told.get("chat_id") not in (None, chat.id, str(chat.id))
    target = None if elsewhere else chat.messages.get(_identifier(told.get("message_id")))
    if target is None:
        if told.get("allow_sending_without_reply") and not elsewhere:
            return None, None
        raise bad_request("message to be replied not found")
    quote = _quote(told, target)
    topic = topic_of(call)
    # Telegram shows a message of another topic above such a reply, but it is no reply to it.
    return (target.id, quote) if topic is None or target.thread == topic else (None, None)


def _identifier(raw: object) -> int:
    if isinstance(raw, str) and raw.isdecimal():
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise bad_request('can\'t find field "message_id"')
    return raw


def _quote(told: Mapping[str, object], target: Message) -> Json | None:
    text = told.get("quote")
    if not text:
        return None
    mode = str(told.get("quote_parse_mode") or "")
    entities = given(told.get("quote_entities") or []) if not mode else []
    position = told.get("quote_position")
    near = position if isinstance(position, int) else 0
    return quote_of(target, quoted(str(text), mode, entities), near)


def place(call: Call) -> Chat:
    """The chat to write to, with everything refused that does not exist here."""
    chat = call.open_chat()
    if call.has("business_connection_id"):
        raise bad_request("business connection not found")
    if call.integer("message_thread_id") not in (0, *(chat.topics or ())):
        raise bad_request("message thread not found")
    if call.has("direct_messages_topic_id"):
        raise bad_request("direct messages topic not found")
    if call.has("suggested_post_parameters"):
        raise bad_request("suggested posts can be sent only to channel direct messages")
    if call.has("message_effect_id"):
        raise bad_request("EFFECT_ID_INVALID")
    if call.flag("allow_paid_broadcast"):
        raise bad_request("FLOODSKIP_NOT_ALLOWED")
    return chat


def topic_of(call: Call) -> int | None:
    """The topic to write to."""
    return call.integer("message_thread_id") or None


def sent(call: Call, content: Json) -> Json:
    """Post the message that a call describes; its view is the call's result."""
    keys = markup(call)
    chat = place(call)
    reply_to, quote = reply(call, chat)
    if call.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    message = call.world.post(
        chat,
        call.world.bot,
        content,
        reply_to=reply_to,
        quote=quote,
        markup=keys,
        topic=topic_of(call),
    )
    return chat.message_view(message)
