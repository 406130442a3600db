"""Whatever a document does to its parser, it costs that document only."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from parser_fixtures import (
    HASTY,
    SETTINGS,
    children,
    in_thread,
    is_alive,
    order,
    refused,
    soon,
    text_of,
    unruly,
)

from index.obstacles import Obstacle
from index.parsing.parser import Parser
from index.records import Article


@pytest.fixture(scope="module")
def parser() -> Iterator[Parser]:
    with unruly() as made:
        yield made


@pytest.fixture(scope="module")
def hasty() -> Iterator[Parser]:
    with unruly(HASTY) as made:
        yield made


def landlock() -> int:
    """The version of Landlock that this system has, which confines a parser; 0 for none."""
    if sys.platform != "linux":
        return 0
    system_call = ctypes.CDLL(None).syscall
    system_call.restype = ctypes.c_long
    return max(0, int(system_call(444, None, ctypes.c_size_t(0), 1)))


confined = pytest.mark.skipif(landlock() < 6, reason="this kernel cannot confine a process so")
linux = pytest.mark.skipif(sys.platform != "linux", reason="a guard of Linux")


def test_a_document_that_hangs_is_given_up_in_time(hasty: Parser) -> None:
    before = time.monotonic()
    failed = refused(hasty, "sleep 60")
    assert time.monotonic() - before < 20
    assert failed.obstacle is Obstacle.TOO_HARD
    assert failed.error == "It took longer than 1 seconds to read, so it was given up."
    assert failed.hint
    assert text_of(hasty, "say next") == "next"


@pytest.mark.parametrize("way", ["spin", "stop-itself", "start-another"])
def test_however_a_document_hangs_nothing_of_it_stays(hasty: Parser, way: str) -> None:
    worker = int(text_of(hasty, "number"))
    thread, outcome = in_thread(lambda: refused(hasty, way))
    others: set[int] = set()
    while thread.is_alive():
        others |= children(worker)
        time.sleep(0.01)
    assert "took longer" in str(outcome)
    assert soon(lambda: not any(is_alive(process) for process in {worker, *others}))
    assert bool(others) == (way == "start-another")


def test_progress_gives_a_document_more_time(hasty: Parser) -> None:
    assert text_of(hasty, "step 5 0.4") == "Every step done."


def test_progress_does_not_give_it_time_without_end() -> None:
    with unruly(SETTINGS.model_copy(update={"parser_seconds": 0.1})) as parser:
        text_of(parser, "say ready")
        before = time.monotonic()
        failed = refused(parser, "step 100000 0.01")
        assert time.monotonic() - before < 20
    assert "took longer" in failed.error


@pytest.mark.parametrize("end", ["abort", "die 0", "die 1", "leave"])
def test_a_document_that_crashes_its_parser_costs_that_document_only(
    parser: Parser, end: str
) -> None:
    failed = refused(parser, end)
    assert failed.obstacle is Obstacle.TOO_HARD
    assert failed.error == "The file made its reader fail."
    assert failed.hint
    assert text_of(parser, "say next") == "next"


def test_an_error_that_nobody_expected_costs_that_document_only(parser: Parser) -> None:
    assert refused(parser, "fail here").error == "The file made its reader fail."
    assert text_of(parser, "say next") == "next"


@linux
def test_a_document_that_needs_too_much_memory_is_refused(parser: Parser) -> None:
    number = text_of(parser, "number")
    assert text_of(parser, "eat 100") == "Ate 100."
    failed = refused(parser, "eat 2000")
    assert failed.obstacle is Obstacle.TOO_HARD
    assert "400 MB that parser_megabytes allows" in failed.error
    assert text_of(parser, "number") != number


def test_a_document_that_is_nested_too_deeply_is_refused(parser: Parser) -> None:
    failed = refused(parser, "recurse a")
    assert failed.error == "It is nested too deeply to be read."
    assert text_of(parser, "say next") == "next"


@pytest.mark.parametrize(
    "lie",
    [
        "noise",
        "length",
        "header",
        "nesting",
        "pickle",
        "pages",
        "date",
        "format",
        "bytes",
        "unseen",
        "long",
        "obstacle",
        "many",
        "nothing",
    ],
)
@linux
def test_what_a_parser_that_was_taken_over_says_is_not_believed(parser: Parser, lie: str) -> None:
    before = time.monotonic()
    failed = refused(parser, f"forge {lie}")
    assert failed.error == "The file made its reader fail."
    assert time.monotonic() - before < 10
    assert text_of(parser, "say next") == "next"


def test_a_process_that_ended_while_it_waited_costs_no_document(parser: Parser) -> None:
    number = int(text_of(parser, "number"))
    assert text_of(parser, "die-later 0.05") == "Not for long."
    assert soon(lambda: not is_alive(number))
    assert text_of(parser, "say next") == "next"


@linux
def test_a_parser_has_its_limits(parser: Parser) -> None:
    memory = 400_000_000
    assert text_of(parser, "limits") == f"{(memory, memory)} (0, 0) (0, 0) (64, 64)"


@linux
def test_a_parser_writes_no_file(parser: Parser, tmp_path: Path) -> None:
    refused(parser, f"keep {tmp_path / 'kept.txt'}")
    assert not [path for path in tmp_path.iterdir() if path.stat().st_size]


@confined
def test_a_parser_makes_and_removes_no_file(parser: Parser, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old", "utf-8")
    refused(parser, f"keep {tmp_path / 'new.txt'}")
    refused(parser, f"remove {tmp_path / 'old.txt'}")
    assert [path.name for path in tmp_path.iterdir()] == ["old.txt"]


@confined
def test_a_parser_reads_no_file_of_the_bots(parser: Parser, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("token = 'secret'", "utf-8")
    refused(parser, f"open {tmp_path / 'config.toml'}")
    refused(parser, f"open {Path(__file__).parents[2] / 'pyproject.toml'}")
    refused(parser, f"open /proc/{os.getpid()}/environ")


@confined
def test_a_parser_opens_no_connection(parser: Parser) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        refused(parser, f"connect {server.getsockname()[1]}")
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()


@confined
def test_a_parser_starts_no_program(parser: Parser) -> None:
    refused(parser, "run true")


@confined
def test_a_parser_sends_the_bot_no_signal(parser: Parser) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        try:
            refused(parser, f"kill {other.pid}")
            time.sleep(0.05)
            assert other.poll() is None
        finally:
            other.kill()


def test_a_parser_knows_no_secret_of_its_environment(
    parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUTTINGS_BOT__TOKEN", "1234:secret")
    monkeypatch.setenv("LANG", "C.UTF-8")
    seen = text_of(parser, "environment")
    assert "LANG=C.UTF-8" in seen
    assert "secret" not in seen
    assert "CUTTINGS" not in seen


@linux
def test_when_the_machine_runs_out_of_memory_the_kernel_takes_the_parser(parser: Parser) -> None:
    assert text_of(parser, "score") == "1000"


BOT = """
import signal, sys
from index.parsing.parser import Parser
from index.records import Document
from index.settings import IndexSettings
parser = Parser(IndexSettings(parser_seconds=60), worker="unruly_worker")
(article,) = parser.read(Document(b"number"))
print(article.text, flush=True)
signal.signal(signal.SIGINT, lambda *_: print("interrupted", flush=True))
for line in sys.stdin:
    print("reading", flush=True)
    print(parser.read(Document(line.strip().encode())), flush=True)
