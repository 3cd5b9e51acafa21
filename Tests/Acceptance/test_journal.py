"""Contract 4, journal: what a client was told is kept, through kill -9 and worse."""

import re
import time

import pytest

from harness.gateway import configuration, conflict_field
from harness.items import as_json
from harness.keys import consumer
from harness.patience import eventually, until_clock

KEY = "a-key-of-sufficient-length"
MEMBERS = {
    "id",
    "time",
    "service",
    "route",
    "resource",
    "method",
    "consumer",
    "request_id",
    "kind",
    "status",
    "origin",
    "your_version",
    "current_version",
    "competing",
    "resolution",
    "upstream_message",
}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")


@pytest.fixture
def store(stage):
    return stage.store()


@pytest.fixture
def gateway(stage, store):
    return stage.gateway(
        configuration(
            store,
            {
                "item": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise"}}},
                "guarded": {"path": "/guarded/{id}", "policies": {"key-auth": {}, "conflict": {"level": "serialise"}}},
            },
            consumers={"alice": consumer(KEY)},
        )
    )


def stale(gateway, path="/items/1", **fields):
    """A stale write."""
    answer = gateway.ask("PUT", path, {"If-Match": '"stale"', **fields}, as_json({"n": 1}))
    assert answer.status == 412
    return answer


def test_an_entry_has_every_member_of_the_contract(gateway, store):
    store.put("/guarded/1", {"n": 0})
    answer = stale(gateway, "/guarded/1", **{"X-API-Key": KEY, "X-Request-Id": "mine"})
    entry = gateway.entry(answer)
    assert MEMBERS <= set(entry)
    assert {"consumer", "time", "request_id", "changed"} == set(
        entry["competing"] or {"consumer": 0, "time": 0, "request_id": 0, "changed": 0}
    )
    assert {"outcome", "wait_ms"} <= set(entry["resolution"])
    assert RFC3339.match(entry["time"])
    expected = {
        "service": "shop",
        "route": "guarded",
        "resource": "/guarded/1",
        "method": "PUT",
        "consumer": "alice",
        "request_id": "mine",
        "kind": "stale-version",
        "status": 412,
        "origin": "gateway",
        "your_version": '"stale"',
    }
    assert {name: entry[name] for name in expected} == expected
    assert entry["current_version"] == answer.problem()["current_version"]
    assert entry["id"] == conflict_field(answer)["id"]
    assert entry["resolution"]["outcome"] == "refused"


def test_what_a_client_was_told_survives_kill_9_after_a_second(gateway, store):
    store.put("/items/1", {"n": 0})
    names = [conflict_field(stale(gateway))["id"] for _ in range(10)]
    told = time.monotonic()
    until_clock(told + 1.0)
    gateway.kill()
    gateway.start()
    for name in names:
        assert gateway.console(f"/api/v1/conflicts/{name}").status == 200, name


def test_repeated_kills_leave_a_journal_that_works(gateway, store):
    store.put("/items/1", {"n": 0})
    for _ in range(3):
        for _ in range(5):
            stale(gateway)
        gateway.kill()
        gateway.start()
        assert gateway.console("/readyz").json() is not None
    gateway.entry(stale(gateway))
    assert gateway.console("/readyz").status == 200


@pytest.mark.parametrize("garbage", [b"this is not a database " * 1000, b"", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_corrupt_database_is_reported_and_traffic_goes_on(gateway, store, garbage):
    store.put("/items/1", {"n": 0})
    gateway.entry(stale(gateway))
    gateway.kill()
    files = [file for file in gateway.data.rglob("*") if file.is_file() and file.stat().st_size > 0]
    assert files
    for file in files:
        if "lock" not in file.name:
            file.write_bytes(garbage)
    before = len(gateway.errors())
    gateway.start()
    assert gateway.ask("GET", "/items/1").status == 200
    stale(gateway)
    ready = gateway.console("/readyz")
    assert ready.status == 200
    if garbage:
        assert "journal" in gateway.errors()[before:].lower() or "database" in gateway.errors()[before:].lower()


def test_the_journal_never_holds_traffic_up(gateway, store):
    store.put("/items/1", {"n": 0})
    started = time.monotonic()
    with gateway.connect() as client:
        for _ in range(300):
            assert client.ask("PUT", "/items/1", {"If-Match": '"stale"'}, b"{}").status == 412
    assert time.monotonic() - started < 10
    eventually(lambda: len(gateway.conflicts(limit=500)) == 300 or len(gateway.conflicts(limit=100)) == 100)
