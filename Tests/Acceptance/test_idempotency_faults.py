"""Contract 8, key `idempotency` (standards: 7.2, and rows 26 and 27 of 16): what a failure leaves behind.

A key is used up by an answer, freed by proof that nothing was done, and held by doubt.
"""

import contextlib
import signal
import threading
import time

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.editing import put, tag_of
from harness.gateway import configuration
from harness.items import as_json
from harness.keys import consumer
from harness.orders import (
    ALICE,
    BOB,
    CONSUMERS,
    JSON,
    SOMEBODY,
    Gate,
    OrderDesk,
    assert_conflict,
    assert_replays,
    idempotent,
    is_replay,
    send,
)
from harness.patience import eventually, until_clock

KEY = '"the-key"'
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def desk(stage):
    return stage.keep(OrderDesk())


def serving(desk, **more):
    """A configuration with one protected route."""
    return configuration(
        desk,
        {"orders": {"path": "/orders", "policies": idempotent(**more)}},
        timeouts={"response": "400ms", "idle": "400ms"},
        retries={"attempts": 3},
    )


@pytest.fixture
def gateway(stage, desk):
    return stage.gateway(serving(desk))


def answers(status, fields=()):
    """A script that answers without taking the order."""
    return lambda exchange: exchange.reply(status, {**PLAIN, **dict(fields)}, b"because") or True


# Proof that nothing was done


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 415, 422, 429])
def test_a_refusal_by_the_upstream_does_not_use_the_key_up(gateway, desk, status):
    desk.instead = answers(status)
    first = send(gateway, KEY)
    assert (first.status, first.body, is_replay(first)) == (status, b"because", False)
    desk.instead = None
    second = send(gateway, KEY)
    assert (second.status, is_replay(second)) == (201, False)
    assert_replays(second, send(gateway, KEY))
    assert (len(desk.calls()), len(desk.orders)) == (2, 1)


def test_a_503_that_asks_to_come_back_does_not_use_the_key_up(gateway, desk):
    desk.instead = answers(503, {"Retry-After": "1"})
    first = send(gateway, KEY)
    assert (first.status, first.headers["Retry-After"]) == (503, "1")
    desk.instead = None
    assert (send(gateway, KEY).status, len(desk.calls()), len(desk.orders)) == (201, 2, 1)


@pytest.mark.parametrize("status", [409, 412])
def test_a_conflict_found_by_the_upstream_is_not_kept(gateway, desk, status):
    desk.instead = answers(status)
    for count in (1, 2):
        refused = send(gateway, KEY)
        assert (refused.status, is_replay(refused), len(desk.calls())) == (status, False, count)
    desk.instead = None
    assert send(gateway, KEY).status == 201
    assert len(desk.orders) == 1


def test_a_refusal_to_one_of_many_frees_the_key_for_the_next_alone(stage, desk):
    gateway = stage.gateway(serving(desk, join="5s"))
    desk.instead = lambda exchange: len(desk.calls()) == 1 and exchange.wait(release) and answers(422)(exchange)
    release = threading.Event()
    first = Meanwhile(lambda: send(gateway, KEY))
    eventually(lambda: len(desk.calls()) == 1)
    others = [Meanwhile(lambda: send(gateway, KEY)) for _ in range(3)]
    release.set()
    assert first.result().status == 422
    told = [other.result() for other in others]
    assert all(answer.status in (201, 409, 422) for answer in told), [answer.status for answer in told]
    eventually(lambda: send(gateway, KEY).status == 201)
    assert len(desk.orders) == 1


def test_a_call_that_never_reached_the_upstream_was_not_made(stage, desk):
    port = desk.upstream.port
    gateway = stage.gateway(serving(desk))
    desk.stop()
    for _ in range(2):
        refused = send(gateway, KEY)
        assert (refused.status, refused.problem()["kind"]) in ((502, "upstream-unreachable"), (503, "overloaded"))
    again = stage.keep(OrderDesk(port=port))
    answer = eventually(lambda: (got := send(gateway, KEY)).status == 201 and got, why="the call is made at last")
    assert not is_replay(answer)
    assert_replays(answer, send(gateway, KEY))
    assert len(again.orders) == 1


