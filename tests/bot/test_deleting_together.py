"""In a group, who sent an article and the administrators delete it; the others do not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from circle import CIRCLE, alerts, circled, presses_there, stays
from scene import Scene, scene
from update_samples import ANN, BEN

from bot.store.records import Exchange, Kind

Talk = Callable[[Scene, int], Awaitable[None]]
LIST = 600
"""A message of the bot's in the group."""


def told(tmp_path: Path, talk: Talk, status: str = "member") -> None:
    """In the group are Ann, as somebody, and Ben, as an ordinary member."""

    async def whole() -> None:
        async with scene(tmp_path) as ann:
            mill = await circled(ann, status)
            ann.built.request.members[CIRCLE, BEN] = "member"
            await talk(ann, mill)

    asyncio.run(whole())


async def count(ann: Scene) -> int:
    return (await ann.house.libraries.totals(CIRCLE)).articles


def begun(ann: Scene, kind: Kind, article: int | None = None, by: int | None = None) -> Exchange:
    exchanges = ann.house.store.exchanges
    articles = [] if article is None else [article]
    details = {"by": by, "added": articles}
    return exchanges.begin(CIRCLE, 30, kind, articles=articles, details=details)


def test_an_administrator_deletes_what_is_listed_and_others_only_read_it(tmp_path: Path) -> None:
    async def talk(ann: Scene, mill: int) -> None:
        listed = begun(ann, Kind.LIST)
        await presses_there(ann, f"open:{listed.id}:0:{mill}", BEN, LIST)
        assert "The mill of Brevik" in ann.messages[LIST]
        for data in (
            f"delete:{listed.id}:0:{mill}",
            f"remove:{mill}:{listed.id}",
            f"remove:{mill}",
        ):
            await presses_there(ann, data, BEN, LIST)
            assert alerts(ann)[-1] == ann.house.texts.alert_not_yours
        assert await count(ann) == 1
        await presses_there(ann, f"delete:{listed.id}:0:{mill}", ANN, LIST)
        await presses_there(ann, f"remove:{mill}:{listed.id}", ANN, LIST)
        assert await count(ann) == 0
        back = ann.buttons(LIST)["Put it back"]
        await presses_there(ann, back, BEN, LIST)
        assert await count(ann) == 0
        # Who deleted it may put it back, also as an administrator no more.
        stays(ann, "member")
        await presses_there(ann, back, ANN, LIST)
        assert await count(ann) == 1

    told(tmp_path, talk, "administrator")


def test_who_sent_an_article_deletes_that_one_and_no_other(tmp_path: Path) -> None:
    async def talk(ann: Scene, mill: int) -> None:
        saved = begun(ann, Kind.SAVE, mill, by=BEN)
        await presses_there(ann, f"remove:{mill}:{saved.id}", ANN, LIST)
        assert alerts(ann)[-1] == ann.house.texts.alert_not_yours
        # What was kept before they sent it is somebody else's.
        ann.house.store.exchanges.change(saved.id, details={**saved.details, "added": []})
        await presses_there(ann, f"remove:{mill}:{saved.id}", BEN, LIST)
        assert alerts(ann)[-1] == ann.house.texts.alert_not_yours
        assert await count(ann) == 1
        ann.house.store.exchanges.change(saved.id, details=saved.details)
        await presses_there(ann, f"remove:{mill}:{saved.id}", BEN, LIST)
        assert await count(ann) == 0

    told(tmp_path, talk)


def test_who_asked_may_not_delete_what_answered_them(tmp_path: Path) -> None:
    async def talk(ann: Scene, mill: int) -> None:
        asked = begun(ann, Kind.ASK, mill, by=BEN)
        await presses_there(ann, f"remove:{mill}:{asked.id}", BEN, LIST)
        assert await count(ann) == 1

    told(tmp_path, talk)


def test_another_chats_list_opens_nothing(tmp_path: Path) -> None:
    async def talk(ann: Scene, mill: int) -> None:
        listed = begun(ann, Kind.LIST)
        await ann.sends("/stats", entities=[{"type": "bot_command", "offset": 0, "length": 6}])
        for data in (f"open:{listed.id}:0:{mill}", f"remove:{mill}:{listed.id}"):
            await ann.presses(data)
            assert alerts(ann)[-1] == ann.house.texts.alert_too_old
        assert await count(ann) == 1

    told(tmp_path, talk, "administrator")
