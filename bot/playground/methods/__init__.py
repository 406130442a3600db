"""The methods of the Bot API that the playground knows, by their names in lower case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.playground.calls import Call
from bot.playground.limits import (
    DESCRIPTION_CHARACTERS,
    NAME_CHARACTERS,
    SHORT_DESCRIPTION_CHARACTERS,
)
from bot.playground.methods import (
    copying,
    editing,
    groups,
    inline,
    polling,
    profile,
    responding,
    sending,
)

Method = Callable[[Call], Awaitable[object]]

_NAMED: Mapping[str, Method] = {
    "getUpdates": polling.get_updates,
    "deleteWebhook": polling.delete_webhook,
    "getWebhookInfo": polling.get_webhook_info,
    "getMe": profile.get_me,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.text_setter("name", NAME_CHARACTERS),
    "getMyName": profile.text_getter("name"),
    "setMyDescription": profile.text_setter("description", DESCRIPTION_CHARACTERS),
    "getMyDescription": profile.text_getter("description"),
    "setMyShortDescription": profile.text_setter("short_description", SHORT_DESCRIPTION_CHARACTERS),
    "getMyShortDescription": profile.text_getter("short_description"),
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "sendMessageDraft": sending.send_message_draft,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "deleteMessages": editing.delete_messages,
    "forwardMessage": copying.forward_message,
    "forwardMessages": copying.forward_messages,
    "copyMessage": copying.copy_message,
    "copyMessages": copying.copy_messages,
    "answerCallbackQuery": responding.answer_callback_query,
    "answerInlineQuery": inline.answer_inline_query,
    "getFile": responding.get_file,
    "setMessageReaction": responding.set_message_reaction,
    "getChat": groups.get_chat,
    "getChatMember": groups.get_chat_member,
    "getChatAdministrators": groups.get_chat_administrators,
    "getChatMemberCount": groups.get_chat_member_count,
    "leaveChat": groups.leave_chat,
}
METHODS: Mapping[str, Method] = {name.lower(): method for name, method in _NAMED.items()}
