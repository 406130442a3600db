"""kill -9 in the middle of encoding a library anew: nothing is lost, and it goes on."""

from __future__ import annotations

import random
import time
from pathlib import Path

from library_samples import fill
from reencoding_samples import archive_of, filled, finds, numbered, reencode, whole
from storage_samples import python

from index.reencoding import AT_ONCE

HERE = Path(__file__).parent
MANY = AT_ONCE + 2

# A moment is after each statement that changes something, and before each end of a transaction
# that writes. Every one is tried in a process that ends there, and looked at in another.
AT_EVERY_MOMENT = f"""
import os, shutil, signal, sys
from pathlib import Path
sys.path.insert(0, {str(HERE)!r})
from sqlalchemy import event
from sqlalchemy.engine import Engine
from reencoding_samples import archive_of, finds, reencode, rows, whole

data, many = Path(sys.argv[1]), int(sys.argv[2])

def encode(folder, moment):
    passed = 0
    def look(connection, *about):
        nonlocal passed
        writes = "IMMEDIATE" in str(connection.get_execution_options())
        changes = not about or about[1].startswith(("INSERT", "UPDATE", "DELETE"))
        if not writes or not changes:
            return
        if passed == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1
    with archive_of(folder, "second-48") as opened:
        event.listen(Engine, "after_cursor_execute", look)
        event.listen(Engine, "commit", look)
        reencode(opened)

def look_at(folder):
    some = (0, many // 2, many - 1)
    with archive_of(folder, "second-48") as opened:
        assert whole(opened), opened.library().check().problems
        assert finds(opened, some)
        reencode(opened)
        assert whole(opened) and opened.library().check().notes == ()
        assert finds(opened, some)
    assert rows(folder) == (0, many), rows(folder)

def apart(work, *arguments):
    child = os.fork()
    if not child:
        try:
            work(*arguments)
            os._exit(0)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

for moment in range(1000):
    folder = data.with_name(f"killed-{{moment}}")
    shutil.copytree(data, folder)
    ended = apart(encode, folder, moment)
    assert ended in (0, -signal.SIGKILL), ended
    assert apart(look_at, folder) == 0, moment
    shutil.rmtree(folder)
    if not ended:
        print(moment, flush=True)
        break
"""

SLOWLY = f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(HERE)!r})
from reencoding_samples import OwnSpace, archive_of, reencode
encoder = OwnSpace("second-48", lambda texts: (print(flush=True), time.sleep(0.02)))
with archive_of(Path(sys.argv[1]), encoder) as opened:
    reencode(opened)
print("done", flush=True)
"""


def test_killed_at_any_moment_it_goes_on_and_loses_nothing(tmp_path: Path) -> None:
    filled(tmp_path / "data", "first", MANY)
    with python(AT_EVERY_MOMENT, str(tmp_path / "data"), str(MANY)) as process:
        told, errors = process.communicate(timeout=240)
    assert process.returncode == 0, errors
    assert int(told) > 8, "fewer moments than there are"


def test_killed_again_and_again_beside_a_bot_that_works_it_ends(tmp_path: Path) -> None:
    chance = random.Random(1)
    count, kills = 4 * MANY, 0
    filled(tmp_path, "first", count)
    with archive_of(tmp_path, "first") as opened:
        for _ in range(6):
            with python(SLOWLY, str(tmp_path)) as process:
                assert process.stdout
                for _ in range(chance.randrange(1, 3)):  # batches
                    process.stdout.readline()
                time.sleep(chance.random() * 0.05)
                process.kill()
                rest = process.stdout.read()
            fill(opened, *numbered(1, count))
            count += 1
            opened.library().remove([opened.library().articles(offset=count // 2, limit=1)[0].id])
            assert finds(opened, [0, count - 1])
            assert whole(opened)
            if "done" in rest:
                break
            kills += 1
    assert kills > 1, "it was never killed in the middle"
    with archive_of(tmp_path, "second-48") as opened:
        reencode(opened)
        assert opened.library().check().encoder == "second-48"
        assert finds(opened, [0, count - 1])
        assert whole(opened)
