"""What the bot sends arrives once: tried again where that is safe, never twice by its own fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from recording_request import Fault, flood, refusal
from sending_desk import (
    BAD_HTML,
    BLOCKED,
    DOWN,
    FAULTY,
    GATEWAY,
    GONE,
    HTML,
    LOST,
    PLAIN,
    UNCHANGED,
    Desk,
)
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.sending import REFUSED_TRIES

pytestmark = pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")


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


def test_a_file_whose_answer_was_lost_is_not_sent_again(tmp_path: Path) -> None:
    file = tmp_path / "export"
    file.write_bytes(b"line\n")
    desk = Desk()
    desk.request.fail("sendDocument", httpx.ReadTimeout)
    assert desk.document(file) is None
    assert len(desk.request.calls) == 1


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