def test_a_request_that_its_client_never_finished_was_not_made(gateway, desk):
    with gateway.connect() as client:
        fields = {**SOMEBODY, **JSON, "Idempotency-Key": KEY, "Content-Length": "8"}
        client.send(wire.encoded("POST", "/orders", fields) + b'{"n"')
        client.reset()
    answer = eventually(lambda: (got := send(gateway, KEY)).status != 409 and got, why="the key is free")
    assert (answer.status, is_replay(answer), desk.orders) == (201, False, [as_json({"n": 1})])


# Doubt


def closes(exchange):
    """Hangs up."""
    exchange.close()
    return True


def resets(exchange):
    """Hangs up rudely."""
    exchange.reset()
    return True


def stalls(exchange):
    """Says nothing until the gateway gives up."""
    exchange.gone()
    return closes(exchange)


def speaks_nonsense(exchange):
    """Answers in no protocol."""
    exchange.send(b"SSH-2.0-nonsense\r\n")
    return closes(exchange)


def assert_in_doubt(gateway, desk, calls=1):
    """Fails unless the key is held, for good, without the upstream being asked again."""
    for _ in range(2):
        problem = assert_conflict(send(gateway, KEY), 409, "outcome-unknown")
        assert problem["retry_after_ms"] is None
    assert_conflict(send(gateway, KEY, {"n": 2}), 422, "key-reused")
    assert len(desk.calls()) == calls


@pytest.mark.parametrize("moment", ["instead", "afterwards"])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_row_26_a_failing_upstream_leaves_doubt(gateway, desk, status, moment):
    setattr(desk, moment, answers(status))
    first = send(gateway, KEY)
    assert (first.status, first.body) == (status, b"because"), "the first caller gets the upstream's answer"
    setattr(desk, moment, None)
    assert_in_doubt(gateway, desk)


@pytest.mark.parametrize("moment", ["instead", "afterwards"])
@pytest.mark.parametrize("fault", [closes, resets, stalls, speaks_nonsense])
def test_row_26_an_upstream_that_dies_with_the_request_leaves_doubt(gateway, desk, fault, moment):
    setattr(desk, moment, fault)
    first = send(gateway, KEY)
    assert first.status == (504 if fault is stalls else 502), first.body
    assert first.problem()["origin"] == "gateway" and not is_replay(first)
    setattr(desk, moment, None)
    assert_in_doubt(gateway, desk)


def test_an_upstream_that_dies_within_its_answer_leaves_doubt(gateway, desk):
    def half(exchange):
        exchange.send(b"HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf")
        return closes(exchange)

    desk.afterwards = half
    try:
        assert send(gateway, KEY).status == 502
    except wire.Cut:
        pass
    desk.afterwards = None
    again = eventually(lambda: (got := send(gateway, KEY)).status != 201 and got)
    assert_conflict(again, 409, "outcome-unknown")
    assert_in_doubt(gateway, desk)


def test_doubt_is_about_one_key_only(gateway, desk):
    desk.afterwards = closes
    assert send(gateway, KEY).status == 502
    desk.afterwards = None
    assert send(gateway, '"another-key"').status == 201
    assert send(gateway, KEY, who={"Authorization": "Bearer somebody-else"}).status == 201


def test_doubt_ends_the_wait_of_those_who_joined(stage, desk):
    gateway = stage.gateway(serving(desk, join="5s"))
    release = threading.Event()
    desk.afterwards = lambda exchange: exchange.wait(release, within=0.3) or closes(exchange)
    first = Meanwhile(lambda: send(gateway, KEY))
    eventually(lambda: len(desk.orders) == 1)
    other = Meanwhile(lambda: send(gateway, KEY))
    assert first.result().status in (502, 504)
    assert_conflict(other.result(within=4), 409, "outcome-unknown")
    assert len(desk.calls()) == 1


