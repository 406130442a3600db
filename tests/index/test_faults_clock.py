"""A clock that is set back, and forward again: nothing is lost, hidden or taken for another."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from fault_stage import (
    HERE,
    numbered_article,
    on_disk,
    question_of,
    titles_by_words,
    with_clock_back,
)
from library_samples import fill, found, plain_archive

from index.records import Article, ReceiptStatus

DAYS = 400
LONG_AGO = f"""
import json, sys
from pathlib import Path
sys.path[:0] = [{HERE!r}, {str(Path(HERE).parent)!r}]
from datetime import datetime, timezone
from fault_stage import numbered_article
from library_samples import fill, plain_archive
from test_faults_clock import behind_an_address
with plain_archive(Path(sys.argv[1])) as archive:
    library = archive.library()
    before = [each.id for each in library.articles()]
    (new,) = fill(archive, numbered_article(6))
    (updated,) = library.add([behind_an_address(10)])
    library.remove([before[-1]])
    archive.forget("side")
    (side,) = fill(archive, numbered_article(7), library="side")
    archive.rename("other", "default")
    problems = library.check().problems
    listed = [each.id for each in library.articles()]
    print(json.dumps([datetime.now(timezone.utc).isoformat(), new, updated.status.value,
                      updated.article.id, side, problems, listed]))
"""


def behind_an_address(number: int) -> Article:
    """A numbered article that is the latest of its address, whatever its number."""
    return replace(numbered_article(number), address="https://news.example/harbour")


def test_a_library_goes_on_when_the_clock_is_set_back_and_forward_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with plain_archive(data) as archive:
        ids = fill(archive, *(numbered_article(number) for number in range(5)))
        (first,) = archive.library().add([behind_an_address(9)])
        assert first.status is ReceiptStatus.ADDED
        fill(archive, numbered_article(20), library="side")
        fill(archive, numbered_article(21), library="other")
    told = json.loads(with_clock_back(LONG_AGO, DAYS, tmp_path, str(data)))
    then, new, status, updated, side, problems, listed = told
    away = datetime.now(timezone.utc) - datetime.fromisoformat(then)
    assert abs(away - timedelta(days=DAYS)) < timedelta(minutes=10)
    assert status == "updated"
    assert problems == []
    expected = dict(enumerate(ids)) | {6: new, 10: updated}
    del expected[0]
    with plain_archive(data) as archive:
        library = archive.library()
        assert library.check().problems == ()
        assert titles_by_words(archive, expected)
        held = [each.id for each in library.articles()]
        assert held == listed
        assert len(held) == len(expected) + 1  # the one of the library that was renamed
        assert found(archive, question_of(7), "side") == [side]
        assert found(archive, question_of(0)) != [ids[0]]
        assert archive.names() == ["default", "side"]
        (known,) = library.add([behind_an_address(10)])
        assert known.status is ReceiptStatus.KNOWN
    left = on_disk(data)
    for gone in (0, 9, 20):
        assert b"lantern%dx" % gone not in left
    assert b"lantern21x" in left
