"""Contract 4, level observe: what upstreams answer is classified, marked and journaled, and never delayed."""

import gzip
import json
import threading
import time
import zlib

import pytest

from harness import wire
from harness.dialects import CONFLICTS, JSON, ORDINARY, PROBLEM, js
from harness.gateway import configuration, conflict_field, metric
from harness.patience import eventually


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(scope="module")
def gateway(shared, upstream):
    return shared.gateway(
        configuration(
            upstream,
            {
                "all": "/{rest...}",
                "off": {"path": "/off", "policies": {"conflict": "off"}},
                "silent": {"path": "/silent", "policies": {"conflict": {"explain": "off"}}},
                "replace": {"path": "/replace/{id}", "policies": {"conflict": {"explain": "replace"}}},
                "worded": {
                    "path": "/worded/{id}",
                    "policies": {
                        "conflict": {
                            "explain": "replace",
                            "messages": {
                                "uniqueness": {
                                    "title": "That name is taken",
                                    "detail": "{{resource}}: {{upstream.detail}}",
                                }
                            },
                        }
                    },
                },
                "ruled": {
                    "path": "/ruled",
                    "policies": {
                        "conflict": {
                            "rules": [
                                {"when": {"status": 500, "body": "E-1234"}, "kind": "state"},
                                {"when": {"status": 409, "body": "head of branch"}, "kind": "edit"},
                            ]
                        }
                    },
                },
            },
        )
    )


def answering(upstream, status, fields, body):
    """Sets the upstream's answer."""
    upstream.script = lambda exchange: exchange.reply(status, fields, body)


def ask(gateway, method, path="/x", **fields):
    """A request with a small body where the method has one."""
    return gateway.ask(method, path, fields, b"{}" if method in ("PUT", "POST", "PATCH") else None)


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_conflict_is_marked_explained_and_journaled_and_its_body_left_alone(gateway, upstream, name):
    method, status, fields, body, kind = CONFLICTS[name]
    answering(upstream, status, fields, body)
    answer = gateway.ask(
        method,
        "/things/7",
        {"If-None-Match": "*"} if name.startswith("S3") else {},
        b"{}" if method in ("PUT", "POST", "PATCH") else None,
    )
    assert (answer.status, answer.body) == (status, body)
    named = conflict_field(answer)
    assert (named["kind"], named["origin"]) == (kind, "upstream")
    assert f'</.well-known/parley/problems/{kind}>; rel="describedby"' in answer.headers["Link"]
    assert "Cache-Control" not in answer.headers
    entry = gateway.entry(answer)
    assert (entry["id"], entry["kind"], entry["status"], entry["method"]) == (named["id"], kind, status, method)
    assert (entry["origin"], entry["service"], entry["route"]) == ("upstream", "shop", "all")
    assert entry["request_id"] == answer.headers["X-Request-Id"]
    assert entry["resolution"]["outcome"] == "passed"


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_answer_is_neither_marked_nor_journaled(gateway, upstream, name):
    method, status, fields, body = ORDINARY[name]
    answering(upstream, status, fields, body)
    request_id = "ordinary-" + name.replace(" ", "-")
    answer = ask(gateway, method, **{"X-Request-Id": request_id})
    assert (answer.status, answer.body) == (status, body)
    assert "Parley-Conflict" not in answer.headers and "Link" not in answer.headers
    answering(upstream, 409, {}, b"")
    gateway.entry(ask(gateway, "PUT"))
    assert all(entry["request_id"] != request_id for entry in gateway.conflicts(limit=100))


def test_a_412_to_a_create_means_already_exists(gateway, upstream):
    answering(upstream, 412, {}, b"")
    assert conflict_field(ask(gateway, "PUT", **{"If-None-Match": "*"}))["kind"] == "already-exists"


def test_the_upstreams_own_links_are_kept(gateway, upstream):
    answering(upstream, 409, {"Link": '</help>; rel="help"'}, b"")
    assert '</help>; rel="help"' in ask(gateway, "PUT").headers["Link"]


