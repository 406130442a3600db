"""Standing questions: taken, listed, stopped. What they tell is in the conversation tests."""

from __future__ import annotations

import asyncio
from pathlib import Path

from cheap_models import article
from scene import Scene, scene
from update_samples import ANN, BEN, button, message

from bot.handlers.alerts import Alerts
from bot.standing import MOST_TOLD, digest, is_confident, remembered
from bot.store.records import Watch
from bot.store.store import Store
from index import Answer, Outcome

GROUP = -1_001_000_000_001


def answer(words: str | None, confidence: float = 0.9) -> Answer:
    outcome = Outcome.ANSWER if words else Outcome.PASSAGES
    return Answer("Who?", outcome, words, confidence, ())


async def asks(ann: Scene, number: int, text: str, chat: int = ANN) -> None:
    command = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
    await ann.does(message(number, text, chat=chat, entities=[command], bot=ann.built.bot))


def watches(ann: Scene, chat: int = ANN) -> list[Watch]:
    return ann.house.store.watches.of_chat(chat)


def test_a_question_is_taken_once_and_listed_and_stopped(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await asks(ann, 1, "/watch who meets  Ada Brill?")
            assert ann.said[-1].endswith("“who meets Ada Brill?”")
            await asks(ann, 2, "/watch Who meets Ada Brill")
            assert [watch.question for watch in watches(ann)] == ["who meets Ada Brill?"]
            await asks(ann, 3, "/watch")
            assert ann.said[-1] == "<b>Standing questions</b>\n1. who meets Ada Brill?"
            await ann.presses(ann.buttons()["Stop 1"])
            assert ann.said[-1] == "I don't ask this any more: “who meets Ada Brill?”"
            assert watches(ann) == []
            await asks(ann, 4, "/watch")
            assert ann.said[-1] == ann.house.texts.watch_how

    asyncio.run(talk())


def test_a_chat_has_so_many_and_no_more(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, bot={"watches_per_chat": 2}) as ann:
            for number, name in enumerate(("Ada", "Ben", "Cleo"), 1):
                await asks(ann, number, f"/watch who meets {name}?")
            assert len(watches(ann)) == 2
            assert "has 2 standing questions already" in ann.said[-1]
            await asks(ann, 9, "/watch who meets Cleo?", chat=BEN)
            assert len(watches(ann, BEN)) == 1

    asyncio.run(talk())


def test_what_is_no_question_is_not_taken(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await asks(ann, 1, "/watch " + "why " * 500)
            await asks(ann, 2, "/watch ???")
            assert ann.said == [ann.house.texts.watch_too_long] * 2
            assert watches(ann) == []

    asyncio.run(talk())


def test_nobody_stops_what_another_chat_asks(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await asks(ann, 1, "/watch who meets Ada?")
            (watch,) = watches(ann)
            await ann.does(button(2, f"unwatch:{watch.id}", chat=BEN, bot=ann.built.bot))
            assert watches(ann) == [watch]
            (told,) = ann.built.request.made("answerCallbackQuery")
            assert told.text == ann.house.texts.alert_watch_gone

    asyncio.run(talk())


def test_articles_are_asked_once_also_those_of_when_nobody_looked(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await ann.house.libraries.add(ANN, article("The old lamp"))
            await asks(ann, 1, "/watch who lit the lamp?")
            first = watches(ann)[0].checked
            assert first == await ann.house.libraries.newest(ANN) > 0
            await ann.house.libraries.add(ANN, article("The new lamp"))
            await ann.house.libraries.add(BEN, article("The lamp of Ben"))
            newest = await ann.house.libraries.newest(ANN)
            assert await ann.house.libraries.newer(ANN, first) == [newest]
            await Alerts(ann.house).look(ANN)
            assert watches(ann)[0].checked == newest
            assert len(ann.said) == 1  # passages are no answer

    asyncio.run(talk())


def test_a_chat_that_cannot_be_written_to_is_asked_nothing(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            await asks(ann, 1, "/watch who lit the lamp?")
            await ann.house.chats.mark(ANN, active=False)
            await ann.house.libraries.add(ANN, article("The new lamp"))
            await Alerts(ann.house).look(ANN)
            assert watches(ann)[0].checked == 0

    asyncio.run(talk())


def test_who_left_a_group_hears_no_more_of_its_articles(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path) as ann:
            store, house = ann.house.store, ann.house
            await asks(ann, 1, "/stats")
            store.watches.add(
                ANN, ANN, GROUP, "who lit the lamp?", thread_id=None, checked=0, told=[]
            )
            await house.libraries.add(GROUP, article("The lamp of the group"))
            await Alerts(house).look(GROUP)
            assert "so I don't ask this any more" in ann.said[-1]
            assert watches(ann) == []

    asyncio.run(talk())


def test_an_answer_is_told_from_another_whatever_its_capitals_and_points() -> None:
    assert digest(answer("Ada Brill")) == digest(answer("ada  brill."))
    assert digest(answer("Ada Brill")) != digest(answer("Ada Brand"))
    assert "Ada" not in digest(answer("Ada"))


def test_only_an_answer_that_is_probably_right_is_worth_a_word() -> None:
    assert is_confident(answer("Ada Brill"))
    assert not is_confident(answer("Ada Brill", 0.4))
    assert not is_confident(answer(None))


def test_the_oldest_that_was_told_is_forgotten_first() -> None:
    told: tuple[str, ...] = ()
    for number in range(MOST_TOLD + 5):
        told = remembered(told, str(number))
    assert len(told) == MOST_TOLD
    assert told[0] == "5"


def test_a_forgotten_chat_has_no_standing_questions_nor_has_its_library(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for chat, library in ((ANN, ANN), (BEN, ANN), (BEN, BEN)):
        store.watches.add(chat, chat, library, "Who?", thread_id=None, checked=0, told=[])
    store.forget_chat(ANN)
    assert store.watches.of_chat(ANN) == []
    assert [watch.library for watch in store.watches.of_chat(BEN)] == [BEN]
    assert store.watches.libraries() == [BEN]
    store.close()
