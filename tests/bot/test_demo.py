from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot import demo
from bot.demo import Conversation, Kind, kind_of, path_in
from bot.samples import sample_questions, samples_folder
from index import Archive, IndexSettings, Parser

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("entered", "kind"),
    [
        ("", Kind.NOTHING),
        (" \n ", Kind.NOTHING),
        ("Who lit the lamp?", Kind.QUESTION),
        ("Who lit the lamp?\n", Kind.QUESTION),
        ("A title\n\nA first paragraph.", Kind.ARTICLE),
        ("word " * 100, Kind.ARTICLE),
        ("here.txt", Kind.PATH),
        ("'my file.txt'", Kind.PATH),
        ("my\\ file.txt", Kind.PATH),
        ("/tmp/here.txt", Kind.PATH),
        ("/help", Kind.COMMAND),
        ("/nonsense", Kind.COMMAND),
        ("quit", Kind.COMMAND),
        ("https://example.org/news", Kind.LINK),
        ("Is https://example.org mentioned?", Kind.QUESTION),
    ],
)
def test_what_is_entered_is_understood(entered: str, kind: Kind) -> None:
    files = {"here.txt", "my file.txt", "/tmp/here.txt"}
    assert kind_of(entered, files.__contains__) is kind


def test_a_dropped_file_is_named_however_the_terminal_writes_it() -> None:
    assert {path_in(way) for way in ("my file", "my\\ file", "'my file'", '"my file"')} == {
        "my file"
    }


def test_a_very_long_line_is_no_path_and_no_error() -> None:
    assert kind_of("x" * 299, demo._exists) is Kind.QUESTION
    assert kind_of("null \0 byte", demo._exists) is Kind.QUESTION


def test_there_are_samples_and_questions() -> None:
    assert len([path for path in samples_folder().iterdir() if path.suffix != ".json"]) >= 6
    assert len(sample_questions()) >= 3


def test_where_nobody_types_the_sample_questions_are_answered(
    cuttings: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = cuttings("demo", input="")
    assert result.exit_code == 0, result.output
    questions = sample_questions()
    blocks = result.stdout.split("\n> ")[1:]
    assert [block.splitlines()[0] for block in blocks] == questions
    assert "Not in your articles." in blocks[-1]
    assert all("Not in your articles." not in block for block in blocks[:-1])
    assert not list(tmp_path.glob("cuttings-demo-*")), "the throw-away library is still there"


def test_demo_json_answers_the_sample_questions_as_objects(cuttings: Run) -> None:
    result = cuttings("demo", "--json", input="")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["question"] for answer in answers] == sample_questions()
    assert answers[-1]["outcome"] == "nothing"


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys


@pytest.fixture
def conversation(tmp_path: Path) -> Iterator[Conversation]:
    settings = IndexSettings()
    with Archive(tmp_path / "demo", settings) as archive, Parser(settings) as parser:
        yield Conversation(archive.library_for_adding("demo"), settings, parser)


def test_a_paste_of_several_lines_becomes_an_article_and_a_short_line_a_question(
    keyboard: PipeInput, conversation: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    paste = "Snow on the pass\n\nSnow closed the Hollin pass on Friday, said ranger Ida Brandt."
    keyboard.send_text(f"\x1b[200~{paste}\x1b[201~\r")
    keyboard.send_text("Which pass was closed by snow?\r/quit\r")
    conversation.run()
    out = capsys.readouterr().out
    assert "✓ added #1 “Snow on the pass”" in out
    assert "Hollin" in out.split("added #1")[1]
    assert out.endswith(f"{demo.GOODBYE}\n")


def test_ctrl_d_ends_kindly_and_ctrl_c_only_forgets_the_line(
    keyboard: PipeInput, conversation: Conversation, capsys: pytest.CaptureFixture[str]
) -> None:
    keyboard.send_text("half a ques\x03\x04")
    conversation.run()
    first, example, last = capsys.readouterr().out.splitlines()
    assert (first, last) == (demo.WELCOME, demo.GOODBYE)
    assert example.endswith("?")


def test_commands_files_and_slips_are_answered(
    conversation: Conversation, capsys: pytest.CaptureFixture[str], articles: Path
) -> None:
    assert conversation.respond(str(articles / "bridge.txt"))
    assert "✓ added #1 “A new bridge for Tallow”" in capsys.readouterr().out
    assert conversation.respond("/articles")
    assert "A new bridge for Tallow" in capsys.readouterr().out
    assert conversation.respond("/hlep")
    assert "There is no /hlep." in capsys.readouterr().out
    assert conversation.respond("http://127.0.0.1:8080/")
    assert "private network" in capsys.readouterr().out
    assert conversation.respond("")
    assert not conversation.respond("/quit")