@pytest.mark.parametrize("coding, code", [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_coded_bodies_are_looked_into_and_passed_as_they_are(gateway, upstream, coding, code):
    body = code(CONFLICTS["CouchDB"][3])
    answering(upstream, 409, {"Content-Type": JSON, "Content-Encoding": coding}, body)
    answer = ask(gateway, "PUT", **{"Accept-Encoding": coding})
    assert (answer.body, answer.headers["Content-Encoding"]) == (body, coding)
    assert conflict_field(answer)["kind"] == "stale-version-implicit"


def test_a_bomb_of_a_coded_body_does_no_harm(gateway, upstream):
    answering(upstream, 409, {"Content-Type": JSON, "Content-Encoding": "gzip"}, gzip.compress(b" " * (256 << 20), 9))
    before = gateway.memory()
    assert conflict_field(ask(gateway, "PUT"))["kind"] == "unspecified"
    assert gateway.memory("VmHWM") - before < 32 << 20


def test_an_answer_is_held_back_for_a_tenth_of_a_second_at_most(gateway, upstream):
    release = threading.Event()

    def slow(exchange):
        exchange.read_body()
        exchange.send(b"HTTP/1.1 409 Conflict\r\nContent-Length: 100\r\n\r\nstart")
        exchange.wait(release)
        exchange.send(b"x" * 95)

    upstream.script = slow
    with gateway.connect(timeout=5) as client:
        started = time.monotonic()
        client.send(wire.encoded("PUT", "/x", body=b"{}"))
        answer = client.head()
        assert time.monotonic() - started < 1
        assert conflict_field(answer)["kind"] == "unspecified"
        release.set()
        client.body(answer)
        assert answer.body == b"start" + b"x" * 95


def test_sixteen_kibibytes_are_looked_at_and_no_more(gateway, upstream):
    needle = js({"error": "conflict", "reason": "Document update conflict."})
    answering(upstream, 409, {"Content-Type": JSON}, b" " * 10_000 + needle)
    assert conflict_field(ask(gateway, "PUT"))["kind"] == "stale-version-implicit"
    release = threading.Event()

    def long(exchange):
        exchange.read_body()
        exchange.send(
            b"HTTP/1.1 409 Conflict\r\nContent-Type: application/json\r\nContent-Length: 40000\r\n\r\n" + b" " * 16384
        )
        exchange.wait(release)
        exchange.send(b" " * (40000 - 16384))

    upstream.script = long
    with gateway.connect(timeout=5) as client:
        client.send(wire.encoded("PUT", "/x", body=b"{}"))
        answer = client.head()
        assert answer.status == 409
        release.set()
        client.body(answer)
        assert len(answer.body) == 40000


def test_conflict_answers_to_head_are_marked_too(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(412, {"Content-Length": "10"}, b"x" * 10)
    with gateway.connect() as client:
        assert conflict_field(client.ask("HEAD", "/x", {"If-Match": '"a"'}))["kind"] == "stale-version"
        assert client.ask("GET", "/x").status == 412


def test_conflict_off_leaves_everything_alone(gateway, upstream):
    answering(upstream, 409, {}, b"")
    answer = ask(gateway, "PUT", "/off", **{"X-Request-Id": "from-off"})
    assert answer.status == 409 and "Parley-Conflict" not in answer.headers and "Link" not in answer.headers
    gateway.entry(ask(gateway, "PUT"))
    assert all(entry["request_id"] != "from-off" for entry in gateway.conflicts())


def test_explain_off_adds_nothing(gateway, upstream):
    answering(upstream, 409, {}, b"as it is")
    answer = ask(gateway, "PUT", "/silent")
    assert (answer.body, "Link" in answer.headers) == (b"as it is", False)


def test_explain_replace_answers_with_a_problem_that_holds_the_upstreams_body(gateway, upstream):
    _, _, fields, body, kind = CONFLICTS["Elasticsearch"]
    answering(upstream, 409, {**fields, "X-Kept": "1", "ETag": '"x"'}, body)
    answer = ask(gateway, "PUT", "/replace/7")
    problem = answer.problem()
    assert (problem["kind"], problem["origin"], problem["status"]) == (kind, "upstream", 409)
    assert problem["type"] == f"/.well-known/parley/problems/{kind}"
    assert problem["upstream"] == json.loads(body)
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert {"title", "detail", "instance", "resource", "retryable", "changed", "overlap", "resolutions"} <= set(problem)
    assert int(answer.headers["Content-Length"]) == len(answer.body)
    assert conflict_field(answer)["kind"] == kind


def test_explain_replace_keeps_bodies_that_are_not_json_as_text(gateway, upstream):
    answering(upstream, 409, {"Content-Type": "text/plain"}, "schon vergeben \u2713".encode())
    assert ask(gateway, "PUT", "/replace/7").problem()["upstream"] == "schon vergeben \u2713"


def test_explain_replace_decodes_coded_bodies(gateway, upstream):
    answering(upstream, 409, {"Content-Type": JSON, "Content-Encoding": "gzip"}, gzip.compress(b'{"a": 1}'))
    answer = ask(gateway, "PUT", "/replace/7", **{"Accept-Encoding": "gzip"})
    assert answer.problem()["upstream"] == {"a": 1}
    assert "Content-Encoding" not in answer.headers


def test_explain_replace_describes_what_is_too_long(gateway, upstream):
    body = b"x" * (70 << 10)
    answering(upstream, 409, {"Content-Type": "text/plain"}, body)
    answer = ask(gateway, "PUT", "/replace/7")
    assert answer.body == body
    assert conflict_field(answer)["origin"] == "upstream"


def test_messages_may_be_worded_by_the_operator(gateway, upstream):
    answering(
        upstream,
        409,
        {"Content-Type": PROBLEM},
        js(
            {
                "title": "x",
                "detail": "ada is taken",
                "code": "23505",
                "message": "duplicate key value violates unique constraint",
            }
        ),
    )
    problem = ask(gateway, "POST", "/worded/7").problem()
    assert problem["title"] == "That name is taken"
    assert "/worded/7" in problem["detail"] and "ada is taken" in problem["detail"]


def test_rules_come_before_the_built_in_ones(gateway, upstream):
    answering(upstream, 500, {"Content-Type": "text/plain"}, b"failed: E-1234 order shipped")
    assert conflict_field(ask(gateway, "POST", "/ruled"))["kind"] == "state"
    answering(upstream, 409, {"Content-Type": JSON}, b'{"error":"conflict","reason":"head of branch moved"}')
    assert conflict_field(ask(gateway, "POST", "/ruled"))["kind"] == "edit"
    answering(upstream, 500, {"Content-Type": "text/plain"}, b"failed: E-9999")
    assert "Parley-Conflict" not in ask(gateway, "POST", "/ruled").headers


def test_secrets_in_an_upstreams_message_are_not_journaled(gateway, upstream):
    answering(
        upstream,
        409,
        {"Content-Type": JSON},
        js(
            {
                "error": "conflict",
                "password": "hunter2hunter2",
                "token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                "authorization": "Bearer abcdefghijklmnop",
                "filler": "y" * 5000,
            }
        ),
    )
    message = gateway.entry(ask(gateway, "PUT"))["upstream_message"]
    assert "conflict" in message
    for secret in ("hunter2hunter2", "c2lnbmF0dXJl", "abcdefghijklmnop"):
        assert secret not in message
    assert len(message.encode()) <= 2048 + 16


def test_conflicts_are_counted_apart_from_their_kind(gateway, upstream):
    def count(kind):
        return (
            metric(
                gateway.console("/metrics").body.decode(),
                "parley_conflicts_total",
                kind=kind,
                route="all",
                service="shop",
                origin="upstream",
                resolution="passed",
            )
            or 0
        )

    before = count("locked")
    answering(upstream, 423, {}, b"")
    ask(gateway, "PUT")
    eventually(lambda: count("locked") == before + 1)
