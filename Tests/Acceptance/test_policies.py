"""Contract 2 and 3.4, 3.6, 3.7: keys, limits, CORS, header changes, redirects, and their order."""

import pytest

from harness import wire
from harness.gateway import configuration
from harness.keys import consumer, hashed, made_by_parley

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"


@pytest.fixture(scope="module")
def upstream(shared):
    return shared.upstream()


@pytest.fixture(autouse=True)
def forget(upstream):
    upstream.forget()


@pytest.fixture(scope="module")
def guarded(shared, upstream):
    genuine = made_by_parley("Z" * 34)
    wrong = genuine[:-1] + ("0" if genuine[-1] != "0" else "1")
    return shared.gateway(
        configuration(
            upstream,
            {
                "any": {"path": "/any", "policies": {"key-auth": {}}},
                "writers": {"path": "/writers", "policies": {"key-auth": {"groups": ["writers", "admins"]}}},
                "open": "/open",
            },
            consumers={
                "alice": consumer(ALICE, "writers"),
                "bob": consumer(BOB, "readers"),
                "carol": consumer("carol-has-a-long-key-01", "admins"),
                "shapes": {
                    "keys": [
                        hashed(genuine),
                        hashed(wrong),
                        hashed("k" * 15),
                        hashed("k" * 16),
                        hashed("k" * 256),
                        hashed("k" * 257),
                        hashed("punctuation!#$%&'()*+,-./:;<=>?@[]^_`{|}~"),
                    ]
                },
            },
        )
    )


def test_no_key_is_401_with_a_challenge(guarded, upstream):
    answer = guarded.ask("GET", "/any")
    assert (answer.status, answer.problem()["kind"]) == (401, "unauthenticated")
    assert "WWW-Authenticate" in answer.headers
    assert upstream.requests == []


@pytest.mark.parametrize(
    "field, value",
    [
        ("X-API-Key", ALICE),
        ("x-goog-api-key", ALICE),
        ("Authorization", f"Bearer {ALICE}"),
        ("authorization", f"bearer {ALICE}"),
    ],
)
def test_a_key_is_taken_from_three_places_and_removed(guarded, upstream, field, value):
    assert guarded.ask("GET", "/any", {field: value}).status == 200
    assert field not in upstream.only().headers


def test_the_first_place_decides_and_only_that_field_is_removed(guarded, upstream):
    bearer = {"Authorization": f"Bearer {BOB}"}
    assert guarded.ask("GET", "/any", {"X-API-Key": ALICE, "x-goog-api-key": "other", **bearer}).status == 200
    sent = upstream.only().headers
    assert "X-API-Key" not in sent
    assert (sent["x-goog-api-key"], sent["Authorization"]) == ("other", f"Bearer {BOB}")
    upstream.forget()
    assert guarded.ask("GET", "/any", {"X-API-Key": "wrong-but-long-enough-key", **bearer}).status == 401
    assert guarded.ask("GET", "/any", {"x-goog-api-key": "wrong-but-long-enough-key", **bearer}).status == 401
    assert upstream.requests == []


def test_a_wrong_key_is_401(guarded, upstream):
    for value in ("x" * 20, "", "short", ALICE + " ", ALICE.upper(), f"{ALICE}, {ALICE}"):
        status = guarded.ask("GET", "/any", {"X-API-Key": value}).status
        assert status == (200 if value.strip() == ALICE else 401), value
    for value in (f"Basic {ALICE}", ALICE, "Bearer", f"Bearer  x{ALICE}"):
        assert guarded.ask("GET", "/any", {"Authorization": value}).status == 401, value
    twice = guarded.ask("GET", "/any", [("X-API-Key", ALICE), ("X-API-Key", BOB)])
    assert twice.status in (200, 400, 401)
    assert all("X-API-Key" not in request.headers for request in upstream.requests)


def test_keys_have_16_to_256_visible_characters(guarded):
    expected = {15: 401, 16: 200, 256: 200, 257: 401}
    assert {n: guarded.ask("GET", "/any", {"X-API-Key": "k" * n}).status for n in expected} == expected
    assert guarded.ask("GET", "/any", {"X-API-Key": "punctuation!#$%&'()*+,-./:;<=>?@[]^_`{|}~"}).status == 200


def test_a_key_in_parleys_shape_needs_the_right_checksum(guarded):
    genuine = made_by_parley("Z" * 34)
    wrong = genuine[:-1] + ("0" if genuine[-1] != "0" else "1")
    assert guarded.ask("GET", "/any", {"X-API-Key": genuine}).status == 200
    assert guarded.ask("GET", "/any", {"X-API-Key": wrong}).status == 401


