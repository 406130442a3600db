"""Photos and voice messages: what a bot gets of them, and what people may send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from handmade_media import png, silence
from playground_bot import GROUP, Table, laid
from telegram import Message

from bot.playground import PersonHandle, limits
from bot.playground.client import PlaygroundError
from bot.playground.pictures import Picture, grey_jpeg, picture_of


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def downloaded(table: Table, file_id: str) -> tuple[str, bytes]:
    """The path and the bytes that a bot gets for a file."""
    path = table.does("getFile", file_id=file_id)["file_path"]
    response = table.http.get(f"{table.playground.base_file_url}{table.playground.token}/{path}")
    assert response.status_code == 200
    return path, response.content


def sizes(message: dict[str, Any]) -> list[tuple[int, int]]:
    return [(size["width"], size["height"]) for size in message["photo"]]


def test_a_photo_comes_in_sizes_of_which_the_last_has_the_picture(table: Table) -> None:
    ann = table.somebody()
    page = png(1000, 500)
    (sent,) = ann.sends_photo(page, "see a.org")
    assert table.messages() == [sent]
    assert sizes(sent) == [(90, 45), (320, 160), (800, 400), (1000, 500)]
    assert len({size["file_id"] for size in sent["photo"]}) == 4
    assert len({size["file_unique_id"] for size in sent["photo"]}) == 4
    assert (sent["caption"], "document" in sent) == ("see a.org", False)
    assert [entity["type"] for entity in sent["caption_entities"]] == ["url"]
    path, data = downloaded(table, sent["photo"][-1]["file_id"])
    assert path.startswith("photos/file_")
    assert path.endswith(".jpg")
    assert data == page
    assert sent["photo"][-1]["file_size"] == len(page)


def test_the_smaller_sizes_are_as_large_as_told_and_show_nothing(table: Table) -> None:
    (sent,) = table.somebody().sends_photo(png(400, 900))
    assert sizes(sent) == [(40, 90), (142, 320), (356, 800), (400, 900)]
    for size in sent["photo"][:-1]:
        _, data = downloaded(table, size["file_id"])
        assert picture_of(data) == Picture("image/jpeg", size["width"], size["height"])
        assert size["file_size"] == len(data)


def test_a_small_picture_has_one_size(table: Table) -> None:
    (sent,) = table.somebody().sends_photo(png(90, 30))
    assert sizes(sent) == [(90, 30)]


def test_several_photos_are_an_album_with_the_caption_below_the_first(table: Table) -> None:
    ann = table.somebody()
    sent = ann.sends_photos([png(20, 10), png(30, 10), png(40, 10)], "Three pages")
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["Three pages", None, None]
    assert [sizes(message) for message in sent] == [[(20, 10)], [(30, 10)], [(40, 10)]]
    assert table.messages() == sent
    forwarded = ann.forwards([message["message_id"] for message in sent])
    assert [message["photo"] for message in forwarded] == [message["photo"] for message in sent]
    albums = {message["media_group_id"] for message in forwarded}
    assert len(albums) == 1
    assert albums != {sent[0]["media_group_id"]}
    assert "media_group_id" not in ann.sends_photo(png(20, 10))[0]


def test_what_telegram_takes_for_no_photo_is_refused(table: Table) -> None:
    ann = table.somebody()
    for data, reason in (
        (b"%PDF-1.7", "JPEG or PNG"),
        (b"\xff\xd8\xff\xe0 no frame", "JPEG or PNG"),
        (png(10, 10) + bytes(limits.PHOTO_BYTES), "at most 10 MB"),
        (png(210, 10), "too large or too narrow"),
        (png(5001, 5000)[:60], "too large or too narrow"),
    ):
        with pytest.raises(PlaygroundError, match=reason):
            ann.sends_photo(data)
    with pytest.raises(PlaygroundError, match="album up to 10"):
        ann.sends_photos([png(1, 1)] * 11)
    with pytest.raises(PlaygroundError, match="1024 characters"):
        ann.sends_photo(png(1, 1), "x" * 1025)
    blocker = table.somebody()
    blocker.blocks()
    with pytest.raises(PlaygroundError, match="blocked the bot"):
        blocker.sends_photo(png(1, 1))
    assert len(ann.messages()) == 1
    largest = png(10, 10)
    largest += bytes(limits.PHOTO_BYTES - len(largest))
    assert ann.sends_photo(largest, "x" * 1024)
    assert ann.sends_photo(png(200, 10))
    assert len(ann.sends_photos([png(1, 1)] * 10)) == 10
    table.forgets()


def test_captions_of_photos_and_voice_messages_can_be_edited(table: Table) -> None:
    ann = table.somebody()
    for sent in (ann.sends_photo(png(9, 9), "old")[0], ann.sends_voice(silence(1))[0]):
        table.forgets()
        edited = ann.edits(sent["message_id"], "See #news")
        assert edited["caption"] == "See #news"
        assert [entity["type"] for entity in edited["caption_entities"]] == ["hashtag"]
        assert table.updates()[0]["edited_message"] == edited
        assert {**edited, "edit_date": 0}.keys() >= sent.keys()
    with pytest.raises(PlaygroundError, match="1024 characters"):
        ann.edits(sent["message_id"], "x" * 1025)
    (forwarded,) = ann.forwards([sent["message_id"]])
    with pytest.raises(PlaygroundError, match="cannot be edited"):
        ann.edits(forwarded["message_id"], "x")
    table.forgets()


def test_a_voice_message_tells_its_length_and_is_downloaded_as_it_was(table: Table) -> None:
    ann = table.somebody()
    sound = silence(7)
    (sent,) = ann.sends_voice(sound)
    assert table.messages() == [sent]
    assert {**sent["voice"], "file_id": 0, "file_unique_id": 0} == {
        "duration": 7,
        "mime_type": "audio/ogg",
        "file_id": 0,
        "file_unique_id": 0,
        "file_size": len(sound),
    }
    path, data = downloaded(table, sent["voice"]["file_id"])
    assert path.startswith("voice/file_")
    assert path.endswith(".oga")
    assert data == sound
    (longer,) = ann.sends_voice(sound, 65, caption="Listen")
    assert (longer["voice"]["duration"], longer["caption"]) == (65, "Listen")
    assert ann.sends_voice(b"OggS cut off")[0]["voice"]["duration"] == 1
    (again,) = ann.forwards([sent["message_id"]])
    assert again["voice"] == sent["voice"]
    table.forgets()


def test_a_voice_message_is_one_ogg_file(table: Table) -> None:
    ann = table.somebody()
    with pytest.raises(PlaygroundError, match="Ogg file"):
        ann.sends_voice(b"RIFF....WAVE")
    two = [("file", ("a.ogg", silence(1)))] * 2
    path = f"/api/chats/{ann.id}/voice"
    response = table.http.post(path, data={"from": str(ann.id)}, files=two)
    assert response.json() == {"error": "Voice messages are sent one by one."}


def test_photos_and_voice_messages_are_replies_and_are_replied_to(table: Table) -> None:
    ann = table.somebody()
    answer = table.says(ann, "The lamp was lit.")
    (photo,) = ann.sends_photo(png(9, 9), "This one?", reply_to=answer["message_id"])
    assert photo["reply_to_message"]["text"] == "The lamp was lit."
    (voice,) = ann.sends_voice(silence(1), reply_to=photo["message_id"])
    assert voice["reply_to_message"]["photo"] == photo["photo"]
    (text,) = ann.sends("And this?", reply_to=voice["message_id"])
    assert text["reply_to_message"]["voice"] == voice["voice"]
    reply = table.says(ann, "Yes.", reply_parameters={"message_id": photo["message_id"]})
    assert reply["reply_to_message"]["caption"] == "This one?"
    table.forgets()


def test_in_a_group_a_bot_sees_photos_that_concern_it(table: Table) -> None:
    ann = table.client.person("Ann")
    table.forgets()
    ann.sends_photo(png(9, 9), "Look at this", chat=GROUP)
    ann.sends_voice(silence(1), chat=GROUP)
    (asked,) = ann.sends_photo(png(9, 9), "What is it, @cuttings_bot?", chat=GROUP)
    assert table.messages() == [asked]


def test_a_bot_copies_and_forwards_photos_but_sends_none_as_a_document(table: Table) -> None:
    ann = table.somebody()
    (photo,) = ann.sends_photo(png(9, 9), "mine")
    of = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": photo["message_id"]}
    assert table.does("forwardMessage", **of)["photo"] == photo["photo"]
    copy = table.does("copyMessage", **of, caption="a copy")["message_id"]
    assert ann.messages()[-1]["photo"] == photo["photo"]
    assert ann.messages()[-1]["caption"] == "a copy"
    edited = table.does("editMessageCaption", chat_id=ann.id, message_id=copy, caption="new")
    assert (edited["caption"], edited["photo"]) == ("new", photo["photo"])
    refusal = table.refused("sendDocument", chat_id=ann.id, document=photo["photo"][-1]["file_id"])
    assert refusal == "400 Bad Request: type of file mismatch"


def test_the_library_of_the_bot_reads_all_of_it(table: Table) -> None:
    ann = table.somebody()
    for raw in (
        *ann.sends_photos([png(100, 80), png(9, 9)], "see a.org"),
        *ann.sends_voice(silence(2), caption="Listen"),
    ):
        read = Message.de_json(raw, None).to_dict()
        assert read.get("photo", []) == raw.get("photo", [])
        assert read.get("voice") == raw.get("voice")
        assert read.get("caption") == raw.get("caption")
        assert read.get("media_group_id") == raw.get("media_group_id")


def page_file(table: Table, person: PersonHandle, **headers: str) -> httpx.Response:
    (sent,) = person.sends_voice(silence(3))
    return table.http.get(f"/api/files/{sent['voice']['file_id']}", headers=headers)


def test_the_page_gets_pictures_and_sounds_with_their_type_and_in_parts(table: Table) -> None:
    ann, sound = table.somebody(), silence(3)
    whole = page_file(table, ann)
    assert (whole.status_code, whole.content) == (200, sound)
    assert whole.headers["content-type"] == "audio/ogg"
    part = page_file(table, ann, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, sound[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(sound)}"
    rest = page_file(table, ann, Range=f"bytes={len(sound) - 5}-")
    assert (rest.status_code, rest.content) == (206, sound[-5:])
    for beside in (f"bytes={len(sound)}-", "bytes=9-3", "bytes=-5", "lines=1-2"):
        assert page_file(table, ann, Range=beside).status_code == 200
    (photo,) = ann.sends_photo(png(9, 9))
    picture = table.http.get(f"/api/files/{photo['photo'][0]['file_id']}")
    assert picture.headers["content-type"] == "image/png"
    (document,) = ann.uploads({"page.html": b"<script>alert(1)</script>"})
    untrusted = table.http.get(f"/api/files/{document['document']['file_id']}")
    assert untrusted.headers["content-type"] == "application/octet-stream"
    table.forgets()


def test_the_size_of_a_picture_is_read_from_its_file() -> None:
    assert picture_of(png(12, 34)) == Picture("image/png", 12, 34)
    assert picture_of(grey_jpeg(640, 481)) == Picture("image/jpeg", 640, 481)
    camera = b"\xff\xe1\x00\x08Exif\x00\x00"
    frame = b"\xff\xff\xc2\x00\x0b\x08\x02\x00\x03\x00\x01\x01\x11\x00"
    progressive = b"\xff\xd8" + camera + frame
    assert picture_of(progressive) == Picture("image/jpeg", 0x300, 0x200)
    for end in range(len(progressive) - 6):
        assert picture_of(progressive[:end]) is None
    assert picture_of(png(0, 5)) is None
    assert picture_of(b"") is None
