"""An answer is remembered without its words, and told again with its page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from bot.remembered import articles_of, recall, remember, renumbered
from index import Answer, Earlier, Hit, Outcome

TEXT = "The lamp was lit on Monday. Agnes Moray climbed the steps."
HIT = Hit(7, "The lamp", TEXT, 0, len(TEXT), 0.9, 28, 39, 12)
ANSWER = Answer("Who?", Outcome.ANSWER, "Agnes Moray", 0.9, (HIT,))


def test_what_was_remembered_is_the_answer_again() -> None:
    details = json.loads(json.dumps(remember(ANSWER)))
    assert "Agnes" not in json.dumps(details)
    assert recall("Who?", details, {7: TEXT}, {7: "The lamp"}) == ANSWER


def test_what_was_remembered_before_there_were_pages_has_none() -> None:
    details = remember(ANSWER)
    details["passages"] = [passage[:6] for passage in details["passages"]]
    recalled = recall("Who?", details, {7: TEXT}, {7: "The lamp"})
    assert recalled == replace(ANSWER, passages=(replace(HIT, page=None),))


OLD = "Until May it was Ida Frost who climbed them."
OLDER = "In March Tom Reed climbed them."
EARLIER = (
    Earlier("Ida Frost", Hit(9, "May", OLD, 0, len(OLD), 0.8, 17, 26), date(2024, 5, 3)),
    Earlier("Tom Reed", Hit(8, "March", OLDER, 0, len(OLDER), 0.7, 9, 17, 2), date(2024, 3, 1)),
)
CONTRADICTED = replace(ANSWER, earlier=EARLIER)
TEXTS = {7: TEXT, 8: OLDER, 9: OLD}
TITLES = {7: "The lamp", 8: "March", 9: "May"}


def test_what_was_said_earlier_is_remembered_without_its_words() -> None:
    details = json.loads(json.dumps(remember(CONTRADICTED)))
    assert not any(name in json.dumps(details) for name in ("Frost", "Reed", "May", "March"))
    assert articles_of(details) == [7, 9, 8]
    assert recall("Who?", details, TEXTS, TITLES) == CONTRADICTED


def test_what_was_said_earlier_by_an_article_that_is_gone_is_left_out() -> None:
    details = remember(CONTRADICTED)
    left = {7: TEXT, 8: OLDER}
    assert recall("Who?", details, left, TITLES) == replace(CONTRADICTED, earlier=EARLIER[1:])
    alone = recall("Who?", details, {9: OLD, 8: OLDER}, TITLES)
    assert (alone.outcome, alone.answer, alone.earlier) == (Outcome.NOTHING, None, ())


def test_what_was_remembered_before_there_was_an_earlier_has_none() -> None:
    details = remember(ANSWER)
    del details["earlier"]
    assert recall("Who?", details, TEXTS, TITLES) == ANSWER
    assert articles_of(details) == [7]
    assert renumbered(details, 7, 70)["passages"][0][0] == 70


def test_an_earlier_article_is_known_by_its_new_number() -> None:
    details = renumbered(remember(CONTRADICTED), 9, 90)
    assert articles_of(details) == [7, 90, 8]
    assert "stale" not in details
    moved = recall("Who?", details, {7: TEXT, 8: OLDER, 90: OLD}, {**TITLES, 90: "May"})
    assert [each.answer for each in moved.earlier] == ["Ida Frost", "Tom Reed"]
    assert renumbered(remember(CONTRADICTED), 9, 90, stale=True)["stale"] is True
    assert renumbered(remember(CONTRADICTED), 6, 60, stale=True) == remember(CONTRADICTED)
