"""Contract 1: reload without dropping a request, drain, and signals."""

import os
import signal
import socket
import threading
import time

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.gateway import as_yaml, configuration
from harness.patience import eventually, stays


def marked(upstream, mark):
    """A configuration whose answers carry a mark."""
    return configuration(
        upstream, {"all": {"path": "/{rest...}", "policies": {"headers": {"response": {"set": {"X-Mark": mark}}}}}}
    )


def mark_of(gateway):
    """The mark that answers carry now."""
    return gateway.ask("GET", "/x").headers["X-Mark"]


@pytest.fixture
def upstream(stage):
    return stage.upstream()


@pytest.fixture
def gateway(stage, upstream):
    return stage.gateway(marked(upstream, "one"))


def test_sighup_reloads(gateway, upstream):
    gateway.file.write_text(as_yaml(marked(upstream, "two")))
    gateway.signal(signal.SIGHUP)
    eventually(lambda: mark_of(gateway) == "two")


@pytest.mark.parametrize("how", ["write", "rename", "remove and write"])
def test_a_changed_file_reloads_by_itself(gateway, upstream, how):
    if how == "rename":
        gateway.reconfigure(marked(upstream, "two"))
    else:
        if how == "remove and write":
            gateway.file.unlink()
        gateway.file.write_text(as_yaml(marked(upstream, "two")))
    eventually(lambda: mark_of(gateway) == "two")
    gateway.reconfigure(marked(upstream, "three"))
    eventually(lambda: mark_of(gateway) == "three", why="a second change is noticed, too")


def test_a_swapped_symlink_reloads(stage, upstream, tmp_path):
    for mark in ("one", "two"):
        (tmp_path / mark).mkdir()
        (tmp_path / mark / "parley.yaml").write_text(as_yaml(marked(upstream, mark)))
    (tmp_path / "current").symlink_to("one")
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    (mounted / "parley.yaml").symlink_to("../current/parley.yaml")
    gateway = stage.gateway(None, folder=mounted, data=tmp_path / "data")
    assert mark_of(gateway) == "one"
    (tmp_path / "next").symlink_to("two")
    os.replace(tmp_path / "next", tmp_path / "current")
    eventually(lambda: mark_of(gateway) == "two")


def test_reloads_under_load_drop_no_request(gateway, upstream):
    stop, counts, faults, marks = threading.Event(), [0] * 4, [], set()

    def client(number):
        with gateway.connect() as connection:
            while not stop.is_set():
                try:
                    answer = connection.ask("POST" if number % 2 else "GET", "/x", body=b"x" if number % 2 else None)
                    assert (answer.status, answer.body) == (200, b"hello"), answer
                    marks.add(answer.headers["X-Mark"])
                    counts[number] += 1
                    if answer.headers.get("Connection", "").lower() == "close":
                        raise AssertionError("a reload closed a connection")
                except BaseException as fault:
                    faults.append(repr(fault))
                    return

    crew = [Meanwhile(lambda number=number: client(number)) for number in range(4)]
    try:
        for number in range(5):
            gateway.reconfigure(marked(upstream, f"mark-{number}"))
            if number % 2:
                gateway.signal(signal.SIGHUP)
            eventually(lambda: f"mark-{number}" in marks or faults)
    finally:
        stop.set()
    [member.result() for member in crew]
    assert faults == []
    assert min(counts) > 10


def test_an_exchange_in_flight_keeps_the_configuration_it_began_with(gateway, upstream):
    release = threading.Event()
    upstream.script = lambda exchange: (
        (exchange.request.path != "/slow" or exchange.wait(release)) and exchange.reply(200, {}, b"ok")
    )
    slow = Meanwhile(lambda: gateway.ask("GET", "/slow"))
    upstream.wait_for(1)
    gateway.reconfigure(marked(upstream, "two"))
    eventually(lambda: mark_of(gateway) == "two")
    release.set()
    answer = slow.result()
    assert (answer.status, answer.headers["X-Mark"]) == (200, "one")


