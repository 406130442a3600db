"""Who may no longer, who never sent it, and who writes in another's name: nothing is theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from isolation_attacks import BEN_AT_HOME, CLEO_IN_CIRCLE, Attacker, attacked
from isolation_past import LATER, NAME, export_of, forward_of, lives, saved, settled
from isolation_world import (
    CIRCLE,
    CLEO,
    MARKET,
    POST,
    PROBES,
    SECRETS,
    TITLES,
    WHO,
    World,
    article_about,
    chat_of,
    empty_world,
    said_by_bot,
    told,
)
from update_samples import ANN, BEN

from bot.handlers.alerts import Alerts
from bot.store.records import Kind
from index import Article

pytestmark = pytest.mark.filterwarnings("ignore:Tasks created via")

CHANNEL_BOT = 136817688
"""In whose name Telegram sends what somebody writes as a channel."""
NEWS = "Aldous Farthing keeps the windmill now, and the village has given him a goat. " * 8


def happens(tmp_path: Path, story: Callable[[World], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with empty_world(tmp_path) as world:
            await lives(world)
            await story(world)

    asyncio.run(whole())


def texts_in(world: World, library: int) -> list[str]:
    """What a library holds, oldest first."""
    held = sorted(each for each in world.state().articles if each[0] == f"chat{library}")
    return [text for _, _, _, text in held]


def number_of(world: World, chat: int, kind: Kind, by: int) -> int:
    """The number of the last exchange of a kind with somebody in a chat."""
    rows = [row[0] for row in world.rows("exchanges") if row[1] == chat and row[3] == kind.value]
    exchanges = [world.house.store.exchanges.find(chat, number) for number in rows]
    return max(each.id for each in exchanges if each and each.details.get("by") == by)


def test_an_import_is_not_gone_on_with_by_who_runs_the_group_no_more(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        number = number_of(world, CIRCLE, Kind.IMPORT, CLEO)
        for verb in (f"goon:{number}", f"into:{number}:0", f"into:{number}:1"):
            await world.presses(CLEO, CIRCLE, verb)
            await settled(world)
            assert LATER.strip() not in texts_in(world, CIRCLE)
        await world.presses(ANN, CIRCLE, f"goon:{number}")
        await settled(world)
        assert LATER.strip() in texts_in(world, CIRCLE)

    happens(tmp_path, story)


def test_a_member_takes_in_no_file_of_articles(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        header = '{"cuttings": 1, "library": "x", "encoder": "none", "dimension": 3}\n'
        line = '{"title": "A goat", "text": "Imported: a goat came by the windmill."}\n'
        for name, data in (
            ("result.json", export_of([LATER], CIRCLE, "private_supergroup")),
            ("cuttings.jsonl", (header + line).encode()),
        ):
            file = world.file(name, data)
            by = CLEO_IN_CIRCLE
            say = partial(world.says, CLEO, CIRCLE, caption=NAME, document=file)
            await attacked(world, by, name, say)
            replied = {**said_by_bot(CIRCLE, 2999), "document": file}
            say = partial(world.says, CLEO, CIRCLE, f"/import{NAME}", reply_to_message=replied)
            await attacked(world, by, "/import", say)
        told_of = world.columns("kind, chat_id", "exchanges")
        assert told_of.count(("import", CIRCLE)) == 1  # the one from when she ran the group
        assert not [text for text in texts_in(world, CIRCLE) if text.startswith("Imported")]

    happens(tmp_path, story)


def test_who_sends_an_article_again_cannot_change_it_by_changing_that(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        again = number_of(world, CIRCLE, Kind.SAVE, CLEO)
        exchange = world.house.store.exchanges.find(CIRCLE, again)
        assert exchange
        edit = partial(world.says, CLEO, CIRCLE, NEWS, edited=exchange.message_id)
        await attacked(world, CLEO_IN_CIRCLE, "edit", edit)
        assert NEWS.strip() not in texts_in(world, CIRCLE)

    happens(tmp_path, story)


def test_who_makes_theirs_into_what_another_has_sent_has_no_hold_on_that(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        own = await world.says(CLEO, CIRCLE, f"{NAME} {NEWS}")
        await world.says(CLEO, CIRCLE, f"{NAME} {article_about(CIRCLE)}", edited=own)
        assert NEWS.strip() not in texts_in(world, CIRCLE)
        number = saved(world, CIRCLE, own).id
        (kept,) = saved(world, CIRCLE, own).articles
        for data in (f"undo:{number}", f"question:{number}", f"remove:{kept}:{number}"):
            press = partial(world.presses, CLEO, CIRCLE, data)
            await attacked(world, CLEO_IN_CIRCLE, data, press)
        edit = partial(world.says, CLEO, CIRCLE, f"{NAME} {NEWS}", edited=own)
        await attacked(world, CLEO_IN_CIRCLE, "edit", edit)

    happens(tmp_path, story)


def test_a_question_does_not_become_the_receipt_of_what_another_sends_later(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        asked = await world.says(CLEO, CIRCLE, f"{NAME} Who keeps the goat of the village?")
        await world.says(ANN, CIRCLE, f"{NAME} {NEWS}")
        await world.says(CLEO, CIRCLE, f"{NAME} {NEWS}", edited=asked)
        undo = f"undo:{saved(world, CIRCLE, asked).id}"
        await attacked(world, CLEO_IN_CIRCLE, undo, partial(world.presses, CLEO, CIRCLE, undo))
        assert NEWS.strip() in texts_in(world, CIRCLE)

    happens(tmp_path, story)


def test_who_left_a_group_is_told_nothing_new_of_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.house.libraries.add(CIRCLE, Article(article_about(CIRCLE, "New. "), "New"))
        made = len(world.request.calls)
        await Alerts(world.house).look(CIRCLE)
        sent = [call for call in world.request.calls[made:] if call.values["chat_id"] == BEN]
        assert SECRETS[CIRCLE] not in told(sent)
        assert CIRCLE not in watches(world, BEN)
        assert CIRCLE in watches(world, ANN)

    happens(tmp_path, story)


def watches(world: World, chat: int) -> list[int]:
    """The libraries that a chat has standing questions of."""
    return [watch.library for watch in world.house.store.watches.of_chat(chat)]


def test_who_was_sent_away_hears_nothing_any_more(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.stands(BEN, CIRCLE, "member")
        assert await world.house.access.send_away(BEN)
        for library in (BEN, CIRCLE):
            await world.house.libraries.add(library, Article(NEWS, "News"))
            before, made = world.rows("watches"), len(world.request.calls)
            await Alerts(world.house).look(library)
            calls = world.request.calls[made:]
            assert not [each for each in calls if each.values.get("chat_id") == BEN]
            assert [row for row in before if row[1] == BEN] == [
                row for row in world.rows("watches") if row[1] == BEN
            ]
        world.request.calls.clear()
        for probe in (PROBES[BEN], PROBES[CIRCLE]):
            await world.says(BEN, BEN, WHO.format(probe))
            query = {"id": "1", "query": probe, "offset": ""}
            await world.does("inline_query", {**query, "from": chat_of(BEN) | {"is_bot": False}})
        await world.presses(BEN, BEN, f"answer:{number_of(world, BEN, Kind.ASK, BEN)}")
        for secret in SECRETS.values():
            assert secret not in told(world.request.calls)
        answered = world.request.made("answerInlineQuery")
        assert [each.values["results"] for each in answered] == [[], []]

    happens(tmp_path, story)


def test_a_group_that_the_owner_has_sent_away_is_read_and_changed_by_nobody(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        asked = number_of(world, CIRCLE, Kind.ASK, ANN)
        at_home = number_of(world, ANN, Kind.ASK, ANN)
        await world.presses(ANN, ANN, f"dismiss:{CIRCLE}")
        world.request.calls.clear()
        for data in (f"answer:{asked}", f"more:{asked}:0", f"context:{asked}:0"):
            await world.presses(CLEO, CIRCLE, data)
        await world.says(CLEO, CIRCLE, f"{NAME} {WHO.format(PROBES[CIRCLE])}")
        await world.presses(ANN, ANN, f"answer:{at_home}")
        await world.presses(ANN, ANN, f"use:{CIRCLE}")
        await world.says(ANN, ANN, WHO.format(PROBES[CIRCLE]))
        assert SECRETS[CIRCLE] not in told(world.request.calls)

    happens(tmp_path, story)


def test_who_writes_in_the_name_of_another_chat_decides_nothing(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        anonymous = {"id": CHANNEL_BOT, "is_bot": True, "first_name": "Channel"}
        export = f"/export{NAME}"
        for name in (MARKET, POST):
            fields: dict[str, Any] = {"from": anonymous, "sender_chat": chat_of(name)}
            by = Attacker(CHANNEL_BOT, CIRCLE, member=True)
            for text in (export, f"/settings{NAME} Kyiv", f"/delete{NAME}", f"/watch{NAME}"):
                say = partial(world.says, CHANNEL_BOT, CIRCLE, text, **fields)
                made = await attacked(world, by, text, say)
                assert "sendDocument" not in {call.method for call in made}
        await world.says(CLEO, CIRCLE, export, **{**fields, "sender_chat": chat_of(CIRCLE)})
        assert world.request.made("sendDocument")  # an administrator who is not named

    happens(tmp_path, story)


def test_what_is_exported_tells_nobodys_number_or_name(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        for who, chat in ((ANN, ANN), (ANN, CIRCLE)):
            await world.says(who, chat, f"/export{NAME}")
        files = world.request.made("sendDocument")
        assert [call.values["chat_id"] for call in files] == [ANN, CIRCLE]
        for call, library in zip(files, (ANN, CIRCLE), strict=True):
            content = "".join(each[1].decode() for each in call.files.values())
            assert SECRETS[library] in content
            numbers = {abs(number) for number in (ANN, BEN, CLEO, *TITLES)}
            names = {str(number) for number in numbers} | {"Person", TITLES[CIRCLE]}
            # Embeddings are letters and digits in any order.
            lines = [line.partition('"passages"')[0] for line in content.splitlines()]
            assert not [name for name in names for line in lines if name in line]

    happens(tmp_path, story)


def test_posts_of_a_channel_go_there_for_who_runs_it_and_for_nobody_else(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        post = {"text": NEWS, **forward_of(77)}
        await attacked(world, BEN_AT_HOME, "post", partial(world.says, BEN, BEN, **post))
        assert NEWS.strip() in texts_in(world, BEN)
        assert NEWS.strip() not in texts_in(world, POST)
        await world.says(ANN, ANN, **post)
        assert NEWS.strip() in texts_in(world, POST)

    happens(tmp_path, story)
