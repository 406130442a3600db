"""Methods about chats and who is in them."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.chats import Chat
from bot.playground.people import Person
from bot.playground.refusals import bad_request
from bot.playground.values import Json


async def get_chat(call: Call) -> object:
    """A chat in full."""
    chat = call.chat()
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
    if not allowed:
        full["permissions"] = {"can_send_messages": True, "can_send_documents": True}
    return full


async def get_chat_member(call: Call) -> object:
    """Somebody in a chat."""
    chat = call.chat()
    return _member(call, chat, call.member(chat))


async def get_chat_administrators(call: Call) -> object:
    """Who runs a group: its first member."""
    chat = call.chat()
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    owner = call.world.people.get(_owner(chat))
    return [_member(call, chat, owner)] if owner else []


async def get_chat_member_count(call: Call) -> object:
    """How many are in a chat."""
    return len(call.chat().members)


async def leave_chat(call: Call) -> object:
    """The bot leaves a group."""
    chat = call.open_chat()
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    bot = call.world.bot
    call.world.post(chat, bot, {"left_chat_member": bot.view()})
    chat.members.remove(bot.id)
    call.world.membership(chat, bot, "member", "left")
    return True


def _owner(chat: Chat) -> int:
    return chat.members[0]


def _member(call: Call, chat: Chat, person: Person) -> Json:
    user = person.view()
    if person.id not in chat.members:
        return {"user": user, "status": "left"}
    if not chat.is_private and person.id == _owner(chat):
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member"}
