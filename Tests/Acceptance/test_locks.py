"""Contract 8, key `locks` and level `fenced` (standards: 9, 13, rows 28 and 30 of 16): who may write, and how long."""

import contextlib
import hashlib
import json
import re
import signal
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness import wire
from harness.crew import together
from harness.editing import put_with, tag_of
from harness.gateway import configuration, run
from harness.items import as_json
from harness.keys import consumer
from harness.locking import (
    LOCKS,
    call,
    discovered,
    granted,
    lock,
    lockinfo,
    refresh,
    seconds,
    take,
    taken,
    unlock,
)
from harness.orders import assert_conflict
from harness.patience import eventually

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
A, B = {"X_API_Key": ALICE}, {"X_API_Key": BOB}


def locking(level="serialise", resource=None, **more):
    """The policies of a route with locks."""
    named = {"resource": resource} if resource else {}
    return {"key-auth": {}, "conflict": {"level": level, **named, "locks": {"enabled": True, **more}}}


def without_keys(policies):
    """The same for anybody."""
    return {"conflict": policies["conflict"]}


def routes():
    """Every kind of route that the tests need."""
    return {
        "item": {"path": "/items/{id}", "policies": locking()},
        "cancel": {"path": "/items/{id}/cancel", "methods": ["POST"], "policies": locking(resource="/items/{id}")},
        "alias": {
            "path": "/aliases/{id}",
            "rewrite": "/items/{id}",
            "policies": locking(resource="/items/{id}"),
        },
        "open": {"path": "/open/{id}", "policies": without_keys(locking())},
        "brief": {"path": "/brief/{id}", "policies": locking(max="2s")},
        "writers": {
            "path": "/writers/{id}",
            "policies": {**locking(), "key-auth": {"groups": ["writers"]}},
        },
        "unlocked": {"path": "/unlocked/{id}", "policies": {"conflict": {"level": "serialise"}}},
        "fenced": {"path": "/fenced/{id}", "policies": {"conflict": {"level": "fenced"}}},
    }


def serving(store):
    """The configuration."""
    return configuration(
        store, routes(), consumers={"alice": consumer(ALICE, "writers"), "bob": consumer(BOB, "readers")}
    )


@pytest.fixture(scope="module")
def store(shared):
    return shared.store()


@pytest.fixture(scope="module")
def gateway(shared, store):
    return shared.gateway(serving(store), arguments=["--loops", "3"])


@pytest.fixture(autouse=True)
def forget(store):
    store.before_write = store.before_read = None
    store.upstream.forget()


@pytest.fixture
def name(request):
    """A last segment of this test's own."""
    return hashlib.sha256(request.node.name.encode()).hexdigest()[:12]


@pytest.fixture
def path(store, name):
    """An item of this test's own."""
    store.put(f"/items/{name}", {"n": 1})
    return f"/items/{name}"


def write(gateway, path, who=A, method="PUT", **fields):
    """A write."""
    named = {name.replace("_", "-"): value for name, value in {**who, **fields}.items()}
    return put_with(gateway, path, named, {"n": 2}, method)


def fence(store, path, method="PUT"):
    """The fencing token that the last write brought to the upstream."""
    value = store.seen(path, method)[-1].headers["Parley-Fence"]
    assert value.isdecimal() and str(int(value)) == value, value
    return int(value)


# Taking and giving back


def test_a_lock_is_granted_by_the_gateway_itself(gateway, store, path):
    answer = lock(gateway, path, timeout="Second-300", Depth="0", **A)
    token = granted(answer)
    assert answer.status == 200
    (active,) = discovered(answer)
    assert (active.scope, active.type, active.depth, active.token) == ("exclusive", "write", "0", token)
    assert active.root.endswith(path) and "mailto:editor@example.com" in active.owner
    assert 0 < seconds(active) <= 300
    assert store.seen(path, "LOCK") == [], "the upstream knows nothing of locks"
    assert unlock(gateway, path, token, **A).status == 204
    assert store.seen(path, "UNLOCK") == []


def test_every_grant_has_a_token_of_its_own(gateway, path):
    tokens = set()
    for _ in range(5):
        token = granted(lock(gateway, path, **A))
        tokens.add(token)
        assert unlock(gateway, path, token, **A).status == 204
    assert len(tokens) == 5


