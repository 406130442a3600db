from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from exported_chats import (
    BEEKEEPERS,
    CHANNEL,
    KITES,
    KNOWN_AS,
    NOON,
    TALK,
    export,
    file_of,
    message,
    notice,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat_exports import ChatExport, ExportedChat, exported_posts, look_through
from bot.posts import Post
from index import ImportFileError

Write = Callable[[Any], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(content: Any) -> Path:
        path = tmp_path / "result.json"
        path.write_bytes(content if isinstance(content, bytes) else file_of(content))
        return path

    return written


def posts_of(file: Path) -> list[Post]:
    return [post for _, post in exported_posts(file)]


def looked(file: Path) -> ChatExport:
    found = look_through(file)
    assert found is not None
    return found


def only_chat(file: Path) -> ExportedChat:
    only = looked(file).only
    assert only is not None
    return only


def test_a_post_has_its_words_its_moment_and_who_signed_it(write: Write) -> None:
    edited = {"edited": "2024-05-02T12:00:00", "edited_unixtime": str(NOON + 86_400)}
    file = write(export([message(7, author="M. Ruiz", **edited)]))
    (post,) = posts_of(file)
    assert post.text == BEEKEEPERS
    assert (post.number, post.author) == (7, "M. Ruiz")
    assert post.sent == datetime.fromtimestamp(NOON + 420, timezone.utc)
    assert post.edited == datetime.fromtimestamp(NOON + 86_400, timezone.utc)
    assert looked(file) == ChatExport((only_chat(file),), posts=1, left_out=0)


@pytest.mark.parametrize(
    ("kind", "known_as"),
    [
        ("public_channel", KNOWN_AS),
        ("private_channel", KNOWN_AS),
        ("private_supergroup", KNOWN_AS),
        ("public_supergroup", KNOWN_AS),
        ("private_group", -CHANNEL),
        ("personal_chat", None),
        ("saved_messages", None),
    ],
)
def test_a_chat_is_known_by_the_number_that_bots_know_it_by(
    write: Write, kind: str, known_as: int | None
) -> None:
    chat = only_chat(write(export([message(1)], kind)))
    assert (chat.kind, chat.place.chat_id) == (kind, known_as)


def test_a_number_in_the_form_of_bots_stays_as_it_is(write: Write) -> None:
    assert only_chat(write(export([message(1)], number=KNOWN_AS))).place.chat_id == KNOWN_AS


def test_words_with_entities_are_put_together_and_their_links_are_kept(write: Write) -> None:
    text = [
        "Piet Vos ",
        {"type": "bold", "text": "sewed"},
        " them, ",
        {"type": "text_link", "text": "he says", "href": "https://harbour.example/vos"},
        " at ",
        {"type": "link", "text": "kites.example"},
        {"type": "custom_emoji", "text": "🪁", "document_id": "x"},
        17,
        {"type": "unknown"},
    ]
    (post,) = posts_of(write(export([message(1, text)])))
    assert post.text == "Piet Vos sewed them, he says at kites.example🪁"
    assert post.links == ("https://harbour.example/vos", "kites.example")
    assert post.formatted


def test_words_that_are_only_among_the_entities_are_found(write: Write) -> None:
    entities = [{"type": "plain", "text": "Kites for "}, {"type": "italic", "text": "everybody"}]
    (post,) = posts_of(write(export([message(1, "", text_entities=entities)])))
    assert post.text == "Kites for everybody"


def test_notices_unsupported_messages_and_posts_without_words_are_left_out(write: Write) -> None:
    photo = {"photo": "(File not included. Change data exporting settings to download.)"}
    file = write(
        export(
            [
                notice(1),
                message(2, "", **photo),
                message(3),
                {"id": 4, "type": "unsupported"},
                message(5, "🪁🪁"),
                message(6, [{"type": "link", "text": "https://harbour.example/kites"}]),
                message(7, "", media_type="sticker", file="sticker.webp"),
            ]
        )
    )
    assert [post.number for post in posts_of(file)] == [3]
    found = looked(file)
    assert (found.posts, found.left_out) == (1, 4)


def test_replies_forwards_captions_and_topics_are_posts_like_others(write: Write) -> None:
    replied = {"reply_to_message_id": 1, "reply_to_peer_id": "channel5"}
    messages = [
        message(1, **replied),
        message(2, KITES, forwarded_from="Sandhill News", saved_from="Somebody"),
        message(3, "A caption about kites", photo="photos/1.jpg", width=3, height=4),
        message(4, "A word about a file", file="files/kites.pdf", mime_type="application/pdf"),
    ]
    file = write(export(messages))
    assert [post.number for post in posts_of(file)] == [1, 2, 3, 4]
    assert [post.has_file for post in posts_of(file)] == [False, False, True, True]


def test_the_pictures_of_an_album_are_one_post_with_the_number_of_its_caption(
    write: Write,
) -> None:
    album = [message(number, "", photo="p.jpg", seconds=NOON) for number in (1, 2, 3)]
    album[1]["text"] = "Forty hives on a roof"
    later = message(4, "Another picture", photo="p.jpg", seconds=NOON + 1)
    file = write(export([*album, later, message(5)]))
    assert [(post.number, post.text) for post in posts_of(file)][:2] == [
        (2, "Forty hives on a roof"),
        (4, "Another picture"),
    ]
    assert looked(file).left_out == 0


def test_several_captions_of_an_album_are_kept_in_their_order(write: Write) -> None:
    album = [message(n, f"Hive {n}", photo="p.jpg", seconds=NOON) for n in (1, 2)]
    (post,) = posts_of(write(export(album)))
    assert (post.number, post.text) == (1, "Hive 1\n\nHive 2")


@pytest.mark.parametrize(
    "second",
    [
        {"forwarded_from": "Sandhill News"},
        {"seconds": NOON + 1},
        {"id": 3},
        {"from_id": "user4"},
    ],
    ids=["a forward", "a second later", "another between", "of somebody else"],
)
def test_what_was_not_sent_as_one_album_stays_apart(write: Write, second: dict[str, Any]) -> None:
    fields = {"photo": "p.jpg", "seconds": NOON}
    both = [message(1, "Hive 1", **fields), message(2, "Hive 2", **{**fields, **second})]
    assert len(posts_of(write(export(both)))) == 2


def test_of_a_group_only_what_a_person_would_have_saved_is_kept(write: Write) -> None:
    group = export(
        [
            message(1, TALK),
            message(2, BEEKEEPERS),
            message(3, "ok"),
            message(
                4,
                [{"type": "link", "text": "https://harbour.example/kites"}, " look at this"],
            ),
            message(5, f"{KITES}\n\n{BEEKEEPERS}"),
            message(6, "They sewed all the kites out of sails that were torn anyway."),
        ],
        "private_supergroup",
    )
    file = write(group)
    assert [post.number for post in posts_of(file)] == [2, 5]
    assert looked(file).left_out == 4


def test_of_a_whole_account_channels_groups_and_saved_messages_are_kept(write: Write) -> None:
    account = {
        "about": "Here is the data you requested.",
        "personal_information": {"user_id": 5, "first_name": "Ann"},
        "contacts": {"about": "", "list": [{"user_id": 6, "first_name": "Ben"}]},
        "chats": {
            "about": "",
            "list": [
                export([message(1, BEEKEEPERS)], "personal_chat", 6, "Ben"),
                export([message(2, KITES)]),
                {"type": "saved_messages", "id": 5, "messages": [message(3, BEEKEEPERS)]},
            ],
        },
        "left_chats": {"about": "", "list": [export([message(4)], "private_channel", 8, "Old")]},
    }
    file = write(account)
    found = looked(file)
    assert [chat.kind for chat in found.chats] == [
        "public_channel",
        "saved_messages",
        "private_channel",
    ]
    assert found.only is None
    kept = [(chat.place.title, post.number) for chat, post in exported_posts(file)]
    assert kept == [("Harbour Post", 2), ("", 3), ("Old", 4)]


def test_control_characters_are_read_as_the_exporter_writes_them(write: Write) -> None:
    text = file_of(export([message(1, "Kites CONTROL for BACKSLASH everybody")]))
    text = text.replace(b"CONTROL", rb"\x1F").replace(b"BACKSLASH", rb"\\x41")
    (post,) = posts_of(write(text))
    assert post.text == "Kites \x1f for \\x41 everybody"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no JSON",
        b"[1, 2, 3]",
        b'{"name": "kites", "version": 2}',
        b'{"messages": [{"id": 1, "type": "message", "text": "Kites"}]}',
        b'{"type": "public_channel", "id": "x", "messages": []}',
        b'{"type": "shopping_list", "id": 3, "messages": []}',
        b'{"type": "public_channel", "id": 1, "messages": "none"}',
        b"\xff\xfe\x00",
    ],
)
def test_other_files_are_no_exports(write: Write, content: bytes) -> None:
    assert look_through(write(content)) is None


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.98])
def test_an_export_that_was_cut_off_is_refused(write: Write, keep: float) -> None:
    whole = file_of(export([message(number) for number in range(1, 30)]))
    with pytest.raises(ImportFileError, match="damaged or cut off"):
        look_through(write(whole[: int(len(whole) * keep)]))


