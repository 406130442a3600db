"""Inline queries: asked in any chat, answered in time, kept as the bot allows, and chosen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playground_bot import GROUP, Json, Table, laid
from telegram import Update

from bot.playground import PersonHandle
from bot.playground.client import PlaygroundError
from bot.playground.inline import InlineQueries
from bot.playground.refusals import ApiError


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


@pytest.fixture
def ann(table: Table) -> Iterator[PersonHandle]:
    yield table.somebody()
    table.forgets()


@pytest.fixture
def ben(table: Table) -> PersonHandle:
    return table.somebody()


def card(name: str = "1", text: str = "On <b>Monday</b>", **more: object) -> Json:
    """A result of the only kind there is."""
    content = {"message_text": text, "parse_mode": "HTML"}
    told = {"type": "article", "id": name, "title": "Monday", "input_message_content": content}
    return {**told, **more}


def asked(table: Table, person: PersonHandle, text: str, chat: int | None = None) -> str:
    """A query that has reached the bot."""
    query = person.types_inline(text, chat=chat)
    assert table.updates()[-1]["inline_query"]["id"] == query
    return query


def test_a_query_reaches_the_bot_from_any_chat(table: Table, ann: PersonHandle) -> None:
    group = table.client.add_group("Harbour", [ann], basic=True)
    channel = table.client.add_channel("Harbour News", ann)
    kinds = {None: "sender", ann.id: "sender", group: "group", channel: "channel"}
    for chat, kind in kinds.items():
        query = ann.types_inline(" when ", chat=chat)
        update = table.updates()[-1]
        assert update["inline_query"] == {
            "id": query,
            "from": {**update["inline_query"]["from"], "id": ann.id},
            "chat_type": kind,
            "query": "when",
            "offset": "",
        }
        read = Update.de_json(update, None)
        assert read.inline_query is not None
        assert not read.inline_query.api_kwargs
    ann.types_inline("x" * 300)
    assert len(table.updates()[-1]["inline_query"]["query"]) == 256
    with pytest.raises(PlaygroundError, match="is not in this chat"):
        ann.types_inline("when", chat=GROUP)


def test_what_the_bot_offers_is_seen_and_sent_by_way_of_it(table: Table, ann: PersonHandle) -> None:
    group = table.client.add_group("Harbour", [ann], forum=True)
    topic = ann.opens_topic(group, "Ferries")
    query = asked(table, ann, "when?", group)
    button = {"text": "Open", "start_parameter": "inline"}
    described = card(description="The ferry")
    assert table.does(
        "answerInlineQuery", inline_query_id=query, results=[described], button=button
    )
    answer = ann.waits_for_inline(query, 2)
    assert answer is not None
    assert answer["results"] == [
        {"type": "article", "id": "1", "title": "Monday", "description": "The ferry"}
    ]
    assert answer["button"] == button
    assert (answer["cache_time"], answer["is_personal"]) == (300, False)
    sent = ann.chooses_inline(query, "1", group, topic=topic)
    assert (sent["text"], sent["via_bot"]["is_bot"]) == ("On Monday", True)
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 6}]
    assert (sent["from"]["id"], sent["message_thread_id"]) == (ann.id, topic)
    with pytest.raises(PlaygroundError, match="no such result"):
        ann.chooses_inline(query, "2", group)
    with pytest.raises(PlaygroundError, match="cannot be edited"):
        ann.edits(sent["message_id"], "x", chat=group)


def test_the_bot_sees_in_a_group_what_was_sent_by_way_of_it(
    table: Table, ann: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann])
    ann.adds_bot(group)
    query = asked(table, ann, "seen?", group)
    table.does("answerInlineQuery", inline_query_id=query, results=[card()], is_personal=True)
    ann.chooses_inline(query, "1", group)
    told = table.updates()[-1]["message"]
    assert (told["text"], told["via_bot"]["id"]) == ("On Monday", 4200000001)


def test_an_answer_is_waited_for_and_its_lack_is_told(table: Table, ann: PersonHandle) -> None:
    with pytest.raises(TimeoutError, match="Nothing was offered"):
        ann.asks_inline("nobody answers", timeout=0.05)
    query = asked(table, ann, "late")
    assert ann.waits_for_inline(query, 0.05) is None


def test_a_personal_answer_is_kept_for_that_person_alone(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    query = asked(table, ann, "mine")
    table.does("answerInlineQuery", inline_query_id=query, results=[card()], is_personal=True)
    table.forgets()
    assert [result["id"] for result in ann.asks_inline("mine", timeout=0)] == ["1"]
    assert table.updates() == []
    ben.types_inline("mine")
    assert len(table.updates()) == 1


def test_any_other_answer_is_kept_for_everybody(
    table: Table, ann: PersonHandle, ben: PersonHandle
) -> None:
    query = asked(table, ann, "ours")
    table.does("answerInlineQuery", inline_query_id=query, results=[card()])
    table.forgets()
    again = ben.types_inline("ours")
    assert table.updates() == []
    assert ben.waits_for_inline(again, 0) is not None
    assert ben.chooses_inline(again, "1")["text"] == "On Monday"
    table.forgets()


def test_an_answer_that_is_not_to_be_kept_is_asked_for_again(
    table: Table, ann: PersonHandle
) -> None:
    query = asked(table, ann, "fresh")
    table.does("answerInlineQuery", inline_query_id=query, results=[card()], cache_time=0)
    table.forgets()
    ann.types_inline("fresh")
    assert len(table.updates()) == 1


def test_answers_are_kept_for_as_long_as_the_bot_says() -> None:
    now = [0.0]
    queries = InlineQueries(clock=lambda: now[0])
    query = queries.ask(1, "when", "")
    queries.answer(query, {"is_personal": True}, {}, 5)
    now[0] = 4.9
    assert queries.ask(1, "when", "").answer is not None
    assert queries.ask(1, "when", "10").answer is None
    now[0] = 5.0
    assert queries.ask(1, "when", "").answer is None


def test_a_query_is_answered_once_and_within_ten_seconds(table: Table, ann: PersonHandle) -> None:
    late = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    query = asked(table, ann, "once")
    given = {"inline_query_id": query, "results": [card()]}
    table.does("answerInlineQuery", **given)
    assert table.refused("answerInlineQuery", **given) == late
    assert table.refused("answerInlineQuery", inline_query_id="1", results=[]) == late
    now = [time.monotonic()]
    queries = InlineQueries(clock=lambda: now[0])
    old = queries.ask(1, "when", "")
    now[0] += 10
    assert queries.open(old.id) is old
    now[0] += 0.1
    with pytest.raises(ApiError, match="too old"):
        queries.open(old.id)


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([card(str(n)) for n in range(51)], "too many inline query results specified"),
        ([card(), card()], "RESULT_ID_DUPLICATE"),
        ([card("")], "RESULT_ID_INVALID"),
        ([card("é" * 33)], "RESULT_ID_INVALID"),
        ([card(title=" ")], "ARTICLE_TITLE_EMPTY"),
        ([card(title=None)], 'Can\'t find field "title"'),
        ([{"type": "article", "id": "1"}], "can't parse inline query result: Can't find field"),
        ([card(input_message_content=None)], "input_message_content"),
        ([card(input_message_content={})], "message_text"),
        ([card(text="<b>x")], "can't parse entities"),
        ([card(text="")], "message text is empty"),
        ([card(text="x" * 4097)], "message is too long"),
        ([card(type="photo")], "only articles"),
        ([card(description=5)], "must be of type String"),
        ([card(thumbnail_url="ftp://x")], "WEBPAGE_URL_INVALID"),
        ([card(reply_markup={"inline_keyboard": [[{"text": "x"}]]})], "Text buttons are unallowed"),
        (["x"], "can't parse inline query result"),
        ({}, "Expected an Array"),
    ],
)
def test_an_answer_that_telegram_would_not_take_is_refused(
    table: Table, ann: PersonHandle, results: object, reason: str
) -> None:
    query = ann.types_inline(f"{reason} {time.monotonic()}")
    refused = table.refused("answerInlineQuery", inline_query_id=query, results=results)
    assert refused.startswith("400 Bad Request: ")
    assert reason in refused
    assert ann.waits_for_inline(query, 0) is None


@pytest.mark.parametrize(
    "button",
    [
        {"text": "Open"},
        {"start_parameter": "x"},
        {"text": " ", "start_parameter": "x"},
        {"text": "Open", "start_parameter": "a b"},
        {"text": "Open", "start_parameter": "x" * 65},
    ],
)
def test_a_button_that_leads_nowhere_is_refused(
    table: Table, ann: PersonHandle, button: Json
) -> None:
    query = ann.types_inline(f"{button}")
    given = {"inline_query_id": query, "results": [], "button": button}
    assert table.refused("answerInlineQuery", **given).startswith("400 ")
    more = {**given, "button": None, "next_offset": "x" * 65}
    assert table.refused("answerInlineQuery", **more) == "400 Bad Request: NEXT_OFFSET_INVALID"


def test_a_button_below_a_sent_result_tells_no_more_than_which_it_is(
    table: Table, ann: PersonHandle
) -> None:
    group = table.client.add_group("Harbour", [ann])
    query = asked(table, ann, "buttons", group)
    keys = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    results = [card(reply_markup=keys)]
    table.does("answerInlineQuery", inline_query_id=query, results=results)
    ann.taps(ann.chooses_inline(query, "1", group), "More")
    pressed = table.updates()[-1]["callback_query"]
    assert "message" not in pressed
    assert pressed["inline_message_id"]


def test_a_bot_learns_what_is_chosen_only_if_it_wants_to() -> None:
    for feedback in (False, True):
        with laid(inline_feedback=feedback) as table:
            ann = table.somebody()
            query = asked(table, ann, "when")
            table.does("answerInlineQuery", inline_query_id=query, results=[card()])
            ann.chooses_inline(query, "1")
            chosen = [
                u["chosen_inline_result"] for u in table.updates() if "chosen_inline_result" in u
            ]
            assert [one["result_id"] for one in chosen] == ["1"] * feedback
            assert table.does("getMe")["supports_inline_queries"] is True


def test_without_inline_mode_there_is_nothing_to_ask() -> None:
    with laid(inline_mode=False) as table:
        with pytest.raises(PlaygroundError, match="no inline mode"):
            table.somebody().types_inline("when")
        assert table.does("getMe")["supports_inline_queries"] is False