def test_what_is_not_there_yet_can_be_locked_and_then_made_by_the_holder_alone(gateway, store, name):
    path = f"/items/{name}"
    token = granted(lock(gateway, path, **A))
    assert_conflict(write(gateway, path, B), 423, "locked", retryable=True)
    assert write(gateway, path, A, If=f"(<{token}>)").status in (200, 201)
    assert store.value(path) == {"n": 2}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_without_the_token_is_423_and_with_it_passes(gateway, store, path, method):
    token = granted(lock(gateway, path, **A))
    for who in (A, B):
        answer = write(gateway, path, who, method)
        problem = assert_conflict(answer, 423, "locked", retryable=True)
        assert problem["resource"].endswith(path)
        assert 0 < problem["retry_after_ms"] <= 600_000
        assert 0 < int(answer.headers["Retry-After"]) <= 600
    assert store.value(path) == {"n": 1}
    assert store.seen(path, method) == []
    assert write(gateway, path, A, method, If=f"(<{token}>)").status in (200, 204)
    assert len(store.seen(path, method)) == 1


def test_reads_are_not_blocked(gateway, path):
    granted(lock(gateway, path, **A))
    for method in ("GET", "HEAD", "OPTIONS"):
        assert gateway.ask(method, path, {"X-API-Key": BOB}).status in (200, 204)


def test_a_post_that_changes_the_resource_is_blocked(gateway, store, path):
    token = granted(lock(gateway, path, **A))
    assert_conflict(write(gateway, path + "/cancel", B, "POST"), 423, "locked", retryable=True)
    assert write(gateway, path + "/cancel", A, "POST", If=f"<{path}> (<{token}>)").status == 200
    assert store.value(path)["status"] == "cancelled"


def test_a_lock_holds_for_every_way_to_the_resource(gateway, store, path, name):
    token = granted(lock(gateway, f"/aliases/{name}", **A))
    assert write(gateway, path, B).status == 423
    assert write(gateway, f"/x/../items/%{ord(name[0]):02x}{name[1:]}", B).status == 423
    assert unlock(gateway, path, token, **A).status == 204
    assert write(gateway, f"/aliases/{name}", B).status == 200


def test_a_move_onto_a_locked_resource_is_blocked(gateway, store, path):
    store.put(path + "-source", {"n": 5})
    granted(lock(gateway, path, **A))
    answer = gateway.ask("MOVE", path + "-source", {"X-API-Key": BOB, "Destination": path})
    assert (answer.status, store.seen(path + "-source", "MOVE")) == (423, [])


def test_knowing_the_token_is_not_enough(gateway, store, path):
    token = granted(lock(gateway, path, **A))
    assert write(gateway, path, B, If=f"(<{token}>)").status in (403, 423)
    assert unlock(gateway, path, token, **B).status == 403
    assert refresh(gateway, path, token, **B).status in (403, 412, 423)
    assert store.value(path) == {"n": 1}
    assert write(gateway, path, A, If=f"(<{token}>)").status == 200


def test_locks_work_for_callers_without_an_account(gateway, store, name):
    path = f"/open/{name}"
    store.put(path, {"n": 1})
    token = granted(lock(gateway, path))
    assert write(gateway, path, {}).status == 423
    assert write(gateway, path, {}, If=f"(<{token}>)").status == 200
    assert unlock(gateway, path, token).status == 204
    assert write(gateway, path, {}).status == 200


def test_authentication_comes_before_everything(gateway, store, path, name):
    token = granted(lock(gateway, path, **A))
    for answer in (lock(gateway, path), unlock(gateway, path, token), write(gateway, path, {}, If="nonsense")):
        assert (answer.status, answer.problem()["kind"]) == (401, "unauthenticated")
    store.put(f"/writers/{name}", {"n": 1})
    assert lock(gateway, f"/writers/{name}", **B).status == 403


def test_the_holder_unlocks_and_everybody_may_write(gateway, path):
    token = granted(lock(gateway, path, **A))
    assert unlock(gateway, path, token, **A).status == 204
    assert write(gateway, path, B).status == 200
    assert unlock(gateway, path, token, **A).status == 409, "it is no longer locked"


