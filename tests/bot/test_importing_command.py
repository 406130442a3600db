from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exported_chats import export, file_of, message, posts

Cuttings = Callable[..., Any]


def test_an_exported_chat_is_imported_once(home: Path, cuttings: Cuttings) -> None:
    file = home / "result.json"
    file.write_bytes(file_of(export([*posts(2), message(9, "")])))
    first = cuttings("import", file)
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        "✓ added #1 “Report 1 from the harbour” · text · 25 words",
        "✓ added #2 “Report 2 from the harbour” · text · 25 words",
    ]
    assert first.stderr == "Leaving out 1 message without an article.\n"
    lines = cuttings("import", file, "--json").stdout.splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["known", "known"]
    article, _ = json.loads(cuttings("articles", "--json").stdout)["articles"]
    assert article["source"] == "https://t.me/c/1234567890/2"
    assert article["published"] == "2024-05-01"


def test_an_exported_chat_that_is_cut_off_is_refused(home: Path, cuttings: Cuttings) -> None:
    file = home / "result.json"
    file.write_bytes(file_of(export(posts(9)))[:900])
    result = cuttings("import", file)
    assert result.exit_code != 0
    assert "damaged or cut off" in result.stderr
    assert json.loads(cuttings("articles", "--json").stdout)["articles"] == []


def test_a_file_that_is_not_there_is_told_so(home: Path, cuttings: Cuttings) -> None:
    result = cuttings("import", home / "result.json")
    assert result.exit_code != 0
    assert "cannot be opened" in result.stderr
