"""Replies and native quotes, of the bot and of people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import Table, laid

from bot.playground.client import PlaygroundError

TEXT = "😀 The lamp was lit. The keeper wrote it down. The lamp was lit."
INVALID = "400 Bad Request: QUOTE_TEXT_INVALID"


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_a_reply_shows_what_it_replies_to_but_not_what_that_replied_to(table: Table) -> None:
    ann = table.somebody()
    first = ann.sends("first")[0]
    second = table.says(ann, "second", reply_parameters={"message_id": first["message_id"]})
    third = table.says(ann, "third", reply_to_message_id=second["message_id"])
    assert second["reply_to_message"]["text"] == "first"
    assert third["reply_to_message"]["text"] == "second"
    assert "reply_to_message" not in third["reply_to_message"]


def test_a_reply_to_nothing_is_refused_unless_it_may_go_without(table: Table) -> None:
    ann = table.somebody()
    ben = table.somebody()
    elsewhere = ben.sends("of Ben")[0]["message_id"]
    refusal = "400 Bad Request: message to be replied not found"
    for told in ({"message_id": 999_999}, {"message_id": elsewhere}):
        given = table.refused("sendMessage", chat_id=ann.id, text="x", reply_parameters=told)
        assert given == refusal
    told = {"message_id": 999_999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in table.says(ann, "x", reply_parameters=told)
    refusal = '400 Bad Request: can\'t find field "message_id"'
    told = {"quote": "x"}
    assert table.refused("sendMessage", chat_id=ann.id, text="x", reply_parameters=told) == refusal


def quoted(table: Table, target: dict[str, Any], **quote: Any) -> dict[str, Any]:
    told = {"message_id": target["message_id"], **quote}
    chat = target["chat"]["id"]
    sent: dict[str, Any] = table.does("sendMessage", chat_id=chat, text="x", reply_parameters=told)
    found: dict[str, Any] = sent["quote"]
    return found


def test_a_quote_tells_its_place_in_utf16_units(table: Table) -> None:
    target = table.somebody().sends(TEXT)[0]
    lamp = {"text": "The lamp was lit.", "is_manual": True}
    assert quoted(table, target, quote="The lamp was lit.") == {**lamp, "position": 3}
    near_the_end = quoted(table, target, quote="The lamp was lit.", quote_position=40)
    assert near_the_end == {**lamp, "position": 47}


def test_a_quote_that_is_not_there_word_for_word_is_refused(table: Table) -> None:
    ann = table.somebody()
    target = ann.sends(TEXT)[0]
    long = ann.sends("word " * 400)[0]
    for message, quote in (
        (target, "the lamp"),
        (target, "The lamp was lit. The keeper wrote it  down."),
        (target, "no such words"),
        (long, "word " * 205 + "word"),
    ):
        told = {"message_id": message["message_id"], "quote": quote}
        found = table.refused("sendMessage", chat_id=ann.id, text="x", reply_parameters=told)
        assert found == INVALID
    assert len(quoted(table, long, quote=("word " * 205)[:1024])["text"]) == 1024


def test_a_quote_is_formatted_as_the_message_is(table: Table) -> None:
    ann = table.somebody()
    target = table.says(ann, 'a <b>bold</b> <a href="https://x.org">link</a>', parse_mode="HTML")
    bold = [{"type": "bold", "offset": 0, "length": 4}]
    assert quoted(table, target, quote="bold link", quote_entities=bold)["entities"] == bold
    assert quoted(table, target, quote="<b>bol</b>", quote_parse_mode="HTML")["position"] == 2
    told = {"message_id": target["message_id"], "quote": "bold link"}
    assert table.refused("sendMessage", chat_id=ann.id, text="x", reply_parameters=told) == INVALID


def test_people_reply_and_mark_words_too(table: Table) -> None:
    ann = table.somebody()
    target = table.says(ann, "a <b>bold</b> word", parse_mode="HTML")
    reply = ann.sends("why?", reply_to=target["message_id"], quote="bold word")[0]
    assert reply["quote"] == {
        "text": "bold word",
        "entities": [{"type": "bold", "offset": 0, "length": 4}],
        "position": 2,
        "is_manual": True,
    }
    assert table.messages()[-1] == reply
    with pytest.raises(PlaygroundError, match="QUOTE_TEXT_INVALID"):
        ann.sends("why?", reply_to=target["message_id"], quote="another word")
    with pytest.raises(PlaygroundError, match="no such message"):
        ann.sends("why?", reply_to=999_999)


def test_a_reply_to_what_was_deleted_shows_nothing_of_it(table: Table) -> None:
    ann = table.somebody()
    target = ann.sends("gone soon")[0]
    reply = table.says(ann, "x", reply_parameters={"message_id": target["message_id"]})
    ann.deletes(target["message_id"])
    shown = {message["message_id"]: message for message in ann.messages()}
    assert "reply_to_message" not in shown[reply["message_id"]]
    assert target["message_id"] not in shown
