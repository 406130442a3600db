"""Who belongs to a group may be answered from its articles in a chat of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from circle import (
    CIRCLE,
    CLOCK,
    ELSEWHERE,
    FROM,
    MILL,
    QUESTION,
    TITLE,
    alerts,
    article,
    commands,
    presses_there,
    stays,
    told,
    uses,
)
from recording_request import refusal
from scene import Scene
from telegram import Chat
from update_samples import ANN, BEN

from bot.handlers.using import MOST_ASKED_ABOUT
from bot.quoting import quote_of
from bot.sending import Reply
from bot.store.records import Exchange, Kind, Piece
from index import Answer, Hit, Outcome


def asked(ann: Scene, message_id: int) -> Exchange:
    found = ann.house.store.exchanges.of_message(ANN, message_id, Kind.ASK)
    assert found
    return found


def test_who_belongs_to_a_group_chooses_its_articles_and_goes_back(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await commands(ann, "/use")
        assert ann.said[-1].startswith("I answer from your own articles.\n\nWhose articles")
        assert ann.buttons() == {TITLE: f"use:{CIRCLE}"}
        await ann.presses(f"use:{CIRCLE}")
        assert "from the articles of Reading &lt;circle&gt; in this chat now" in ann.said[-1]
        assert ann.buttons() == {"My own articles": "use:0"}
        await ann.sends(QUESTION)
        assert "mill of Brevik" in ann.said[-1]
        assert "ferry" not in ann.said[-1]
        assert ann.said[-1].endswith(f"\n{FROM}")
        await ann.presses("use:0", below=501)
        assert ann.said[0] == "I answer from your own articles."
        await ann.sends(QUESTION)
        assert "mill" not in ann.said[-1]
        assert "ferry" in ann.said[-1]
        assert "From the articles" not in ann.said[-1]

    told(tmp_path, talk)


def test_a_group_is_offered_only_to_who_is_in_it(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await commands(ann, "/use")
        assert ann.said == [ann.house.texts.use_nowhere]
        for library in (CIRCLE, ELSEWHERE, BEN, ANN, 5, 2**80, -(2**80)):
            await ann.presses(f"use:{library}")
            assert alerts(ann)[-1] == ann.house.texts.alert_library_closed
        assert ann.house.chats.settings(ANN).using is None

    told(tmp_path, talk, "left")


@pytest.mark.parametrize("change", [{"active": False}, {"admitted": False}])
def test_a_group_that_the_bot_does_not_work_in_is_closed(
    tmp_path: Path, change: dict[str, bool]
) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        chat = Chat(CIRCLE, Chat.SUPERGROUP, title=TITLE)
        await ann.house.chats.note(chat, **change)
        await ann.sends(QUESTION)
        assert "mill" not in "".join(ann.said[1:])
        assert ann.house.chats.settings(ANN).using is None

    told(tmp_path, talk)


def test_a_button_pressed_in_a_group_chooses_nothing(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await presses_there(ann, f"use:{CIRCLE}", ANN, 501)
        assert alerts(ann) == [ann.house.texts.alert_not_yours]
        for chat in (CIRCLE, ANN):
            assert ann.house.chats.settings(chat).using is None

    told(tmp_path, talk)


def test_a_number_is_changed_in_what_is_of_its_own_library(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        own = asked(ann, await ann.sends(QUESTION))
        await uses(ann)
        other = asked(ann, await ann.sends(QUESTION))
        (mine, *_), (theirs, *_) = (each.details["passages"][0] for each in (own, other))
        exchanges = ann.house.store.exchanges
        exchanges.renumber(ANN, theirs, 70)
        exchanges.renumber(ANN, mine, 71, library=CIRCLE)
        assert exchanges.find(ANN, own.id) == own
        assert exchanges.find(ANN, other.id) == other
        exchanges.renumber(ANN, mine, 70)
        exchanges.renumber(ANN, theirs, 71, library=CIRCLE)
        found = [exchanges.find(ANN, each.id) for each in (own, other)]
        assert [each and each.details["passages"][0][0] for each in found] == [70, 71]

    told(tmp_path, talk)


def test_who_has_left_is_told_so_and_has_their_own_articles_again(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        stays(ann, "left")
        await ann.sends(QUESTION)
        assert ann.said[-2].startswith("I can't read the articles of Reading &lt;circle&gt;")
        assert "ferry" in ann.said[-1]
        assert "mill" not in ann.said[-1]
        await ann.sends("When does the ferry sail?")
        assert "ferry" in ann.said[-1]
        assert sum("one of us is not in it" in said for said in ann.said) == 1

    told(tmp_path, talk)


@pytest.mark.parametrize("status", ["kicked", "restricted"])
def test_membership_is_asked_each_time(tmp_path: Path, status: str) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await ann.sends(QUESTION)
        before = len(ann.built.request.made("getChatMember"))
        ann.built.request.fail(
            "getChatMember", refusal(400, "Bad Request: member list is inaccessible")
        )
        await ann.sends(QUESTION)
        assert len(ann.built.request.made("getChatMember")) == before + 1
        assert "mill" not in ann.said[-1]

    told(tmp_path, talk)


def test_where_telegram_cannot_be_asked_nothing_is_shown_and_nothing_changes(
    tmp_path: Path,
) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        for question in (QUESTION, "/articles", "/stats"):
            ann.built.request.fail("getChatMember", refusal(502, "Bad Gateway"))
            await commands(ann, question) if question[0] == "/" else await ann.sends(question)
            assert ann.said[-1].startswith("I could not ask Telegram whether you are still in")
        assert ann.house.chats.settings(ANN).using == CIRCLE
        await ann.sends(QUESTION)
        assert FROM in ann.said[-1]

    told(tmp_path, talk)


@pytest.mark.parametrize("verb", ["more", "context", "answer"])
def test_the_buttons_of_an_answer_show_a_groups_words_to_its_people_only(
    tmp_path: Path, verb: str
) -> None:
    async def talk(ann: Scene) -> None:
        await ann.house.libraries.add(CIRCLE, article(MILL.replace("mill", "kiln")))
        await uses(ann)
        number = asked(ann, await ann.sends(QUESTION)).id
        pressed = f"{verb}:{number}:0" if verb != "answer" else f"answer:{number}"
        await uses(ann, 0)
        answer = max(ann.messages) - 1
        await ann.presses(pressed, below=answer)
        assert "Brevik" in ann.messages[answer]
        assert ann.messages[answer].endswith(FROM)
        stays(ann, "left")
        before = ann.messages[answer]
        await ann.presses(pressed, below=answer)
        assert alerts(ann)[-1] == ann.house.texts.alert_library_closed
        assert ann.messages[answer] == before

    told(tmp_path, talk)


def test_a_reply_to_an_answer_asks_the_library_that_gave_it(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await ann.sends(QUESTION)
        answer = max(ann.messages)
        await uses(ann, 0)
        await ann.sends(QUESTION, reply_to_message=ann.shown(answer))
        assert ann.said[-1].endswith(FROM)
        stays(ann, "left")
        await ann.sends(QUESTION, reply_to_message=ann.shown(answer))
        assert ann.said[-1].startswith("I can't read the articles of Reading &lt;circle&gt;")
        assert "Brevik" not in ann.said[-1]

    told(tmp_path, talk)


def test_a_reply_to_ones_own_article_asks_that_whatever_is_used(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        article_id = await ann.sends(CLOCK)
        await ann.sends(
            "When did the clock stand?", reply_to_message={**ann.shown(article_id), "from": None}
        )
        assert "clock of Corrin" in ann.said[-1]
        assert "From the articles" not in ann.said[-1]

    told(tmp_path, talk)


def test_an_answer_from_a_group_quotes_no_message_of_ones_own(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        exchanges = ann.house.store.exchanges
        exchanges.set_pieces(ANN, 9, [Piece(ANN, 77, 9, 0, 40)])
        hit = Hit(9, "The mill", "It turns at noon.", 0, 17, 0.9, 9, 16)
        answer = Answer("When?", Outcome.ANSWER, "at noon", 0.9, (hit,))
        quoted = await quote_of(ann.house, ANN, answer, library=ANN)
        assert quoted == Reply(77, "It turns at noon.", [])
        assert await quote_of(ann.house, ANN, answer, library=CIRCLE) is None

    told(tmp_path, talk)


def test_an_edited_question_asks_the_library_that_it_asked_before(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        number = await ann.sends(QUESTION)
        await uses(ann, 0)
        await ann.edits(number, "When does the mill turn?")
        assert any(FROM in said for said in ann.said)
        stays(ann, "left")
        await ann.edits(number, "When does that mill turn?")
        assert not any(FROM in said for said in ann.said)

    told(tmp_path, talk)


def test_of_many_groups_those_are_asked_about_that_are_named(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        for number in range(MOST_ASKED_ABOUT):
            chat = Chat(-5000 - number, Chat.GROUP, title=f"Choir {number}")
            await ann.house.chats.note(chat, active=True, admitted=True)
        await commands(ann, "/use")
        assert ann.said[-1] == ann.house.texts.use_many
        assert not ann.built.request.made("getChatMember")
        await commands(ann, "/use CIRCLE")
        assert ann.buttons() == {TITLE: f"use:{CIRCLE}"}
        assert len(ann.built.request.made("getChatMember")) == 1
        await commands(ann, "/use chess")
        assert ann.said[-1].startswith("None of the groups and channels that we are both in")

    told(tmp_path, talk)


def test_what_is_sent_is_kept_among_ones_own_articles(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await uses(ann)
        await ann.sends(CLOCK)
        assert await ann.articles() == 2
        assert (await ann.house.libraries.totals(CIRCLE)).articles == 1

    told(tmp_path, talk)
