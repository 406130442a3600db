"""Messages that change or go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import GROUP, Table, laid

from bot.playground.client import PlaygroundError

SAME = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
KEYS = {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def of(message: dict[str, Any]) -> dict[str, Any]:
    return {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}


def test_a_bot_edits_its_text_and_an_edit_without_a_keyboard_takes_it_away(table: Table) -> None:
    ann = table.somebody()
    sent = table.says(ann, "old", reply_markup=KEYS)
    edited = table.does("editMessageText", **of(sent), text="<i>new</i>", parse_mode="HTML")
    assert edited["text"] == "new"
    assert edited["entities"] == [{"type": "italic", "offset": 0, "length": 3}]
    assert edited["edit_date"] >= sent["date"]
    assert "reply_markup" not in edited
    assert ann.waits_for_event("edit", 2)["message"] == edited
    assert table.updates() == []


def test_a_keyboard_is_edited_alone(table: Table) -> None:
    sent = table.says(table.somebody(), "text", reply_markup=KEYS)
    assert table.refused("editMessageReplyMarkup", **of(sent), reply_markup=KEYS) == SAME
    edited = table.does("editMessageReplyMarkup", **of(sent))
    assert edited == {name: value for name, value in sent.items() if name != "reply_markup"}


def test_an_edit_that_changes_nothing_is_refused(table: Table) -> None:
    sent = table.says(table.somebody(), "<b>a</b> b", parse_mode="HTML", reply_markup=KEYS)
    same = {"text": "<b>a</b> b ", "parse_mode": "HTML", "reply_markup": KEYS}
    assert table.refused("editMessageText", **of(sent), **same) == SAME
    table.does("editMessageText", **of(sent), text="a b", reply_markup=KEYS)


def test_what_cannot_be_edited_is_refused(table: Table) -> None:
    ann = table.somebody()
    theirs = ann.sends("mine")[0]
    sent = table.says(ann, "text")
    edits = "editMessageText"
    assert table.refused(edits, **of(theirs), text="x").endswith("message can't be edited")
    gone = {"chat_id": ann.id, "message_id": 999_999}
    assert table.refused(edits, **gone, text="x").endswith("message to edit not found")
    none = table.refused(edits, chat_id=ann.id, text="x")
    assert none.endswith("message identifier is not specified")
    assert table.refused(edits, inline_message_id="x", text="x").endswith("MESSAGE_ID_INVALID")
    assert table.refused(edits, **of(sent), text="").endswith("message text is empty")
    assert table.refused(edits, **of(sent), text="x" * 4097).endswith("message is too long")
    no_caption = table.refused("editMessageCaption", **of(sent), caption="x")
    assert no_caption.endswith("there is no caption in the message to edit")
    keys = {"keyboard": [["a"]]}
    assert "inline keyboard expected" in table.refused(
        edits, **of(sent), text="x", reply_markup=keys
    )


def test_a_persons_edit_reaches_the_bot(table: Table) -> None:
    ann = table.somebody()
    sent = ann.sends("see a.org")[0]
    table.forgets()
    ann.edits(sent["message_id"], "see #b")
    update = table.updates()[0]["edited_message"]
    assert update["text"] == "see #b"
    assert update["message_id"] == sent["message_id"]
    assert [entity["type"] for entity in update["entities"]] == ["hashtag"]
    assert update["edit_date"] >= update["date"]
    table.forgets()


def test_a_person_edits_only_their_own_messages(table: Table) -> None:
    ann = table.somebody()
    of_bot = table.says(ann, "x")
    with pytest.raises(PlaygroundError, match="Only who wrote") as error:
        ann.edits(of_bot["message_id"], "y")
    assert error.value.status == 403
    mine = ann.sends("x")[0]
    for text in ("  ", "x" * 4097):
        with pytest.raises(PlaygroundError):
            ann.edits(mine["message_id"], text)
    table.forgets()


def test_a_bot_deletes_its_own_and_private_messages_for_two_days(table: Table) -> None:
    ann = table.somebody()
    sent, theirs = table.says(ann, "x"), ann.sends("y")[0]
    assert table.does("deleteMessage", **of(sent)) is True
    assert ann.waits_for_event("delete", 2)["message_id"] == sent["message_id"]
    assert table.does("deleteMessage", **of(theirs)) is True
    gone = "400 Bad Request: message to delete not found"
    assert table.refused("deleteMessage", **of(sent)) == gone
    in_group = table.client.person("Ann").sends("z", chat=GROUP)[0]
    refusal = "400 Bad Request: message can't be deleted"
    assert table.refused("deleteMessage", **of(in_group)) == refusal
    table.forgets()


def test_several_messages_are_deleted_at_once(table: Table) -> None:
    ann = table.somebody()
    ids = [table.says(ann, str(number))["message_id"] for number in range(3)]
    deletes = "deleteMessages"
    assert table.does(deletes, chat_id=ann.id, message_ids=[*ids, 999_999]) is True
    assert [message["text"] for message in ann.messages()] == ["/start"]
    many = list(range(1, 102))
    assert "too many" in table.refused(deletes, chat_id=ann.id, message_ids=many)
    assert "not specified" in table.refused(deletes, chat_id=ann.id, message_ids=[])
    assert "invalid" in table.refused(deletes, chat_id=ann.id, message_ids=["x"])


def test_no_update_tells_that_a_person_deleted_something(table: Table) -> None:
    ann = table.somebody()
    sent = ann.sends("x")[0]
    table.forgets()
    ann.deletes(sent["message_id"])
    assert table.updates() == []
    assert ann.waits_for_event("delete", 2)["message_id"] == sent["message_id"]


def test_messages_are_forwarded_and_copied_by_the_bot(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    said = ann.sends("from Ann")[0]
    there = {"chat_id": ben.id, "from_chat_id": ann.id}
    forward = table.does("forwardMessage", **there, message_id=said["message_id"])
    assert forward["forward_origin"]["sender_user"]["id"] == ann.id
    copy = table.does("copyMessage", **there, message_id=said["message_id"])
    assert ben.messages()[-1]["message_id"] == copy["message_id"]
    assert "forward_origin" not in ben.messages()[-1]
    ids = [said["message_id"], 999_999]
    assert len(table.does("forwardMessages", **there, message_ids=ids)) == 1
    assert len(table.does("copyMessages", **there, message_ids=ids)) == 1
    gone = table.refused("forwardMessage", **there, message_id=999_999)
    assert gone == "400 Bad Request: message to forward not found"
    kept = table.says(ann, "secret", protect_content=True)
    refusal = table.refused("forwardMessage", **there, message_id=kept["message_id"])
    assert refusal == "400 Bad Request: message can't be forwarded"
    table.forgets()
