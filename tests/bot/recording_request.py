"""Telegram at the transport seam: keeps each request, and answers as Telegram does or fails."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
from telegram.request import HTTPXRequest, RequestData

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw-"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Cuttings", "username": "cuttings_bot"}
ADMINISTRATOR = (
    *("can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)
"""What Telegram tells of each administrator."""


@dataclass(frozen=True, slots=True)
class Call:
    """A method of the Bot API and what it was called with."""

    method: str
    values: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes, str]]
    """File name, content and type of each upload."""

    @property
    def text(self) -> str:
        """What is said with it."""
        return str(self.values.get("text", self.values.get("caption", "")))


Fault = httpx.Response | type[httpx.TransportError]


def refusal(code: int, description: str, **parameters: object) -> httpx.Response:
    """An answer that says no."""
    answer = {"ok": False, "error_code": code, "description": description}
    return httpx.Response(code, json={**answer, "parameters": parameters} if parameters else answer)


def flood(seconds: float) -> httpx.Response:
    """The answer to who asks too often."""
    return refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class RecordingRequest(HTTPXRequest):
    """What python-telegram-bot does its calls with; only the wire below it is not there."""

    def __init__(self) -> None:
        wire = httpx.MockTransport(self._answer)
        super().__init__(httpx_kwargs={"transport": wire, "trust_env": False})
        self.calls: list[Call] = []
        self._faults: dict[str, list[Fault]] = {}
        self._ids = count(501)
        self.files: dict[str, bytes] = {}
        """What can be downloaded, by the id of the file."""
        self.members: dict[tuple[int, int], str] = {}
        """What somebody is in a group or channel, by both ids; who is not named has left it."""

    def fail(self, method: str, *faults: Fault) -> None:
        """Have the next calls of a method end like this, one after another."""
        self._faults.setdefault(method, []).extend(faults)

    def made(self, *methods: str) -> list[Call]:
        """The calls of these methods, in order."""
        return [call for call in self.calls if call.method in methods]

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """Make a request; the library names all its arguments."""
        data: RequestData | None = named.get("request_data")
        method = named["url"].rsplit("/", 1)[-1]
        values: dict[str, Any] = data.parameters if data else {}
        files: Mapping[str, Any] = (data.multipart_data if data else None) or {}
        self.calls.append(Call(method, values, files))
        return await super().do_request(*arguments, **named)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        # No wire, no waiting: the last call is the one that is to be answered.
        call = self.calls[-1]
        if request.url.path.startswith(f"/file/bot{TOKEN}/"):
            return httpx.Response(200, content=self.files[request.url.path.rsplit("/", 1)[-1]])
        assert request.url.path == f"/bot{TOKEN}/{call.method}"
        if faults := self._faults.get(call.method):
            fault = faults.pop(0)
            if isinstance(fault, httpx.Response):
                return fault
            raise fault(f"while calling {request.url}", request=request)
        if broken := _broken_limit(call):
            return refusal(400, f"Bad Request: {broken}")
        return httpx.Response(200, json={"ok": True, "result": self._result(call)})

    def _result(self, call: Call) -> object:
        chat = {"id": call.values.get("chat_id"), "type": "private", "first_name": "Ann"}
        if call.method == "getMe":
            return BOT
        if call.method == "getFile":
            name = call.values["file_id"]
            return {"file_id": name, "file_unique_id": name, "file_path": f"files/{name}"}
        if call.method == "getChatMember":
            return self._member(call.values["chat_id"], call.values["user_id"])
        if call.method == "getChat":
            types = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
            gifts = dict.fromkeys((*types, "gifts_from_channels"), True)
            more = {"accent_color_id": 0, "max_reaction_count": 1, "accepted_gift_types": gifts}
            if int(call.values["chat_id"]) < 0:
                chat |= {"type": "supergroup", "title": "Reading circle"}
            return {**chat, **more}
        if call.method.startswith(("send", "edit")) and call.method != "sendChatAction":
            number = call.values.get("message_id") or next(self._ids)
            message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": BOT}
            return {**message, "text": call.text}
        return True

    def _member(self, chat_id: int, user_id: int) -> object:
        status = self.members.get((chat_id, user_id), "left")
        rights = dict.fromkeys(ADMINISTRATOR, True) if status == "administrator" else {}
        user = {"id": user_id, "is_bot": False, "first_name": "Somebody"}
        return {"status": status, "user": user, "is_anonymous": False, **rights}


def _broken_limit(call: Call) -> str | None:
    """What Telegram would say of a call that is over a limit, HTML counted with its tags."""
    values = call.values
    if call.method in ("sendMessage", "editMessageText") and not call.text.strip():
        return "message text is empty"
    if len(values.get("text", "")) > (200 if call.method == "answerCallbackQuery" else 4096):
        return "message is too long"
    if len(values.get("caption", "")) > 1024:
        return "message caption is too long"
    keyboard = values.get("reply_markup", {}).get("inline_keyboard", [])
    data = [button.get("callback_data", "-") for row in keyboard for button in row]
    if not all(1 <= len(each.encode()) <= 64 for each in data):
        return "BUTTON_DATA_INVALID"
    json.dumps(dict(values))  # what cannot be sent at all
    return None
