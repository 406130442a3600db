"""Files that want to do harm: each gets a reply, and nobody else notices anything."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hostile_files import sendable_files
from office_samples import article_docx
from stage import RunningBot, assert_discreet, models, newcomer, parser_processes, running
from talk_articles import LIGHTHOUSE, Message, asks, from_bot, saves, unhurried  # noqa: F401

from bot.playground import PersonHandle, Playground, PlaygroundClient
from bot.playground.handles import text_of
from bot.texts import Texts
from index import IndexSettings, Obstacle

INDEX = IndexSettings(
    parser_seconds=3,
    parser_megabytes=600,
    # Whatever is no article for anybody need not be encoded.
    max_article_characters=20_000,
)
UNLIMITED: dict[str, Any] = {"questions_per_minute": 0, "questions_per_minute_in_chat": 0}
LONGEST_NAME = 500
SENDERS = 3
ASKED = "Who is the keeper of the lighthouse?"
ANSWER = "Marta Lindqvist\n"
QUESTIONS_BEFORE = 7
PATIENCE = 60.0
A_FEW = 16
"""Connections and the like, of which there are more or fewer at any moment."""
SLOWER = 5
"""So many times as long as before may an answer take where two processors do everything."""
LONGEST = 6.0
"""Seconds that anybody may wait for an answer, however busy the machine is."""
SECRET = "the ferryman keeps the key under the third stone"
TEXTS = Texts()
POOLS = ("ask", "look", "change", "read", "links", "records", "AnyIO")
"""The beginnings of the names of the bot's own threads, whose number is limited, and of the
playground's, which come and go."""


class Storm:
    """What became of the bot and of those who talked to it while all the files were sent."""

    def __init__(self, bot: RunningBot, folder: Path) -> None:
        secret = folder / "secret.txt"
        secret.write_text(SECRET, "utf-8")
        files = sendable_files(str(secret))
        # No client can send half of a letter, nor the playground a name of a kilobyte.
        self.files = {
            name[-LONGEST_NAME:]: data for name, data in files.items() if "\ud800" not in name
        }
        self.replies: dict[str, Message] = {}
        self.answers_before: list[float] = []
        self.answers_during: list[float] = []
        self.most_processes = 0
        self.bot = bot
        with PlaygroundClient(bot.playground.url) as client:
            self.ben = newcomer(client)
            saves(self.ben, LIGHTHOUSE)
            self.ben.uploads({"kite.docx": article_docx()})
            self.ben.waits_for("✓ Saved")
            self.answers_before = [_answered(self.ben) for _ in range(QUESTIONS_BEFORE)]
            self.threads_before, self.handles_before = _threads(), _handles()
            self.files_before = _files(bot.data)
            self._blow()
            self.last_answer = _answered(self.ben)
            self.said = [
                text_of(message)
                for chat in client.world()["chats"]
                for message in client.messages(chat["id"])
            ]
        self.threads_after, self.handles_after = _threads(), _handles()
        self.files_after = _files(bot.data)

    def _blow(self) -> None:
        names = list(self.files)
        with ThreadPoolExecutor(SENDERS, "sender") as pool:
            shares = [names[number::SENDERS] for number in range(SENDERS)]
            sending: list[Future[None]] = [pool.submit(self._send, share) for share in shares]
            while not all(future.done() for future in sending):
                self.answers_during.append(_answered(self.ben))
                self.most_processes = max(self.most_processes, len(parser_processes()))
            for future in sending:
                future.result()

    def _send(self, names: list[str]) -> None:
        with PlaygroundClient(self.bot.playground.url) as client:
            person = newcomer(client)
            for name in names:
                person.uploads({name: self.files[name]})
                self.replies[name] = person.waits_for(_is_final, PATIENCE)


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storm]:
    """All of it, once; in the end the bot stops, and its log is looked through."""
    folder = tmp_path_factory.mktemp("hostile")
    models()  # which keep some files as long as the tests run
    with _temporary(folder / "temporary"), Playground() as playground:
        data = folder / "data"
        with running(playground, data, INDEX, access="everyone", **UNLIMITED) as bot:
            storm = Storm(bot, folder)
            yield storm
        assert_discreet(bot, playground)
        log = bot.log.getvalue()
        assert SECRET not in log
        assert not [name for name in storm.files if name in log]
        assert not list((folder / "temporary").iterdir())
    assert {path.name for path in folder.iterdir()} == {"secret.txt", "data", "temporary"}


def test_every_hostile_file_gets_a_reply(storm: Storm) -> None:
    assert storm.replies.keys() == storm.files.keys()
    refusals = {TEXTS.refused(obstacle)[0] for obstacle in Obstacle}
    for name, message in storm.replies.items():
        text = text_of(message)
        told = text.startswith(("✓ Saved", "Saved ", "You have this already", "You have these"))
        refused = any(refusal in text for refusal in refusals)
        assert told or refused, (name, text)


def test_whoever_asks_meanwhile_is_answered_soon(storm: Storm) -> None:
    before = statistics.median(storm.answers_before)
    assert len(storm.answers_during) > 10
    assert statistics.median(storm.answers_during) < SLOWER * before
    assert max(storm.answers_during) < LONGEST
    assert storm.last_answer < LONGEST


def test_no_more_processes_than_are_wanted_read_the_files(storm: Storm) -> None:
    # One that is replaced may not have ended when its successor starts.
    assert 1 <= storm.most_processes <= INDEX.parser_processes + 1
    assert len(parser_processes()) <= INDEX.parser_processes


def test_no_thread_and_no_file_is_left_behind(storm: Storm) -> None:
    assert storm.threads_after <= storm.threads_before
    assert storm.files_after == storm.files_before
    assert storm.handles_after <= storm.handles_before + A_FEW


def test_nobody_is_told_what_is_in_the_files_of_this_machine(storm: Storm) -> None:
    passwd = Path("/etc/passwd").read_text("utf-8").splitlines()[0]
    for said in storm.said:
        assert SECRET not in said
        assert passwd not in said
    for path in storm.bot.data.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


def test_what_the_senders_have_can_be_asked_and_deleted(storm: Storm) -> None:
    with PlaygroundClient(storm.bot.playground.url) as client:
        ann = newcomer(client)
        saves(ann, LIGHTHOUSE)
        assert text_of(asks(ann, ASKED)).startswith(ANSWER)
        assert len(from_bot(ann)) == 2


def _answered(person: PersonHandle) -> float:
    """Ask; the seconds until the answer."""
    begun = time.monotonic()
    person.sends(ASKED)
    person.waits_for(lambda message: text_of(message).startswith(ANSWER), PATIENCE)
    return time.monotonic() - begun


def _is_final(message: Message) -> bool:
    return not text_of(message).startswith("Reading")


def _threads() -> set[str]:
    """The threads that there are, but for those of pools."""
    names = {thread.name for thread in threading.enumerate()}
    return {name for name in names if not name.startswith(POOLS)}


def _handles() -> int:
    """How many files, pipes and connections are open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def _files(folder: Path) -> set[str]:
    """What is in the data folder, whatever the database is doing just now."""
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name for name in found if not name.endswith(("-wal", "-shm", "-journal"))}


@contextmanager
def _temporary(folder: Path) -> Iterator[None]:
    """A folder of its own for whatever is only written for a while."""
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield
