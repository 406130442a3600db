"""Methods that send something."""

from __future__ import annotations

from bot.playground.calls import Call
from bot.playground.files import PHOTO, StoredFile
from bot.playground.formatting import formatted
from bot.playground.limits import MESSAGE_CHARACTERS
from bot.playground.methods.composing import caption, message_text, place, sent, topic_of
from bot.playground.refusals import bad_request
from bot.playground.values import Json

_ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


async def send_message(call: Call) -> object:
    """A text."""
    return sent(call, message_text(call))


async def send_document(call: Call) -> object:
    """A file with a caption."""
    words = caption(call)
    place(call)  # nothing is kept of a file that goes nowhere
    return sent(call, {"document": _document(call).document(), **words})


def _document(call: Call) -> StoredFile:
    """The file of the call: uploaded with it, or known by its id."""
    wanted = call.text("document")
    upload = call.uploads.get(wanted.removeprefix("attach://") if wanted else "document")
    if upload is not None:
        if not upload.data:
            raise bad_request("file must be non-empty")
        return call.world.files.add(upload.data, upload.name)
    if not wanted:
        raise bad_request("there is no document in the request")
    if wanted.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = call.world.files.get(wanted)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind is PHOTO:
        raise bad_request("type of file mismatch")
    return file


async def send_chat_action(call: Call) -> object:
    """What the bot is doing: shown for a few seconds."""
    action = call.text("action").lower()
    if not action:
        raise bad_request('parameter "action" is required')
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = place(call)
    where: Json = {"message_thread_id": topic_of(call)} if topic_of(call) else {}
    call.world.events.publish("typing", chat.id, action=action, **where)
    return True


async def send_message_draft(call: Call) -> object:
    """A preview of a message that is still being written."""
    chat = place(call)
    if not chat.is_private:
        raise bad_request("chat is not a private chat")
    draft = call.integer("draft_id")
    if draft == 0:
        raise bad_request("draft_id must be non-zero")
    text = formatted(call.text("text"), call.text("parse_mode"))
    if len(text.text) > MESSAGE_CHARACTERS:
        raise bad_request("message is too long")
    details: Json = {"draft_id": draft, "text": text.text}
    call.world.events.publish("draft", chat.id, **details)
    return True
