"""Contract 2 and 3.1: limits of size and time on the client's side."""

import threading
import time

import pytest

from harness import wire
from harness.gateway import configuration
from harness.patience import eventually


@pytest.fixture
def upstream(stage):
    return stage.upstream()


@pytest.fixture
def gateway(stage, upstream):
    return stage.gateway(configuration(upstream, {"all": "/{rest...}"}))


def test_body_limits_answer_413(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream,
            {"all": "/{rest...}", "own": {"path": "/own", "body-limit": "2KiB"}},
            gateway={"body-limit": "1KiB"},
        )
    )
    assert gateway.ask("POST", "/x", body=b"x" * 1024).status == 200
    assert gateway.ask("POST", "/own", body=b"x" * 2048).status == 200
    for path, size in (("/x", 1025), ("/own", 2049)):
        refused = gateway.ask("POST", path, body=b"x" * size)
        assert (refused.status, refused.problem()["kind"]) == (413, "body-too-large")
        refused = gateway.ask("POST", path, {"Transfer-Encoding": "chunked"}, wire.chunked(b"x" * size))
        assert refused.status == 413
    assert len(upstream.completed()) == 2


def test_a_slow_head_is_cut_off(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream, {"all": "/{rest...}"}, gateway={"timeouts": {"head": "300ms", "body": "10s", "keep-alive": "10s"}}
        )
    )
    with gateway.connect() as client:
        started = time.monotonic()
        client.send(b"GET /x HTTP/1.1\r\nHost: a\r\n")
        end = started + 3
        while time.monotonic() < end and client.silent(0.1):
            client.send(b"A: b\r\n")
        client.reader.rest(lambda piece: None)
        assert 0.2 < time.monotonic() - started < 3
    assert upstream.requests == []


def test_silence_within_a_body_is_cut_off_but_slowness_is_not(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream, {"all": "/{rest...}"}, gateway={"timeouts": {"head": "10s", "body": "400ms", "keep-alive": "10s"}}
        )
    )
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": "8"}))
        for _ in range(8):
            client.silent(0.1)
            client.send(b"z")
        assert client.answer().status == 200
        client.send(wire.encoded("POST", "/y", {"Content-Length": "8"}) + b"zz")
        started = time.monotonic()
        client.reader.rest(lambda piece: None)
        assert 0.2 < time.monotonic() - started < 3
    eventually(lambda: upstream.requests[1].fault)


def test_an_idle_connection_is_closed_and_a_used_one_is_not(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream, {"all": "/{rest...}"}, gateway={"timeouts": {"head": "10s", "body": "10s", "keep-alive": "400ms"}}
        )
    )
    with gateway.connect() as client:
        for _ in range(6):
            assert client.ask("GET", "/x").status == 200
            client.silent(0.1)
        started = time.monotonic()
        assert client.ended()
        assert 0.1 < time.monotonic() - started < 3


def test_five_hundred_connections_at_once_are_served(gateway):
    clients = [gateway.connect() for _ in range(500)]
    try:
        for client in clients:
            client.send(wire.encoded("GET", "/x"))
        assert {client.answer().status for client in clients} == {200}
    finally:
        for client in clients:
            client.close()


def test_a_client_that_asks_on_and_on_and_reads_nothing_fills_no_memory(stage, upstream):
    gateway = stage.gateway(configuration(upstream, {"one": "/one"}))
    gateway.ask("GET", "/nowhere")
    before = gateway.memory()
    question = wire.encoded("GET", "/nowhere")
    with gateway.connect(receive_buffer=65536) as client:
        client.sock.settimeout(1)
        sent = 0
        with pytest.raises(TimeoutError):
            while sent < 400_000:
                sent += client.sock.send(question * 1000) // len(question)
        assert gateway.memory("VmHWM") - before < 32 * 1024 * 1024
        client.sock.settimeout(10)
        for _ in range(1000):
            assert client.answer().status == 404


def test_a_client_that_takes_nothing_of_its_answer_is_cut_off(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream, {"all": "/{rest...}"}, gateway={"timeouts": {"head": "10s", "body": "10s", "keep-alive": "400ms"}}
        )
    )
    ended = threading.Event()

    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")
        try:
            while True:
                exchange.send(b"z" * 65536)
        except OSError:
            ended.set()

    upstream.script = script
    with gateway.connect(receive_buffer=65536) as client:
        client.send(wire.encoded("GET", "/x"))
        assert ended.wait(10), "the upstream is let go of once the client is given up"
        with pytest.raises((wire.Cut, OSError)):
            client.answer(sink=lambda piece: None)


def test_an_upstream_that_takes_nothing_of_a_body_is_a_timeout_and_not_the_clients_fault(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream, {"all": "/{rest...}"}, gateway={"timeouts": {"head": "10s", "body": "400ms", "keep-alive": "10s"}}
        )
    )
    done = threading.Event()
    upstream.script = lambda exchange: exchange.wait(done)
    with gateway.connect() as client:
        client.send(wire.encoded("POST", "/x", {"Content-Length": "99999999"}))
        upstream.wait_for(1)
        client.sock.settimeout(3)
        with pytest.raises(OSError):
            while True:
                client.sock.send(b"z" * 65536)
        answer = client.answer()
        assert (answer.status, answer.problem()["kind"]) == (504, "upstream-timeout")
    done.set()
