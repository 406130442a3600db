"""A question typed in any chat is answered to who types it, from their own articles."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from cheap_house import cheap_house
from cheap_models import CheapEncoder, Vectors
from circle import FERRY, article, circled
from postbox import Postbox, opened
from recording_request import Call, refusal
from scene import Scene, scene
from telegram import Bot, Update
from update_samples import ANN, BEN, person, update

from bot.handlers.inline import Inline, answer_nothing

Talk = Callable[[Scene], Awaitable[None]]
QUESTION = "When does the ferry of Aldham sail?"
_numbers = count(9000)


class WaitingEncoder(CheapEncoder):
    """Encodes questions; once it is `held` it waits with them until it is let go."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.waiting = threading.Event()
        self.go = threading.Event()
        self.held = False

    def encode_question(self, question: str) -> Vectors:
        self.asked.append(question)
        if self.held:
            self.waiting.set()
            assert self.go.wait(20), "It was never let go."
        return super().encode_question(question)


def typed(text: str, who: int = ANN, bot: Bot | None = None) -> Update:
    """What Telegram sends while somebody types in another chat."""
    number = next(_numbers)
    query = {"id": str(number), "from": person(who), "query": text, "offset": ""}
    return update(number, {"inline_query": query}, bot)


def told(tmp_path: Path, talk: Talk) -> None:
    async def whole() -> None:
        async with scene(tmp_path) as ann:
            await circled(ann)
            await talk(ann)

    asyncio.run(whole())


async def types(ann: Scene, text: str, who: int = ANN) -> None:
    await ann.does(typed(text, who, ann.built.bot))


def answers(ann: Scene) -> list[Call]:
    return ann.built.request.made("answerInlineQuery")


def results(call: Call) -> list[dict[str, Any]]:
    return list(call.values["results"])


