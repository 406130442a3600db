"""Forums: topics, what is said in them, and where an answer goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playground_bot import Json, Table, laid

from bot.playground import PersonHandle
from bot.playground.client import PlaygroundError

NOT_FOUND = "400 Bad Request: message thread not found"


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


@pytest.fixture
def ann(table: Table) -> Iterator[PersonHandle]:
    yield table.somebody()
    table.forgets()


@pytest.fixture
def forum(table: Table, ann: PersonHandle) -> int:
    group = table.client.add_group("Harbour", [ann, table.somebody()], forum=True)
    ann.adds_bot(group, admin=True)
    return group


@pytest.fixture
def topic(table: Table, ann: PersonHandle, forum: int) -> int:
    opened = ann.opens_topic(forum, "Ferries")
    table.forgets()
    return opened


def test_a_topic_begins_with_a_message_that_everybody_sees(
    table: Table, ann: PersonHandle, forum: int
) -> None:
    topic = ann.opens_topic(forum, "Ferries")
    created = table.messages()[-1]
    assert created["forum_topic_created"]["name"] == "Ferries"
    assert created["message_id"] == created["message_thread_id"] == topic
    assert created["is_topic_message"] is True
    assert "reply_to_message" not in created
    assert table.client.chat(forum)["topics"] == [{"id": topic, "name": "Ferries"}]
    assert table.client.chat(forum)["is_forum"] is True


def test_what_is_said_in_a_topic_replies_to_its_beginning_as_bots_see_it(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    sent = ann.sends("When does it sail?", chat=forum, topic=topic)[0]
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    assert "reply_to_message" not in sent
    told = table.messages()[-1]
    assert told["chat"]["is_forum"] is True
    assert told["reply_to_message"]["message_id"] == topic
    assert told["reply_to_message"]["forum_topic_created"]["name"] == "Ferries"
    reply = ann.sends("Well?", chat=forum, reply_to=sent["message_id"])[0]
    assert (reply["message_thread_id"], reply["is_topic_message"]) == (topic, True)
    assert table.messages()[-1]["reply_to_message"]["message_id"] == sent["message_id"]


def test_the_general_topic_has_no_thread(table: Table, ann: PersonHandle, forum: int) -> None:
    sent = ann.sends("hello", chat=forum)[0]
    assert "message_thread_id" not in sent
    assert "is_topic_message" not in sent
    assert table.refused("sendMessage", chat_id=forum, text="x", message_thread_id=1) == NOT_FOUND
    assert "message_thread_id" not in table.does("sendMessage", chat_id=forum, text="x")


def test_the_bot_writes_into_a_topic_or_replies_in_it(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    asked = ann.sends("When?", chat=forum, topic=topic)[0]
    here = {"chat_id": forum, "text": "On Monday."}
    sent = table.does("sendMessage", **here, message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    parameters = {"message_id": asked["message_id"]}
    for where in ({}, {"message_thread_id": topic}):
        reply = table.does("sendMessage", **here, **where, reply_parameters=parameters)
        assert (reply["message_thread_id"], reply["is_topic_message"]) == (topic, True)
        assert reply["reply_to_message"]["message_id"] == asked["message_id"]
    assert ann.waits_for("Monday", 2, chat=forum)["message_thread_id"] == topic
    other = ann.opens_topic(forum, "Trains")
    moved = table.does("sendMessage", **here, message_thread_id=other, reply_parameters=parameters)
    assert moved["message_thread_id"] == other
    assert moved["reply_to_message"]["message_id"] == other


def test_every_way_of_sending_knows_topics(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    source = ann.sends("Read this")[0]["message_id"]
    where = {"chat_id": forum, "message_thread_id": topic}
    origin = {"from_chat_id": ann.id, "message_id": source}
    told = table.does("forwardMessage", **where, **origin)
    assert told["message_thread_id"] == topic
    for method in ("copyMessage", "forwardMessage"):
        table.does(method, **where, **origin)
        assert ann.messages(forum)[-1]["message_thread_id"] == topic
    for method in ("copyMessages", "forwardMessages"):
        table.does(method, **where, from_chat_id=ann.id, message_ids=[source])
        assert ann.messages(forum)[-1]["message_thread_id"] == topic
    before = table.client.cursor()
    table.does("sendChatAction", **where, action="typing")
    assert table.client.events(before)[0]["message_thread_id"] == topic
    nowhere = {"chat_id": forum, "message_thread_id": topic + 1000}
    assert table.refused("sendMessage", **nowhere, text="x") == NOT_FOUND
    assert table.refused("sendChatAction", **nowhere, action="typing") == NOT_FOUND
    assert table.refused("forwardMessage", **nowhere, **origin) == NOT_FOUND


def test_people_send_everything_into_topics(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    channel = {"type": "channel", "title": "Harbour News"}
    sent: list[Json] = [
        *ann.uploads({"a.txt": b"a", "b.txt": b"b"}, chat=forum, topic=topic),
        *ann.sends_voice(b"OggS" + bytes(40), 1, chat=forum, topic=topic),
        *ann.forwards_from(channel, {"text": "x"}, comment="see", chat=forum, topic=topic),
        *ann.sends_rich([{"type": "paragraph", "text": "x"}], chat=forum, topic=topic),
        *ann.uploads({"a.txt": b"a"}, chat=forum, topic=topic, anonymous=True),
    ]
    assert len(sent) == 7
    assert {message.get("message_thread_id") for message in sent} == {topic}
    assert sent[-1]["sender_chat"]["id"] == forum


def test_nobody_writes_into_a_topic_that_is_not_there(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    with pytest.raises(PlaygroundError, match="no such topic"):
        ann.sends("x", chat=forum, topic=topic + 1000)
    plain = table.client.add_group("Harbour", [ann])
    with pytest.raises(PlaygroundError, match="no such topic"):
        ann.sends("x", chat=plain, topic=topic)
    with pytest.raises(PlaygroundError, match="has no topics"):
        ann.opens_topic(plain, "Ferries")
    with pytest.raises(PlaygroundError, match="1 to 128"):
        ann.opens_topic(forum, " ")


def test_a_topic_that_is_deleted_is_gone_with_what_was_said_in_it(
    table: Table, ann: PersonHandle, forum: int, topic: int
) -> None:
    ann.sends("in it", chat=forum, topic=topic)
    kept = ann.sends("beside it", chat=forum)[0]
    ann.deletes_topic(forum, topic)
    assert [m["message_id"] for m in ann.messages(forum) if "text" in m] == [kept["message_id"]]
    refused = table.refused("sendMessage", chat_id=forum, text="x", message_thread_id=topic)
    assert refused == NOT_FOUND
    with pytest.raises(PlaygroundError, match="no such topic"):
        ann.deletes_topic(forum, topic)
