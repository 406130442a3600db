from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.adding import print_receipts, receipts_bar
from bot.options import Options
from index import Receipt, ReceiptStatus

Run = Callable[..., Any]
ANSWER_KEYS = {"earlier", "question", "outcome", "answer", "confidence", "passages", "seconds"}
PASSAGE_KEYS = {
    "article",
    "title",
    "text",
    "start",
    "end",
    "relevance",
    "answer_start",
    "answer_end",
    "page",
}


def test_options_may_stand_before_or_after_the_command(cuttings: Run, data: Path) -> None:
    before = cuttings("--data", data, "--json", "articles")
    after = cuttings("articles", "--data", data, "--json")
    assert before.exit_code == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_an_option_after_the_command_counts_more(cuttings: Run, data: Path, home: Path) -> None:
    result = cuttings("--data", home / "other", "show", "1", "--data", data)
    assert result.exit_code == 0
    assert "Ruben Hale" in result.stdout


def test_cuttings_data_stands_for_data(
    cuttings: Run, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUTTINGS_DATA", str(data))
    assert "A new bridge for Tallow" in cuttings("articles").stdout


def test_version_is_told(cuttings: Run) -> None:
    assert cuttings("--version").stdout.startswith("cuttings 0.")


def test_a_slip_in_usage_ends_with_2(cuttings: Run) -> None:
    assert cuttings("show", "seven").exit_code == 2
    assert cuttings("articles", "--colour").exit_code == 2


def test_add_gives_a_receipt_for_each_source(cuttings: Run, articles: Path, home: Path) -> None:
    missing = articles / "harbour.txt"
    result = cuttings("add", articles, missing, "--data", home / "d")
    first, second, third = result.stdout.splitlines()
    assert first.startswith("✓ added #1 “A new bridge for Tallow” · ")
    assert second.startswith("✓ added #2 “The lighthouse at Skerry Point” · ")
    assert third.startswith("✗ There is no file")
    assert result.exit_code == 1
    again = cuttings("add", articles, "--data", home / "d")
    assert again.stdout.splitlines()[0] == "= already here #1 “A new bridge for Tallow”"
    assert again.exit_code == 0


def test_add_json_is_one_object_a_line(cuttings: Run, articles: Path, home: Path) -> None:
    result = cuttings("add", articles / "bridge.txt", "no.txt", "--json", "--data", home / "d")
    added, failed = map(json.loads, result.stdout.splitlines())
    assert added["status"] == "added"
    assert added["id"] == 1
    assert failed["status"] == "failed"
    assert failed["source"] == "no.txt"
    assert failed["error"]
    assert failed["hint"]


def test_a_receipt_is_printed_before_the_next_source_is_read(
    capsys: pytest.CaptureFixture[str],
) -> None:
    printed: list[str] = []

    def receipts() -> Iterator[Receipt]:
        for name in ("one.txt", "two.txt"):
            yield Receipt(name, ReceiptStatus.FAILED, None, "Empty.", "")
            printed.append(capsys.readouterr().out)

    for options in (Options(), Options(json=True)):
        with pytest.raises(BaseException), receipts_bar(options) as bar:  # noqa: B017, PT011
            print_receipts(receipts(), options, bar)
    assert [("one" in out, "two" in out) for out in printed] == [(True, False), (False, True)] * 2


def test_standard_input_is_an_article(cuttings: Run, home: Path) -> None:
    text = "Snow closed the Hollin pass on Friday. The plough could not get through."
    result = cuttings("add", "-", "--data", home / "d", input=text)
    assert result.exit_code == 0
    assert cuttings("show", "1", "--data", home / "d").stdout.endswith(f"\n\n{text}\n")


def test_ask_prints_the_answer_its_proof_and_its_origin(cuttings: Run, data: Path) -> None:
    result = cuttings(
        "ask", "Who", "is", "the", "keeper", "of", "the", "lighthouse?", "--data", data
    )
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Agnes Moray"
    assert "“Its keeper, Agnes Moray, climbed the 112 steps" in result.stdout
    assert "“The lighthouse at Skerry Point” · #2" in result.stdout


def test_ask_json_is_one_object_and_its_answer_a_slice_of_the_article(
    cuttings: Run, data: Path
) -> None:
    result = cuttings("ask", "Who designed the bridge?", "--json", "--data", data)
    answer = json.loads(result.stdout)
    assert answer.keys() == ANSWER_KEYS
    assert answer["seconds"].keys() == {"encode", "search", "read", "total"}
    assert (answer["outcome"], answer["answer"]) == ("answer", "Ruben Hale")
    assert all(passage.keys() == PASSAGE_KEYS for passage in answer["passages"])
    best = answer["passages"][0]
    shown = cuttings("show", best["article"], "--json", "--data", data)
    text = json.loads(shown.stdout)["text"]
    assert text[best["answer_start"] : best["answer_end"]] == answer["answer"]
    assert text[best["start"] : best["end"]] == best["text"]


def test_a_question_the_articles_do_not_answer_is_no_failure(cuttings: Run, data: Path) -> None:
    result = cuttings("ask", "Which team won the world cup in 1998?", "--data", data)
    assert result.exit_code == 0
    assert result.stdout.startswith("Not in your articles.\n")


def test_an_empty_library_says_how_to_begin(cuttings: Run, home: Path) -> None:
    for command in (["articles"], ["ask", "Who?"]):
        result = cuttings(*command, "--data", home / "empty")
        assert result.exit_code == 0
        assert "There are no articles yet. Add one: cuttings add FILE" in result.output


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["ask", ""], "QuestionError"),
        (["ask", "why " * 300], "QuestionError"),
        (["show", "99"], "UnknownArticleError"),
        (["remove", "1", "99"], "UnknownArticleError"),
        (["articles", "--library", "nobodys"], "UnknownLibraryError"),
        (["import", "no.jsonl"], "SourceNotFoundError"),
        (["articles", "--config", "no.toml"], "SettingsError"),
    ],
)
def test_a_mistake_is_told_with_the_next_step(
    cuttings: Run, data: Path, arguments: list[str], kind: str
) -> None:
    told = cuttings(*arguments, "--data", data)
    assert told.exit_code == 1
    assert told.stdout == ""
    error, hint, *_ = told.stderr.splitlines()
    assert error.startswith("error: ")
    machine = cuttings(*arguments, "--data", data, "--json")
    assert machine.exit_code == 1
    assert machine.stderr == ""
    assert json.loads(machine.stdout) == {
        "error": error.removeprefix("error: "),
        "hint": hint,
        "kind": kind,
    }


