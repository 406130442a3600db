"""A library leaves as a file and is taken in again, here or elsewhere."""

from __future__ import annotations

import json

import pytest
from stage import ann, ben, client, stage  # noqa: F401
from talk_articles import BAKERY, LIGHTHOUSE, Message, asks, saves, unhurried  # noqa: F401

from bot.playground import PlaygroundClient
from bot.playground.handles import PersonHandle, text_of

ASKED = "Who is the keeper of the lighthouse?"
HEADER = f"{json.dumps({'cuttings': 1, 'encoder': 'none', 'dimension': 3})}\n"


def test_export_gives_a_file_with_every_article(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ann, BAKERY)
    exported = asks(ann, "/export")
    assert exported["document"]["file_name"] == "cuttings.jsonl"
    assert exported["caption"].startswith("2 articles. Keep this file")
    first, *lines = client.file(exported["document"]["file_id"]).decode().splitlines()
    header = json.loads(first)
    # Neither a path of this machine nor the number of a person.
    assert (header["cuttings"], header["library"]) == (1, "cuttings")
    titles = [json.loads(line)["title"] for line in lines]
    assert titles == [
        "The lighthouse at Grey Point is lit again",
        "The night bakery of Tarn Street",
    ]


def test_an_empty_library_gives_no_file(ann: PersonHandle) -> None:
    said = asks(ann, "/export")
    assert "document" not in said
    assert text_of(said).startswith("There is nothing to export")


def test_an_exported_file_answers_in_another_persons_chat(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    saves(ann, BAKERY)
    data = _exported(client, ann)
    ben.uploads({"cuttings.jsonl": data})
    assert text_of(ben.waits_for("taken in")) == "✓ 2 articles taken in."
    answer = asks(ben, ASKED)
    assert text_of(answer).startswith("Marta Lindqvist")
    # The article is no message of Ben's chat: there is nothing in it to quote.
    assert "quote" not in answer
    assert _articles(_exported(client, ben)) == _articles(data)


def test_what_is_there_already_is_not_taken_in_twice(
    client: PlaygroundClient, ann: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    data = _exported(client, ann)
    saves(ann, BAKERY)
    ann.uploads({"cuttings.jsonl": data})
    ann.waits_for("all of these already")
    assert text_of(asks(ann, "/stats")).startswith("You have 2 articles")


def test_import_in_reply_to_a_file_takes_it_in_whatever_its_name(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    (sent,) = ben.uploads({"from-ann.backup": _exported(client, ann)})
    ben.waits_for("This is a kind of file that I can't read")
    ben.sends("/import", reply_to=sent["message_id"])
    assert text_of(ben.waits_for("taken in")) == "✓ 1 article taken in."
    assert text_of(asks(ben, ASKED)).startswith("Marta Lindqvist")


def test_import_alone_tells_how(ann: PersonHandle) -> None:
    assert text_of(asks(ann, "/import")).startswith("Send me the file that /export gave you")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"these are no articles\n", "backup.jsonl is not an export of Cuttings"),
        (b"\xff\xfe\x00\x01", "backup.jsonl is not an export of Cuttings"),
        (HEADER.encode() + b'{"title": "Cut o', "Line 2 of backup.jsonl is not an article"),
        (HEADER.encode() + b'{"title": "Empty", "text": " "}', "its text is empty"),
    ],
    ids=["words", "bytes", "cut off", "an article without text"],
)
def test_a_broken_file_is_told_what_is_wrong_with_it(
    ann: PersonHandle, data: bytes, told: str
) -> None:
    ann.uploads({"backup.jsonl": data})
    said = text_of(ann.waits_for("I can't take this file in."))
    assert told in said
    # Neither a path of this machine nor a command that there is not in a chat.
    assert "/" not in said
    assert "`" not in said


def test_of_a_file_that_is_broken_at_its_end_nothing_is_taken_in(
    client: PlaygroundClient, ann: PersonHandle, ben: PersonHandle
) -> None:
    saves(ann, LIGHTHOUSE)
    ben.uploads({"cuttings.jsonl": _exported(client, ann) + b'{"title": '})
    ben.waits_for("Line 3 of cuttings.jsonl is not an article")
    assert "no articles yet" in text_of(asks(ben, "/stats"))


def _exported(client: PlaygroundClient, person: PersonHandle) -> bytes:
    return client.file(asks(person, "/export")["document"]["file_id"])


def _articles(data: bytes) -> list[Message]:
    return [json.loads(line) for line in data.decode().splitlines()[1:]]
