"""What people send: pastes, forwards, albums, rich messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playground_bot import GROUP, Table, laid

from bot.playground.client import PlaygroundError

SENTENCE = "The ferry to Ostrel was late again on Monday. "


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_a_long_paste_arrives_in_pieces_one_after_another(table: Table) -> None:
    ann = table.somebody()
    paragraph = (SENTENCE * 40).strip()
    article = "\n\n".join([paragraph] * 5)
    sent = ann.sends(article)
    ids = [message["message_id"] for message in sent]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    both = f"{paragraph}\n\n{paragraph}"
    assert [message["text"] for message in sent] == [both, both, paragraph]
    assert table.messages() == sent
    assert "media_group_id" not in sent[0]


def test_formatting_stays_where_it_was_when_a_paste_is_cut(table: Table) -> None:
    ann = table.somebody()
    first = (SENTENCE * 89).strip()
    article = f"{first}\n\n😀 bold end"
    start = len(first) + 2 + 3
    bold = [{"type": "bold", "offset": start, "length": 4}]
    sent = ann.sends(article, entities=bold)
    assert "entities" not in sent[0]
    assert sent[1]["entities"] == [{"type": "bold", "offset": 3, "length": 4}]


def test_commands_links_and_names_are_found_in_what_people_write(table: Table) -> None:
    sent = table.somebody().sends("/ask see https://a.org #b @durov x@y.org")[0]
    kinds = [entity["type"] for entity in sent["entities"]]
    assert kinds == ["bot_command", "url", "hashtag", "mention", "email"]


def test_an_empty_text_is_not_sent(table: Table) -> None:
    ann = table.somebody()
    with pytest.raises(PlaygroundError, match="nothing to send"):
        ann.sends("  \n ")


def test_a_forward_tells_who_wrote_it_first_and_the_comment_comes_before(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    said = ben.sends("hello all", chat=None)[0]
    posted = table.client.person("Ben").sends("group talk", chat=GROUP)[0]
    table.forgets()
    cleo = table.client.person("Cleo")
    sent = cleo.forwards([posted["message_id"]], from_chat=GROUP, comment="look at this")
    assert [message["text"] for message in sent] == ["look at this", "group talk"]
    assert "forward_origin" not in sent[0]
    assert sent[1]["from"]["id"] == cleo.id
    assert sent[1]["forward_origin"] == {
        "type": "user",
        "sender_user": posted["from"],
        "date": posted["date"],
    }
    assert table.messages() == sent
    again = cleo.forwards([sent[1]["message_id"]])[0]
    assert again["forward_origin"] == sent[1]["forward_origin"]
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        ann.forwards([said["message_id"]], from_chat=ben.id)


def test_a_post_of_a_channel_is_forwarded_with_its_channel(table: Table) -> None:
    ann = table.somebody()
    channel = {
        "type": "channel",
        "title": "Harbour News",
        "username": "harbour",
        "message_id": 12,
        "author_signature": "A. Moray",
    }
    sent = ann.forwards_from(channel, {"text": "The lamp is lit. #news"})[0]
    origin = sent["forward_origin"]
    assert origin["chat"]["type"] == "channel"
    assert origin["chat"]["title"] == "Harbour News"
    assert origin["chat"]["username"] == "harbour"
    assert (origin["message_id"], origin["author_signature"]) == (12, "A. Moray")
    assert sent["entities"] == [{"type": "hashtag", "offset": 17, "length": 5}]
    again = ann.forwards_from({**channel, "title": "Renamed"}, {"text": "x"})[0]
    assert again["forward_origin"]["chat"]["id"] == origin["chat"]["id"]
    other = ann.forwards_from({"type": "channel", "title": "Other"}, {"text": "x"})[0]
    assert other["forward_origin"]["chat"]["id"] != origin["chat"]["id"]


def test_a_long_post_is_forwarded_in_pieces_and_one_with_a_picture_has_a_caption(
    table: Table,
) -> None:
    ann = table.somebody()
    channel = {"type": "channel", "title": "Harbour News"}
    pieces = ann.forwards_from(channel, {"text": SENTENCE * 150}, comment="long!")
    assert len(pieces) == 3
    origins = [message["forward_origin"]["chat"]["id"] for message in pieces[1:]]
    assert origins[0] == origins[1]
    post = ann.forwards_from(channel, {"caption": "A lamp, see a.org"})[0]
    assert post["caption"] == "A lamp, see a.org"
    assert [entity["type"] for entity in post["caption_entities"]] == ["url"]
    picture = post["photo"][0]["file_id"]
    assert table.client.file(picture).startswith(b"\x89PNG")


def test_strangers_are_told_by_name_or_hidden(table: Table) -> None:
    ann = table.somebody()
    open_one = ann.forwards_from({"type": "user", "name": "Dora"}, {"text": "x"})[0]
    assert open_one["forward_origin"]["sender_user"]["first_name"] == "Dora"
    hidden = ann.forwards_from({"type": "hidden_user", "name": "Dora"}, {"text": "x"})[0]
    assert hidden["forward_origin"]["sender_user_name"] == "Dora"
    for origin, message in (
        ({"type": "moon", "name": "x"}, {"text": "x"}),
        ({"type": "user"}, {"text": "x"}),
        ({"type": "user", "name": "x"}, {"text": " "}),
    ):
        with pytest.raises(PlaygroundError):
            ann.forwards_from(origin, message)


def test_a_rich_message_has_blocks_and_no_text(table: Table) -> None:
    ann = table.somebody()
    blocks: list[dict[str, Any]] = [
        {"type": "heading", "text": "The lamp", "size": 1},
        {"type": "paragraph", "text": ["It was ", {"type": "bold", "text": "lit"}, "."]},
    ]
    sent = ann.sends_rich(blocks)[0]
    assert sent["rich_message"] == {"blocks": blocks}
    assert "text" not in sent
    assert table.messages() == [sent]
    forward = ann.forwards([sent["message_id"]])[0]
    assert forward["rich_message"] == sent["rich_message"]
    channel = {"type": "channel", "title": "Harbour News"}
    from_channel = ann.forwards_from(channel, {"rich_message": {"blocks": blocks}})[0]
    assert from_channel["rich_message"] == sent["rich_message"]


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ([], "list of blocks"),
        ([{"text": "x"}], "has a type"),
        ([{"type": "paragraph", "text": "x"}] * 501, "at most 500 blocks"),
        ([{"type": "paragraph", "text": "x" * 32_769}], "32,768 characters"),
    ],
)
def test_a_rich_message_beyond_the_limits_is_refused(
    table: Table, blocks: list[dict[str, Any]], reason: str
) -> None:
    with pytest.raises(PlaygroundError, match=reason):
        table.somebody().sends_rich(blocks)


def test_rich_blocks_are_not_nested_too_deep(table: Table) -> None:
    def nested(depth: int) -> dict[str, Any]:
        block: dict[str, Any] = {"type": "paragraph", "text": "x"}
        for _ in range(depth - 1):
            block = {"type": "blockquote", "blocks": [block]}
        return block

    ann = table.somebody()
    ann.sends_rich([nested(16)])
    with pytest.raises(PlaygroundError, match="nested at most 16"):
        ann.sends_rich([nested(17)])


def test_who_has_blocked_the_bot_must_unblock_it_to_write(table: Table) -> None:
    ann = table.somebody()
    ann.blocks()
    assert ann.id in table.client.world()["blocked"]
    refused = pytest.raises(PlaygroundError, match="unblock it first")
    with refused:
        ann.sends("x")
    with refused:
        ann.uploads({"a.txt": b"x"})
    with refused:
        ann.forwards_from({"type": "user", "name": "x"}, {"text": "x"})
    ann.blocks(False)
    ann.sends("x")
    table.forgets()


def test_nobody_acts_where_they_are_not(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        ann.sends("x", chat=ben.id)
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        ann.sends("x", chat=GROUP)