def test_an_unlock_needs_a_token_and_the_right_one(gateway, path):
    granted(lock(gateway, path, **A))
    assert unlock(gateway, path, **A).status == 400
    for wrong in ("urn:uuid:00000000-0000-4000-8000-000000000000", "opaquelocktoken:nonsense"):
        assert unlock(gateway, path, wrong, **A).status == 409
    assert gateway.ask("UNLOCK", path, {"X-API-Key": ALICE, "Lock-Token": "nonsense"}).status == 400
    assert write(gateway, path, B).status == 423


def test_deleting_the_resource_ends_its_lock(gateway, store, path):
    token = granted(lock(gateway, path, **A))
    assert write(gateway, path, A, "DELETE", If=f"(<{token}>)").status == 204
    assert write(gateway, path, B).status == 201


@pytest.mark.parametrize(
    "body", [b"<not xml", b"<a/>", b"{}", lockinfo("none"), lockinfo().replace(b"write", b"read")]
)
def test_a_broken_lockinfo_is_refused(gateway, path, body):
    answer = lock(gateway, path, body=body, **A)
    assert answer.status in (400, 415, 422), answer.status
    assert write(gateway, path, B).status == 200


def test_entities_in_a_lockinfo_do_no_harm(gateway, path):
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    answer = lock(gateway, path, body=bomb + b"]>" + lockinfo(owner="&j;").split(b"?>")[1], **A)
    assert answer.status in (200, 400, 413, 422) and len(answer.body) < 100_000
    assert gateway.ask("GET", path, {"X-API-Key": ALICE}).status == 200


def test_depth_1_is_no_depth_of_a_lock(gateway, path):
    assert lock(gateway, path, Depth="1", **A).status == 400
    assert lock(gateway, path, Depth="infinity", **A).status == 200


# Compatibility


def test_a_second_exclusive_lock_is_423(gateway, path):
    granted(lock(gateway, path, **A))
    for scope in ("exclusive", "shared"):
        for who in (A, B):
            answer = lock(gateway, path, scope, **who)
            assert_conflict(answer, 423, "locked", retryable=True)
            assert "Lock-Token" not in answer.headers


def test_shared_locks_go_together_and_keep_others_out(gateway, store, path):
    first, second = granted(lock(gateway, path, "shared", **A)), granted(lock(gateway, path, "shared", **B))
    assert first != second
    assert lock(gateway, path, "exclusive", **A).status == 423
    assert write(gateway, path, A).status == 423
    assert write(gateway, path, A, If=f"(<{first}>)").status == 200
    assert write(gateway, path, B, If=f"(<{second}>)").status == 200
    assert unlock(gateway, path, first, **A).status == 204
    assert write(gateway, path, A).status == 423
    assert unlock(gateway, path, second, **B).status == 204
    assert write(gateway, path, A).status == 200


def test_of_concurrent_locks_exactly_one_is_granted(gateway, store, name):
    for turn in range(10):
        path = f"/items/{name}-{turn}"
        store.put(path, {"n": 1})
        askers = [lambda: lock(gateway, path, **A), lambda: take(gateway, path, **B)] * 4
        statuses = sorted(answer.status for answer in together(*askers))
        assert statuses[0] in (200, 201) and statuses[1:] == [423] * 7, statuses


def measured(gateway, pattern):
    """The sum of the metrics' samples that a pattern describes."""
    text = gateway.console("/metrics").body.decode()
    return sum(int(value) for value in re.findall(pattern + r" (\d+)$", text, re.MULTILINE))


def clients(gateway):
    """Open connections of clients."""
    return measured(gateway, r'parley_connections\{side="client"\}')


