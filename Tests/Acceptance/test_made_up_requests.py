"""Requests that the gateway makes of a client's words: none of them may become two (contract 3 and 8)."""

import json
from urllib.parse import quote

import pytest

from harness.gateway import configuration

SERIALISE = {"conflict": {"level": "serialise", "locks": {"enabled": True}}}
BREAKS = [
    "x HTTP/1.1\r\nHost: h\r\n\r\nDELETE /admin HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\nGET /z",
    "x\nDELETE /admin",
    "x HTTP/1.1",
    "x\x00y",
    "x\x7f",
    "x#y",
    "é",
]


@pytest.fixture
def stack(stage):
    """An upstream that remembers what came, and a gateway with a resource and something that wants a key."""
    upstream = stage.upstream(lambda exchange: exchange.reply(200, {"Content-Type": "application/json"}, b'{"n":0}'))
    routes = {
        "item": {"path": "/items/{id}", "policies": SERIALISE},
        "admin": {"path": "/admin", "policies": {"key-auth": {}}},
    }
    return upstream, stage.gateway(configuration(upstream, routes))


def seen(upstream):
    return [(request.method, request.target) for request in upstream.requests]


@pytest.mark.parametrize("words", BREAKS)
def test_the_query_of_a_previewed_resource_stays_a_query(stack, words):
    upstream, gateway = stack
    base = gateway.ask("GET", "/items/1").headers["ETag"]
    before = seen(upstream)
    resource = quote(f"/items/1?{words}", safe="")
    answer = gateway.ask("GET", f"/.well-known/parley/merge-preview?resource={resource}&base={quote(base, safe='')}")
    assert (answer.status, answer.problem()["kind"]) == (400, "bad-request"), answer.body
    assert gateway.ask("GET", "/items/2").status == 200
    assert seen(upstream) == [*before, ("GET", "/items/2")]


@pytest.mark.parametrize("words", BREAKS)
def test_the_query_of_a_locked_resource_stays_a_query(stack, words):
    upstream, gateway = stack
    body = json.dumps({"resource": f"/items/1?{words}"}).encode()
    asked = gateway.ask("POST", "/.well-known/parley/locks", {"Content-Type": "application/json"}, body)
    listed = gateway.ask("GET", "/.well-known/parley/locks?resource=" + quote(f"/items/1?{words}", safe=""))
    assert [asked.status, listed.status] == [400, 400] and not upstream.requests


def test_a_previewed_resource_keeps_a_query_that_is_one(stack):
    upstream, gateway = stack
    base = gateway.ask("GET", "/items/1?a=%20b&c").headers["ETag"]
    resource = quote("/items/1?a=%20b&c", safe="")
    answer = gateway.ask("GET", f"/.well-known/parley/merge-preview?resource={resource}&base={quote(base, safe='')}")
    assert answer.status == 200 and seen(upstream)[-1] == ("GET", "/items/1?a=%20b&c")