def test_doubt_is_journaled(gateway, desk):
    desk.afterwards = closes
    send(gateway, KEY)
    entry = gateway.entry(send(gateway, KEY, X_Request_Id="doubtful"))
    assert (entry["kind"], entry["status"], entry["origin"]) == ("outcome-unknown", 409, "gateway")
    assert (entry["request_id"], entry["resolution"]["outcome"]) == ("doubtful", "refused")


# Clients that leave


def test_a_client_that_leaves_does_not_cancel_its_call_and_gets_the_answer_later(stage, desk):
    gateway = stage.gateway(configuration(desk, {"orders": {"path": "/orders", "policies": idempotent()}}))
    gate, cut = Gate(desk), []
    held = desk.afterwards
    desk.afterwards = lambda exchange: held(exchange) or cut.append(exchange.gone(within=0.05)) or False
    with gateway.connect() as client:
        fields = {**SOMEBODY, **JSON, "Idempotency-Key": KEY}
        client.send(wire.encoded("POST", "/orders", fields, as_json({"n": 1})))
        gate.reached()
        client.reset()
    assert_conflict(send(gateway, KEY), 409, "duplicate-in-flight", retryable=True)
    gate.open()
    answer = eventually(lambda: (got := send(gateway, KEY)).status != 409 and got, why="the call ends")
    assert (answer.status, is_replay(answer), answer.body) == (201, True, b'{ "order" :  1 }\n')
    assert cut == [False], "the call's connection was cut"
    assert len(desk.calls()) == 1


# Restarts


def restarts(gateway, how):
    """Ends the process and starts another over the same data."""
    if how == "kill -9":
        gateway.kill()
    else:
        gateway.signal(signal.SIGTERM)
        assert gateway.ends() == 0
    gateway.start()


@pytest.mark.parametrize("how", ["SIGTERM", "kill -9"])
def test_answers_are_replayed_after_a_restart(gateway, desk, how):
    first = send(gateway, KEY)
    restarts(gateway, how)
    assert_replays(first, send(gateway, KEY))
    assert_conflict(send(gateway, KEY, {"n": 2}), 422, "key-reused")
    assert (len(desk.calls()), send(gateway, '"fresh"').status) == (1, 201)


def test_row_27_a_call_is_never_made_twice_however_soon_the_gateway_dies(gateway, desk):
    for turn in range(5):
        key = f'"turn-{turn}"'
        first = send(gateway, key)
        restarts(gateway, "kill -9")
        assert_replays(first, send(gateway, key))
        assert len(desk.calls()) == turn + 1


def test_row_27_a_gateway_killed_while_answers_come_in_makes_no_call_twice(stage, desk):
    gateway = stage.gateway(configuration(desk, {"orders": {"path": "/orders", "policies": idempotent()}}))
    told = {}

    def client(number):
        with contextlib.suppress(wire.Cut, OSError):
            for turn in range(200):
                key = f'"{number}-{turn}"'
                told[key] = None
                told[key] = send(gateway, key, {"key": key})

    crew = [Meanwhile(lambda number=number: client(number)) for number in range(4)]
    eventually(lambda: len(desk.orders) >= 20)
    gateway.kill()
    [member.result() for member in crew]
    gateway.start()
    for key, first in told.items():
        again = send(gateway, key, {"key": key})
        if first is not None:
            assert_replays(first, again)
        else:
            assert again.status == 201 or assert_conflict(again, 409, "outcome-unknown")
    assert len(set(desk.orders)) == len(desk.orders), "an order was made twice"


def test_row_27_a_call_that_ran_when_the_gateway_died_is_in_doubt(stage, desk):
    gateway = stage.gateway(configuration(desk, {"orders": {"path": "/orders", "policies": idempotent()}}))
    gate = Gate(desk)
    lost = Meanwhile(lambda: send(gateway, KEY))
    gate.reached()
    gateway.kill()
    with pytest.raises(wire.Cut):
        lost.result()
    gate.open()
    gateway.start()
    assert_in_doubt(gateway, desk)
    restarts(gateway, "SIGTERM")
    assert_in_doubt(gateway, desk)