def test_the_cards_are_from_the_askers_own_articles_and_for_them_alone(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await types(ann, QUESTION)
        (answer,) = answers(ann)
        assert answer.values["is_personal"] is True
        assert answer.values["cache_time"] == 0
        (card,) = results(answer)
        assert card["title"] == "The ferry of Aldham"
        assert card["type"] == "article"
        content = card["input_message_content"]
        assert "sails at six" in content["message_text"]
        assert content["parse_mode"] == "HTML"
        assert content["link_preview_options"]["is_disabled"] is True
        assert not {"reply_markup", "thumbnail_url", "url"} & card.keys()
        assert "button" not in answer.values

    told(tmp_path, talk)


def test_neither_a_groups_articles_nor_anybody_elses_are_offered(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await ann.house.chats.set(ANN, using=-1001234567890)
        await types(ann, "When does the mill of Brevik turn?")
        assert "mill" not in str(results(answers(ann)[-1]))
        await types(ann, QUESTION, BEN)
        assert results(answers(ann)[-1]) == []
        assert answers(ann)[-1].values["button"]["text"] == "Not in your articles"

    told(tmp_path, talk)


def test_an_empty_question_shows_the_way_into_the_chat(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await types(ann, " ")
        (answer,) = answers(ann)
        assert results(answer) == []
        assert answer.values["button"]["text"] == "Ask your articles a question"
        assert answer.values["button"]["start_parameter"] == "inline"

    told(tmp_path, talk)


@pytest.mark.parametrize("text", ["a " * 129, "?!"])
def test_what_is_no_question_gets_nothing(tmp_path: Path, text: str) -> None:
    async def talk(ann: Scene) -> None:
        await types(ann, text)
        (answer,) = answers(ann)
        assert results(answer) == []
        assert "button" not in answer.values

    told(tmp_path, talk)


def test_only_what_was_typed_last_is_answered(tmp_path: Path) -> None:
    encoder = WaitingEncoder()

    async def talk() -> None:
        async with cheap_house(tmp_path, encoder, inline_seconds=0.05) as built:
            await built.house.libraries.add(ANN, article(FERRY))
            encoder.asked.clear()
            inline = Inline(built.house)
            texts = ("When", "When does", QUESTION)
            given = [typed(text, bot=built.bot) for text in texts]
            tasks = []
            for each in given:
                tasks.append(asyncio.create_task(inline.asked(each, None)))
                await asyncio.sleep(0.01)
            await asyncio.gather(*tasks)
            (answer,) = built.request.made("answerInlineQuery")
            assert given[-1].inline_query
            assert answer.values["inline_query_id"] == given[-1].inline_query.id
            assert encoder.asked == [QUESTION]

    asyncio.run(talk())


def test_a_newer_question_does_not_wait_for_the_one_before(tmp_path: Path) -> None:
    encoder = WaitingEncoder()

    async def talk() -> None:
        async with cheap_house(tmp_path, encoder, inline_seconds=0) as built:
            inline = Inline(built.house)
            await built.house.libraries.add(ANN, article(FERRY))
            encoder.held = True
            first = asyncio.create_task(inline.asked(typed("Which", bot=built.bot), None))
            await asyncio.to_thread(encoder.waiting.wait, 5)
            second = asyncio.create_task(inline.asked(typed(QUESTION, bot=built.bot), None))
            await asyncio.wait_for(first, 5)  # while its search still runs
            assert not built.request.made("answerInlineQuery")
            encoder.go.set()
            await asyncio.wait_for(second, 5)
            assert len(built.request.made("answerInlineQuery")) == 1

    asyncio.run(talk())


def test_two_people_do_not_take_each_others_place(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        await asyncio.gather(types(ann, QUESTION), types(ann, QUESTION, BEN))
        assert len(answers(ann)) == 2

    told(tmp_path, talk)


def test_what_takes_too_long_is_answered_with_nothing_in_time(tmp_path: Path) -> None:
    encoder = WaitingEncoder()

    async def talk() -> None:
        async with cheap_house(tmp_path, encoder, inline_seconds=0) as built:
            await built.house.libraries.add(ANN, article(FERRY))
            encoder.held = True
            begun = time.monotonic()
            await Inline(built.house, deadline=0.1).asked(typed(QUESTION, bot=built.bot), None)
            assert time.monotonic() - begun < 2
            (answer,) = built.request.made("answerInlineQuery")
            assert results(answer) == []
            encoder.go.set()

    asyncio.run(talk())


def test_html_that_telegram_refuses_is_sent_plain(tmp_path: Path) -> None:
    async def talk(ann: Scene) -> None:
        said = "Bad Request: can't parse entities: Unsupported start tag"
        ann.built.request.fail("answerInlineQuery", refusal(400, said))
        await types(ann, QUESTION)
        content = results(answers(ann)[-1])[0]["input_message_content"]
        assert "parse_mode" not in content
        assert "<" not in content["message_text"]
        assert "sails at six" in content["message_text"]

    told(tmp_path, talk)


@pytest.mark.parametrize("code", [400, 502])
def test_an_answer_that_comes_too_late_is_no_fault(
    tmp_path: Path, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def talk(ann: Scene) -> None:
        said = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        ann.built.request.fail("answerInlineQuery", refusal(code, said))
        await types(ann, QUESTION)
        assert ann.said == []
        assert len(answers(ann)) == 1
        assert not [each for each in caplog.records if each.name == "bot.failures"]

    told(tmp_path, talk)


@pytest.fixture
def postbox(tmp_path: Path) -> Iterator[Postbox]:
    with opened(tmp_path) as made:
        yield made


def test_what_is_typed_is_not_stored(postbox: Postbox) -> None:
    given = typed(QUESTION)
    asyncio.run(postbox.inbox.put(given))
    assert postbox.passed_on() == [given]
    assert postbox.stored() == {}


def test_a_stranger_is_offered_nothing(tmp_path: Path) -> None:
    async def talk() -> None:
        async with cheap_house(tmp_path) as built:
            query = typed(QUESTION, BEN, built.bot).inline_query
            assert query
            await answer_nothing(query)
            (answer,) = built.request.made("answerInlineQuery")
            assert results(answer) == []
            assert answer.values["is_personal"] is True

    asyncio.run(talk())
