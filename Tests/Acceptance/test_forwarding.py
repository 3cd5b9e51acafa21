"""Contract 3.3: what is dropped, added and rewritten on the way."""

import re

import pytest

from harness import wire
from harness.gateway import configuration

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z")


@pytest.fixture
def upstream(stage):
    return stage.upstream()


@pytest.fixture
def gateway(stage, upstream):
    return stage.gateway(configuration(upstream, {"all": "/{rest...}"}))


def test_hop_by_hop_fields_and_those_named_in_connection_are_dropped(gateway, upstream):
    gateway.ask(
        "GET",
        "/x",
        [
            ("Connection", "keep-alive, X-Private"),
            ("X-Private", "1"),
            ("Keep-Alive", "timeout=5"),
            ("Proxy-Connection", "keep-alive"),
            ("Proxy-Authorization", "Basic eDp5"),
            ("TE", "gzip"),
            ("Upgrade", "h2c"),
            ("Connection", "x-other"),
            ("X-Other", "2"),
            ("X-Kept", "3"),
        ],
    )
    sent = upstream.only().headers
    for name in ("X-Private", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Upgrade", "X-Other"):
        assert name not in sent, name
    assert sent["X-Kept"] == "3"
    assert "gzip" not in sent.get("TE", "")


def test_hop_by_hop_fields_of_answers_are_dropped(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(
        200,
        [
            ("Connection", "X-Private"),
            ("X-Private", "1"),
            ("Keep-Alive", "timeout=5"),
            ("Upgrade", "h2c"),
            ("Proxy-Authenticate", "Basic"),
            ("X-Kept", "3"),
        ],
        b"x",
    )
    got = gateway.ask("GET", "/x").headers
    for name in ("X-Private", "Keep-Alive", "Upgrade"):
        assert name not in got, name
    assert got["X-Kept"] == "3"


@pytest.mark.parametrize("named", ["Content-Length", "Transfer-Encoding", "Host", "content-length, host, close"])
@pytest.mark.parametrize("coded", [False, True], ids=["length", "chunked"])
def test_a_connection_field_cannot_remove_what_frames_or_routes_the_request(gateway, upstream, named, coded):
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    fields = [("Connection", named)] + ([("Transfer-Encoding", "chunked")] if coded else [])
    answer = gateway.ask("POST", "/x", fields, wire.chunked(smuggled) if coded else smuggled)
    assert gateway.ask("GET", "/y").status == 200
    seen = upstream.requests
    if answer.status == 200:
        assert [(request.target, request.body) for request in seen] == [("/x", smuggled), ("/y", b"")]
        assert all(len(request.headers.all("Host")) == 1 for request in seen)
    else:
        assert answer.status == 400
        assert [request.target for request in seen] == ["/y"]


def test_parley_fields_are_dropped_from_both_sides(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(200, {"Parley-Version": '"x"', "parley-conflict": "state"}, b"x")
    got = gateway.ask("GET", "/x", {"Parley-Fence": "7", "parley-anything": "8"}).headers
    assert [name for name in upstream.only().headers.names() if name.startswith("parley-")] == []
    assert [name for name in got.names() if name.startswith("parley-")] == []


def test_untouched_fields_arrive_as_they_were_sent_and_in_order(gateway, upstream):
    lines = [
        ("X-MiXeD", "Case"),
        ("Cookie", "a=1"),
        ("x-twice", "one"),
        ("Accept", "*/*"),
        ("x-twice", "two"),
        ("User-Agent", "t/1"),
        ("Cookie", "b=2"),
    ]
    gateway.ask("GET", "/x", lines)
    names = {name.lower() for name, _ in lines}
    assert [line for line in upstream.only().headers.lines if line[0].lower() in names] == lines
    upstream.script = lambda exchange: exchange.reply(
        200, [("Set-Cookie", "a=1"), ("X-MiXeD", "b"), ("Set-Cookie", "c=2")]
    )
    got = gateway.ask("GET", "/x").headers
    assert [line for line in got.lines if line[0] in ("Set-Cookie", "X-MiXeD")] == [
        ("Set-Cookie", "a=1"),
        ("X-MiXeD", "b"),
        ("Set-Cookie", "c=2"),
    ]


def test_via_and_forwarded_fields_are_set(gateway, upstream):
    gateway.ask("GET", "/x", host="public.test:8080")
    sent = upstream.only().headers
    assert re.match(r"1\.1 \S+", sent["Via"])
    assert sent["X-Forwarded-For"] == "127.0.0.1"
    assert sent["X-Forwarded-Proto"] == "http"
    assert sent["X-Forwarded-Host"] == "public.test:8080"


def test_via_is_appended_to(gateway, upstream):
    gateway.ask("GET", "/x", {"Via": "1.0 fred"})
    assert re.match(r"1\.0 fred, 1\.1 \S+\Z", upstream.only().headers["Via"])


def test_forwarded_fields_of_strangers_are_not_believed(gateway, upstream):
    gateway.ask(
        "GET",
        "/x",
        {"X-Forwarded-For": "1.2.3.4", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test"},
        host="public.test",
    )
    sent = upstream.only().headers
    assert (sent["X-Forwarded-For"], sent["X-Forwarded-Proto"], sent["X-Forwarded-Host"]) == (
        "127.0.0.1",
        "http",
        "public.test",
    )


def test_forwarded_fields_of_trusted_proxies_are_believed_up_to_the_rightmost_stranger(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream,
            {"all": {"path": "/{rest...}", "policies": {"rate-limit": {"quota": 2, "window": "1h", "by": "address"}}}},
            gateway={"trusted-proxies": ["127.0.0.0/8", "10.0.0.0/8"]},
        )
    )

    def ask(chain):
        return gateway.ask(
            "GET", "/x", {"X-Forwarded-For": chain, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "public.test"}
        ).status

    assert ask("6.6.6.6, 1.2.3.4, 10.0.0.1") == 200
    sent = upstream.only().headers
    assert sent["X-Forwarded-For"].endswith("127.0.0.1") and "1.2.3.4" in sent["X-Forwarded-For"]
    assert (sent["X-Forwarded-Proto"], sent["X-Forwarded-Host"]) == ("https", "public.test")
    assert ask("7.7.7.7, 1.2.3.4, 10.0.0.2") == 200
    assert ask("8.8.8.8, 1.2.3.4") == 429, "the client is the rightmost untrusted address"
    assert ask("1.2.3.5") == 200


def test_a_request_id_is_made_passed_on_and_returned(gateway, upstream):
    first, second = gateway.ask("GET", "/x"), gateway.ask("GET", "/x")
    ids = [answer.headers["X-Request-Id"] for answer in (first, second)]
    assert all(UUID7.match(name) for name in ids) and ids[0] != ids[1]
    assert [request.headers["X-Request-Id"] for request in upstream.requests] == ids


def test_a_well_formed_request_id_is_kept_and_others_are_replaced(gateway, upstream):
    assert gateway.ask("GET", "/x", {"X-Request-Id": "order-7_a.b"}).headers["X-Request-Id"] == "order-7_a.b"
    assert upstream.only().headers["X-Request-Id"] == "order-7_a.b"
    for bad in ("", "a b", "x" * 2000, 'a"b<script>'):
        assert UUID7.match(gateway.ask("GET", "/x", {"X-Request-Id": bad}).headers["X-Request-Id"]), bad
    twice = gateway.ask("GET", "/x", [("X-Request-Id", "a"), ("X-Request-Id", "b")])
    assert len(twice.headers.all("X-Request-Id")) == 1
    assert len(upstream.requests[-1].headers.all("X-Request-Id")) == 1


def test_the_request_id_of_the_upstream_does_not_double_ours(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(200, {"X-Request-Id": "theirs"})
    assert len(gateway.ask("GET", "/x").headers.all("X-Request-Id")) == 1


@pytest.mark.parametrize(
    "setting, expected", [("target", None), ("preserve", "public.test:99"), ("fixed.internal", "fixed.internal")]
)
def test_the_host_sent_upstream_is_as_configured(stage, upstream, setting, expected):
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}, host=setting))
    gateway.ask("GET", "/x", host="public.test:99")
    assert upstream.only().headers.all("Host") == [expected or f"127.0.0.1:{upstream.port}"]


def test_the_prefix_of_a_target_stands_in_front_of_the_path(stage, upstream):
    gateway = stage.gateway(
        configuration(
            {"url": upstream.url + "/base/v1"},
            {"all": "/{rest...}", "rewritten": {"path": "/old/{id}", "rewrite": "/new/{id}"}},
        )
    )
    gateway.ask("GET", "/a/b?c")
    gateway.ask("GET", "/old/7?d")
    assert [request.target for request in upstream.requests] == ["/base/v1/a/b?c", "/base/v1/new/7?d"]


@pytest.mark.parametrize("field", ["Location", "Content-Location"])
def test_locations_that_name_the_target_are_rewritten_to_the_public_origin(gateway, upstream, field):
    def moved_to(place):
        upstream.script = lambda exchange: exchange.reply(201, {field: place})
        return gateway.ask("POST", "/x", body=b"", host="public.test:99").headers[field]

    assert moved_to(f"{upstream.url}/items/7?a=b") == "http://public.test:99/items/7?a=b"
    assert moved_to("/items/7") == "/items/7"
    assert moved_to("http://elsewhere.test/items/7") == "http://elsewhere.test/items/7"
    assert moved_to(f"http://127.0.0.1:{upstream.port}1/x") == f"http://127.0.0.1:{upstream.port}1/x"


def test_locations_lose_the_prefix_of_the_target(stage, upstream):
    gateway = stage.gateway(configuration({"url": upstream.url + "/base"}, {"all": "/{rest...}"}))
    upstream.script = lambda exchange: exchange.reply(302, {"Location": f"{upstream.url}/base/items/7"})
    assert gateway.ask("GET", "/x", host="public.test").headers["Location"] == "http://public.test/items/7"


def test_conditional_fields_and_tags_pass_an_observed_route_untouched(gateway, upstream):
    upstream.script = lambda exchange: exchange.reply(
        200, {"ETag": 'W/"x"', "Last-Modified": "Sun, 06 Nov 1994 08:49:37 GMT"}
    )
    got = gateway.ask(
        "GET",
        "/x",
        {
            "If-Match": '"a", W/"b"',
            "If-None-Match": "*",
            "Range": "bytes=0-1",
            "If-Range": '"a"',
            "Accept-Encoding": "gzip",
        },
    ).headers
    sent = upstream.only().headers
    assert (sent["If-Match"], sent["If-None-Match"], sent["Range"], sent["If-Range"], sent["Accept-Encoding"]) == (
        '"a", W/"b"',
        "*",
        "bytes=0-1",
        '"a"',
        "gzip",
    )
    assert got["ETag"] == 'W/"x"'


def test_request_and_answer_bodies_are_the_same_bytes(gateway, upstream):
    every_byte = bytes(range(256)) * 40
    upstream.script = lambda exchange: (
        exchange.read_body()
        and exchange.reply(200, {"Content-Type": "application/octet-stream"}, exchange.request.body[::-1])
    )
    assert gateway.ask("POST", "/x", body=every_byte).body == every_byte[::-1]
    coded = gateway.ask(
        "POST", "/x", {"Transfer-Encoding": "chunked"}, wire.chunked(every_byte[:100], every_byte[100:])
    )
    assert coded.body == every_byte[::-1]
