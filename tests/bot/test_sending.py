"""What the bot sends arrives once, as plain text if need be, and never twice by its own fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recording_request import TOKEN, Fault, RecordingRequest, flood, refusal
from telegram import (
    Bot,
    CallbackQuery,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from update_samples import ANN, button

from bot import sending
from bot.markup import LIMIT, bold, escape, marked, quote, shortened, units
from bot.sending import ALERT_LIMIT, REFUSED_TRIES, Reply, Sender

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")

HTML = "<b>Agnes Moray</b> lit it &amp; left."
PLAIN = "Agnes Moray lit it & left."
BAD_QUOTE = refusal(400, "Bad Request: QUOTE_TEXT_INVALID")
BAD_HTML = refusal(
    400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
)
BAD_FOLD = refusal(400, 'Bad Request: can\'t parse entities: Unsupported start tag "blockquote"')
UNCHANGED = refusal(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message",
)
BLOCKED = refusal(403, "Forbidden: bot was blocked by the user")
GONE = refusal(400, "Bad Request: message to edit not found")
FAULTY = refusal(500, "Internal Server Error")
GATEWAY = httpx.Response(502, html="<html><h1>502 Bad Gateway</h1></html>")
LOST = [httpx.ReadTimeout, httpx.ReadError, httpx.RemoteProtocolError, httpx.WriteTimeout]
DOWN = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]


@dataclass
class Desk:
    """A sender, and the wire it sends on."""

    request: RecordingRequest = field(default_factory=RecordingRequest)

    def __post_init__(self) -> None:
        self.bot = Bot(TOKEN, request=self.request, get_updates_request=self.request)
        self.sender = Sender(self.bot, first_pause=0.001)

    def send(self, html: str = HTML, **more: Any) -> int | None:
        return asyncio.run(self.sender.send(ANN, html, **more))

    def edit(self, html: str = HTML) -> bool:
        return asyncio.run(self.sender.edit(ANN, 400, html))

    def document(self, file: Path) -> int | None:
        return asyncio.run(self.sender.document(ANN, file, "cuttings.jsonl", "<b>3</b> articles"))

    def query(self) -> CallbackQuery:
        query = button(1, bot=self.bot).callback_query
        assert query
        return query

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.request.calls]

    @property
    def modes(self) -> list[str | None]:
        return [call.values.get("parse_mode") for call in self.request.calls]


def test_a_message_is_sent_as_html_with_its_quote_and_its_buttons() -> None:
    desk = Desk()
    reply = Reply(5, "lit it", [MessageEntity("bold", 0, 3)])
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Undo", callback_data="undo:1")]])
    first = desk.send(reply=reply, buttons=buttons)
    second = desk.send("And more.", buttons=ForceReply())
    assert isinstance(first, int)
    assert second == first + 1
    call = desk.request.calls[0]
    assert (call.method, call.text, call.values["parse_mode"]) == ("sendMessage", HTML, "HTML")
    replied = call.values["reply_parameters"]
    assert replied["message_id"] == 5
    assert replied["quote"] == "lit it"
    assert [entity["type"] for entity in replied["quote_entities"]] == ["bold"]
    assert replied["allow_sending_without_reply"] is True
    assert call.values["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "undo:1"


def test_a_quote_that_telegram_does_not_find_is_left_out() -> None:
    desk = Desk()
    desk.request.fail("sendMessage", BAD_QUOTE)
    assert desk.send(reply=Reply(5, "never said")) is not None
    first, second = desk.request.calls
    assert second.text == first.text == HTML
    assert second.values["reply_parameters"]["message_id"] == 5
    assert "quote" not in second.values["reply_parameters"]


def test_html_that_telegram_does_not_parse_is_sent_as_plain_text() -> None:
    desk = Desk()
    desk.request.fail("sendMessage", BAD_HTML)
    assert desk.send() is not None
    assert desk.texts == [HTML, PLAIN]
    assert desk.modes == ["HTML", None]


@pytest.mark.parametrize("faults", [[BAD_QUOTE, BAD_HTML], [BAD_HTML, BAD_QUOTE]])
def test_both_may_be_refused(faults: list[Fault]) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", *faults)
    assert desk.send(reply=Reply(5, "never said")) is not None
    last = desk.request.calls[-1]
    assert last.text == PLAIN
    assert "quote" not in last.values["reply_parameters"]
    assert len(desk.texts) == 3


def test_a_tag_that_is_named_like_a_quote_does_not_cost_the_quote() -> None:
    desk = Desk()
    desk.request.fail("sendMessage", BAD_FOLD)
    desk.send(reply=Reply(5, "lit it"))
    assert desk.texts == [HTML, PLAIN]
    assert desk.request.calls[-1].values["reply_parameters"]["quote"] == "lit it"


@pytest.mark.parametrize("faults", [[BAD_HTML] * 2, [BAD_QUOTE] * 2])
def test_what_is_refused_as_plain_text_too_is_told(faults: list[Fault]) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", *faults)
    with pytest.raises(BadRequest):
        desk.send(reply=Reply(5, "lit it"))
    assert len(desk.texts) == 2


@pytest.mark.parametrize("down", DOWN)
def test_a_network_that_is_down_is_waited_out(down: type[httpx.TransportError]) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", *[down] * (REFUSED_TRIES + 2))
    assert desk.send() is not None
    assert desk.texts == [HTML] * (REFUSED_TRIES + 3)


@pytest.mark.parametrize("fault", [FAULTY, GATEWAY], ids=["json", "html"])
def test_an_error_of_the_server_is_tried_again(fault: Fault) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", *[fault] * (REFUSED_TRIES - 1))
    assert desk.send() is not None
    assert len(desk.texts) == REFUSED_TRIES


@pytest.mark.parametrize("fault", [FAULTY, GATEWAY], ids=["json", "html"])
def test_a_server_that_stays_in_error_is_told_of(fault: Fault) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", *[fault] * 20)
    with pytest.raises(NetworkError):
        desk.send()
    assert len(desk.texts) == REFUSED_TRIES


@pytest.mark.parametrize("lost", LOST)
def test_a_message_whose_answer_was_lost_is_not_sent_again(
    lost: type[httpx.TransportError],
) -> None:
    desk = Desk()
    desk.request.fail("sendMessage", lost)
    assert desk.send() is None
    assert desk.texts == [HTML]


def test_nor_is_it_when_it_was_lost_as_plain_text() -> None:
    desk = Desk()
    desk.request.fail("sendMessage", BAD_HTML, httpx.ReadTimeout)
    assert desk.send() is None
    assert desk.texts == [HTML, PLAIN]


@pytest.mark.parametrize("lost", LOST)
def test_an_edit_whose_answer_was_lost_is_made_again(lost: type[httpx.TransportError]) -> None:
    desk = Desk()
    desk.request.fail("editMessageText", lost, lost)
    assert desk.edit()
    assert desk.texts == [HTML] * 3


def test_an_edit_that_had_arrived_after_all_is_fine() -> None:
    desk = Desk()
    desk.request.fail("editMessageText", httpx.ReadTimeout, UNCHANGED)
    assert desk.edit()


@pytest.mark.parametrize("faults", [[UNCHANGED], [BAD_HTML, UNCHANGED]])
def test_an_edit_that_changes_nothing_is_fine(faults: list[Fault]) -> None:
    desk = Desk()
    desk.request.fail("editMessageText", *faults)
    assert desk.edit()


def test_an_edit_of_a_message_that_is_gone_is_said_to_have_failed() -> None:
    desk = Desk()
    desk.request.fail("editMessageText", GONE)
    assert not desk.edit()
    assert len(desk.texts) == 1


def test_an_edit_whose_html_is_refused_is_made_as_plain_text() -> None:
    desk = Desk()
    desk.request.fail("editMessageText", BAD_HTML)
    assert desk.edit()
    assert desk.texts == [HTML, PLAIN]
    assert desk.modes == ["HTML", None]
    desk.request.fail("editMessageText", BAD_HTML, BAD_HTML)
    assert not desk.edit()


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("sendMessage", Desk.send),
        ("editMessageText", Desk.edit),
    ],
)
def test_who_has_blocked_the_bot_is_told_of_at_once(
    method: str, call: Callable[[Desk], object]
) -> None:
    desk = Desk()
    desk.request.fail(method, BLOCKED)
    with pytest.raises(Forbidden):
        call(desk)
    assert len(desk.texts) == 1


def test_what_telegram_does_not_want_for_other_reasons_is_told_at_once() -> None:
    desk = Desk()
    desk.request.fail("sendMessage", refusal(400, "Bad Request: chat not found"))
    with pytest.raises(BadRequest):
        desk.send()
    desk.request.fail("sendMessage", flood(3))
    with pytest.raises(RetryAfter):
        desk.send()
    assert len(desk.texts) == 2


def test_a_file_is_sent_under_its_name_whole_even_the_second_time(tmp_path: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(b"line\n" * 1000)
    desk = Desk()
    desk.request.fail("sendDocument", FAULTY, httpx.ConnectError)
    assert desk.document(file) is not None
    assert len(desk.request.calls) == 3
    for call in desk.request.calls:
        ((name, content, _),) = call.files.values()
        assert (name, content) == ("cuttings.jsonl", file.read_bytes())
        assert call.text == "<b>3</b> articles"


def test_a_file_whose_answer_was_lost_is_not_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(b"line\n")
    desk = Desk()
    desk.request.fail("sendDocument", httpx.ReadTimeout)
    assert desk.document(file) is None
    assert len(desk.request.calls) == 1


def test_a_message_is_deleted_where_telegram_allows_it() -> None:
    desk = Desk()
    assert asyncio.run(desk.sender.delete(ANN, 400))
    desk.request.fail("deleteMessage", httpx.ReadTimeout)
    assert asyncio.run(desk.sender.delete(ANN, 400))
    desk.request.fail("deleteMessage", refusal(400, "Bad Request: message can't be deleted"))
    assert not asyncio.run(desk.sender.delete(ANN, 400))


@pytest.mark.parametrize(
    "fault",
    [
        refusal(
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
        ),
        flood(3),
        FAULTY,
        httpx.ReadTimeout,
        httpx.ConnectError,
    ],
)
def test_to_acknowledge_too_late_or_in_vain_is_no_fault(fault: Fault) -> None:
    desk = Desk()
    desk.request.fail("answerCallbackQuery", fault)
    asyncio.run(desk.sender.acknowledge(desk.query(), "Undone."))
    assert desk.texts == ["Undone."]


def test_an_alert_is_no_longer_than_telegram_shows() -> None:
    desk = Desk()
    for text in ("x" * ALERT_LIMIT, "x" * (ALERT_LIMIT + 1), "\U0001f3ee" * 500, None):
        asyncio.run(desk.sender.acknowledge(desk.query(), text, alert=True))
    assert [len(text) for text in desk.texts] == [ALERT_LIMIT] * 3 + [0]
    assert [text[-1:] for text in desk.texts] == ["x", "…", "…", ""]
    assert all(call.values["show_alert"] for call in desk.request.calls)


def test_typing_is_shown_at_once_and_again_until_it_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "TYPING_LASTS", 0.02)
    desk = Desk()
    desk.request.fail("sendChatAction", httpx.ReadTimeout, BLOCKED)

    async def work() -> None:
        async with desk.sender.typing(ANN):
            await asyncio.sleep(0.005)
            assert len(desk.request.calls) == 1
            while len(desk.request.calls) < 4:
                await asyncio.sleep(0.01)
        shown = len(desk.request.calls)
        await asyncio.sleep(0.05)
        assert len(desk.request.calls) == shown

    asyncio.run(asyncio.wait_for(work(), 10))
    assert {call.values["action"] for call in desk.request.calls} == {"typing"}


def test_typing_ends_with_a_failure_too() -> None:
    desk = Desk()

    async def work() -> None:
        with pytest.raises(ZeroDivisionError):
            async with desk.sender.typing(ANN):
                raise ZeroDivisionError
        await asyncio.sleep(0)
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(work())


def test_a_person_is_called_what_they_call_themselves_if_telegram_tells() -> None:
    desk = Desk()
    assert asyncio.run(desk.sender.name_of(ANN)) == "Ann"
    desk.request.fail("getChat", refusal(400, "Bad Request: chat not found"))
    assert asyncio.run(desk.sender.name_of(ANN)) is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='aé\U0001f3ee&<>;" \n؟', max_size=9000) | st.text(), st.booleans())
def test_any_text_is_within_the_limits_and_whole_as_html_and_as_plain_text(
    text: str, edits: bool
) -> None:
    desk = Desk()
    shown = escape(shortened(marked(text), 3000).text)
    html = bold("Answer") + "\n" + quote(shown, folded=True)
    desk.request.fail("editMessageText" if edits else "sendMessage", BAD_HTML)
    assert desk.edit(html) if edits else desk.send(html)
    assert desk.texts == [html, "Answer\n" + unescape(shown)]
    assert all(0 < units(said) <= LIMIT for said in desk.texts)