def test_a_call_that_ran_when_a_drain_began_ends_and_is_replayed(stage, desk):
    gateway = stage.gateway(configuration(desk, {"orders": {"path": "/orders", "policies": idempotent()}}))
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, KEY))
    gate.reached()
    gateway.signal(signal.SIGTERM)
    eventually(lambda: gateway.console("/readyz").status == 503)
    gate.open()
    assert first.result().status == 201
    assert gateway.ends() == 0
    gateway.start()
    assert_replays(first.result(), send(gateway, KEY))
    assert len(desk.calls()) == 1


def test_doubt_and_refusals_survive_a_restart(gateway, desk):
    desk.afterwards = closes
    assert send(gateway, KEY).status == 502
    desk.afterwards, desk.instead = None, answers(422)
    assert send(gateway, '"refused"').status == 422
    desk.instead = None
    restarts(gateway, "SIGTERM")
    assert_in_doubt(gateway, desk, calls=2)
    assert (send(gateway, '"refused"').status, len(desk.calls())) == (201, 3)


def test_the_data_directory_holds_no_credentials_of_callers(gateway, desk):
    secret = "Bearer a-secret-that-nobody-may-find"
    assert send(gateway, KEY, who={"Authorization": secret}).status == 201
    restarts(gateway, "SIGTERM")
    for file in gateway.data.rglob("*"):
        assert not file.is_file() or secret.split()[1].encode() not in file.read_bytes(), file


# Reload, expiry


def test_a_reload_forgets_nothing(gateway, desk):
    first = send(gateway, KEY)
    digest = gateway.status()["configuration"]["digest"]
    gateway.reconfigure(serving(desk, join="1s"))
    eventually(lambda: gateway.status()["configuration"]["digest"] != digest)
    assert_replays(first, send(gateway, KEY))


def test_a_revoked_consumer_gets_401_and_not_the_replay(stage, desk):
    def config(*names):
        routes = {"guarded": {"path": "/orders", "policies": {"key-auth": {}, **idempotent()}}}
        return configuration(desk, routes, consumers={name: CONSUMERS[name] for name in names})

    gateway = stage.gateway(config("alice", "bob"))
    first = send(gateway, KEY, who={"X-API-Key": ALICE})
    gateway.reconfigure(config("bob"))
    refused = eventually(
        lambda: not is_replay(got := send(gateway, KEY, who={"X-API-Key": ALICE})) and got,
        why="the consumer is revoked",
    )
    assert (refused.status, refused.problem()["kind"]) == (401, "unauthenticated")
    assert first.body not in refused.body
    assert send(gateway, '"of-bob"', who={"X-API-Key": BOB}).status == 201
    assert len(desk.orders) == 2


def test_a_consumer_that_lost_its_group_gets_403_and_not_the_replay(stage, desk):
    def config(group):
        routes = {"guarded": {"path": "/orders", "policies": {"key-auth": {"groups": ["buyers"]}, **idempotent()}}}
        return configuration(desk, routes, consumers={"alice": consumer(ALICE, group), "bob": consumer(BOB, "buyers")})

    gateway = stage.gateway(config("buyers"))
    assert send(gateway, KEY, who={"X-API-Key": ALICE}).status == 201
    gateway.reconfigure(config("visitors"))
    refused = eventually(lambda: not is_replay(got := send(gateway, KEY, who={"X-API-Key": ALICE})) and got)
    assert (refused.status, refused.problem()["kind"]) == (403, "forbidden")


