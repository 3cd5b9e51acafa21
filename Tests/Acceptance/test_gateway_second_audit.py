"""More corners of contracts 2, 3, 4 and 8: locks, lost writes, singleton fields, proxies, shortage, explanations."""

import json
import os
import resource

import pytest

from harness.gateway import configuration, run
from harness.items import as_json
from harness.locking import take, taken
from harness.patience import eventually, settles

JSON = {"Content-Type": "application/json"}
SERIALISE = {"conflict": {"level": "serialise"}}
DATED = "Sun, 06 Nov 1994 08:49:37 GMT"
ANN, BOB = {"Cookie": "who=ann"}, {"Cookie": "who=bob"}


def own(answer, *names):
    """How often an answer has each of these fields."""
    return [len(answer.headers.all(name)) for name in names]


# Locks


@pytest.mark.parametrize("level", ["serialise", "fenced"])
def test_a_post_without_a_turn_heeds_locks(stage, level):
    store = stage.store()
    store.put("/items/1", {"n": 0})
    policy = {"level": level, "locks": {"enabled": True}, "idempotency": {"methods": ["POST"]}}
    gateway = stage.gateway(configuration(store, {"item": {"path": "/items/{id}", "policies": {"conflict": policy}}}))
    held = taken(take(gateway, "/items/1", **ANN))
    for fields in ({}, {"Idempotency-Key": '"one"'}):
        refused = gateway.ask("POST", "/items/1", {**JSON, **BOB, **fields}, b"{}")
        assert (refused.status, refused.problem()["kind"]) == (423, "locked")
    assert store.seen("/items/1", "POST") == []
    token = {"If": f"(<{held['token']}>)"}
    assert gateway.ask("POST", "/items/1", {**JSON, **ANN, **token}, b"{}").status == 200
    assert gateway.ask("POST", "/items/2", {**JSON, **BOB}, b"{}").status != 423
    assert gateway.ask("POST", "/items/1", {**JSON, **ANN, "If": "(bad"}, b"{}").status == 400


# Lost writes


def test_another_target_proves_nothing_about_a_lost_write(stage):
    states = {}

    def script(exchange):
        here = exchange.upstream
        if exchange.request.method == "GET":
            return exchange.reply(200, JSON, states.get(here.port, b'{"n":0}'))
        exchange.read_body()
        states[here.port] = exchange.request.body
        here.stop()
        exchange.close()

    targets = [stage.upstream(script), stage.upstream(script)]
    routes = {"item": {"path": "/items/{id}", "policies": SERIALISE}}
    gateway = stage.gateway(configuration(targets, routes, retries={"attempts": 1}))
    problem = gateway.ask("PUT", "/items/1", JSON, as_json({"n": 1})).problem()
    assert len(states) == 1, "one target has taken the write"
    assert (problem["status"], problem["outcome"]) == (502, "unknown")
    assert "outcome-unknown" in [entry["kind"] for entry in gateway.journal()]


# Singleton fields


def test_what_the_route_sets_replaces_what_the_gateway_writes(stage):
    def script(exchange):
        if exchange.request.path == "/o/409":
            return exchange.reply(409, JSON, b'{"error":"version conflict"}')
        exchange.reply(200, {**JSON, "Date": DATED, "ETag": '"v"'}, b"{}")

    fields = {"Date": DATED, "Content-Type": "text/plain", "ETag": '"mine"', "Retry-After": "77"}
    headers = {"headers": {"response": {"set": fields}}}
    serialise = {"conflict": {"level": "serialise", "require-condition": True}}
    keyed = {"conflict": {"explain": "replace", "idempotency": {"methods": ["POST"]}}}
    routes = {
        "s": {"path": "/s", "policies": {**headers, **serialise}},
        "k": {"path": "/k", "policies": {**headers, "key-auth": {}}},
        "o": {"path": "/o/{id}", "policies": {**headers, **keyed}},
    }
    gateway = stage.gateway(configuration(stage.upstream(script), routes))
    key = {**ANN, "Idempotency-Key": '"one"'}
    asked = [
        ("GET", "/s", {}, 200, False),
        ("PUT", "/s", {}, 428, True),
        ("PUT", "/s", {"If-Match": '"other"'}, 412, True),
        ("PUT", "/s", {"If-Match": '"v"'}, 200, False),
        ("GET", "/k", {}, 401, True),
        ("GET", "/o/409", {}, 409, True),
        ("POST", "/o/409", {**ANN, "Idempotency-Key": '"two"'}, 409, True),
        ("POST", "/o/1", key, 200, False),
        ("POST", "/o/1", key, 200, False),
    ]
    for method, path, more, status, is_problem in asked:
        answer = gateway.ask(method, path, more, b"{}" if method != "GET" else None)
        assert answer.status == status, (method, path, answer.status, answer.body)
        media = "application/problem+json" if is_problem else "text/plain"
        assert answer.headers.all("Content-Type") == [media], (method, path)
        told = [answer.headers.all(name) for name in ("Date", "ETag", "Retry-After")]
        assert told == [[DATED], ['"mine"'], ["77"]], (method, path, answer.headers.lines)


