"""A limit on the size of files, which needs no rights to set, is a full disk to every change."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from fault_stage import HERE, numbered_article, on_disk, revision_of, titles_by_words, to_older
from library_samples import fill, plain_archive
from storage_samples import python

CHANGE_WITHIN_LIMITS = f"""
import json, resource, sys
from pathlib import Path
sys.path[:0] = [{HERE!r}, {str(Path(HERE).parent)!r}]
from fault_stage import DATABASE, numbered_article
from library_samples import fill, plain_archive
from index.errors import StorageFullError

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

data, ids, full = Path(sys.argv[1]), {{}}, []
with plain_archive(data) as archive:
    library = archive.library_for_adding()
    ids = dict(enumerate(fill(archive, *(numbered_article(number) for number in range(40)))))

    def add(number):
        ids.update({{number: fill(archive, numbered_article(number))[0]}})

    def remove(number):
        library.remove([ids[number]])
        del ids[number]

    for number in range(40):
        limit(number % 8 * 160_000)
        for change, about in ((add, 100 + number), (remove, number))[:: 1 if number % 3 else -1]:
            try:
                change(about)
            except StorageFullError as error:
                assert error.hint
                full.append(change.__name__)
    limit(resource.RLIM_INFINITY)
print(json.dumps([ids, full]))
"""
OPEN_WITHIN_A_LIMIT = f"""
import resource, sys
from pathlib import Path
sys.path[:0] = [{HERE!r}, {str(Path(HERE).parent)!r}]
from library_samples import plain_archive
from index.errors import StorageFullError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    plain_archive(Path(sys.argv[1])).close()
    print("opened")
except StorageFullError as error:
    assert error.hint
    print("full")
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")


def test_each_change_is_done_or_refused_at_every_limit(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with python(CHANGE_WITHIN_LIMITS, str(data)) as process:
        output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    told, full = json.loads(output)
    ids = {int(number): article for number, article in told.items()}
    assert {"add", "remove"} <= set(full)
    assert 0 < len([number for number in ids if number < 40]) < 40
    with plain_archive(data) as archive:
        library = archive.library()
        assert library.check().problems == ()
        assert sorted(article.id for article in library.articles()) == sorted(ids.values())
        assert titles_by_words(archive, dict(list(ids.items())[::7]))
    left = on_disk(data)
    assert [n for n in range(140) if n not in ids and b"lantern%dx" % n in left] == []


def test_a_migration_within_a_limit_is_done_or_leaves_the_earlier_state(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with plain_archive(data) as archive:
        ids = dict(enumerate(fill(archive, *(numbered_article(number) for number in range(40)))))
    to_older(data, "0002")
    for size in (40_000, 100_000):
        with python(OPEN_WITHIN_A_LIMIT, str(data), str(size)) as process:
            output, errors = process.communicate(timeout=60)
        assert output == "full\n", errors
        assert revision_of(data) == "0002"
    with plain_archive(data) as archive:
        assert archive.library().check().problems == ()
        assert titles_by_words(archive, dict(list(ids.items())[::7]))