@pytest.mark.parametrize("text", ["nonsense: [", "", "parley: 1\nservices: { a: { upstream: none } }\n", "\x00"])
def test_a_bad_file_is_refused_whole_and_the_old_configuration_stays(gateway, upstream, text):
    before = gateway.status()["configuration"]
    assert before["last_error"] is None
    gateway.reconfigure(text)
    eventually(lambda: gateway.status()["configuration"]["last_error"], why="the refusal is reported")
    assert mark_of(gateway) == "one"
    assert gateway.status()["configuration"]["digest"] == before["digest"]
    assert "parley.yaml" in gateway.errors()
    gateway.reconfigure(marked(upstream, "two"))
    eventually(lambda: mark_of(gateway) == "two")
    assert gateway.status()["configuration"]["last_error"] is None


def test_a_removed_file_changes_nothing(gateway):
    gateway.file.unlink()
    gateway.signal(signal.SIGHUP)
    stays(lambda: mark_of(gateway) == "one", during=0.5)


def refused(address):
    """Whether a port refuses connections; a listener that closes resets what waits in its queue, which is a refusal too."""
    try:
        socket.create_connection(address, timeout=1).close()
        return False
    except (ConnectionRefusedError, ConnectionResetError):
        return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_drain_finishes_what_runs_and_exits_0(gateway, upstream, number):
    release = threading.Event()
    upstream.script = lambda exchange: exchange.wait(release) and exchange.reply(200, {}, b"finished")
    idle = gateway.connect()
    running = Meanwhile(lambda: gateway.ask("GET", "/slow"))
    upstream.wait_for(1)
    gateway.signal(number)
    eventually(lambda: gateway.console("/readyz").status == 503, why="/readyz says so while the console still answers")
    assert gateway.console("/healthz").status == 200
    eventually(lambda: refused(gateway.address), why="the gateway port is closed")
    release.set()
    answer = running.result()
    assert (answer.status, answer.body, answer.headers["Connection"].lower()) == (200, b"finished", "close")
    assert gateway.ends() == 0
    idle.close()


def test_requests_on_open_connections_during_a_drain_are_answered_with_close(gateway, upstream):
    release = threading.Event()
    upstream.script = lambda exchange: (
        (exchange.request.path != "/slow" or exchange.wait(release)) and exchange.reply(200, {}, b"ok")
    )
    with gateway.connect() as open_connection:
        open_connection.ask("GET", "/x")
        slow = Meanwhile(lambda: gateway.ask("GET", "/slow"))
        upstream.wait_for(2)
        open_connection.send(wire.encoded("GET", "/slow"))
        upstream.wait_for(3)
        gateway.signal(signal.SIGTERM)
        eventually(lambda: refused(gateway.address))
        release.set()
        assert open_connection.answer().headers["Connection"].lower() == "close"
        assert open_connection.ended()
        assert slow.result().status == 200
    assert gateway.ends() == 0


def test_an_idle_server_ends_at_once_in_spite_of_open_connections(gateway):
    with gateway.connect() as client:
        assert client.ask("GET", "/x").status == 200
        started = time.monotonic()
        gateway.signal(signal.SIGTERM)
        assert gateway.ends() == 0
        assert time.monotonic() - started < 5
        assert client.ended()


def test_drain_delay_keeps_the_listeners_open_for_a_while(stage, upstream):
    gateway = stage.gateway(marked(upstream, "one"), arguments=["--drain-delay", "1s"])
    gateway.signal(signal.SIGTERM)
    eventually(lambda: gateway.console("/readyz").status == 503, within=0.8)
    assert gateway.ask("GET", "/x").status == 200
    assert gateway.ends() == 0


def test_a_second_signal_exits_1_at_once(gateway, upstream):
    upstream.script = lambda exchange: exchange.wait(threading.Event())
    Meanwhile(lambda: gateway.ask("GET", "/slow"))
    upstream.wait_for(1)
    gateway.signal(signal.SIGTERM)
    eventually(lambda: gateway.console("/readyz").status == 503)
    gateway.signal(signal.SIGTERM)
    assert gateway.ends(within=3) == 1


def test_a_drain_flushes_the_journal(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(409))
    gateway = stage.gateway(marked(upstream, "one"))
    for number in range(20):
        gateway.ask("PUT", f"/{number}", body=b"")
    gateway.signal(signal.SIGTERM)
    assert gateway.ends() == 0
    gateway.expected_to_end = True
    gateway.start()
    assert len(gateway.journal(count=20, limit=100)) == 20