def test_what_the_route_removes_is_in_no_answer(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(200, JSON, b"{}"))
    removal = {"headers": {"response": {"remove": ["Date"]}}}
    gateway = stage.gateway(configuration(upstream, {"s": {"path": "/s", "policies": {**removal, **SERIALISE}}}))
    answers = [gateway.ask("GET", "/s"), gateway.ask("PUT", "/s", JSON, b"{}")]
    answers.append(gateway.ask("PUT", "/s", {"If-Match": '"other"'}, b"{}"))
    assert [(answer.status, *own(answer, "Date")) for answer in answers] == [(200, 0), (200, 0), (412, 0)]


def test_an_answer_that_was_gathered_keeps_its_date(stage):
    fields = {**JSON, "Date": DATED, "Age": "5", "Connection": "X-Hop", "X-Hop": "1"}
    upstream = stage.upstream(lambda exchange: exchange.reply(200, fields, b"{}"))
    keyed = {"conflict": {"idempotency": {"methods": ["POST"]}}}
    routes = {"s": {"path": "/s", "policies": SERIALISE}, "k": {"path": "/k", "policies": keyed}}
    gateway = stage.gateway(configuration(upstream, routes))
    key = {**ANN, "Idempotency-Key": '"one"'}
    for answer in (gateway.ask("PUT", "/s", JSON, b"{}"), gateway.ask("POST", "/k", key, b"{}")):
        assert (answer.headers.all("Date"), answer.headers["Age"]) == ([DATED], "5")
        assert "X-Hop" not in answer.headers
    again = gateway.ask("POST", "/k", key, b"{}")
    assert (again.headers["Idempotent-Replayed"], *own(again, "Date")) == ("true", 1)
    assert again.headers["Date"] != DATED, "a replay is an answer of its own"


def test_a_date_for_one_connection_only_is_made_anew(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(200, {"Connection": "date", "Date": DATED}, b"{}"))
    gateway = stage.gateway(configuration(upstream, {"a": "/a"}))
    answer = gateway.ask("GET", "/a")
    assert own(answer, "Date") == [1] and answer.headers["Date"] != DATED


# Proxies


def test_of_forwarded_lists_only_what_trusted_proxies_added_is_believed(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(201, {"Location": upstream.url + "/n"}))
    trusted = {"trusted-proxies": ["127.0.0.0/8"]}
    gateway = stage.gateway(configuration(upstream, {"x": "/x"}, gateway=trusted))

    def location(*fields):
        return gateway.ask("GET", "/x", [("Host", "gw.test"), *fields]).headers["Location"]

    host, proto, client = "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-For"
    assert location((host, "evil.test, shop.test"), (proto, "http, https")) == "https://shop.test/n"
    assert location((client, "203.0.113.9"), (host, "evil.test"), (host, "shop.test")) == "http://shop.test/n"
    through = (client, "203.0.113.9, 127.0.0.2")
    assert location(through, (host, "evil.test, shop.test, inner.test")) == "http://shop.test/n"
    assert location(through, (host, "shop.test")) == "http://shop.test/n", "one of the two proxies keeps the list as it is"
    assert location((host, "shop.test, ")) == "http://shop.test/n"
    assert location((host, " , ")) == "http://gw.test/n"
    assert upstream.requests[0].headers.all(host) == ["shop.test"]


# The gateway's own shortage