def test_an_expired_answer_is_not_made_again(stage, desk):
    gateway = stage.gateway(serving(desk, retain="1s"))
    first = send(gateway, KEY)
    assert_replays(first, send(gateway, KEY))
    expired = eventually(
        lambda: not is_replay(got := send(gateway, KEY)) and got, within=8, why="the answer is no longer kept"
    )
    assert expired.status == 409 and expired.problem()["origin"] == "gateway"
    assert expired.problem()["retryable"] is False and "Parley-Conflict" in expired.headers
    assert_conflict(send(gateway, KEY, {"n": 2}), 422, "key-reused")
    assert len(desk.calls()) == 1
    restarts(gateway, "SIGTERM")
    assert (send(gateway, KEY).status, len(desk.calls())) == (409, 1)


def test_a_running_call_and_a_doubtful_one_never_expire(stage, desk):
    gateway = stage.gateway(
        configuration(desk, {"orders": {"path": "/orders", "policies": idempotent(retain="1s")}})
    )
    desk.afterwards = closes
    assert send(gateway, KEY).status == 502
    gate = Gate(desk)
    began = time.monotonic()
    running = Meanwhile(lambda: send(gateway, '"running"'))
    gate.reached()
    until_clock(began + 2.0)
    assert_conflict(send(gateway, '"running"'), 409, "duplicate-in-flight", retryable=True)
    assert_conflict(send(gateway, KEY), 409, "outcome-unknown")
    gate.open()
    assert running.result().status == 201
    assert len(desk.calls()) == 2


# With levels


@pytest.fixture
def store(stage):
    return stage.store()


@pytest.fixture
def editor(stage, store):
    policy = {"level": "serialise", "idempotency": {"methods": ["PUT", "PATCH", "DELETE"]}}
    return stage.gateway(configuration(store, {"item": {"path": "/items/{id}", "policies": {"conflict": policy}}}))


def under(key):
    """The fields of a protected write."""
    return {"Idempotency_Key": key, **SOMEBODY}


def test_a_replay_of_a_create_is_decided_before_its_precondition(editor, store):
    first, second = (put(editor, "/items/1", {"n": 1}, If_None_Match="*", **under(KEY)) for _ in range(2))
    assert first.status == 201
    assert_replays(first, second)
    assert len(store.seen("/items/1", "PUT")) == 1
    assert put(editor, "/items/1", {"n": 1}, If_None_Match="*", **under('"b"')).status == 412


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_replay_of_a_write_is_decided_before_its_precondition(editor, store, method):
    store.put("/items/1", {"n": 0})
    tag = tag_of(editor, "/items/1")
    first, second = (put(editor, "/items/1", {"n": 1}, method, If_Match=tag, **under(KEY)) for _ in range(2))
    assert first.status in (200, 204)
    assert_replays(first, second)
    assert len(store.seen("/items/1", method)) == 1
    assert second.headers.get("Parley-Version") == first.headers.get("Parley-Version")


def test_a_refusal_by_the_gateway_does_not_use_the_key_up(editor, store):
    store.put("/items/1", {"n": 0})
    tag = tag_of(editor, "/items/1")
    store.put("/items/1", {"n": 5})
    for _ in range(2):
        stale = put(editor, "/items/1", {"n": 1}, If_Match=tag, **under(KEY))
        assert (stale.status, is_replay(stale)) == (412, False)
    store.put("/items/1", {"n": 0})
    done = put(editor, "/items/1", {"n": 1}, If_Match=tag, **under(KEY))
    assert (done.status, is_replay(done), store.value("/items/1")) == (200, False, {"n": 1})


def test_a_write_whose_outcome_a_read_has_settled_is_never_sent_again(editor, store):
    store.put("/items/1", {"n": 0})
    tag = tag_of(editor, "/items/1")
    store.after_write = closes
    first = put(editor, "/items/1", {"n": 1}, If_Match=tag, **under(KEY))
    assert (first.status, first.problem()["outcome"]) == (502, "applied")
    store.after_write = None
    again = put(editor, "/items/1", {"n": 1}, If_Match=tag, **under(KEY))
    assert again.status == 409 or is_replay(again)
    assert len(store.seen("/items/1", "PUT")) == 1