"""


@contextmanager
def another_bot() -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A program with a parser, which reads the documents it is given, and its worker's number."""
    here = Path(__file__).parent
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parents[1])])}
    with subprocess.Popen(
        [sys.executable, "-c", BOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as bot:
        try:
            assert bot.stdout
            worker = int(bot.stdout.readline())
            assert children(bot.pid) == {worker}
            yield bot, worker
        finally:
            bot.kill()


def give(bot: subprocess.Popen[str], line: str) -> None:
    assert bot.stdin
    assert bot.stdout
    bot.stdin.write(line + "\n")
    bot.stdin.flush()
    assert bot.stdout.readline() == "reading\n"


@pytest.mark.parametrize("doing", ["", "sleep 600", "spin", "stop-itself"])
@linux
def test_a_bot_that_is_killed_leaves_no_parser(doing: str) -> None:
    with another_bot() as (bot, worker):
        if doing:
            give(bot, doing)
            time.sleep(0.2)
        bot.kill()
        bot.wait()
        assert soon(lambda: not is_alive(worker), 3), "the parser lives on"


@linux
def test_a_bot_that_ends_without_closing_leaves_no_parser() -> None:
    with another_bot() as (bot, worker):
        assert bot.stdin
        bot.stdin.close()
        assert bot.wait(10) == 0
        assert soon(lambda: not is_alive(worker), 3), "the parser lives on"


@linux
def test_the_clock_in_the_parser_ends_it_where_nobody_else_does() -> None:
    """The bot is stopped, so that it neither ends its parser nor goes away."""
    with unruly(HASTY) as parser:
        worker = int(text_of(parser, "number"))
        thread, outcome = in_thread(lambda: order(parser, "spin"))
        time.sleep(0.1)
        with parser._pool._changed:  # nobody looks at the clock meanwhile
            assert soon(lambda: not is_alive(worker), 8), "the parser lives on"
        thread.join()
    assert outcome


@linux
def test_ctrl_c_in_the_terminal_does_not_reach_the_parser() -> None:
    with another_bot() as (bot, _):
        give(bot, "sleep 1")
        os.killpg(bot.pid, signal.SIGINT)
        assert bot.stdout
        assert bot.stdout.readline() == "interrupted\n"
        assert "Slept well." in bot.stdout.readline()


def test_a_parser_is_no_part_of_the_terminals_group(parser: Parser) -> None:
    worker = int(text_of(parser, "number"))
    assert os.getpgid(worker) == worker != os.getpgid(0)


@linux
def test_parsers_leave_no_open_file() -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for end in ("say hello", "abort", "eat 2000"):
        with unruly() as another:
            order(another, end)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_result_is_an_article_and_nothing_of_the_parsers(parser: Parser) -> None:
    assert type(order(parser, "say hello", "a.txt")) is Article
