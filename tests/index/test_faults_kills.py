"""Processes killed at random moments lose nothing; `python -m benchmarks.kills` kills hundreds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 16


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked")
def test_what_is_acknowledged_outlives_processes_that_are_killed(tmp_path: Path) -> None:
    counts = ["--kills", str(KILLS), "--commands", "0", "--seed", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.kills", *counts, "--json", "--keep", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["total"] == KILLS
    assert found["acknowledged"]
    for wrong in ("lost", "came_back", "unsound", "traces"):
        assert found[wrong] == []
    assert done.returncode == 0
