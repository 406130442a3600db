"""The lock of the encoder: one holder at a time, and the hurried first."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from statistics import median

import pytest

from index.precedence import Precedence

Way = Callable[[], AbstractContextManager[None]]


def hold(way: Way, names: list[str], name: str) -> threading.Thread:
    """A thread that waits for the lock already, and writes its name once it has it."""

    def work() -> None:
        with way():
            names.append(name)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_the_hurried_go_before_the_patient_who_came_first() -> None:
    lock = Precedence()
    names: list[str] = []
    with lock.patient():
        threads = [hold(lock.patient, names, f"patient {n}") for n in range(3)]
        time.sleep(0.05)
        threads += [hold(lock.hurried, names, "hurried") for _ in range(3)]
        time.sleep(0.05)
        assert names == []
    for thread in threads:
        thread.join()
    assert names[:3] == ["hurried"] * 3
    assert len(names) == 6


def test_one_who_takes_it_again_and_again_lets_the_hurried_in_between() -> None:
    lock = Precedence()
    over = threading.Event()
    turns = 0
    waits = []

    def work() -> None:
        nonlocal turns
        while not over.is_set():
            with lock.patient():
                turns += 1
                time.sleep(0.002)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        for _ in range(20):
            before = turns
            with lock.hurried():
                waits.append(turns - before)
            time.sleep(0.003)
    finally:
        over.set()
        thread.join()
    assert turns > 5
    # A busy machine may let a turn or two go by before the lock is even asked for.
    assert median(waits) <= 2, waits


def test_only_one_holds_it_at_a_time() -> None:
    lock = Precedence()
    inside = most = 0

    def work(way: Way) -> None:
        nonlocal inside, most
        for _ in range(30):
            with way():
                inside += 1
                most = max(most, inside)
                time.sleep(0.0002)
                inside -= 1

    threads = [
        threading.Thread(target=work, args=(way,)) for way in (lock.hurried, lock.patient) * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == (0, 1)


@pytest.mark.parametrize("name", ["hurried", "patient"])
def test_what_fails_while_it_is_held_lets_go_of_it(name: str) -> None:
    lock = Precedence()
    with pytest.raises(ZeroDivisionError), getattr(lock, name)():
        raise ZeroDivisionError
    with lock.hurried(), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
    with lock.patient():
        pass
