"""What the bot sends: as HTML, as plain text if need be, always within the limits."""

from __future__ import annotations

import asyncio
from html import unescape
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from recording_request import Fault, refusal
from sending_desk import (
    BAD_FOLD,
    BAD_HTML,
    BAD_QUOTE,
    BLOCKED,
    FAULTY,
    HTML,
    PLAIN,
    Desk,
)
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MessageEntity,
)
from telegram.error import BadRequest
from update_samples import ANN

from bot import sending
from bot.markup import LIMIT, bold, escape, marked, quote, shortened, units
from bot.sending import ALERT_LIMIT, Reply


def test_a_message_is_sent_as_html_with_its_quote_and_its_buttons() -> None:
    desk = Desk()
    reply = Reply(5, "lit it", [MessageEntity("bold", 0, 3)])
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("Undo", callback_data="undo:1")]])
    first = desk.send(reply=reply, buttons=buttons)
    second = desk.send("And more.")
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


def test_an_edit_whose_html_is_refused_is_made_as_plain_text() -> None:
    desk = Desk()
    desk.request.fail("editMessageText", BAD_HTML)
    assert desk.edit()
    assert desk.texts == [HTML, PLAIN]
    assert desk.modes == ["HTML", None]
    desk.request.fail("editMessageText", BAD_HTML, BAD_HTML)
    assert not desk.edit()


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


def test_a_message_is_deleted_where_telegram_allows_it() -> None:
    desk = Desk()
    assert asyncio.run(desk.sender.delete(ANN, 400))
    desk.request.fail("deleteMessage", httpx.ReadTimeout)
    assert asyncio.run(desk.sender.delete(ANN, 400))
    desk.request.fail("deleteMessage", refusal(400, "Bad Request: message can't be deleted"))
    assert not asyncio.run(desk.sender.delete(ANN, 400))


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


def test_a_chat_is_shown_typing_once_whatever_is_done_for_it() -> None:
    desk = Desk()

    async def work() -> None:
        async with desk.sender.typing(ANN), desk.sender.typing(ANN):
            await asyncio.sleep(0.01)
        async with desk.sender.typing(ANN):
            await asyncio.sleep(0.01)

    asyncio.run(work())
    assert len(desk.request.calls) == 2


def test_where_many_wait_what_is_shown_to_them_leaves_room_for_their_answers() -> None:
    desk = Desk()

    async def work(chat: int) -> None:
        async with desk.sender.typing(chat):
            await asyncio.sleep(0.05)

    async def many() -> None:
        await asyncio.gather(*[work(chat) for chat in range(1, 101)])

    asyncio.run(many())
    most, _ = sending.TYPING_RATE
    assert most <= len(desk.request.calls) <= 3 * most


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
