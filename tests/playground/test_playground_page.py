"""The page API, the events and the files of the page."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playground_bot import GROUP, Table, laid

from bot.playground import Playground
from bot.playground.client import PlaygroundError
from bot.playground.events import EventLog


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    with laid() as found:
        yield found


def test_at_the_start_there_are_three_people_and_a_group() -> None:
    with laid(people=("Ann", "Ben", "Cleo"), bot_name="Echo", bot_username="echo_bot") as table:
        world = table.client.world()
        assert (world["bot"]["first_name"], world["bot"]["username"]) == ("Echo", "echo_bot")
        assert [(person["id"], person["first_name"]) for person in world["people"]] == [
            (1001, "Ann"),
            (1002, "Ben"),
            (1003, "Cleo"),
        ]
        assert [(chat["id"], chat["type"]) for chat in world["chats"]] == [
            (1001, "private"),
            (1002, "private"),
            (1003, "private"),
            (GROUP, "supergroup"),
        ]
        assert world["chats"][-1]["title"] == "Reading circle"
        assert world["chats"][-1]["members"] == [1001, 1002, 1003, world["bot"]["id"]]
        assert table.client.group == GROUP
        assert table.client.person("Ben").id == 1002
        assert table.client.person("Dora").id == 1004


def test_people_are_added_with_their_name_and_language(table: Table) -> None:
    before = table.client.cursor()
    person = table.client.add_person("Erik", "@erik", "de")
    added = table.client.events(before)[0]
    assert added["type"] == "person"
    assert added["person"] == {
        "id": person.id,
        "is_bot": False,
        "first_name": "Erik",
        "username": "erik",
        "language_code": "de",
    }
    with pytest.raises(PlaygroundError, match="first name"):
        table.client.add_person(" ")


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "chats/1001/messages", b"{", 400),
        ("POST", "chats/1001/messages", b"[" * 100_000, 400),
        ("POST", "chats/1001/messages", b'{"from": 5, "text": "x"}', 404),
        ("POST", "chats/1001/messages", b'{"from": "Ann", "text": "x"}', 404),
        ("POST", "chats/1001/messages", b'{"from": 1002, "text": "x"}', 403),
        ("POST", "chats/1001/messages", b'{"from": 1001, "text": 5}', 400),
        ("POST", "chats/1001/messages", b'{"from": 1001, "text": "x", "entities": 5}', 400),
        ("POST", "chats/5/messages", b'{"from": 1001, "text": "x"}', 404),
        ("GET", "chats/x/messages", b"", 400),
        ("POST", "chats/1001/forwards", b'{"from": 1001}', 400),
        ("POST", "chats/1001/forwards", b'{"from": 1001, "from_chat": 1001}', 400),
        ("PATCH", "chats/1001/messages/5", b'{"from": 1001, "text": "x"}', 404),
        ("DELETE", "chats/1001/messages/5", b"", 400),
        ("POST", "chats/1001/documents", b"x", 400),
        ("GET", "files/nope", b"", 404),
        ("POST", "people/5/block", b'{"blocked": true}', 404),
    ],
)
def test_a_request_that_makes_no_sense_is_told_so_in_a_sentence(
    table: Table, method: str, path: str, body: bytes, status: int
) -> None:
    response = table.http.request(method, f"/api/{path}", content=body)
    assert response.status_code == status
    sentence = response.json()["error"]
    assert isinstance(sentence, str)
    assert sentence


def test_events_after_a_number_come_in_order_and_of_one_chat_alone(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    before = table.client.cursor()
    ann.sends("a")
    ben.sends("b")
    table.says(ann, "c")
    events = table.client.events(before)
    assert [event["message"]["text"] for event in events] == ["a", "b", "c"]
    assert [event["id"] for event in events] == [before + 1, before + 2, before + 3]
    of_ann = table.client.events(before, chat=ann.id)
    assert [event["message"]["text"] for event in of_ann] == ["a", "c"]
    assert table.client.events(before + 2) == events[2:]
    assert table.client.cursor() == before + 3
    table.forgets()


def test_a_long_poll_for_events_ends_with_the_first_that_comes(table: Table) -> None:
    ann, ben = table.somebody(), table.somebody()
    found: list[Any] = []
    before = table.client.cursor()
    poll = threading.Thread(
        target=lambda: found.extend(table.client.events(before, 10, chat=ann.id))
    )
    poll.start()
    time.sleep(0.1)
    ben.sends("not for this poll")
    time.sleep(0.1)
    assert poll.is_alive()
    ann.sends("now")
    poll.join(5)
    assert [event["message"]["text"] for event in found] == ["now"]
    table.forgets()


def read_events(response: httpx.Response, count: int) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    number = ""
    for line in response.iter_lines():
        if line.startswith("id: "):
            number = line[4:]
        elif line.startswith("data: "):
            found.append((number, json.loads(line[6:])))
            if len(found) == count:
                break
    return found


def test_the_page_follows_a_stream_of_events_and_takes_it_up_again(table: Table) -> None:
    ann = table.somebody()
    before = table.client.cursor()
    ann.sends("first")
    path = f"/api/events?after={before}"
    with table.http.stream("GET", path) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        threading.Timer(0.1, lambda: ann.sends("second")).start()
        events = read_events(response, 2)
    assert [event["message"]["text"] for _, event in events] == ["first", "second"]
    assert [number for number, _ in events] == [str(event["id"]) for _, event in events]
    again = {"last-event-id": str(before + 1)}
    with table.http.stream("GET", path, headers=again) as response:
        assert read_events(response, 1) == events[1:]
    table.forgets()


def test_open_streams_and_polls_end_when_the_playground_stops() -> None:
    playground = Playground().start()
    with httpx.Client(base_url=playground.url, timeout=20) as client:
        with client.stream("GET", "/api/events") as response:
            poll = threading.Thread(target=lambda: client.get("/api/events?after=0&wait=20"))
            updates = f"{playground.base_url}{playground.token}/getUpdates?timeout=20"
            bot = threading.Thread(target=lambda: client.get(updates))
            poll.start()
            bot.start()
            time.sleep(0.2)
            begun = time.monotonic()
            playground.stop()
            assert [line for line in response.iter_lines() if line.startswith("data")] == []
        poll.join(5)
        bot.join(5)
    assert time.monotonic() - begun < 3
    assert not poll.is_alive()
    assert not bot.is_alive()
    playground.stop()


def test_a_log_of_events_forgets_the_oldest_beyond_its_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.playground.events.KEPT", 3)
    log = EventLog()
    for _ in range(5):
        log.publish("typing", 1)
    assert [event["id"] for event in log.after(0)] == [3, 4, 5]
    assert [event["id"] for event in log.after(4)] == [5]
    assert log.after(9) == []


def test_the_page_and_its_files_are_served_fresh(table: Table) -> None:
    page = table.http.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-cache"
    beside, below = table.http.get("/index.html"), table.http.get("/page/index.html")
    assert page.content == beside.content == below.content
    icon = table.http.get("/icon.svg")
    assert icon.headers["content-type"].startswith("image/svg+xml")
    for path in ("/nope.js", "/page/", "/%2e%2e/server.py", "/page/%2e%2e/server.py"):
        assert table.http.get(path).status_code == 404, path


def test_no_other_site_can_act_here(table: Table) -> None:
    told = {"from": 1001, "text": "x"}
    path = "/api/chats/1001/messages"
    foreign = table.http.post(path, json=told, headers={"origin": "https://evil.example"})
    assert foreign.status_code == 403
    rebound = table.http.post(path, json=told, headers={"host": "evil.example"})
    assert rebound.status_code == 400
    own = table.playground.url.rstrip("/")
    assert table.http.post(path, json=told, headers={"origin": own}).status_code == 200
    table.forgets()


def test_a_file_of_somebody_is_never_shown_as_a_page(table: Table) -> None:
    sent = table.somebody().uploads({"page.html": b"<script>alert(1)</script>"})[0]
    response = table.http.get(f"/api/files/{sent['document']['file_id']}")
    assert response.headers["content-disposition"] == "attachment"
    assert response.headers["x-content-type-options"] == "nosniff"
    table.forgets()


def test_a_port_that_is_taken_is_an_error_and_a_free_one_is_found(table: Table) -> None:
    with pytest.raises(OSError, match="in use"):
        Playground(port=table.playground.port).start()
    with Playground() as other:
        assert other.port != table.playground.port
        port = other.port
    with Playground(port=port) as again:
        assert again.url == f"http://127.0.0.1:{port}/"
