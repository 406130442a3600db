"""Posts of a channel become articles, silently; who runs it forwards the older ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from channel_scene import TITLE, Channel, photo
from exported_chats import BEEKEEPERS, KITES
from recording_request import refusal
from scene import Scene, scene
from update_samples import BEN, message

from index import StorageBusyError

SHORT = "The kites are gone."
ALDER = "The alder at Mill Pond fell on Sunday, and nobody was hurt, says Ida Roth."

Talk = Callable[[Scene, Channel], Awaitable[None]]


def told(tmp_path: Path, talk: Talk, *, username: str | None = None, runs: bool = True) -> None:
    """Have things happen in a channel and in Ann's chat."""

    async def whole() -> None:
        async with scene(tmp_path) as ann:
            channel = Channel(ann, username)
            await channel.opens(runs=runs)
            await talk(ann, channel)

    asyncio.run(whole())


def spoken(ann: Scene) -> list[str]:
    """The methods that anybody in a chat would see something of."""
    return [call.method for call in ann.built.request.calls if not call.method.startswith("get")]


async def at_once(ann: Scene, *several: dict[str, Any]) -> None:
    """Messages of hers that arrive at the same time."""
    updates = [
        message(number, bot=ann.built.bot, **fields) for number, fields in enumerate(several, 700)
    ]
    await asyncio.gather(*map(ann.does, updates))


@pytest.mark.parametrize(
    ("username", "link"),
    [
        (None, "https://t.me/c/1234567890/7"),
        ("harbour_post", "https://t.me/harbour_post/7"),
    ],
)
def test_a_post_becomes_an_article_with_its_link_its_day_and_who_signed_it(
    tmp_path: Path, username: str | None, link: str
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, BEEKEEPERS, author_signature="M. Ruiz")
        (article,) = await channel.articles()
        assert article.title == "The beekeepers of Fern Row"
        assert (article.site, article.author, article.source) == (TITLE, "M. Ruiz", link)
        assert article.published == date(2024, 5, 1)
        # What it is called can change, what it is known by does not.
        assert article.address == "t.me/c/1234567890/7"
        assert spoken(ann) == []

    told(tmp_path, talk, username=username)


@pytest.mark.parametrize(
    "fields",
    [
        {"photo": photo()},
        {"text": "🪁 🪁"},
        {
            "text": "https://harbour.example/kites",
            "entities": [{"type": "url", "offset": 0, "length": 29}],
        },
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"new_chat_title": "Harbour Times"},
    ],
    ids=["a picture", "emoji", "a link alone", "a sticker", "a notice"],
)
def test_a_post_without_words_is_no_article(tmp_path: Path, fields: dict[str, Any]) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, fields.pop("text", None), **fields)
        assert await channel.articles() == []
        assert spoken(ann) == []

    told(tmp_path, talk)


