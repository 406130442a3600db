"""Index files that are torn, flipped or half written: mended from the database, and told of."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from fault_stage import HERE, numbered_article, question_of, titles_by_words
from library_samples import fill, plain_archive
from storage_samples import python

from index.growing import Sizes

PASSAGES = 70
EXACT = Sizes(file_from=1, grow_at=1000, shrink_below=500)
APPROXIMATE = Sizes(file_from=1, grow_at=50, shrink_below=20)
SAVE_FOR_EVER = f"""
import sys
from pathlib import Path
sys.path[:0] = [{HERE!r}, {str(Path(HERE).parent)!r}]
from library_samples import plain_archive
from test_faults_files import EXACT
with plain_archive(Path(sys.argv[1]), sizes=EXACT) as archive:
    archive.library().rebuild()
    print("ready", flush=True)
    while True:
        archive.library().rebuild()
"""
HOLD_A_FILE = """
import fcntl, sys
file = open(sys.argv[1], "wb")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module", params=["exact", "approximate"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed data folder with an index file of this kind."""
    data = tmp_path_factory.mktemp(request.param)
    with plain_archive(data, sizes=sizes_of(data)) as archive:
        fill(archive, *(numbered_article(number, 20) for number in range(PASSAGES)))
        archive.library().rebuild()
    assert file_of(data).stat().st_size > 64 * PASSAGES
    return data


def sizes_of(data: Path) -> Sizes:
    return EXACT if "exact" in data.name else APPROXIMATE


def file_of(data: Path) -> Path:
    (file,) = data.glob("library-*.vectors")
    return file


def mended(saved: Path, copy: Path, damage: Callable[[bytearray], bytearray]) -> list[str]:
    """Damage a copy's index file; it must be whole again at once. What the check notes."""
    shutil.copytree(saved, copy)
    file = file_of(copy)
    file.write_bytes(damage(bytearray(file.read_bytes())))
    with plain_archive(copy, sizes=sizes_of(saved)) as archive:
        library = archive.library()
        report = library.check()
        assert report.problems == ()
        assert report.passages == report.vectors == PASSAGES
        numbers = range(0, PASSAGES, 23)
        assert titles_by_words(archive, {number: number + 1 for number in numbers})
        return list(report.notes)


def flipped(place: int) -> Callable[[bytearray], bytearray]:
    def damage(content: bytearray) -> bytearray:
        content[place] ^= 1 << place % 8
        return content

    return damage


def cut(length: int) -> Callable[[bytearray], bytearray]:
    return lambda content: content[:length]


def test_a_flipped_bit_anywhere_in_the_index_file_costs_nothing(
    saved: Path, tmp_path: Path
) -> None:
    size = file_of(saved).stat().st_size
    places = {2, 9, 20, 41, *np.linspace(64, size - 1, 7, dtype=int).tolist()}
    noted = [bool(mended(saved, tmp_path / str(place), flipped(place))) for place in sorted(places)]
    assert noted.count(True) >= len(noted) - 1  # a byte may mean nothing


def test_a_torn_index_file_costs_nothing(saved: Path, tmp_path: Path) -> None:
    size = file_of(saved).stat().st_size
    for length in (0, 17, size // 3, size - 1):
        copy = tmp_path / str(length)
        assert mended(saved, copy, cut(length))
        with plain_archive(copy, sizes=sizes_of(saved)) as archive:
            again = archive.library().check()
            assert again.problems == again.notes == ()


def test_pages_of_zeros_or_of_noise_in_the_index_file_cost_nothing(
    saved: Path, tmp_path: Path
) -> None:
    noise = np.random.default_rng(3).bytes(4096)
    size = file_of(saved).stat().st_size
    for start in range(0, size, 4096):
        page = noise if start % 8192 else bytes(4096)

        def damage(content: bytearray, at: int = start, page: bytes = page) -> bytearray:
            end = min(at + 4096, len(content))
            content[at:end] = page[: end - at]
            return content

        assert mended(saved, tmp_path / str(start), damage)
    mended(saved, tmp_path / "longer", lambda content: content + content)


def test_the_index_of_another_moment_catches_up(saved: Path, tmp_path: Path) -> None:
    data = tmp_path / saved.name
    shutil.copytree(saved, data)
    old = file_of(data).read_bytes()
    with plain_archive(data, sizes=sizes_of(saved)) as archive:
        (new,) = fill(archive, numbered_article(500))
        archive.library().remove([1, 2, 3])
    file_of(data).write_bytes(old)
    with plain_archive(data, sizes=sizes_of(saved)) as archive:
        report = archive.library().check()
        assert report.problems == ()
        assert report.vectors == PASSAGES - 2
        assert titles_by_words(archive, {500: new, 7: 8})
        hits = archive.library().ask(question_of(1)).passages
        assert 2 not in [hit.article for hit in hits]


def test_what_a_process_killed_while_saving_left_is_gone_after_the_next_start(
    tmp_path: Path,
) -> None:
    with plain_archive(tmp_path, sizes=EXACT) as archive:
        fill(archive, *(numbered_article(number, 20) for number in range(200)))
    left: list[str] = []
    for _ in range(40):
        command = [sys.executable, "-c", SAVE_FOR_EVER, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            while not left and process.poll() is None:
                left = [file.name for file in tmp_path.glob("*.tmp")]
            process.send_signal(signal.SIGKILL)
        left = [file.name for file in tmp_path.glob("*.tmp")]
        if left:
            break
    assert left
    with plain_archive(tmp_path, sizes=EXACT) as archive:
        assert list(tmp_path.glob("*.tmp")) == []
        assert archive.library().check().problems == ()


def test_what_another_process_is_saving_is_left_to_it_as_long_as_it_lives(
    tmp_path: Path,
) -> None:
    with plain_archive(tmp_path, sizes=EXACT) as archive:
        fill(archive, *(numbered_article(number, 20) for number in range(5)))
        archive.library().rebuild()
    unfinished = tmp_path / f"{file_of(tmp_path).name}.abcdefgh.tmp"
    with python(HOLD_A_FILE, str(unfinished)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with plain_archive(tmp_path, sizes=EXACT) as archive:
            archive.library().rebuild()
        assert unfinished.exists()
    with plain_archive(tmp_path, sizes=EXACT):
        assert not unfinished.exists()
