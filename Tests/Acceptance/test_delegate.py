"""Contract 4, level delegate: the upstream is the authority, and nothing the gateway does gets in its way."""

import gzip

import pytest

from harness.crew import together
from harness.gateway import configuration, conflict_field
from harness.items import as_json

FIELDS = {
    "If-Match": '"a", W/"b"',
    "If-None-Match": 'W/"c"',
    "If-Modified-Since": "Sun, 06 Nov 1994 08:49:37 GMT",
    "If-Unmodified-Since": "Sun, 06 Nov 1994 08:49:38 GMT",
    "Range": "bytes=0-1,3-4",
    "If-Range": 'W/"d"',
    "Accept-Encoding": "gzip, br",
}


@pytest.fixture
def store(stage):
    return stage.store(check_conditions=True)


@pytest.fixture
def gateway(stage, store):
    return stage.gateway(
        configuration(store, {"item": {"path": "/items/{id}", "policies": {"conflict": {"level": "delegate"}}}})
    )


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "POST"])
def test_conditional_fields_pass_untouched(gateway, store, method):
    gateway.ask(method, "/items/1", FIELDS, as_json({}) if method in ("PUT", "PATCH", "POST") else None)
    sent = store.upstream.only()
    assert sent.method == method
    assert {name: sent.headers.get(name) for name in FIELDS} == FIELDS


@pytest.mark.parametrize("tag", ['"strong"', 'W/"weak"', '""', '"a,b"', '"x--gz"'])
def test_tags_and_coded_bodies_pass_untouched(stage, tag):
    body = gzip.compress(b'{"n": 1}')
    upstream = stage.upstream(
        lambda exchange: exchange.reply(200, {"ETag": tag, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}, body)
    )
    gateway = stage.gateway(
        configuration(upstream, {"all": {"path": "/{r...}", "policies": {"conflict": {"level": "delegate"}}}})
    )
    answer = gateway.ask("GET", "/x", {"Accept-Encoding": "gzip"})
    assert (answer.headers["ETag"], answer.body, answer.headers["Content-Encoding"]) == (tag, body, "gzip")


def test_the_gateway_answers_no_condition_itself(gateway, store):
    store.put("/items/1", {"n": 1})
    plain = gateway.ask("GET", "/items/1")
    assert (plain.status, "ETag" in plain.headers) == (200, False)
    assert gateway.ask("PUT", "/items/1", {}, as_json({"n": 2})).status == 200, "never 428"
    assert gateway.ask("GET", "/items/1", {"If-None-Match": "*"}).status == 200, "never 304"
    store.check_conditions = False
    assert gateway.ask("PUT", "/items/1", {"If-Match": '"stale"'}, as_json({"n": 3})).status == 200, "never 412"
    assert [request.method for request in store.upstream.requests] == ["GET", "PUT", "GET", "PUT"], (
        "and reads nothing itself"
    )


def test_the_upstreams_412_is_passed_on_marked_and_journaled(gateway, store):
    tag = store.put("/items/1", {"n": 1}, tags="strong").tag()
    assert gateway.ask("PUT", "/items/1", {"If-Match": tag}, as_json({"n": 2})).status == 200
    answer = gateway.ask("PUT", "/items/1", {"If-Match": tag, "X-Request-Id": "stale-one"}, as_json({"n": 3}))
    assert (answer.status, answer.json()) == (412, {"error": "precondition failed"})
    named = conflict_field(answer)
    assert (named["kind"], named["origin"]) == ("stale-version", "upstream")
    entry = gateway.entry(answer)
    assert (entry["kind"], entry["origin"], entry["status"], entry["method"]) == (
        "stale-version",
        "upstream",
        412,
        "PUT",
    )
    assert (entry["request_id"], entry["service"], entry["route"]) == ("stale-one", "shop", "item")
    assert entry["your_version"] == tag
    assert "precondition failed" in entry["upstream_message"]


def test_concurrent_writers_are_not_queued(gateway, store):
    store.put("/items/1", {"n": 1})
    together(*[lambda: gateway.ask("PUT", "/items/1", {}, as_json({"n": 2})).status for _ in range(8)])
    assert len(store.seen("/items/1", "PUT")) == 8
    assert store.seen("/items/1", "GET") == []