def test_a_target_does_not_suffer_from_the_gateways_want_of_descriptors(stage):
    upstream = stage.upstream(lambda exchange: (exchange.reply(200, {}, b"ok"), exchange.close()))
    gateway = stage.gateway(configuration(upstream, {"a": "/a"}))
    pid = gateway.process.pid
    with gateway.connect() as client:
        assert client.ask("GET", "/nowhere").status == 404
        limits = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        used = settles(lambda: {int(name) for name in os.listdir(f"/proc/{pid}/fd")}, quiet=0.1)
        lowest = min(set(range(max(used) + 2)) - used)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (lowest, limits[1]))
        refused = [client.ask("GET", "/a") for _ in range(8)]
        resource.prlimit(pid, resource.RLIMIT_NOFILE, limits)
        assert {(answer.status, answer.problem()["kind"]) for answer in refused} == {(503, "overloaded")}
        assert "too many open files" in refused[0].problem()["detail"]
        assert client.ask("GET", "/a").status == 200
    assert "target" not in gateway.errors(), gateway.errors()


# The access log


def test_requests_about_locks_are_logged_under_their_own_path(stage, tmp_path):
    store = stage.store()
    file = tmp_path / "access.log"
    routes = {"item": {"path": "/items/{id}", "policies": {"conflict": {"locks": {"enabled": True}}}}}
    gateway = stage.gateway(configuration(store, routes, gateway={"access-log": {"to": str(file)}}))
    assert gateway.ask("GET", "/.well-known/./parley/locks?resource=/items/1").status == 200
    line = json.loads(eventually(lambda: file.exists() and file.read_text()))
    assert (line["path"], line["route"]) == ("/.well-known/parley/locks", "item")


# Conditions of a POST whose resource nobody named


def test_a_condition_of_a_post_without_anything_to_compare_with_is_refused(stage):
    store = stage.store()
    store.put("/items/1", {"n": 0})
    routes = {
        "item": {"path": "/items/{id}", "policies": SERIALISE},
        "blind": {"path": "/items/{id}/cancel", "methods": ["POST"], "policies": SERIALISE},
        "known": {"path": "/items/{id}/{action}", "policies": SERIALISE},
    }
    gateway = stage.gateway(configuration(store, routes))
    tag = gateway.ask("GET", "/items/1").headers["ETag"]
    for path in ("/items/1/ship", "/items/1/cancel"):
        refused = gateway.ask("POST", path, {**JSON, "If-Match": tag}, b"{}")
        problem = refused.problem()
        assert (refused.status, problem["kind"], problem["origin"]) == (409, "unversioned", "gateway")
        assert "404" in problem["detail"] and "conflict.resource" in problem["detail"]
        assert store.seen(path, "POST") == []
    del routes["known"]
    store.upstream.forget()
    gateway = stage.gateway(configuration(store, routes))
    problem = gateway.ask("POST", "/items/1/cancel", {**JSON, "If-Match": tag}, b"{}").problem()
    assert problem["kind"] == "unversioned" and "no GET route" in problem["detail"]
    assert store.upstream.requests == []
    told = run("explain", "POST", "/items/1/cancel", "--config", gateway.file, "--header", f"If-Match: {tag}")
    assert "409" in told.stdout and "no GET route" in told.stdout, told.stdout


# Explanations


def test_an_explanation_knows_what_is_refused_before_anything_is_read(stage):
    translate = {"conflict": {"level": "translate", "dialect": "couchdb", "require-condition": True}}
    locks = {"conflict": {"locks": {"enabled": True}}}
    routes = {"t": {"path": "/t/{id}", "policies": translate}, "l": {"path": "/l/{id}", "policies": locks}}
    gateway = stage.gateway(configuration(stage.upstream(), routes))
    token = "<urn:uuid:00000000-0000-4000-8000-000000000000>"
    asked = [
        ("PUT", "/t/1", [], 428),
        ("PUT", "/t/1", ["If-Match: bad"], 400),
        ("GET", "/t/1", ["If-Match: bad"], 400),
        ("PUT", "/l/1", ["If: (bad"], 400),
        ("LOCK", "/l/1", [], 400),
        ("LOCK", "/l/1", ["If: (bad"], 400),
        ("UNLOCK", "/l/1", [], 400),
    ]
    for method, path, fields, status in asked:
        options = [part for field in fields for part in ("--header", field)]
        told = run("explain", method, path, "--config", gateway.file, *options)
        assert f"refused with {status}" in told.stdout, (method, path, fields, told.stdout)
        sent = dict(field.split(": ") for field in fields)
        assert gateway.ask(method, path, sent).status == status, (method, path, fields)
    assert "answered" in run("explain", "LOCK", "/l/1", "--config", gateway.file, "--header", "Content-Length: 9").stdout
    assert "answered" in run("explain", "UNLOCK", "/l/1", "--config", gateway.file, "--header", f"Lock-Token: {token}").stdout