@pytest.mark.parametrize("face", ["dav", "json"])
def test_a_lock_granted_to_a_client_that_has_gone_is_given_back(gateway, path, face):
    if face == "dav":
        body = lockinfo()
        head = f"LOCK {path} HTTP/1.1\r\nContent-Type: application/xml\r\n"
    else:
        body = json.dumps({"resource": path}).encode()
        head = f"POST {LOCKS} HTTP/1.1\r\nContent-Type: application/json\r\n"
    head += f"Host: gateway.test\r\nX-API-Key: {ALICE}\r\nContent-Length: {len(body)}\r\n\r\n"
    # While somebody else writes the file, the gateway cannot keep the lock, and so does not answer.
    with contextlib.closing(sqlite3.connect(gateway.data / "locks.sqlite", isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        with wire.Connection(gateway.address) as client, ThreadPoolExecutor() as crew:
            before = clients(gateway)
            client.send(head.encode() + body)
            # Writes wait for the turn that the lock is granted in.
            writing = crew.submit(lambda: [write(gateway, path, B).status for _ in range(20)])
            eventually(lambda: measured(gateway, r"parley_write_queue\{.*\}") > 0, 1.5, "a write waits")
            client.reset()
            eventually(lambda: clients(gateway) <= before, 1.5, "the gateway sees that the client is gone")
            file.execute("COMMIT")
            writing.result()
    eventually(lambda: write(gateway, path, B).status == 200, 5, "the lock is given back")


# Time


def test_a_lock_ends_with_its_time(gateway, path):
    token = granted(lock(gateway, path, timeout="Second-1", **A))
    assert write(gateway, path, B).status == 423
    eventually(lambda: write(gateway, path, B).status == 200, why="the lock expires")
    assert write(gateway, path, A, If=f"(<{token}>)").status == 412
    assert refresh(gateway, path, token, **A).status == 412
    assert unlock(gateway, path, token, **A).status == 409


@pytest.mark.parametrize("timeout", ["Infinite", "Second-4100000000", "Infinite, Second-4100000000", None, "Second-x"])
def test_no_lock_lasts_longer_than_the_route_allows(gateway, store, name, timeout):
    path = f"/brief/{name}"
    store.put(path, {"n": 1})
    answer = lock(gateway, path, timeout=timeout, **A)
    if timeout == "Second-x" and answer.status == 400:
        return
    granted(answer)
    assert 0 < seconds(discovered(answer)[0]) <= 2
    eventually(lambda: write(gateway, path, B).status == 200, why="the longest time passes")


def test_a_refresh_starts_the_time_again_and_is_no_new_grant(gateway, path):
    token = granted(lock(gateway, path, timeout="Second-60", **A))
    answer = refresh(gateway, path, token, "Second-500", **A)
    assert answer.status == 200 and "Lock-Token" not in answer.headers
    (active,) = discovered(answer)
    assert active.token == token and 60 < seconds(active) <= 500
    assert write(gateway, path, A, If=f"(<{token}>)").status == 200


def test_a_refresh_of_something_else_is_412(gateway, store, path):
    store.put(path + "-other", {"n": 1})
    token = granted(lock(gateway, path, **A))
    assert refresh(gateway, path, "urn:uuid:00000000-0000-4000-8000-000000000000", **A).status == 412
    assert refresh(gateway, path + "-other", token, **A).status == 412
    assert gateway.ask("LOCK", path, {"X-API-Key": ALICE}).status == 400, "neither a lockinfo nor a token"


# The field If


def test_row_30_the_field_if_is_judged(gateway, store, path):
    token, other = granted(lock(gateway, path, **A)), "urn:uuid:00000000-0000-4000-8000-000000000000"
    tag = tag_of(gateway, path, **A)
    cases = [
        (f"(<{token}>)", 200),
        (f"(<{token}> [TAG])", 200),
        (f'(<{token}> ["wrong"])', 412),
        (f"(<{token}> Not [TAG])", 412),
        (f'(<{token}> Not ["wrong"])', 200),
        (f"(<{other}>)", 412),
        (f"(Not <{token}>)", 412),
        (f"(Not <{other}> <{token}>)", 200),
        (f"(<{other}>) (<{token}>)", 200),
        (f"(<{token}>) (Not <DAV:no-lock>)", 200),
        (f'(<{token}> ["wrong"]) (Not <DAV:no-lock>)', 200),
        ("(<DAV:no-lock>)", 412),
        (f"(<{token}> <DAV:no-lock>)", 412),
        ("(Not <DAV:no-lock>)", 423),
        ("([TAG])", 423),
        (f"(<{other}>) (Not <DAV:no-lock>)", 423),
        (f"<{path}> (<{token}>)", 200),
        (f"<http://gateway.test{path}> (<{token}>)", 200),
        (f"<{path}-other> (<{token}>)", 412),
        (f"<{path}-other> (<{token}>) <{path}> (<{token}>)", 200),
        (f"<{path}-other> (Not <{token}>)", 200),
    ]
    for field, status in cases:
        tag = tag_of(gateway, path, **A)
        answer = write(gateway, path, A, If=field.replace("TAG", tag))
        assert answer.status == status, (field, answer.status, answer.body[:300])
        store.put(path, {"n": 1})


@pytest.mark.parametrize(
    "field",
    [
        "",
        "()",
        "(<urn:uuid:1>",
        "urn:uuid:1",
        "(urn:uuid:1)",
        "<urn:uuid:1>",
        '("tag")',
        "(Not)",
        "(Not Not <urn:uuid:1>)",
        "(<urn:uuid:1>) </items/1> (<urn:uuid:1>)",
        "(< urn:uuid:1>)",
        "(<urn:uuid:1>)x",
    ],
)
def test_a_field_if_that_cannot_be_read_is_400(gateway, store, path, field):
    answer = write(gateway, path, A, If=field)
    assert (answer.status, answer.problem()["kind"]) == (400, "bad-request")
    assert store.value(path) == {"n": 1}


def test_two_fields_if_are_400(gateway, path):
    fields = [("X-API-Key", ALICE), ("If", "(Not <DAV:no-lock>)"), ("If", "(Not <DAV:no-lock>)")]
    assert gateway.ask("PUT", path, fields, b"{}").status == 400


def test_the_field_if_is_judged_where_nothing_is_locked(gateway, store, path):
    assert write(gateway, path, A, If='(["wrong"])').status == 412
    assert write(gateway, path, A, If=f"([{tag_of(gateway, path, **A)}])").status == 200
    missing = path + "-missing"
    assert write(gateway, missing, A, If='(["any"])').status == 412
    assert write(gateway, missing, A, If="(<urn:uuid:1>)").status == 412
    assert missing not in store.items
    assert write(gateway, missing, A, If='(Not ["any"])').status == 201


def test_if_match_is_judged_beside_the_lock(gateway, store, path):
    token = granted(lock(gateway, path, **A))
    assert write(gateway, path, A, If=f"(<{token}>)", If_Match='"stale"').status == 412
    assert write(gateway, path, A, If_Match='"stale"').status == 412, "412 comes before 423"
    assert write(gateway, path, A, If=f"(<{token}>)", If_Match=tag_of(gateway, path, **A)).status == 200


# JSON


def test_a_lock_may_be_taken_seen_refreshed_and_given_back_as_json(gateway, store, path):
    document = taken(take(gateway, path, "60s", "an editor", **A))
    assert (document["resource"], document["owner"]) == (path, "an editor")
    one = f"{LOCKS}/{document['id']}"
    seen = call(gateway, "GET", one, **A)
    assert (seen.status, seen.json()["resource"], seen.json()["fence"]) == (200, path, document["fence"])
    assert write(gateway, path, B).status == 423
    assert write(gateway, path, A, If=f"(<{document['token']}>)").status == 200
    renewed = call(gateway, "PUT", one, {"timeout": "120s"}, **A)
    assert (renewed.status, renewed.json()["fence"]) == (200, document["fence"])
    assert call(gateway, "DELETE", one, **A).status == 204
    assert call(gateway, "GET", one, **A).status == 404
    assert call(gateway, "DELETE", one, **A).status == 404
    assert write(gateway, path, B).status == 200


def test_both_faces_speak_of_the_same_locks(gateway, path):
    document = taken(take(gateway, path, **A))
    assert lock(gateway, path, **B).status == 423
    assert unlock(gateway, path, document["token"], **A).status == 204
    assert call(gateway, "GET", f"{LOCKS}/{document['id']}", **A).status == 404
    granted(lock(gateway, path, **A))
    assert_conflict(take(gateway, path, **B), 423, "locked", retryable=True)


def test_a_refresh_as_json_starts_the_time_again(gateway, path):
    document = taken(take(gateway, path, "1s", **A))
    assert call(gateway, "PUT", f"{LOCKS}/{document['id']}", {"timeout": "300s"}, **A).status == 200
    assert_conflict(write(gateway, path, B), 423, "locked", retryable=True)
    assert write(gateway, path, B).problem()["retry_after_ms"] > 2000


def test_a_lock_taken_as_json_ends_with_its_time(gateway, path):
    document = taken(take(gateway, path, "1s", **A))
    eventually(lambda: write(gateway, path, B).status == 200, why="the lock expires")
    late = call(gateway, "PUT", f"{LOCKS}/{document['id']}", {"timeout": "60s"}, **A)
    assert late.status in (404, 409, 410, 412), "a lock that has ended cannot be refreshed"
    assert write(gateway, path, B).status == 200


def test_another_consumer_can_neither_refresh_nor_end_a_lock(gateway, path):
    document = taken(take(gateway, path, **A))
    one = f"{LOCKS}/{document['id']}"
    for method, value in (("PUT", {"timeout": "1s"}), ("DELETE", None)):
        assert call(gateway, method, one, value, **B).status in (403, 404)
        assert call(gateway, method, one, value).status == 401
    assert write(gateway, path, B).status == 423


def test_the_json_face_authenticates_and_authorises_as_the_route_that_owns_the_resource(gateway, store, path, name):
    assert take(gateway, path).status == 401
    store.put(f"/writers/{name}", {"n": 1})
    store.put(f"/open/{name}", {"n": 1})
    assert take(gateway, f"/writers/{name}", **B).status == 403
    taken(take(gateway, f"/writers/{name}", **A))
    taken(take(gateway, f"/open/{name}"))


def test_a_resource_is_named_in_any_spelling(gateway, path):
    document = taken(take(gateway, f"/x/..{path.replace('/items', '/%69tems')}", **A))
    assert document["resource"] == path
    assert write(gateway, path, B).status == 423


@pytest.mark.parametrize(
    "value",
    [b"", b"{", b"[]", {}, {"resource": 1}, {"resource": ""}, {"resource": "items"}, {"resource": "/../items/1"}],
    ids=str,
)
def test_a_broken_request_for_a_lock_is_400(gateway, value):
    answer = call(gateway, "POST", LOCKS, value, **A)
    assert (answer.status, answer.problem()["kind"]) == (400, "bad-request")


@pytest.mark.parametrize("timeout", [-1, "-1s", "soon", {}])
def test_a_broken_timeout_is_400(gateway, path, timeout):
    assert take(gateway, path, timeout, **A).status == 400
    assert write(gateway, path, B).status == 200


def test_what_has_no_route_or_no_locks_cannot_be_locked(gateway, store, name):
    assert take(gateway, "/no/such/route", **A).status == 404
    store.put(f"/unlocked/{name}", {"n": 1})
    assert 400 <= take(gateway, f"/unlocked/{name}", **A).status < 500
    assert write(gateway, f"/unlocked/{name}", B).status == 200
    assert call(gateway, "GET", f"{LOCKS}/no-such-lock", **A).status in (401, 404)


# Fences


def test_every_grant_brings_a_higher_fence_to_the_upstream(gateway, store, path):
    fences = []
    for _ in range(3):
        token = granted(lock(gateway, path, **A))
        assert write(gateway, path, A, If=f"(<{token}>)").status == 200
        fences.append(fence(store, path))
        assert refresh(gateway, path, token, **A).status == 200
        assert write(gateway, path, A, If=f"(<{token}>)").status == 200
        assert fence(store, path) == fences[-1], "a refresh is no new grant"
        assert unlock(gateway, path, token, **A).status == 204
    document = taken(take(gateway, path, **A))
    assert write(gateway, path, A, If=f"(<{document['token']}>)").status == 200
    assert fence(store, path) == document["fence"]
    fences.append(document["fence"])
    assert fences == sorted(set(fences)), fences


def test_a_fence_sent_by_a_client_is_dropped(gateway, store, path):
    assert write(gateway, path, A, Parley_Fence="99999999").status == 200
    assert store.seen(path, "PUT")[-1].headers.get("Parley-Fence") != "99999999"


def test_row_28_a_holder_that_comes_back_too_late_is_refused(gateway, store, path):
    late = granted(lock(gateway, path, timeout="Second-1", **A))
    token = granted(eventually(lambda: (got := lock(gateway, path, **B)).status == 200 and got))
    assert write(gateway, path, A, If=f"(<{late}>)").status == 412
    assert write(gateway, path, A, If=f"(<{late}>) (Not <DAV:no-lock>)").status == 423
    assert store.seen(path, "PUT") == []
    assert write(gateway, path, B, If=f"(<{token}>)").status == 200


def test_level_fenced_brings_a_rising_fence_with_every_write(gateway, store, name):
    path = f"/fenced/{name}"
    store.put(path, {"n": 0})
    for _ in range(3):
        assert write(gateway, path, {}).status == 200
    together(*[lambda: write(gateway, path, {}) for _ in range(6)])
    fences = [int(request.headers["Parley-Fence"]) for request in store.seen(path, "PUT")]
    assert len(fences) == 9
    assert all(one < next_ for one, next_ in zip(fences, fences[1:], strict=False)), fences
    tag = tag_of(gateway, path)
    assert write(gateway, path, {}, If_Match=tag).status == 200
    assert write(gateway, path, {}, If_Match='"stale"').status == 412, "fenced is serialise and more"


@pytest.mark.parametrize("how", ["SIGTERM", "kill -9"])
def test_locks_and_fences_survive_a_restart(stage, how):
    store = stage.store()
    gateway = stage.gateway(serving(store))
    path = "/items/1"
    store.put(path, {"n": 1})
    store.put("/fenced/1", {"n": 1})
    document = taken(take(gateway, path, **A))
    assert write(gateway, path, A, If=f"(<{document['token']}>)").status == 200
    assert write(gateway, "/fenced/1", {}).status == 200
    before = fence(store, "/fenced/1")
    if how == "kill -9":
        gateway.kill()
    else:
        gateway.signal(signal.SIGTERM)
        assert gateway.ends() == 0
    gateway.start()
    assert write(gateway, path, B).status == 423
    assert write(gateway, path, A, If=f"(<{document['token']}>)").status == 200
    assert fence(store, path) == document["fence"]
    assert unlock(gateway, path, document["token"], **A).status == 204
    assert taken(take(gateway, path, **B))["fence"] > document["fence"]
    assert write(gateway, "/fenced/1", {}).status == 200
    assert fence(store, "/fenced/1") > before


def test_a_reload_keeps_locks(stage):
    store = stage.store()
    config = serving(store)
    gateway = stage.gateway(config)
    store.put("/items/1", {"n": 1})
    token = granted(lock(gateway, "/items/1", **A))
    digest = gateway.status()["configuration"]["digest"]
    config["upstreams"]["shop"]["timeouts"] = {"response": "20s"}
    gateway.reconfigure(config)
    eventually(lambda: gateway.status()["configuration"]["digest"] != digest)
    assert write(gateway, "/items/1", B).status == 423
    assert write(gateway, "/items/1", A, If=f"(<{token}>)").status == 200


# Journal and configuration


def test_a_refused_write_is_journaled(gateway, path):
    granted(lock(gateway, path, **A))
    entry = gateway.entry(write(gateway, path, B))
    assert (entry["kind"], entry["status"], entry["origin"]) == ("locked", 423, "gateway")
    assert (entry["consumer"], entry["resource"], entry["resolution"]["outcome"]) == ("bob", path, "refused")


@pytest.mark.parametrize("wrong", [{"enable": True}, {"max": "long"}, {"enabled": "perhaps"}], ids=str)
def test_check_refuses_what_cannot_be_meant(tmp_path, wrong):
    def checked(**locks):
        item = {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise", "locks": locks}}}
        (tmp_path / "parley.yaml").write_bytes(as_json(configuration("http://127.0.0.1:9", {"item": item})))
        return run("check", tmp_path / "parley.yaml")

    assert checked(enabled=True, max="10m").returncode == 0
    done = checked(**wrong)
    assert (done.returncode, next(iter(wrong)) in done.stderr) == (1, True), done.stderr


# The operator


def test_an_operator_sees_every_lock_and_may_end_it(gateway, path):
    document = taken(take(gateway, path, "600s", "an editor", **A))
    items = gateway.console("/api/v1/locks").json()["items"]
    (shown,) = [item for item in items if item["id"] == document["id"]]
    assert (shown["resource"], shown["owner"], shown["holder"]) == (path, "an editor", "consumer:alice")
    assert shown["fence"] == document["fence"]
    assert gateway.console(f"/api/v1/locks/{document['id']}", "DELETE").status == 204
    assert gateway.console(f"/api/v1/locks/{document['id']}", "DELETE").status == 404
    assert write(gateway, path, B).status == 200
