"""Contract 2, policy cors: pages of other origins get what they may have, and nothing else."""

import pytest

from harness.gateway import configuration
from harness.keys import consumer
from harness.upstream import hello

ALICE = "alice-has-a-long-key-0001"


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(autouse=True)
def forget(upstream):
    upstream.forget()


ORIGIN = "https://app.example.com"


@pytest.fixture(scope="module")
def shared_with_pages(shared, upstream):
    return shared.gateway(
        configuration(
            upstream,
            {
                "item": {
                    "path": "/items/{id}",
                    "methods": ["GET", "PUT"],
                    "policies": {"key-auth": {}, "cors": {"origins": [ORIGIN], "credentials": True}},
                },
                "open": {"path": "/open", "policies": {"cors": {"origins": ["https://one.test", "https://two.test"]}}},
                "any": {"path": "/any", "policies": {"cors": {"origins": ["*"]}}},
            },
            consumers={"alice": consumer(ALICE)},
        )
    )


def preflight(gateway, path, origin=ORIGIN, method="PUT", fields="if-match, content-type, idempotency-key, x-api-key"):
    """A browser's question before a request."""
    return gateway.ask(
        "OPTIONS",
        path,
        {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": fields},
    )


def listed(answer, name):
    """A list field's members in lower case."""
    return {member.strip().lower() for member in answer.headers.get(name, "").split(",")}


def test_a_preflight_is_answered_before_authentication_and_methods(shared_with_pages, upstream):
    answer = preflight(shared_with_pages, "/items/1")
    assert answer.status in (200, 204)
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "put" in listed(answer, "Access-Control-Allow-Methods")
    assert {"if-match", "if-none-match", "idempotency-key"} <= listed(answer, "Access-Control-Allow-Headers")
    assert "origin" in listed(answer, "Vary")
    assert upstream.requests == []


def test_a_preflight_of_a_strange_origin_allows_nothing(shared_with_pages, upstream):
    for origin in ("https://evil.test", "null", ORIGIN + ".evil.test", ORIGIN.replace("https", "http")):
        answer = preflight(shared_with_pages, "/items/1", origin)
        assert "Access-Control-Allow-Origin" not in answer.headers, origin
    assert upstream.requests == []


def test_answers_to_pages_expose_what_conflicts_need(shared_with_pages):
    answer = shared_with_pages.ask("GET", "/items/1", {"Origin": ORIGIN, "X-API-Key": ALICE})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, ORIGIN)
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    exposed = listed(answer, "Access-Control-Expose-Headers")
    assert {
        "etag",
        "retry-after",
        "ratelimit",
        "ratelimit-policy",
        "parley-conflict",
        "parley-version",
        "link",
    } <= exposed
    assert "*" not in exposed
    assert "origin" in listed(answer, "Vary")


def test_refusals_are_readable_to_pages(shared_with_pages):
    answer = shared_with_pages.ask("GET", "/items/1", {"Origin": ORIGIN})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (401, ORIGIN)
    answer = shared_with_pages.ask("DELETE", "/items/1", {"Origin": ORIGIN})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (405, ORIGIN)


def test_each_of_several_origins_is_named_alone(shared_with_pages):
    for origin in ("https://one.test", "https://two.test"):
        answer = shared_with_pages.ask("GET", "/open", {"Origin": origin})
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert (
        "Access-Control-Allow-Origin" not in shared_with_pages.ask("GET", "/open", {"Origin": "https://x.test"}).headers
    )
    assert "origin" in listed(shared_with_pages.ask("GET", "/open"), "Vary")


def test_every_origin_may_be_allowed(shared_with_pages):
    answer = shared_with_pages.ask("GET", "/any", {"Origin": "https://whoever.test"})
    assert answer.headers["Access-Control-Allow-Origin"] in ("*", "https://whoever.test")


def test_the_upstreams_cors_fields_do_not_double_ours(shared_with_pages, upstream):
    upstream.script = lambda exchange: exchange.reply(200, {"Access-Control-Allow-Origin": "*"}, b"x")
    try:
        answer = shared_with_pages.ask("GET", "/open", {"Origin": "https://one.test"})
        assert answer.headers.all("Access-Control-Allow-Origin") == ["https://one.test"]
    finally:
        upstream.script = hello


def test_an_ordinary_options_request_is_not_a_preflight(shared_with_pages, upstream):
    assert shared_with_pages.ask("OPTIONS", "/open").status == 200
    assert upstream.only().method == "OPTIONS"
