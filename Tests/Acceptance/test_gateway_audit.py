"""Corners of contracts 2, 3 and 4 that an audit of the gateway found open."""

import base64
import hashlib
import socket

import pytest

from harness.gateway import configuration, run
from harness.items import as_json
from harness.keys import consumer

ALICE = "alice-has-a-long-key-0001"
ORIGIN = "https://app.example.com"
JSON = {"Content-Type": "application/json"}
SERIALISE = {"conflict": {"level": "serialise"}}


def preflight(gateway, path, method, fields="content-type"):
    """A browser's question before a request."""
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": fields}
    return gateway.ask("OPTIONS", path, asked)


def listed(answer, name):
    """A list field's members in lower case."""
    return {member.strip().lower() for member in answer.headers[name].split(",")}


def nobody():
    """The URL of a port that refuses connections, and the socket that keeps it so."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    return f"http://127.0.0.1:{held.getsockname()[1]}", held


# CORS


def test_a_preflight_is_answered_although_another_route_takes_options(stage):
    upstream = stage.upstream()
    routes = {
        "all": {"path": "/{p...}", "policies": {"key-auth": {}}},
        "only": {"path": "/only", "methods": ["GET", "PUT"], "policies": {"cors": {"origins": [ORIGIN]}}},
    }
    gateway = stage.gateway(configuration(upstream, routes, consumers={"alice": consumer(ALICE)}))
    answer = preflight(gateway, "/only", "PUT")
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert "put" in listed(answer, "Access-Control-Allow-Methods")
    assert preflight(gateway, "/only", "DELETE").status == 401, "a method of the other route is that one's affair"
    assert upstream.requests == []
    asked = ["--header", f"Origin: {ORIGIN}", "--header", "Access-Control-Request-Method: PUT"]
    told = run("explain", "OPTIONS", "http://gateway.test/only", "--config", gateway.file, *asked)
    assert "shop/only" in told.stdout and "preflight" in told.stdout, told.stdout


def test_pages_may_read_every_field_of_the_gateway_and_send_every_condition(stage):
    policies = {
        "cors": {"origins": [ORIGIN]},
        "conflict": {"idempotency": {"header": "X-Idem"}, "locks": {"enabled": True}},
    }
    gateway = stage.gateway(configuration(stage.upstream(), {"a": {"path": "/a", "policies": policies}}))
    exposed = listed(gateway.ask("GET", "/a", {"Origin": ORIGIN}), "Access-Control-Expose-Headers")
    own = "attempts cache conflict cost estimated fence loss model provider tokens version warning"
    assert {f"parley-{name}" for name in own.split()} | {"lock-token", "etag", "link"} <= exposed
    allowed = listed(preflight(gateway, "/a", "LOCK"), "Access-Control-Allow-Headers")
    assert {"x-idem", "depth", "timeout", "lock-token", "if", "if-match", "idempotency-key"} <= allowed


# Date


@pytest.mark.parametrize("level", ["observe", "serialise"])
def test_an_answer_without_a_date_gets_one(stage, level):
    def script(exchange):
        exchange.read_body()
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")

    upstream = stage.upstream(script)
    routes = {"a": {"path": "/{p...}", "policies": {"conflict": {"level": level}}}}
    gateway = stage.gateway(configuration(upstream, routes))
    assert len(gateway.ask("GET", "/a").headers.all("Date")) == 1
    assert len(gateway.ask("PUT", "/a", JSON, b"{}").headers.all("Date")) == 1
    dated = "Sun, 06 Nov 1994 08:49:37 GMT"
    upstream.script = lambda exchange: exchange.reply(200, {"Date": dated}, b"{}")
    assert gateway.ask("GET", "/a").headers.all("Date") == [dated]


# Targets that cannot be reached


def test_a_dead_target_does_not_stop_writes_at_serialise(stage):
    store = stage.store()
    store.put("/items/1", {"n": 0})
    url, held = nobody()
    with held:
        routes = {"item": {"path": "/items/{id}", "policies": SERIALISE}}
        gateway = stage.gateway(configuration([url, store], routes))
        statuses = [gateway.ask("PUT", "/items/1", JSON, as_json({"n": n})).status for n in range(6)]
    assert statuses == [200] * 6


def test_a_dead_target_does_not_stop_lookups(stage):
    def script(exchange):
        exchange.reply(200 if exchange.request.method == "GET" else 201, JSON, b"[]")

    unique = [{"field": "/email", "on": "POST /users", "lookup": "GET /users?email={value}", "when": "/0"}]
    routes = {"users": {"path": "/users", "policies": {"conflict": {"unique": unique}}}}
    url, held = nobody()
    with held:
        gateway = stage.gateway(configuration([url, stage.upstream(script)], routes))
        made = [gateway.ask("POST", "/users", JSON, as_json({"email": f"{n}@test"})).status for n in range(6)]
    assert made == [201] * 6


def test_a_target_that_dies_with_a_write_does_not_block_its_resource(stage):
    shared = stage.store()
    shared.put("/items/1", {"n": 0})
    dying = stage.upstream(shared.serve)
    routes = {"item": {"path": "/items/{id}", "policies": SERIALISE}}
    gateway = stage.gateway(configuration([dying, shared], routes))

    def crash(exchange):
        if exchange.upstream is dying:
            dying.stop()
            exchange.reset()
            return True
        return False

    shared.before_write = crash
    answers = [gateway.ask("PUT", "/items/1", JSON, as_json({"n": n})) for n in range(1, 7)]
    failed = [answer for answer in answers if answer.status != 200]
    assert [answer.problem().get("outcome") for answer in failed] == ["unknown"], "and it was not held back for `settle`"


# What the gateway's own reads carry


def test_reads_before_a_write_carry_nothing_about_its_body(stage):
    body = as_json({"n": 1})
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
    fields = {
        **JSON,
        "Content-Digest": digest,
        "Repr-Digest": digest,
        "Content-MD5": base64.b64encode(hashlib.md5(body).digest()).decode(),
        "Content-Location": "/items/1",
        "Content-Disposition": "attachment",
        "Upload-Offset": "0",
        "X-HTTP-Method-Override": "PATCH",
        "X-HTTP-Method": "PATCH",
        "X-Method-Override": "PATCH",
        "X-Tenant": "one",
    }
    store = stage.store()
    store.put("/items/1", {"n": 0})
    gateway = stage.gateway(configuration(store, {"item": {"path": "/items/{id}", "policies": SERIALISE}}))
    tag = gateway.ask("GET", "/items/1").headers["ETag"]
    store.upstream.forget()
    assert gateway.ask("PUT", "/items/1", {**fields, "If-Match": tag}, body).status == 200
    before, write, after = store.upstream.requests
    for read in (before, after):
        named = {name.lower() for name in fields} & set(read.headers.names())
        assert (read.method, named) == ("GET", {"x-tenant"})
    assert write.headers["Content-Digest"] == digest


# Conditions on POST


def test_a_condition_of_a_post_is_judged(stage):
    store = stage.store()
    store.put("/items/1", {"n": 0})
    gateway = stage.gateway(configuration(store, {"item": {"path": "/items/{id}", "policies": SERIALISE}}))
    tag = gateway.ask("GET", "/items/1").headers["ETag"]
    stale = gateway.ask("POST", "/items/1", {**JSON, "If-Match": '"zzz"'}, b"{}")
    assert (stale.status, stale.problem()["kind"], stale.problem()["current_version"]) == (412, "stale-version", tag)
    assert store.seen("/items/1", "POST") == []
    assert gateway.ask("POST", "/items/1", {**JSON, "If-Match": tag}, b"{}").status == 200
    assert gateway.ask("POST", "/items/1", {**JSON, "If-Match": tag}, b"{}").status == 412, "it was changed just now"
    assert gateway.ask("POST", "/items/1", JSON, b"{}").status == 200
    assert gateway.ask("POST", "/items/1", {**JSON, "If-Match": "no tag"}, b"{}").status == 400


# Tags beyond ASCII


def test_a_tag_with_high_bytes_is_told_byte_by_byte(stage):
    def script(exchange):
        exchange.read_body()
        exchange.send(
            b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nETag: "\xe9"\r\nContent-Length: 2\r\n\r\n{}'
        )

    gateway = stage.gateway(configuration(stage.upstream(script), {"a": {"path": "/a", "policies": SERIALISE}}))
    problem = gateway.ask("PUT", "/a", {**JSON, "If-Match": '"\xe8"'}, b"{}").problem()
    assert (problem["your_version"], problem["current_version"]) == ('"\xe8"', '"\xe9"')
    sent = [way["headers"]["If-Match"] for way in problem["resolutions"] if "If-Match" in way.get("headers", {})]
    assert set(sent) == {'"\xe9"'}


# Words for failures


def test_details_name_neither_hosts_nor_libraries(stage):
    url, held = nobody()
    whole = configuration(stage.upstream(), {"x": "/x"})
    speaks_plainly = stage.gateway(whole)
    upstreams = {
        "refused": url,
        "unknown": "http://nope.invalid",
        "plain": f"https://127.0.0.1:{speaks_plainly.address[1]}",
    }
    for name, target in upstreams.items():
        whole["upstreams"][name] = {"targets": [{"url": target}]}
        whole["services"][name] = {"upstream": name, "routes": {"r": {"path": f"/{name}"}}}
    with held:
        gateway = stage.gateway(whole)
        details = {name: gateway.ask("GET", f"/{name}").problem()["detail"] for name in upstreams}
    assert details == {
        "refused": "No connection to the upstream: connection refused.",
        "unknown": "No connection to the upstream: its host name is not known.",
        "plain": "No connection to the upstream: it does not speak TLS on this port.",
    }


def test_a_refused_path_is_told_in_one_sentence(stage):
    gateway = stage.gateway(configuration(stage.upstream(), {"x": "/{p...}"}))
    detail = gateway.ask("GET", "/../x").problem()["detail"]
    assert detail == "The request path climbs above the root; remove the surplus .. segments."
    nothing = gateway.console("/?x=1")
    assert nothing.status == 400 and b"allowed are ." not in nothing.body


# Fields of interim answers and of 101


def test_interim_answers_follow_the_rules_of_fields(stage):
    def script(exchange):
        exchange.read_body()
        exchange.send(
            b"HTTP/1.1 103 Early Hints\r\nConnection: X-Secret\r\nX-Secret: internal\r\nLink: </a>; rel=preload\r\n"
            b"Location: " + exchange.upstream.url.encode() + b"/x\r\nX-Request-Id: theirs\r\nX-Debug: 1\r\n\r\n"
        )
        exchange.reply(200, {}, b"ok")

    removal = {"headers": {"response": {"remove": ["X-Debug"]}}}
    gateway = stage.gateway(configuration(stage.upstream(script), {"x": {"path": "/x", "policies": removal}}))
    answer = gateway.ask("GET", "/x")
    assert [interim.status for interim in answer.interim] == [103]
    fields = answer.interim[0].headers
    assert {"x-secret", "x-request-id", "x-debug", "connection"}.isdisjoint(fields.names())
    assert (fields["Location"], fields["Link"]) == ("http://gateway.test/x", "</a>; rel=preload")


def test_the_answer_that_opens_a_tunnel_follows_the_rules_of_fields(stage):
    def script(exchange):
        exchange.send(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade, X-Secret\r\n"
            b"X-Secret: internal\r\nX-Request-Id: theirs\r\nX-Debug: 1\r\n\r\n"
        )
        exchange.close()

    changes = {"headers": {"response": {"remove": ["X-Debug"], "set": {"X-Env": "prod"}}}}
    gateway = stage.gateway(configuration(stage.upstream(script), {"x": {"path": "/x", "policies": changes}}))
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "X-Request-Id": "mine-0001"}
    fields = gateway.ask("GET", "/x", asked).headers
    assert {"x-secret", "x-debug"}.isdisjoint(fields.names())
    assert (fields.all("X-Request-Id"), fields["X-Env"]) == (["mine-0001"], "prod")
    assert (fields.all("Connection"), fields.all("Upgrade")) == (["Upgrade"], ["websocket"])


# Public addresses


def test_lists_of_several_proxies_yield_what_the_outermost_saw(stage):
    def script(exchange):
        exchange.reply(201, {"Location": exchange.upstream.url + "/n"}, b"")

    upstream = stage.upstream(script)
    gateway = stage.gateway(configuration(upstream, {"x": "/x"}, gateway={"trusted-proxies": ["127.0.0.0/8"]}))
    listing = {"X-Forwarded-Host": "pub.test , b.test", "X-Forwarded-Proto": "https, http"}
    listing["X-Forwarded-For"] = "203.0.113.9, 127.0.0.2"
    assert gateway.ask("GET", "/x", listing).headers["Location"] == "https://pub.test/n"
    sent = upstream.only().headers
    assert (sent.all("X-Forwarded-Host"), sent.all("X-Forwarded-Proto")) == (["pub.test"], ["https"])


def test_a_location_that_names_the_target_without_scheme_is_rewritten(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(201, {"Location": f"//127.0.0.1:{upstream.port}/z"}))
    routes = {"x": "/x", "silent": {"path": "/silent", "policies": {"headers": {"response": {"remove": ["Location"]}}}}}
    gateway = stage.gateway(configuration(upstream, routes))
    assert gateway.ask("GET", "/x").headers["Location"] == "http://gateway.test/z"
    assert "Location" not in gateway.ask("GET", "/silent").headers
    upstream.script = lambda exchange: exchange.reply(201, {"Location": "//elsewhere.test/z"})
    assert gateway.ask("GET", "/x").headers["Location"] == "//elsewhere.test/z"


# Configurations


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    file = tmp_path / "parley.yaml"
    file.write_bytes(b'parley: 1\nservices: { "\xe9": {} }\n')
    checked = run("check", file)
    assert checked.returncode == 1
    assert f"{file}:2:14: error:" in checked.stderr and "UTF-8" in checked.stderr, checked.stderr


# Rate limits


def test_the_time_of_a_limit_is_that_until_there_is_more(stage):
    limit = {"rate-limit": {"quota": 3, "window": "3000s", "by": "route"}}
    gateway = stage.gateway(configuration(stage.upstream(), {"x": {"path": "/x", "policies": limit}}))
    told = [gateway.ask("GET", "/x").headers["RateLimit"] for _ in range(3)]
    assert [one.split(";")[1] for one in told] == ["r=2", "r=1", "r=0"]
    assert all(int(one.split(";t=")[1]) <= 1000 for one in told), told
