"""Contract 3.1: one normal form of a path, matched and forwarded."""

import pytest

from harness.gateway import configuration

FORWARDED = {
    "/a/b": "/a/b",
    "/a/%7euser": "/a/~user",
    "/%41%2d%5f%2E%7E": "/A-_.~",
    "/a%2fb": "/a%2Fb",
    "/a%2Fb": "/a%2Fb",
    "/a%3ab%c3%a9": "/a%3Ab%C3%A9",
    "/a/./b": "/a/b",
    "/a/b/.": "/a/b/",
    "/a/b/..": "/a/",
    "/a/b/../c": "/a/c",
    "/a/%2e/b": "/a/b",
    "/a/%2E%2e/b": "/b",
    "/a/.%2e/b": "/b",
    "/a/...": "/a/...",
    "/a//b": "/a//b",
    "//a": "//a",
    "/a/": "/a/",
    "/": "/",
    "/%25%32%66": "/%252f",
    "/a%2f..%2fb": "/a%2F..%2Fb",
    "/a;x=1/b,c/@:$&'()*+!": "/a;x=1/b,c/@:$&'()*+!",
    "/a?": "/a?",
    "/a?b=%7e&c=../..&d=%2f": "/a?b=%7e&c=../..&d=%2f",
    "/a?b?c/d": "/a?b?c/d",
    "/a%5cb": "/a%5Cb",
    "/a%23b%3F": "/a%23b%3F",
}


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream(lambda exchange: exchange.reply(200, {"X-Saw": exchange.request.target}, b""))


@pytest.fixture(scope="module")
def gateway(shared, upstream):
    return shared.gateway(
        configuration(
            upstream,
            {
                "all": "/{rest...}",
                "item": {"path": "/items/{id}", "rewrite": "/parameter/{id}"},
                "literal": {"path": "/items/new", "rewrite": "/literal"},
                "tail": {"path": "/items/{id}/{rest...}", "rewrite": "/tail/{id}/{rest}"},
            },
        )
    )


@pytest.mark.parametrize("sent", FORWARDED)
def test_the_normal_form_is_forwarded(gateway, sent):
    answer = gateway.ask("GET", sent)
    assert (answer.status, answer.headers.get("X-Saw")) == (200, FORWARDED[sent])


@pytest.mark.parametrize(
    "sent, seen",
    [
        ("/items/7", "/parameter/7"),
        ("/items/%37", "/parameter/7"),
        ("/items/a%2Fb", "/parameter/a%2Fb"),
        ("/items/a%2fb", "/parameter/a%2Fb"),
        ("/items/new", "/literal"),
        ("/items/n%65w", "/literal"),
        ("/items/x/../new", "/literal"),
        ("/items/7/a/b", "/tail/7/a/b"),
        ("/items/7?q=1", "/parameter/7?q=1"),
    ],
)
def test_the_normal_form_is_matched_and_literals_beat_parameters_beat_tails(gateway, sent, seen):
    assert gateway.ask("GET", sent).headers.get("X-Saw") == seen


def test_empty_segments_match_only_tails(stage, upstream):
    gateway = stage.gateway(configuration(upstream, {"item": "/items/{id}", "deep": "/deep/{rest...}"}))
    for path in ("/items/", "/items//", "/items//7", "//items/7", "/items/7/"):
        answer = gateway.ask("GET", path)
        assert (answer.status, answer.problem()["kind"]) == (404, "no-route"), path
    assert gateway.ask("GET", "/deep//x//").headers["X-Saw"] == "/deep//x//"


def test_hosts_choose_routes(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream,
            {
                "one": {"path": "/x", "hosts": ["api.example.com"], "rewrite": "/one"},
                "many": {"path": "/x", "hosts": ["*.example.org"], "rewrite": "/many"},
            },
        )
    )
    assert gateway.ask("GET", "/x", host="api.example.com").headers["X-Saw"] == "/one"
    assert gateway.ask("GET", "/x", host="API.Example.com:8080").headers["X-Saw"] == "/one"
    assert gateway.ask("GET", "/x", host="a.example.org").headers["X-Saw"] == "/many"
    assert gateway.ask("GET", "/x", host="other.test").status == 404
    assert gateway.ask("GET", "/x", host="badexample.org").status == 404


def test_methods_choose_routes_and_the_rest_is_405_with_allow(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream,
            {
                "read": {"path": "/x", "methods": ["GET"], "rewrite": "/read"},
                "write": {"path": "/x", "methods": ["PUT", "DELETE"], "rewrite": "/write"},
            },
        )
    )
    assert gateway.ask("GET", "/x").headers["X-Saw"] == "/read"
    assert gateway.ask("PUT", "/x", body=b"").headers["X-Saw"] == "/write"
    refused = gateway.ask("PATCH", "/x", body=b"")
    assert (refused.status, refused.problem()["kind"]) == (405, "method-not-allowed")
    allowed = {name.strip() for name in refused.headers["Allow"].split(",")}
    assert {"GET", "PUT", "DELETE"} <= allowed and "PATCH" not in allowed


def test_the_authority_of_an_absolute_form_replaces_host(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(
        configuration(upstream, {"all": {"path": "/{rest...}", "hosts": ["inner.test"]}}, host="preserve")
    )
    assert gateway.ask("GET", "http://inner.test/a?b", host="outer.test").status == 200
    seen = upstream.only()
    assert (seen.target, seen.headers["Host"]) == ("/a?b", "inner.test")
    assert gateway.ask("GET", "http://outer.test/a", host="inner.test").status == 404
    assert gateway.ask("GET", "http://inner.test", host="inner.test").status == 200
    assert upstream.requests[-1].target == "/"
