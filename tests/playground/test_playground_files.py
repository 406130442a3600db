"""Documents up and down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import Table, laid

from bot.playground import limits
from bot.playground.client import PlaygroundError
from bot.playground.files import FileStore


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def downloaded(table: Table, file_id: str) -> bytes:
    path = table.does("getFile", file_id=file_id)["file_path"]
    response = table.http.get(f"{table.playground.base_file_url}{table.playground.token}/{path}")
    assert response.status_code == 200
    return response.content


def test_a_document_reaches_the_bot_with_its_bytes(table: Table) -> None:
    ann = table.somebody()
    sent = ann.uploads({"article é.txt": b"The lamp was lit."}, caption="see a.org")[0]
    document = sent["document"]
    assert document["file_name"] == "article é.txt"
    assert document["mime_type"] == "text/plain"
    assert document["file_size"] == 17
    assert sent["caption"] == "see a.org"
    assert [entity["type"] for entity in sent["caption_entities"]] == ["url"]
    assert table.messages() == [sent]
    assert downloaded(table, document["file_id"]) == b"The lamp was lit."
    assert table.client.file(document["file_id"]) == b"The lamp was lit."


def test_several_files_are_an_album_with_the_caption_below_the_first(table: Table) -> None:
    ann = table.somebody()
    sent = ann.uploads({"a.txt": b"a", "b.md": b"b", "c.html": b"c"}, caption="three")
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["three", None, None]
    assert table.messages() == sent
    forwarded = ann.forwards([message["message_id"] for message in sent])
    albums = {message["media_group_id"] for message in forwarded}
    assert len(albums) == 1
    assert albums != {sent[0]["media_group_id"]}


def test_files_that_clients_do_not_send_are_refused(table: Table) -> None:
    ann = table.somebody()
    with pytest.raises(PlaygroundError, match="empty file"):
        ann.uploads({"a.txt": b""})
    with pytest.raises(PlaygroundError, match="album up to 10"):
        ann.uploads({f"{number}.txt": b"x" for number in range(11)})
    with pytest.raises(PlaygroundError, match="1024 characters"):
        ann.uploads({"a.txt": b"x"}, caption="x" * 1025)
    assert len(ann.messages()) == 1


def test_a_bot_downloads_at_most_20_megabytes(table: Table) -> None:
    ann = table.somebody()
    fits = ann.uploads({"a.bin": bytes(limits.DOWNLOAD_BYTES)})[0]["document"]
    assert len(downloaded(table, fits["file_id"])) == limits.DOWNLOAD_BYTES
    big = ann.uploads({"b.bin": bytes(limits.DOWNLOAD_BYTES + 1)})[0]["document"]
    assert big["file_size"] == limits.DOWNLOAD_BYTES + 1
    refusal = "400 Bad Request: file is too big"
    assert table.refused("getFile", file_id=big["file_id"]) == refusal


def test_unknown_files_and_paths_are_not_found(table: Table) -> None:
    assert table.refused("getFile", file_id="nope") == "400 Bad Request: invalid file_id"
    assert table.refused("getFile") == "400 Bad Request: file_id is not specified"
    base, token = table.playground.base_file_url, table.playground.token
    for path in (f"{token}/documents/file_999.txt", f"{token}/../../etc/passwd"):
        assert table.http.get(f"{base}{path}").status_code == 404
    wrong = f"{base}1:{'x' * 30}/documents/file_0.txt"
    assert table.http.get(wrong).status_code == 401


def test_a_link_for_a_download_lives_an_hour() -> None:
    now = [0.0]
    store = FileStore(lambda: now[0])
    path = store.offer(store.add(b"x", "a.txt").id)["file_path"]
    assert path == "documents/file_0.txt"
    now[0] = 3599.0
    assert store.download(path) == b"x"
    now[0] = 3601.0
    assert store.download(path) is None


def sends_file(table: Table, chat: int, data: bytes, name: str, **more: str) -> dict[str, Any]:
    response = table.http.post(
        f"/bot{table.playground.token}/sendDocument",
        data={"chat_id": str(chat), **more},
        files={"document": (name, data)},
    )
    body: dict[str, Any] = response.json()
    return body


def test_a_bot_sends_a_document_and_may_send_it_again_by_its_id(table: Table) -> None:
    ann = table.somebody()
    sent = sends_file(
        table, ann.id, b"data", "library.jsonl", caption="<b>all</b>", parse_mode="HTML"
    )["result"]
    assert sent["document"]["file_name"] == "library.jsonl"
    assert sent["caption"] == "all"
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 3}]
    assert table.client.file(sent["document"]["file_id"]) == b"data"
    again = table.does("sendDocument", chat_id=ann.id, document=sent["document"]["file_id"])
    assert again["document"] == sent["document"]
    edited = table.does(
        "editMessageCaption", chat_id=ann.id, message_id=sent["message_id"], caption="new"
    )
    assert (edited["caption"], edited["document"]) == ("new", sent["document"])
    refusal = table.refused(
        "editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="x"
    )
    assert refusal == "400 Bad Request: there is no text in the message to edit"


def test_a_document_that_telegram_does_not_take_is_refused(table: Table) -> None:
    ann = table.somebody()
    assert sends_file(table, ann.id, b"", "a.txt")["description"].endswith("must be non-empty")
    long = sends_file(table, ann.id, b"x", "a.txt", caption="x" * 1025)
    assert long["description"] == "Bad Request: message caption is too long"
    for document, reason in (
        (None, "there is no document in the request"),
        ("nope", "wrong file identifier/HTTP URL specified"),
        ("https://x.org/a.txt", "failed to get HTTP URL content"),
    ):
        found = table.refused("sendDocument", chat_id=ann.id, document=document)
        assert found == f"400 Bad Request: {reason}"


def test_an_upload_of_more_than_50_megabytes_is_refused(table: Table) -> None:
    ann = table.somebody()
    for size in (limits.UPLOAD_BYTES + 1, limits.UPLOAD_BYTES + 2_000_000):
        body = sends_file(table, ann.id, bytes(size), "a.bin")
        assert (body["error_code"], body["description"]) == (413, "Request Entity Too Large")
