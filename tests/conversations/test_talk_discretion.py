"""What fails inside is told kindly, and nobody's words are in the log."""

from __future__ import annotations

from typing import Any

import pytest
from stage import RunningBot, ann, client, stage  # noqa: F401
from talk_articles import LIGHTHOUSE, SECRET, asks, from_bot, saves, unhurried  # noqa: F401

from bot.playground.handles import PersonHandle, buttons_of, text_of
from index import Library, StorageBusyError, StorageFullError

ASKED = "Who is the keeper of the marmalade heron?"
SORRY = "Something went wrong on my side"


def _failing(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Library, method, fail)


def _new_lines(stage: RunningBot, before: int) -> str:
    """What was logged since, in which nobody's words may be."""
    log = stage.log.getvalue()[before:]
    for words in ("marmalade", "heron", "innkeeper", "secret", stage.playground.token):
        assert words not in log
    assert "Traceback" not in log
    return log


def test_a_question_that_fails_inside_is_told_kindly_and_logged_without_its_words(
    stage: RunningBot, ann: PersonHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves(ann, SECRET)
    before = len(stage.log.getvalue())
    cause = f"secret: {ASKED} {stage.playground.token}"
    _failing(monkeypatch, "ask", RuntimeError(cause))
    answer = asks(ann, ASKED)
    assert text_of(answer).startswith(SORRY)
    assert "secret" not in text_of(answer)
    assert "RuntimeError" not in text_of(answer)
    log = _new_lines(stage, before)
    assert "error update failed update=" in log
    assert "error=RuntimeError" in log
    assert "at=" in log


def test_an_article_that_fails_inside_is_told_once_and_the_next_message_is_served(
    stage: RunningBot, ann: PersonHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(stage.log.getvalue())
    _failing(monkeypatch, "add", ValueError(SECRET))
    ann.sends(SECRET)
    ann.waits_for(SORRY)
    assert "error=ValueError" in _new_lines(stage, before)
    monkeypatch.undo()
    saves(ann, SECRET)
    assert [text_of(said).startswith(SORRY) for said in from_bot(ann)] == [True, False]


def test_a_button_that_fails_inside_says_so_and_leaves_the_message_as_it_is(
    stage: RunningBot, ann: PersonHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    saves(ann, SECRET)
    receipt = from_bot(ann)[-1]
    before = len(stage.log.getvalue())
    _failing(monkeypatch, "remove", RuntimeError(SECRET))
    alert = ann.presses(receipt, buttons_of(receipt)[0]["text"])
    assert alert["text"].startswith(SORRY)
    assert alert["show_alert"] is True
    assert from_bot(ann) == [receipt]
    assert "error=RuntimeError" in _new_lines(stage, before)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (StorageFullError("secret"), "the disk I write on is full"),
        (StorageBusyError("secret"), "I'm busy with something large."),
    ],
)
def test_a_full_disk_and_a_busy_library_are_named(
    stage: RunningBot,
    ann: PersonHandle,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    told: str,
) -> None:
    before = len(stage.log.getvalue())
    _failing(monkeypatch, "add", error)
    ann.sends(SECRET)
    assert "secret" not in text_of(ann.waits_for(told))
    assert f"error={type(error).__name__}" in _new_lines(stage, before)


def test_an_ordinary_conversation_leaves_no_words_in_the_log(
    stage: RunningBot, ann: PersonHandle
) -> None:
    before = len(stage.log.getvalue())
    saves(ann, LIGHTHOUSE)
    answer = asks(ann, "Who is the keeper of the lighthouse?")
    ann.presses(answer, "In context")
    ann.uploads({"marmalade.pdf": b"%PDF-1.7 secret"})
    ann.waits_for("This file is damaged")
    asks(ann, "/articles heron")
    log = _new_lines(stage, before)
    for words in ("Lindqvist", "lighthouse", "keeper", ann.first_name):
        assert words not in log
    assert f"info answered chat={ann.id} outcome=answer" in log