def test_a_data_folder_that_cannot_be_written_is_told(cuttings: Run, home: Path) -> None:
    (home / "file").write_text("not a folder", "utf-8")
    result = cuttings("articles", "--data", home / "file" / "data")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")


def test_show_in_a_pipe_ends_with_the_exact_text(cuttings: Run, data: Path) -> None:
    text = json.loads(cuttings("show", "2", "--json", "--data", data).stdout)["text"]
    result = cuttings("show", "2", "--data", data)
    assert result.stdout.startswith("Title: The lighthouse at Skerry Point\n")
    assert result.stdout.endswith(f"\n\n{text}\n")


def test_remove_tells_what_is_gone(cuttings: Run, articles: Path, home: Path) -> None:
    cuttings("add", articles, "--data", home / "d")
    result = cuttings("remove", "1", "--data", home / "d")
    assert result.stdout == "Removed #1 “A new bridge for Tallow”\n"
    assert "bridge" not in cuttings("articles", "--data", home / "d").stdout


def test_an_exported_library_can_be_imported_under_another_name(
    cuttings: Run, data: Path, home: Path
) -> None:
    written = cuttings("export", home / "all.jsonl", "--data", data)
    assert written.stdout == f"Wrote 2 articles to {home / 'all.jsonl'}.\n"
    result = cuttings("import", home / "all.jsonl", "--library", "copy", "--data", home / "d")
    assert result.exit_code == 0
    assert result.stdout.count("✓ added") == 2
    listed = cuttings("articles", "--library", "copy", "--data", home / "d")
    assert "The lighthouse at Skerry Point" in listed.stdout


def test_check_tells_that_the_library_is_whole(cuttings: Run, data: Path) -> None:
    result = cuttings("check", "--data", data)
    assert result.exit_code == 0
    assert result.stdout.startswith("Library default: 2 articles · ")
    assert result.stdout.endswith("✓ The library is whole.\n")
    report = json.loads(cuttings("check", "--json", "--data", data).stdout)
    assert report["whole"] is True
    assert report["problems"] == []


def test_rebuild_tells_how_many_vectors_there_are(cuttings: Run, data: Path) -> None:
    passages = json.loads(cuttings("check", "--json", "--data", data).stdout)["passages"]
    result = cuttings("rebuild", "--json", "--data", data)
    assert json.loads(result.stdout) == {"vectors": passages}


def test_ctrl_c_ends_with_130_and_says_what_is_kept(
    cuttings: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.upkeep.check", interrupted)
    result = cuttings("check")
    assert result.exit_code == 130
    assert result.stderr == "\nStopped. What was acknowledged is kept.\n"


def test_a_reader_that_leaves_early_is_no_error(data: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "bot.cli", "show", "1", "--data", str(data)]
    root = Path(__file__).resolve().parents[2]
    result = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": str(root)}, stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert result.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_an_encoding_without_the_letters_is_no_error(
    process: Run, data: Path, home: Path, encoding: str
) -> None:
    (home / "snow.txt").write_text("Snö i Ångermanland ☃ — „igen“\n\nDet snöar. 雪", "utf-8")
    env = {"PYTHONIOENCODING": encoding}
    for arguments in (["add", "snow.txt"], ["articles"], ["show", "1"], ["articles", "--json"]):
        result = process(*arguments, "--data", home / "d", env=env, text=False)
        assert (result.returncode, result.stderr) == (0, b"")
        result.stdout.decode(encoding)
    listed = json.loads(result.stdout)["articles"]
    assert listed[0]["title"] == "Snö i Ångermanland ☃ — „igen“"


def test_a_configuration_with_a_typo_is_told_before_anything_is_done(
    cuttings: Run, articles: Path, home: Path
) -> None:
    (home / "config.toml").write_text("[index]\nencodr = 'x'\n", "utf-8")
    result = cuttings("add", articles, "--data", home / "d")
    assert result.exit_code == 1
    assert "Did you mean encoder?" in result.stderr
    assert not (home / "d").exists()
