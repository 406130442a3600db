"""Disks that are full or cannot be written, locks held elsewhere, and older databases."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from library_samples import article, found
from sqlalchemy import create_engine
from storage_samples import python

from index.archive import Archive
from index.catalog.schema import SCHEMA
from index.records import Article

HERE = str(Path(__file__).parent)
DATABASE = "cuttings.db"
HOLD_THE_LOCK = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


class Disk:
    """A file system in memory of a size that can be changed."""

    def __init__(self, folder: Path, megabytes: int) -> None:
        self.folder = folder
        folder.mkdir()
        _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "none", str(folder))

    def fill(self, leave: int = 0) -> None:
        """Leave so many bytes free, to the page."""
        space = os.statvfs(self.folder)
        with (self.folder / "ballast").open("ab") as ballast:
            ballast.write(bytes(max(0, space.f_bavail * space.f_frsize - leave)))

    def empty(self) -> None:
        """Take away what `fill` has written."""
        (self.folder / "ballast").unlink()

    def grow(self, megabytes: int) -> None:
        """Have another size."""
        _mount("-o", f"remount,size={megabytes}m", str(self.folder))

    def read_only(self, on: bool = True) -> None:
        """Forbid every write, or allow them again; nothing may be open for writing."""
        _mount("-o", "remount," + ("ro" if on else "rw"), str(self.folder))

    def leave(self) -> None:
        """Give it back."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


@contextmanager
def disk(folder: Path, megabytes: int = 8) -> Iterator[Disk]:
    """A small disk; the test is left out where this user may not make one."""
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root may mount a small disk")
    try:
        made = Disk(folder, megabytes)
    except subprocess.CalledProcessError:
        pytest.skip("no small disk can be mounted here")
    try:
        yield made
    finally:
        made.leave()


@contextmanager
def unchangeable(path: Path) -> Iterator[None]:
    """A file that cannot be written, or a folder in which none can be made or removed."""
    if os.geteuid():
        before = path.stat().st_mode
        path.chmod(0o500 if path.is_dir() else 0o400)
        try:
            yield
        finally:
            path.chmod(before)
        return
    # Root may write anywhere, but not there.
    if not shutil.which("chattr"):
        pytest.skip("nothing here keeps root from writing")
    made = subprocess.run(["chattr", "+i", str(path)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("this file system does not keep root from writing")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", str(path)], check=True)


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process holds the database's lock for writing."""
    with python(HOLD_THE_LOCK, str(database)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield


def to_older(folder: Path, revision: str) -> None:
    """Take the catalog of a folder that nobody has open back to an earlier schema."""
    engine = create_engine(f"sqlite:///{folder / DATABASE}")
    config = Config()
    config.set_main_option("script_location", str(SCHEMA.folder))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def revision_of(folder: Path) -> str:
    """The schema of a folder's catalog."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        ((revision,),) = database.execute("SELECT version_num FROM alembic_version")
    return str(revision)


def numbered_article(number: int, words: int = 60) -> Article:
    """An article with words of its own."""
    own = " ".join(f"lantern{number}x{place}" for place in range(words))
    return article(f"Number{number} has {own} and", source=f"{number}.txt")


def question_of(number: int) -> str:
    """A question for the words of a numbered article."""
    return f"Number{number} lantern{number}x1 lantern{number}x2 lantern{number}x3"


def titles_by_words(archive: Archive, ids: dict[int, int]) -> bool:
    """Whether each numbered article (by its number: its id) is found by its words."""
    return all(ids[number] in found(archive, question_of(number)) for number in ids)


def on_disk(folder: Path) -> bytes:
    """Everything in the files of a folder, but for the ballast."""
    files = (file for file in folder.rglob("*") if file.is_file() and file.name != "ballast")
    return b"\n".join(file.read_bytes() for file in files)


SHIFTED_CLOCK = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long back(void) { return atol(getenv("SECONDS_BACK")); }
int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, now);
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec -= back();
    return result;
}
int gettimeofday(struct timeval *now, void *zone) {
    int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(now, zone);
    now->tv_sec -= back();
    return result;
}
time_t time(time_t *now) {
    time_t (*real)(time_t *) = dlsym(RTLD_NEXT, "time");
    time_t result = real(NULL) - back();
    if (now) *now = result;
    return result;
}
"""


def with_clock_back(script: str, days: int, folder: Path, *arguments: str) -> str:
    """What a script prints in a process whose clock is behind by so many days."""
    compiler = shutil.which("cc")
    if not compiler or not sys.platform.startswith("linux"):
        pytest.skip("the clock of a process cannot be set back without a C compiler on Linux")
    source, library = folder / "clock.c", folder / "clock.so"
    if not library.exists():
        source.write_text(SHIFTED_CLOCK)
        build = [compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
        subprocess.run(build, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "LD_PRELOAD": str(library), "SECONDS_BACK": str(days * 86400)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
