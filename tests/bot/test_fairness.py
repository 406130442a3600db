"""What one chat and one person may take of a shared bot."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from cheap_house import cheap_house
from cheap_models import article
from scene import Scene, scene
from update_samples import ANN, BEN, message

from bot.fairness import DAY, MINUTE, MOST_KEPT, Fairness, Window
from bot.handlers.allowance import allowed
from bot.store.records import Exchange, Kind
from index import Article, FailedSource

OWNER = ANN
LONG = "The ferry of Sandhaven left the quay at seven, and the keeper of the light saw it go. " * 8


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def fairness(data: Path, clock: Clock, **settings: Any) -> Fairness:
    async with cheap_house(data, owner=OWNER, access="everyone", **settings) as built:
        return Fairness(built.house.settings, built.house.access, clock)


def test_a_window_lets_through_so_many_and_more_when_time_has_passed() -> None:
    clock = Clock()
    window = Window(2, MINUTE, clock)
    window.count(BEN)
    clock.now += 40
    window.count(BEN)
    assert window.room(BEN) == 0
    assert window.room(ANN) == 2
    clock.now += 20
    assert window.room(BEN) == 1
    clock.now += 40
    assert window.room(BEN) == 2


def test_a_window_of_none_lets_everything_through_and_keeps_nothing() -> None:
    window = Window(0, MINUTE, Clock())
    window.count(BEN, 10_000)
    assert window.room(BEN) is None


def test_a_window_forgets_who_was_longest_silent() -> None:
    window = Window(5, DAY, Clock())
    for person in range(MOST_KEPT + 10):
        window.count(person)
    assert window.room(0) == 5
    assert window.room(MOST_KEPT) == 4


def test_one_person_s_questions_leave_room_for_another_s(tmp_path: Path) -> None:
    clock = Clock()
    fair = asyncio.run(fairness(tmp_path, clock, questions_per_minute=3))
    assert [fair.may_ask(BEN, BEN) for _ in range(4)] == [True, True, True, False]
    assert fair.may_ask(1003, 1003)
    clock.now += MINUTE
    assert fair.may_ask(BEN, BEN)


def test_a_group_s_questions_are_counted_together(tmp_path: Path) -> None:
    fair = asyncio.run(fairness(tmp_path, Clock(), questions_per_minute_in_chat=2))
    assert [fair.may_ask(-5, person) for person in (11, 12, 13)] == [True, True, False]
    assert fair.may_ask(-6, 13)


def test_a_question_that_is_refused_is_not_counted(tmp_path: Path) -> None:
    clock = Clock()
    fair = asyncio.run(
        fairness(tmp_path, clock, questions_per_minute=1, questions_per_minute_in_chat=2)
    )
    assert fair.may_ask(-5, BEN)
    assert not any(fair.may_ask(-5, BEN) for _ in range(5))
    assert fair.may_ask(-5, 1003)


def test_what_is_typed_counts_by_itself_and_less(tmp_path: Path) -> None:
    fair = asyncio.run(fairness(tmp_path, Clock(), questions_per_minute=1))
    assert [fair.may_type(BEN) for _ in range(4)] == [True, True, True, False]
    assert fair.may_ask(BEN, BEN)
    assert all(fair.may_type(OWNER) for _ in range(9))


def test_the_owner_has_no_limit_of_a_person_s(tmp_path: Path) -> None:
    fair = asyncio.run(fairness(tmp_path, Clock(), questions_per_minute=1, articles_per_day=1))
    assert all(fair.may_ask(OWNER, OWNER) for _ in range(9))
    fair.added(OWNER, 9)
    assert fair.room_today(OWNER) is None
    fair.added(BEN, 9)
    assert (fair.room_today(BEN) or 0) <= 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"articles_per_day": 2}, "as many articles in a day"),
        ({"articles_per_chat": 2}, "2 articles here"),
    ],
)
def test_of_several_articles_as_many_are_kept_as_there_is_room_for(
    settings: dict[str, Any], said: str, tmp_path: Path
) -> None:
    async def talk() -> None:
        async with cheap_house(tmp_path, owner=OWNER, access="everyone", **settings) as built:
            house = built.house
            for number in range(2 if "articles_per_chat" in settings else 0):
                await house.libraries.add(BEN, article(f"Lamp {number}"))
            exchange = Exchange(1, BEN, 7, Kind.SAVE, 0.0, False)
            unreadable = FailedSource("x", "No.", "")
            given: list[Article | FailedSource] = [
                article("One"),
                unreadable,
                article("Two"),
                article("Three"),
            ]
            kept = await allowed(house, exchange, given)
            failed = [each for each in kept if isinstance(each, FailedSource)]
            articles = [each for each in kept if isinstance(each, Article)]
            assert len(articles) == (0 if "articles_per_chat" in settings else 2)
            assert failed[0] is unreadable
            assert said in failed[-1].error

    asyncio.run(talk())


async def as_ben(ann: Scene, number: int, text: str) -> None:
    await ann.does(message(number, text, chat=BEN, bot=ann.built.bot))


def test_who_asks_too_often_is_told_so_kindly(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, bot={"questions_per_minute": 2}) as ann:
            for number in (1, 2, 3):
                await as_ben(ann, number, "Who lit the lamp of Sandhaven?")
            assert ann.said[-1] == ann.house.texts.limit_questions
            assert ann.house.texts.limit_questions not in ann.said[:-1]

    asyncio.run(talk())


def test_who_sends_too_many_articles_is_told_so_and_may_send_them_again(tmp_path: Path) -> None:
    async def talk() -> None:
        async with scene(tmp_path, bot={"articles_per_day": 1}) as ann:
            await as_ben(ann, 1, f"One. {LONG}")
            await as_ben(ann, 2, f"Two. {LONG}")
            assert "Saved" in ann.said[0]
            assert ann.said[-1] == ann.house.texts.limit_articles_today
            assert (await ann.house.libraries.totals(BEN)).articles == 1

    asyncio.run(talk())
