"""Contract 3.5: every answer the gateway makes itself is a problem document, and every kind has a page."""

import threading

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.gateway import configuration
from harness.keys import consumer

KEY = "a-key-of-sufficient-length"
STATUSES = {
    "no-route": 404,
    "method-not-allowed": 405,
    "bad-request": 400,
    "uri-too-long": 414,
    "headers-too-large": 431,
    "body-too-large": 413,
    "range-not-satisfiable": 416,
    "unauthenticated": 401,
    "forbidden": 403,
    "rate-limited": 429,
    "upstream-unreachable": 502,
    "upstream-protocol": 502,
    "upstream-timeout": 504,
    "not-implemented": 501,
    "overloaded": 503,
    "draining": 503,
}
CONFLICTS = [
    "stale-version",
    "stale-version-implicit",
    "precondition-missing",
    "already-exists",
    "duplicate-in-flight",
    "key-reused",
    "outcome-unknown",
    "locked",
    "contended",
    "lost-update",
    "out-of-band-write",
    "state",
    "field-ownership",
    "edit",
    "parent-missing",
    "offset",
    "uniqueness",
    "referential",
    "suspected-block",
    "unversioned",
    "unspecified",
]


def script(exchange):
    """Misbehaves by path."""
    path = exchange.request.path
    if path == "/nonsense":
        exchange.send(b"nonsense\r\n\r\n")
    elif path == "/stall":
        exchange.wait(threading.Event(), within=5)
    else:
        exchange.reply(200, {"Content-Type": "text/plain"}, b"hello")


@pytest.fixture(scope="module")
def gateway(shared):
    upstream = shared.upstream(script)
    dead = shared.upstream()
    dead.stop()
    config = configuration(
        upstream,
        {
            **{name: f"/{name}" for name in ("x", "nonsense", "stall")},
            "get": {"path": "/get", "methods": ["GET"]},
            "guarded": {"path": "/guarded", "policies": {"key-auth": {}}},
            "group": {"path": "/group", "policies": {"key-auth": {"groups": ["others"]}}},
            "limited": {"path": "/limited", "policies": {"rate-limit": {"quota": 1, "window": "24h", "by": "route"}}},
            "small": {"path": "/small", "body-limit": "10B"},
            "range": {"path": "/range", "policies": {"conflict": {"level": "serialise"}}},
        },
        timeouts={"response": "300ms"},
        consumers={"alice": consumer(KEY), "bob": consumer("bob-has-a-long-key-000002", "others")},
    )
    config["upstreams"]["dead"] = {"targets": [{"url": dead.url}]}
    config["services"]["dead"] = {"upstream": "dead", "routes": {"dead": {"path": "/dead"}}}
    made = shared.gateway(config)
    made.ask("GET", "/limited")
    return made


def provoke(gateway, kind):
    """An answer of this kind."""
    ask = gateway.ask
    return {
        "no-route": lambda: ask("GET", "/nowhere"),
        "method-not-allowed": lambda: ask("PUT", "/get", body=b""),
        "bad-request": lambda: ask("GET", "/x\\y"),
        "uri-too-long": lambda: ask("GET", "/" + "a" * 9000),
        "headers-too-large": lambda: ask("GET", "/x", {"A": "b" * 40000}),
        "body-too-large": lambda: ask("POST", "/small", body=b"x" * 11),
        "range-not-satisfiable": lambda: ask("GET", "/range", {"Range": "bytes=100-200"}),
        "unauthenticated": lambda: ask("GET", "/guarded"),
        "forbidden": lambda: ask("GET", "/group", {"X-API-Key": KEY}),
        "rate-limited": lambda: ask("GET", "/limited"),
        "upstream-unreachable": lambda: ask("GET", "/dead"),
        "upstream-protocol": lambda: ask("GET", "/nonsense"),
        "upstream-timeout": lambda: ask("GET", "/stall"),
        "not-implemented": lambda: ask("POST", "/x", {"Transfer-Encoding": "gzip, chunked"}, b"0\r\n\r\n"),
    }[kind]()


@pytest.mark.parametrize("kind", [kind for kind in STATUSES if kind not in ("overloaded", "draining")])
def test_a_refusal_is_a_problem_document(gateway, kind):
    answer = provoke(gateway, kind)
    problem = answer.problem()
    assert answer.status == STATUSES[kind]
    assert problem["type"] == f"/.well-known/parley/problems/{kind}"
    assert (problem["kind"], problem["origin"]) == (kind, "gateway")
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    for member in ("title", "detail", "instance"):
        assert isinstance(problem[member], str) and problem[member], member
    assert "Parley-Conflict" not in answer.headers


def test_a_refusal_of_head_has_the_fields_but_no_body(gateway):
    with gateway.connect() as client:
        answer = client.ask("HEAD", "/guarded")
        assert (answer.status, answer.body) == (401, b"")
        assert client.ask("GET", "/x").status == 200


def test_a_refusal_keeps_the_connection_where_framing_allows(gateway):
    with gateway.connect() as client:
        assert client.ask("GET", "/guarded").status == 401
        assert client.ask("POST", "/guarded", body=b"read over").status == 401
        assert client.ask("GET", "/x").status == 200


def test_an_unsatisfiable_range_names_the_length(gateway):
    assert provoke(gateway, "range-not-satisfiable").headers["Content-Range"] == "bytes */5"


def test_details_never_leak_markup_or_control_characters_of_the_request(gateway):
    answer = gateway.ask("GET", "/nowhere?<script>alert(1)</script>")
    assert answer.problem()["kind"] == "no-route"
    assert b"<script>" not in answer.body


@pytest.mark.parametrize("kind", [*STATUSES, *CONFLICTS])
def test_every_kind_has_a_readable_page(gateway, kind):
    answer = gateway.ask("GET", f"/.well-known/parley/problems/{kind}")
    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    text = answer.body.decode()
    assert kind in text and len(text) > 400
    if kind in STATUSES:
        assert str(STATUSES[kind]) in text


def test_pages_are_served_whatever_the_host_and_answer_head(gateway):
    assert gateway.ask("GET", "/.well-known/parley/problems/stale-version", host="other.test").status == 200
    answer = gateway.ask("HEAD", "/.well-known/parley/problems/stale-version")
    assert (answer.status, answer.body) == (200, b"")


def test_unknown_kinds_have_no_page(gateway):
    for name in ("stale-version/x", "../../etc/passwd", "%2e%2e"):
        assert gateway.ask("GET", f"/.well-known/parley/problems/{name}").status in (200, 400, 404)
    assert gateway.ask("GET", "/.well-known/parley/problems/nonsense").status == 404


def test_a_refusal_to_a_slow_upload_does_not_wait_for_it(gateway):
    def refused():
        with gateway.connect() as client:
            client.send(wire.encoded("POST", "/small", {"Content-Length": "1000000000"}))
            return client.answer().status

    assert Meanwhile(refused).result(within=5) == 413
