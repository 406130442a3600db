"""Where each id is: what a dictionary would say, in far less memory."""

from __future__ import annotations

import numpy as np

from index.vectors.places import LATE, NOWHERE, Places
from index.vectors.values import Ids


def test_it_says_what_a_dictionary_would() -> None:
    random = np.random.default_rng(5)
    places, rising = Places(), 0
    expected: dict[int, int] = {}
    for turn in range(200):
        if turn % 4:
            rising += 100
            ids: Ids = np.arange(rising - 100, rising)
        else:
            ids = random.permutation(60_000)[: 100 if turn % 40 else 2 * LATE]
        at = random.integers(0, 2**40, len(ids))
        places.put(ids, at)
        expected.update(zip(ids.tolist(), at.tolist(), strict=True))
        going = random.permutation(np.array(sorted(expected)))[:60]
        places.drop(going)
        for one in going.tolist():
            del expected[one]
        assert len(places) == len(expected)
        if turn % 20 == 0:
            asked = random.permutation(70_000)[:5000]
            answers = [expected.get(one, NOWHERE) for one in asked.tolist()]
            assert places.find(asked).tolist() == answers
    assert places.ids().tolist() == sorted(expected)
    assert places.after(500, 7).tolist() == [one for one in sorted(expected) if one > 500][:7]
    assert places.after(max(expected), 7).tolist() == []


def test_some_after_others_are_given_though_most_between_are_gone() -> None:
    places = Places()
    places.put(np.arange(3000), np.arange(3000))
    places.drop(np.arange(1, 2999))
    assert places.after(-1, 2).tolist() == [0, 2999]
    assert places.after(-1, 1).tolist() == [0]


def test_ids_that_come_and_go_leave_no_memory_behind() -> None:
    places = Places()
    places.put(np.arange(1000), np.arange(1000))
    for first in range(1000, 300_000, 100):
        ids = np.arange(first, first + 100)
        places.put(ids, ids)
        places.drop(ids)
    assert len(places) == 1000
    assert places.bytes < 200_000