@pytest.mark.parametrize(
    "fields",
    [
        {"id": "seven"},
        {"id": 10**30},
        {"date_unixtime": "9" * 40},
        {"date_unixtime": None, "date": "yesterday"},
        {"date_unixtime": True},
        {"author": 3},
        {"text_entities": "none"},
        {"text_entities": [{"text": 4}, None]},
        {"edited_unixtime": []},
        {"photo": None},
    ],
)
def test_a_message_with_odd_fields_is_read_all_the_same(
    write: Write, fields: dict[str, Any]
) -> None:
    (post,) = posts_of(write(export([{**message(1), **fields}])))
    assert post.text == BEEKEEPERS


def test_an_older_export_tells_only_the_date_as_it_was_written(write: Write) -> None:
    old = {name: each for name, each in message(1).items() if name != "date_unixtime"}
    (post,) = posts_of(write(export([old])))
    assert post.sent == datetime(2024, 5, 1, 12, tzinfo=timezone.utc)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "type", "text", "text_entities", "photo", "name", "messages"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=JSON, inside=st.lists(JSON, max_size=3))
def test_whatever_stands_in_it_is_read_or_refused(
    write: Write, content: Any, inside: list[Any]
) -> None:
    for each in (content, export(inside), {"chats": {"list": inside}}):
        file = write(json.dumps(each).encode())
        try:
            found = look_through(file)
        except ImportFileError:
            continue
        if found is not None:
            assert len(posts_of(file)) == found.posts