def test_groups_decide_with_403(guarded, upstream):
    assert guarded.ask("GET", "/writers", {"X-API-Key": ALICE}).status == 200
    answer = guarded.ask("GET", "/writers", {"X-API-Key": BOB})
    assert (answer.status, answer.problem()["kind"]) == (403, "forbidden")
    assert guarded.ask("GET", "/writers").status == 401
    assert len(upstream.requests) == 1


def test_routes_without_key_auth_leave_credentials_alone(guarded, upstream):
    assert guarded.ask("GET", "/open", {"X-API-Key": ALICE, "Authorization": "Bearer x"}).status == 200
    assert upstream.only().headers["X-API-Key"] == ALICE


def test_a_401_does_not_wait_for_the_body(guarded, upstream):
    with guarded.connect() as client:
        client.send(wire.encoded("POST", "/any", {"Content-Length": "1000000", "Expect": "100-continue"}))
        assert client.answer().status == 401
    assert upstream.requests == []


@pytest.mark.parametrize("level", ["serialise", "delegate"])
def test_refusals_come_before_preconditions(stage, upstream, level):
    conflict = {"level": level}
    if level == "serialise":
        conflict["require-condition"] = True
    gateway = stage.gateway(
        configuration(
            upstream,
            {
                "guarded": {
                    "path": "/guarded/{id}",
                    "methods": ["GET", "PUT"],
                    "policies": {"key-auth": {"groups": ["writers"]}, "conflict": conflict},
                },
                "limited": {
                    "path": "/limited/{id}",
                    "policies": {"rate-limit": {"quota": 1, "window": "1h", "by": "route"}, "conflict": conflict},
                },
            },
            consumers={"alice": consumer(ALICE, "writers"), "bob": consumer(BOB)},
        )
    )
    stale = {"If-Match": '"B"'}
    assert gateway.ask("PUT", "/guarded/1", stale, b"x").status == 401
    assert gateway.ask("PUT", "/guarded/1", {"X-API-Key": BOB}, b"x").status == 403
    assert gateway.ask("PUT", "/nowhere", stale, b"x").status == 404
    assert gateway.ask("DELETE", "/guarded/1", stale).status == 405
    assert gateway.ask("GET", "/limited/1").status == 200
    assert gateway.ask("PUT", "/limited/1", stale, b"x").status == 429
    assert gateway.ask("PUT", "/limited/1", {}, b"x").status == 429
    assert [request.method for request in upstream.requests] == ["GET"]


def test_header_changes_apply_both_ways(stage):
    upstream = stage.upstream(
        lambda exchange: exchange.reply(200, [("Server", "secret/1.0"), ("X-Twice", "a"), ("X-Twice", "b")])
    )
    gateway = stage.gateway(
        configuration(
            upstream,
            {
                "all": {
                    "path": "/{rest...}",
                    "policies": {
                        "headers": {
                            "request": {"set": {"X-Env": "prod", "User-Agent": "gateway"}, "remove": ["X-Debug"]},
                            "response": {"set": {"X-Served-By": "us", "X-Twice": "c"}, "remove": ["Server"]},
                        }
                    },
                }
            },
        )
    )
    answer = gateway.ask("GET", "/x", {"X-Debug": "1", "x-debug": "2", "User-Agent": "curl", "X-Env": "mine"})
    sent = upstream.only().headers
    assert (sent.all("X-Env"), sent.all("User-Agent"), "X-Debug" in sent) == (["prod"], ["gateway"], False)
    assert (answer.headers["X-Served-By"], answer.headers.all("X-Twice"), "Server" in answer.headers) == (
        "us",
        ["c"],
        False,
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_answered_without_the_upstream(stage, upstream, status):
    gateway = stage.gateway(
        configuration(
            upstream,
            {
                "old": {
                    "path": "/old/{id}",
                    "policies": {"redirect": {"to": "https://example.com/new/{id}", "status": status}},
                }
            },
        )
    )
    answer = gateway.ask("GET", "/old/a%2fb")
    assert (answer.status, answer.headers["Location"]) == (status, "https://example.com/new/a%2Fb")
    assert upstream.requests == []


def test_a_policy_of_the_service_holds_until_a_route_replaces_it(stage, upstream):
    gateway = stage.gateway(
        configuration(
            upstream,
            {"plain": "/plain", "own": {"path": "/own", "policies": {"key-auth": {"groups": ["others"]}}}},
            policies={"key-auth": {}},
            consumers={"alice": consumer(ALICE), "bob": consumer(BOB, "others")},
        )
    )
    asked = {path: gateway.ask("GET", path, {"X-API-Key": ALICE}).status for path in ("/plain", "/own")}
    assert asked == {"/plain": 200, "/own": 403}
    assert gateway.ask("GET", "/plain").status == 401