def test_an_album_is_one_article_with_the_link_of_its_caption(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts_album(
            {"number": 7, "photo": photo("one")},
            {"number": 8, "photo": photo("two"), "caption": BEEKEEPERS},
            {"number": 9, "photo": photo("three")},
        )
        (article,) = await channel.articles()
        assert article.source == "https://t.me/c/1234567890/8"
        assert await channel.texts() == [BEEKEEPERS]

    told(tmp_path, talk)


def test_the_captions_of_an_album_are_kept_together(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts_album(
            {"number": 7, "photo": photo("one"), "caption": BEEKEEPERS},
            {"number": 8, "photo": photo("two"), "caption": ALDER},
        )
        assert await channel.texts() == [f"{BEEKEEPERS}\n\n{ALDER}"]

    told(tmp_path, talk)


def test_posts_that_follow_one_another_are_articles_of_their_own(tmp_path: Path) -> None:
    """Also where they would be the pieces of one paste in a private chat."""

    async def talk(ann: Scene, channel: Channel) -> None:
        long = [f"{BEEKEEPERS}\n\n" * 12, f"{KITES}\n\n" * 20]
        assert all(len(each) > 2040 for each in long)
        updates = [channel.post(number, text) for number, text in enumerate(long, 7)]
        await asyncio.gather(*map(ann.does, updates))
        assert [each.source for each in await channel.articles()] == [
            "https://t.me/c/1234567890/8",
            "https://t.me/c/1234567890/7",
        ]

    told(tmp_path, talk)


def test_a_file_is_read_and_its_caption_stands_above_it(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        ann.has_file("kites", KITES.encode())
        document = {"file_id": "kites", "file_unique_id": "kites", "file_name": "kites.txt"}
        await channel.posts(7, document=document, caption=ALDER)
        (article,) = await channel.articles()
        assert await channel.texts() == [f"{ALDER}\n\n{KITES}"]
        assert article.source == "https://t.me/c/1234567890/7"

    told(tmp_path, talk)


def test_of_a_file_that_cannot_be_read_the_caption_is_kept(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        ann.has_file("film", b"\0\1\2")
        document = {
            "file_id": "film",
            "file_unique_id": "film",
            "file_name": "film.mp4",
            "mime_type": "video/mp4",
        }
        await channel.posts(7, document=document, caption=ALDER)
        assert await channel.texts() == [ALDER]
        assert spoken(ann) == []

    told(tmp_path, talk)


def test_an_edit_replaces_the_article_also_by_much_fewer_words(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, BEEKEEPERS)
        await channel.edits(7, f"{BEEKEEPERS} {KITES}")
        assert await channel.texts() == [f"{BEEKEEPERS} {KITES}"]
        await channel.edits(7, SHORT)
        assert await channel.texts() == [SHORT]
        await channel.edits(7, SHORT)
        assert await channel.texts() == [SHORT]
        assert spoken(ann) == []

    told(tmp_path, talk)


def test_an_edit_of_a_post_that_was_never_seen_makes_it_an_article(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.edits(3, KITES)
        (article,) = await channel.articles()
        assert article.source == "https://t.me/c/1234567890/3"

    told(tmp_path, talk)


def test_a_post_that_loses_its_words_is_forgotten(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, caption=KITES, photo=photo())
        await channel.posts(8, BEEKEEPERS)
        await channel.edits(7, photo=photo())
        await channel.edits(6, photo=photo())
        assert await channel.texts() == [BEEKEEPERS]

    told(tmp_path, talk)


def test_a_post_that_comes_to_say_what_another_says_is_not_kept_as_it_was(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, KITES)
        await channel.posts(8, BEEKEEPERS)
        await channel.edits(8, KITES)
        assert await channel.texts() == [KITES]

    told(tmp_path, talk)


def test_the_posts_of_a_channel_that_is_not_admitted_are_not_kept(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        chat = channel.post(1, "x").effective_chat
        assert chat
        await ann.house.chats.note(chat, admitted=False)
        await channel.posts(7, KITES)
        await channel.edits(7, BEEKEEPERS)
        assert await channel.articles() == []
        assert spoken(ann) == []

    told(tmp_path, talk)


@pytest.mark.parametrize("error", [StorageBusyError("Busy.", ""), RuntimeError("Broken.")])
def test_nothing_is_said_in_a_channel_when_something_goes_wrong(
    tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise error

    async def talk(ann: Scene, channel: Channel) -> None:
        monkeypatch.setattr(ann.house.libraries, "add_all", broken)
        await channel.posts(7, KITES)
        assert spoken(ann) == []

    told(tmp_path, talk)


def test_forwards_by_who_runs_the_channel_go_to_its_articles(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, KITES)
        forwards = [
            channel.origin(5, author_signature="M. Ruiz") | {"text": BEEKEEPERS},
            channel.origin(7) | {"text": KITES},
            channel.origin(6) | {"text": ALDER},
        ]
        await at_once(ann, *forwards)
        assert await ann.articles() == 0
        newest, middle, _ = await channel.articles()
        assert [newest.source, middle.source, middle.author] == [
            "https://t.me/c/1234567890/6",
            "https://t.me/c/1234567890/5",
            "M. Ruiz",
        ]
        assert ann.said == [
            "✓ Saved to Harbour Post: 2 articles. Already there: 1.\n"
            "• <b>The beekeepers of Fern Row</b>\n"
            f"• <b>{ALDER}</b>\n"
            "You run this channel, so its posts are kept among its own articles."
        ]
        await ann.presses(ann.buttons()["Undo"])
        assert await channel.texts() == [KITES]
        await ann.presses(ann.buttons()["Put it back"])
        assert len(await channel.articles()) == 3

    told(tmp_path, talk)


def test_a_forwarded_album_is_one_article(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await ann.sends_album(
            channel.origin(5) | {"photo": photo("one"), "caption": BEEKEEPERS},
            channel.origin(6) | {"photo": photo("two")},
        )
        (article,) = await channel.articles()
        assert article.source == "https://t.me/c/1234567890/5"
        assert ann.said[0].startswith("✓ Saved to Harbour Post: 1 article.\n")

    told(tmp_path, talk)


def test_what_is_there_already_is_told_so_and_cannot_be_undone(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await channel.posts(7, KITES)
        await ann.sends(KITES, **channel.origin(7))
        assert ann.said[0].startswith("Harbour Post has these already.")
        assert ann.buttons() == {}
        await ann.sends("🪁", **channel.origin(8))
        assert ann.said[1].startswith("There is nothing in this that I could save")
        assert len(await channel.articles()) == 1

    told(tmp_path, talk)


def test_forwards_by_anybody_else_go_to_their_own_articles(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await ann.sends(BEEKEEPERS, **channel.origin(5))
        assert (await ann.articles(), await channel.articles()) == (1, [])
        assert ann.said[0].startswith("✓ Saved\n<b>The beekeepers of Fern Row</b>")

    told(tmp_path, talk, runs=False)


@pytest.mark.parametrize("active", [True, False])
def test_forwards_out_of_a_channel_without_a_library_go_to_ones_own(
    tmp_path: Path, active: bool
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        chat = channel.post(1, "x").effective_chat
        assert chat
        await ann.house.chats.note(chat, active=active, admitted=not active)
        await ann.sends(BEEKEEPERS, **channel.origin(5))
        assert (await ann.articles(), await channel.articles()) == (1, [])

    told(tmp_path, talk)


def test_forwards_that_cannot_be_asked_about_go_to_ones_own(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        ann.built.request.fail("getChatMember", refusal(400, "Bad Request: member not found"))
        await ann.sends(BEEKEEPERS, **channel.origin(5))
        assert (await ann.articles(), await channel.articles()) == (1, [])

    told(tmp_path, talk)


def test_what_comes_with_the_forwards_is_dealt_with_as_ever(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await at_once(
            ann,
            channel.origin(5) | {"text": BEEKEEPERS},
            {
                "text": KITES,
                "forward_origin": {"type": "hidden_user", "sender_user_name": "Zoe", "date": 1},
            },
        )
        assert (await ann.articles(), len(await channel.articles())) == (1, 1)
        assert len(ann.said) == 2

    told(tmp_path, talk)


def test_where_the_library_is_full_posts_are_not_kept_and_who_forwards_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        settings = ann.house.settings.model_copy(update={"articles_per_chat": 1})
        monkeypatch.setattr(ann.house.fairness, "_settings", settings)
        await channel.posts(7, KITES)
        await channel.posts(8, BEEKEEPERS)
        assert await channel.texts() == [KITES]
        assert spoken(ann) == []
        await ann.sends(BEEKEEPERS, **channel.origin(8))
        assert await channel.texts() == [KITES]
        assert "I keep 1 article here, and may not keep more." in ann.said[0]

    told(tmp_path, talk)


def test_a_replayed_forward_is_told_of_once(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        number = await ann.sends(BEEKEEPERS, **channel.origin(5))
        await ann.sends(BEEKEEPERS, message_id=number, **channel.origin(5))
        assert len(ann.built.request.made("sendMessage", "editMessageText")) == 1

    told(tmp_path, talk)


def test_only_who_runs_the_channel_still_can_undo(tmp_path: Path) -> None:
    async def talk(ann: Scene, channel: Channel) -> None:
        await ann.sends(BEEKEEPERS, **channel.origin(5))
        undo = ann.buttons()["Undo"]
        await channel.opens(runs=False)
        await ann.presses(undo)
        # A number that somebody else made up leads nowhere.
        await ann.presses(undo, chat=BEN)
        assert len(await channel.articles()) == 1
        alerts = [call.text for call in ann.built.request.made("answerCallbackQuery")]
        assert alerts == [
            "Only administrators can do this there.",
            "This button is too old. Send me the message again.",
        ]

    told(tmp_path, talk)
