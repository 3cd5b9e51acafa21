"""Contract 2 and 3.1: limits of size and time on the client's side."""

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
