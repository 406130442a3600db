"""An answer is remembered without its words, and told again with its page."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.remembered import recall, remember
from index import Answer, Hit, Outcome

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
