"""Contract 4: what became of a write whose upstream failed."""

import threading
import time

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.gateway import configuration, conflict_field
from harness.items import as_json
from harness.patience import eventually, stays, until_clock

PATH = "/items/1"


@pytest.fixture
def store(stage):
    made = stage.store()
    made.put(PATH, {"n": 0})
    return made


@pytest.fixture
def gateway(stage, store):
    return stage.gateway(
        configuration(
            store,
            {"item": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise", "settle": "600ms"}}}},
            timeouts={"response": "300ms"},
            retries={"attempts": 3},
        )
    )


def put(gateway, value=1, **fields):
    """A write."""
    headers = {name.replace("_", "-"): text for name, text in fields.items()}
    return gateway.ask("PUT", PATH, {"Content-Type": "application/json", **headers}, as_json({"n": value}))


def tag_of(gateway):
    """The present tag."""
    return gateway.ask("GET", PATH).headers["ETag"]


def closes(exchange):
    """Hangs up."""
    exchange.close()
    return True


def resets(exchange):
    """Hangs up rudely."""
    exchange.reset()
    return True


def stalls(exchange):
    """Says nothing."""
    exchange.wait(threading.Event(), within=5)
    exchange.close()
    return True


@pytest.mark.parametrize("fault", [closes, resets, stalls])
def test_a_write_that_was_applied_before_the_fault_is_reported_as_applied(gateway, store, fault):
    tag = tag_of(gateway)
    store.after_write = fault
    answer = put(gateway, If_Match=tag)
    assert answer.status == (504 if fault is stalls else 502)
    assert answer.problem()["outcome"] == "applied"
    assert len(store.seen(PATH, "PUT")) == 1, "a write whose bytes went out is never sent again"
    store.after_write = None
    assert put(gateway, 2, If_Match=tag).status == 412
    assert put(gateway, 2, If_Match=tag_of(gateway)).status == 200


@pytest.mark.parametrize("fault", [closes, resets])
def test_a_write_that_was_not_applied_before_the_fault_is_reported_as_such(gateway, store, fault):
    tag = tag_of(gateway)
    store.before_write = fault
    answer = put(gateway, If_Match=tag)
    assert (answer.status, answer.problem()["outcome"]) == (502, "not-applied")
    assert len(store.seen(PATH, "PUT")) == 1
    store.before_write = None
    assert put(gateway, If_Match=tag).status == 200


def test_half_an_answer_to_a_write_is_an_unknown_outcome_that_is_looked_into(gateway, store):
    tag = tag_of(gateway)
    store.after_write = lambda exchange: exchange.send(b"HTTP/1.1 20") or closes(exchange)
    answer = put(gateway, If_Match=tag)
    assert (answer.status, answer.problem()["outcome"]) == (502, "applied")


def test_a_timed_out_write_is_unknown_and_its_resource_is_quarantined(gateway, store):
    tag = tag_of(gateway)
    store.before_write = stalls
    started = time.monotonic()
    answer = put(gateway, If_Match=tag)
    assert (answer.status, answer.problem()["outcome"]) == (504, "unknown")
    known_at = time.monotonic()
    store.before_write = None
    for fields in ({"If_Match": tag}, {}):
        refused = put(gateway, 2, **fields)
        assert time.monotonic() - known_at < 0.5, "the machine is too slow for this test"
        problem = refused.problem()
        assert (refused.status, problem["kind"], problem["retryable"]) == (409, "outcome-unknown", False)
        assert int(refused.headers["Retry-After"]) >= 0
        assert conflict_field(refused)["kind"] == "outcome-unknown"
    assert gateway.ask("GET", PATH).status == 200, "reads go on"
    assert len(store.seen(PATH, "PUT")) == 1
    until_clock(known_at + 0.65)
    eventually(lambda: put(gateway, 3, If_Match=tag).status == 200, why="the quarantine ends after a read")
    assert time.monotonic() - started > 0.6


def test_a_quarantine_lasts_until_a_read_succeeds(gateway, store):
    tag = tag_of(gateway)
    store.before_write = stalls
    assert put(gateway, If_Match=tag).problem()["outcome"] == "unknown"
    ended = time.monotonic() + 0.65
    store.before_write = None
    store.items[PATH].read_status = 500
    until_clock(ended)
    stays(lambda: put(gateway, 2, If_Match=tag).status in (409, 503), why="nothing is written without a read")
    assert len(store.seen(PATH, "PUT")) == 1
    store.items[PATH].read_status = 200
    eventually(lambda: put(gateway, 3, If_Match=tag).status == 200)


def test_a_write_applied_late_is_seen_by_the_reconciling_read(gateway, store):
    tag = tag_of(gateway)
    late = threading.Event()

    def applies_late(exchange):
        exchange.wait(late)
        return False

    store.before_write = applies_late
    assert put(gateway, 7, If_Match=tag).problem()["outcome"] == "unknown"
    store.before_write = None
    late.set()
    eventually(lambda: store.value(PATH) == {"n": 7})
    eventually(lambda: put(gateway, 8, If_Match=tag).status == 412, why="the late write is the current version")
    assert store.value(PATH) == {"n": 7}


def test_quarantines_survive_a_reload(stage, store):
    config = configuration(
        store,
        {"item": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise", "settle": "20s"}}}},
        timeouts={"response": "300ms"},
    )
    gateway = stage.gateway(config)
    store.before_write = stalls
    assert put(gateway).problem()["outcome"] == "unknown"
    store.before_write = None
    digest = gateway.status()["configuration"]["digest"]
    config["upstreams"]["shop"]["timeouts"]["response"] = "2s"
    gateway.reconfigure(config)
    eventually(lambda: gateway.status()["configuration"]["digest"] != digest)
    assert put(gateway, 2).problem()["kind"] == "outcome-unknown"


def test_a_client_that_disconnects_does_not_cancel_a_write_that_has_been_sent(gateway, store):
    tag = tag_of(gateway)
    release, reached = threading.Event(), threading.Event()
    cut = []

    def wait(exchange):
        reached.set()
        exchange.wait(release, within=0.2)
        exchange.sock.settimeout(0.001)
        try:
            cut.append(exchange.sock.recv(1) == b"")
        except TimeoutError:
            cut.append(False)
        exchange.sock.settimeout(None)
        return False

    store.before_write = wait
    with gateway.connect() as client:
        client.send(wire.encoded("PUT", PATH, {"If-Match": tag}, as_json({"n": 5})))
        assert reached.wait(5)
        client.reset()
    eventually(lambda: store.value(PATH) == {"n": 5})
    assert cut == [False], "the write's connection was cut"
    store.before_write = None
    assert put(gateway, 6, If_Match=tag).status == 412
    assert put(gateway, 6, If_Match=tag_of(gateway)).status == 200


def test_a_stuck_writer_holds_its_turn_only_as_long_as_its_timeout(gateway, store):
    stuck = threading.Event()

    def first_stalls(exchange):
        if not stuck.is_set():
            stuck.set()
            return stalls(exchange)
        return False

    store.before_write = first_stalls
    first = Meanwhile(lambda: put(gateway, 1))
    assert stuck.wait(5)
    second = Meanwhile(lambda: put(gateway, 2))
    assert first.result().status == 504
    assert second.result().status in (200, 409)
    assert store.most_writing[PATH] == 1 or second.result().status == 409


def test_an_error_of_the_upstream_is_its_own_answer(gateway, store):
    tag = tag_of(gateway)
    store.before_write = lambda exchange: (
        exchange.reply(500, {"Content-Type": "text/plain"}, b"database on fire") or True
    )
    answer = put(gateway, If_Match=tag)
    assert (answer.status, answer.body) == (500, b"database on fire")
    store.before_write = None
    assert put(gateway, If_Match=tag).status == 200


def test_a_write_that_never_left_is_not_unknown(stage):
    store = stage.store()
    store.put(PATH, {"n": 0})
    gateway = stage.gateway(
        configuration(store, {"item": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise"}}}})
    )
    store.stop()
    answer = put(gateway)
    assert answer.status in (502, 503)
    assert "outcome" not in answer.problem() or answer.problem()["outcome"] == "not-applied"
