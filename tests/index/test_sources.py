"""Files and folders are found; whatever else a person names is answered kindly."""

from __future__ import annotations

import io
import json
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import EmptySourceError, SourceError, SourceNotFoundError, SourceTooLargeError
from index.formats import read_article
from index.settings import IndexSettings
from index.sources import STANDARD_INPUT, Link, SourceProblem, find_sources, read_source

SETTINGS = IndexSettings()
SAMPLES = Path(__file__).parents[2] / "samples"


def write(path: Path, text: str = "Some words.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def error(argument: str | Path) -> SourceError:
    (found,) = find_sources([argument])
    assert isinstance(found, SourceProblem)
    assert found.error.hint
    return found.error


def test_a_folder_gives_its_articles_sorted_and_without_hidden_ones(tmp_path: Path) -> None:
    expected = [write(tmp_path / name) for name in ("a.txt", "b/c.MD", "b/d/e.html", "f.htm")]
    for other in (".hidden.txt", ".git/a.txt", "b/picture.png", "README", "b/.txt"):
        write(tmp_path / other)
    assert list(find_sources([tmp_path])) == expected


def test_a_file_named_outright_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    files = [write(tmp_path / name) for name in ("notes", "page.php", ".hidden.txt")]
    assert list(find_sources(files)) == files


def test_one_bad_argument_does_not_end_the_others(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    found = list(find_sources([tmp_path / "missing", str(file), "-"]))
    assert isinstance(found[0], SourceProblem)
    assert found[1:] == [file, STANDARD_INPUT]


def test_links_that_turn_in_circles_are_followed_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a" / "a.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "self.txt").symlink_to(tmp_path / "a" / "self.txt")
    found = list(find_sources([tmp_path]))
    assert found == [file, tmp_path / "a" / "self.txt"]
    with pytest.raises(SourceNotFoundError):
        read_source(tmp_path / "a" / "self.txt", SETTINGS)


def test_a_folder_without_articles_says_what_is_read(tmp_path: Path) -> None:
    write(tmp_path / "picture.png")
    problem = error(tmp_path)
    assert isinstance(problem, EmptySourceError)
    assert ".md" in problem.hint


def test_a_misspelt_name_gets_a_suggestion(tmp_path: Path) -> None:
    write(tmp_path / "Ferry-Returns.txt")
    for name in ("ferry-retruns.txt", "ferry-returns.TXT"):
        problem = error(tmp_path / name)
        assert isinstance(problem, SourceNotFoundError)
        assert "Did you mean" in problem.hint
        assert "Ferry-Returns.txt" in problem.hint


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert str(tmp_path / "no") in error(tmp_path / "no" / "a.txt").hint


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://x.org/a?b=c//d", "https://x.org/a?b=c//d"),
        ("HTTP://x.org", "HTTP://x.org"),
        (Path("https://x.org/a"), "https://x.org/a"),
        ("file:///etc/hostname", "file:///etc/hostname"),
    ],
)
def test_what_has_a_scheme_is_a_link(link: str | Path, address: str) -> None:
    assert list(find_sources([link])) == [Link(address)]


@pytest.mark.parametrize("name", ["", "a\x00b", "x" * 5000, "\udcff.txt", "~nobody-at-all/a.txt"])
def test_impossible_names_are_printable_errors(name: str) -> None:
    problem = error(name)
    (str(problem) + problem.hint).encode()
    assert str(problem).isprintable()


def test_pipes_sockets_and_devices_are_not_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in str(error(tmp_path / "pipe.txt"))
    with pytest.raises(SourceNotFoundError, match="is a pipe"):
        read_source(tmp_path / "pipe.txt", SETTINGS)
    assert "device" in str(error("/dev/null"))
    with socket.socket(socket.AF_UNIX) as listening:
        try:
            listening.bind(str(tmp_path / "s.txt"))
        except OSError:
            pytest.skip("the temporary folder's name is too long for a socket")
        assert "socket" in str(error(tmp_path / "s.txt"))


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="folder"):
        read_source(tmp_path, SETTINGS)


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """Give a folder everyone may enter, and the rights of someone who is not root."""
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        if root:
            os.seteuid(65_534)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)
            for folder in Path(name).rglob("*"):
                folder.chmod(0o700)


def test_what_may_not_be_read_is_said_and_the_rest_found(ordinary_user: Path) -> None:
    secret = write(ordinary_user / "secret.txt")
    secret.chmod(0)
    with pytest.raises(SourceNotFoundError, match="permission"):
        read_source(secret, SETTINGS)
    write(ordinary_user / "closed" / "a.txt")
    (ordinary_user / "closed").chmod(0)
    found = list(find_sources([ordinary_user]))
    assert isinstance(found[0], SourceProblem)
    assert "permission" in str(found[0].error)
    assert found[1:] == [secret]
    assert "permission" in str(error(ordinary_user / "closed" / "a.txt"))


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", "x" * 11)
    assert read_source(file, IndexSettings(max_source_bytes=11)) == b"x" * 11
    with pytest.raises(SourceTooLargeError, match=r"11 bytes.* 10 .*max_source_bytes"):
        read_source(file, IndexSettings(max_source_bytes=10))


def test_standard_input_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words" * 3)))
    assert read_source(STANDARD_INPUT, IndexSettings(max_source_bytes=15)) == b"words" * 3
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"words" * 3)))
    with pytest.raises(SourceTooLargeError, match="Standard input"):
        read_source(STANDARD_INPUT, IndexSettings(max_source_bytes=14))


def test_a_file_called_dash_is_not_standard_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "-", "dash")
    monkeypatch.chdir(tmp_path)
    (found,) = find_sources(["./-"])
    assert isinstance(found, Path)
    assert read_source(found, SETTINGS) == b"dash"


def test_every_sample_holds_the_answers_to_its_questions() -> None:
    questions = json.loads((SAMPLES / "questions.json").read_text("utf-8"))
    texts = {}
    for found in find_sources([SAMPLES]):
        assert isinstance(found, Path)
        texts[found.name] = read_article(read_source(found, SETTINGS), found.name, SETTINGS).text
    assert texts.keys() == questions["articles"].keys()
    for name, asked in questions["articles"].items():
        assert len(asked) == 3
        for question in asked:
            assert question["answers"]
            assert all(answer in texts[name] for answer in question["answers"]), question
    assert len(questions["unanswerable"]) == 4
