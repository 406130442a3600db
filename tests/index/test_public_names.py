"""The names that others may import, and that asking for one is cheap."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import index


def test_every_public_name_is_there() -> None:
    for name in index.__all__:
        assert getattr(index, name) is not None


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(index.__file__).read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name
        for node in ast.walk(block)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == set(index.__all__)


def test_an_error_is_imported_without_a_database_or_a_model() -> None:
    code = (
        "import sys, index; index.CuttingsError; index.Article;"
        "print(sorted({'sqlalchemy', 'numpy', 'torch', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
