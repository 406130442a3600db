"""Methods about chats and who is in them."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.gathering import change
from bot.playground.people import Person
from bot.playground.refusals import bad_request
from bot.playground.standing import LEFT
from bot.playground.values import Json


async def get_chat(call: Call) -> object:
    """A chat in full."""
    chat = call.known_chat()
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    allowed = chat.is_private
    full: Json = {
        **chat.view(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            **dict.fromkeys(gifts, allowed),
            "gifts_from_channels": allowed,
        },
    }
    if chat.username:
        full["active_usernames"] = [chat.username]
    if chat.kind in ("group", "supergroup"):
        full["permissions"] = {"can_send_messages": True, "can_send_documents": True}
    return full


async def get_chat_member(call: Call) -> object:
    """Somebody in a chat."""
    chat = call.peopled_chat()
    _check_list(call, chat)
    return _member(chat, call.member(chat))


async def get_chat_administrators(call: Call) -> object:
    """Who runs a group or a channel."""
    chat = call.peopled_chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    _check_list(call, chat)
    everybody = [*call.world.people.values(), call.world.bot]
    return [_member(chat, one) for one in everybody if chat.standing(one.id).runs]


async def get_chat_member_count(call: Call) -> object:
    """How many are in a chat."""
    return len(call.peopled_chat().members)


async def leave_chat(call: Call) -> object:
    """The bot leaves a group or a channel."""
    chat = call.joined_chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    change(call.world, chat, call.world.bot, call.world.bot, LEFT)
    return True


def _check_list(call: Call, chat: Chat) -> None:
    """ApiError if it is a channel that the bot does not run: its readers are a secret."""
    if chat.is_channel and not chat.standing(call.world.bot.id).runs:
        raise bad_request("member list is inaccessible")


def _member(chat: Chat, person: Person) -> Json:
    return chat.standing(person.id).view(person.view(), chat.kind)
