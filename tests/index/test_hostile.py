"""Every file that wants to do harm ends as an article or as a sentence that says why not."""

from __future__ import annotations

import os
import resource
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hostile_files import hostile_files
from hostile_pictures import hostile_sounds
from parser_fixtures import children

from index.errors import ParserError, RecognitionError
from index.obstacles import Obstacle
from index.parsing.parser import Parser
from index.records import Article, Document, FailedSource
from index.settings import IndexSettings

SECONDS = 3.0
SETTINGS = IndexSettings(parser_processes=2, parser_seconds=SECONDS, parser_megabytes=600)
PATIENCE = 25 * SECONDS
"""What shows progress has more time; a worker may have to be started first."""
SECRET = "the ferryman keeps the key under the third stone"

EXPECTED = {
    "encrypted.pdf": Obstacle.ENCRYPTED,
    "encrypted.zip": Obstacle.ENCRYPTED,
    "bomb.zip": Obstacle.TOO_LARGE,
    "overlapping.zip": Obstacle.DAMAGED,
    "60000-files.zip": Obstacle.TOO_LARGE,
    "30-megabytes-of-one-line.txt": Obstacle.TOO_LARGE,
    "6-megabytes-of-one-line.txt": Obstacle.TOO_LARGE,
    "a-program.docx": Obstacle.NOT_TEXT,
    "no-words.txt": Obstacle.EMPTY,
    "only-a-header.pdf": Obstacle.DAMAGED,
    "half.zip": Obstacle.DAMAGED,
    "packed.html": Obstacle.NOT_TEXT,
    "100000-pages-declared.pdf": Obstacle.TOO_LARGE,
    "rights.epub": Obstacle.ENCRYPTED,
}


class Read:
    """What came of every hostile file, and what it left behind."""

    def __init__(self, folder: Path) -> None:
        self.secret = folder / "secret.txt"
        self.secret.write_text(SECRET, "utf-8")
        # A document may only bring about a file where there is a folder for it.
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        self.files = hostile_files(str(self.secret))
        threads, processes = threading.active_count(), children(os.getpid())
        opened = len(list(Path("/proc/self/fd").iterdir()))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = str(self.temporary)
        try:
            with Parser(SETTINGS) as parser, ThreadPoolExecutor(SETTINGS.parser_processes) as pool:
                self.results = dict(
                    pool.map(lambda file: self._read(parser, *file), self.files.items())
                )
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before
        self.more_memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
        self.more_threads = threading.active_count() - threads
        self.more_processes = children(os.getpid()) - processes
        self.more_opened = len(list(Path("/proc/self/fd").iterdir())) - opened

    @staticmethod
    def _read(
        parser: Parser, name: str, data: bytes
    ) -> tuple[str, tuple[list[Article | FailedSource], float]]:
        start = time.monotonic()
        results = parser.read(Document(data, name))
        return name, (results, time.monotonic() - start)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    return Read(tmp_path_factory.mktemp("hostile"))


def test_every_file_is_an_article_or_a_failure_that_says_why(read: Read) -> None:
    assert read.results.keys() == read.files.keys()
    for name, (results, _) in read.results.items():
        assert results, name
        for result in results:
            if isinstance(result, Article):
                assert result.text.strip(), name
                assert result.title, name
            else:
                assert result.obstacle is not None, name
                assert result.error.endswith("."), (name, result)
                assert result.hint.endswith("."), (name, result)
                assert "Traceback" not in result.error + result.hint, name


def test_every_file_is_done_with_in_time(read: Read) -> None:
    late = {name: seconds for name, (_, seconds) in read.results.items() if seconds > PATIENCE}
    assert not late


def test_hardly_any_file_is_too_hard(read: Read) -> None:
    """That is for the worst of them: the others are recognised."""
    hard = [
        name
        for name, (results, _) in read.results.items()
        for result in results
        if isinstance(result, FailedSource) and result.obstacle is Obstacle.TOO_HARD
    ]
    assert len(hard) < 0.15 * len(read.files), hard


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_wrong_is_named(read: Read, name: str) -> None:
    (result,) = read.results[name][0]
    assert isinstance(result, FailedSource)
    assert result.obstacle is EXPECTED[name], result


@pytest.mark.parametrize("start", ["empty", "line-ends"])
def test_an_empty_file_is_empty_whatever_it_is_called(read: Read, start: str) -> None:
    for name, (results, _) in read.results.items():
        if name.startswith(f"{start}.") and not name.endswith(".txt.zip"):
            (result,) = results
            assert isinstance(result, FailedSource)
            allowed = {Obstacle.EMPTY, Obstacle.DAMAGED} if "-" in start else {Obstacle.EMPTY}
            assert result.obstacle in allowed, (name, result)


def test_no_file_tells_what_is_in_another(read: Read) -> None:
    passwd = Path("/etc/passwd").read_text("utf-8").splitlines()[0]
    for name, (results, _) in read.results.items():
        said = repr(results)
        assert SECRET not in said, name
        assert passwd not in said, name


def test_no_file_is_written_anywhere(read: Read) -> None:
    assert not list(read.temporary.iterdir())
    assert not Path("/tmp/escaped.txt").exists()
    assert not Path("escaped").exists()
    assert {path.name for path in read.secret.parent.iterdir()} == {"secret.txt", "temporary"}


def test_nothing_is_left_of_the_processes(read: Read) -> None:
    assert not read.more_processes
    assert not read.more_threads
    assert not read.more_opened


def test_the_bot_needs_little_memory_for_it(read: Read) -> None:
    """In kilobytes, as Linux counts; the files themselves are made before."""
    assert read.more_memory < 300_000


def test_no_recording_does_harm() -> None:
    with Parser(SETTINGS) as parser:
        for name, sound in hostile_sounds().items():
            with pytest.raises((RecognitionError, ParserError)) as caught:
                parser.hear(sound)
            assert str(caught.value).endswith("."), name
            assert caught.value.hint, name
