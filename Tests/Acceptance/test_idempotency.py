"""Contract 8, key `idempotency` (standards: 7, and rows 24 and 25 of 16): keys, replays, refusals.

What becomes of a key when something fails is in test_idempotency_faults.py.
"""

import gzip
import threading
import time
from email.utils import parsedate_to_datetime
from zlib import crc32

import pytest

from harness import wire
from harness.crew import Meanwhile, together
from harness.gateway import configuration, conflict_field, run
from harness.items import as_json
from harness.keys import hashed
from harness.orders import (
    ALICE,
    BOB,
    CONSUMERS,
    LONG_AGO,
    SOMEBODY,
    Gate,
    OrderDesk,
    assert_bad_key,
    assert_conflict,
    assert_replays,
    idempotent,
    is_replay,
    send,
)
from harness.patience import eventually, stays

ALICE_TOO = "alice-has-a-second-key-01"
A, B = {"X-API-Key": ALICE}, {"X-API-Key": BOB}


@pytest.fixture(scope="module")
def desk(shared):
    return shared.keep(OrderDesk())


@pytest.fixture(scope="module")
def gateway(shared, desk):
    return shared.gateway(
        configuration(
            desk,
            {
                "orders": {"path": "/orders", "policies": idempotent()},
                "order": {"path": "/orders/{id}", "policies": idempotent()},
                "optional": {"path": "/optional", "policies": idempotent(required=False)},
                "plain": "/plain",
                "strict": {"path": "/strict", "policies": idempotent(syntax="strict")},
                "lenient": {"path": "/lenient", "policies": idempotent(syntax="lenient")},
                "named": {"path": "/named", "policies": idempotent(header="X-Once")},
                "puts": {"path": "/puts/{id}", "policies": idempotent(methods=["PUT"])},
                "joined": {"path": "/joined", "policies": idempotent(join="5s")},
                "impatient": {"path": "/impatient", "policies": idempotent(join="200ms")},
                "small": {"path": "/small", "policies": idempotent(**{"body-limit": "1KiB"})},
                "bytes": {"path": "/bytes", "policies": idempotent(fingerprint="bytes")},
                "json": {
                    "path": "/json",
                    "policies": idempotent(fingerprint="json", ignore=["/sent_at", "/meta/attempt"]),
                },
                "guarded": {"path": "/guarded", "policies": {"key-auth": {}, **idempotent()}},
                "limited": {
                    "path": "/limited",
                    "policies": {"rate-limit": {"quota": 2, "window": "1h", "by": "route"}, **idempotent()},
                },
            },
            consumers={
                "alice": {"keys": [hashed(ALICE), hashed(ALICE_TOO)]},
                "bob": CONSUMERS["bob"],
            },
        ),
        arguments=["--loops", "3"],
    )


@pytest.fixture(autouse=True)
def forget(desk):
    yield
    desk.forget()


@pytest.fixture
def key(request):
    """A key of this test's own."""
    return f'"key-{crc32(request.node.nodeid.encode()):08x}"'


# Keys


def test_a_missing_key_is_400_where_one_is_required(gateway, desk):
    for method, path in (("POST", "/orders"), ("PATCH", "/orders/1")):
        told = assert_bad_key(send(gateway, None, path=path, method=method))
        assert "Idempotency-Key" in told, "the refusal names what is missing"
    assert desk.calls() == []


def test_a_missing_key_is_nothing_where_none_is_required(gateway, desk):
    first, second = send(gateway, None, path="/optional"), send(gateway, None, path="/optional")
    assert [first.status, second.status] == [201, 201]
    assert not is_replay(second) and len(desk.calls()) == 2


def test_a_caller_without_credentials_needs_none_where_it_sends_no_key(gateway, desk):
    assert send(gateway, None, path="/optional", who={}).status == 201


def test_a_key_means_nothing_on_a_route_without_the_policy(gateway, desk, key):
    first, second = send(gateway, key, path="/plain"), send(gateway, key, {"n": 2}, path="/plain")
    assert [first.status, second.status] == [201, 201]
    assert not is_replay(second) and len(desk.orders) == 2


LISTS = ['"a", "b"', "a, b", '"a",', ',"a"']
BROKEN = ["", '""', '"open', 'open"', '"a" "b"', "a b", '"a"b', "\t"]


@pytest.mark.parametrize("path", ["/orders", "/optional", "/strict", "/lenient"])
@pytest.mark.parametrize("value", LISTS + BROKEN)
def test_lists_and_broken_keys_are_400_and_go_nowhere(gateway, desk, path, value):
    assert_bad_key(send(gateway, value, path=path))
    assert desk.calls() == []


@pytest.mark.parametrize("path", ["/orders", "/strict"])
@pytest.mark.parametrize("values", [('"a"', '"b"'), ('"a"', '"a"')])
def test_two_lines_of_the_key_are_400_even_if_they_agree(gateway, desk, path, values):
    fields = [*SOMEBODY.items(), *(("Idempotency-Key", value) for value in values)]
    assert_bad_key(gateway.ask("POST", path, fields, b"{}"))
    assert desk.calls() == []


@pytest.mark.parametrize("path", ["/orders", "/strict"])
def test_an_over_long_key_is_400_and_255_characters_are_not_over_long(gateway, desk, path):
    letter = "o" if path == "/orders" else "s"
    assert send(gateway, f'"{letter * 255}"', path=path).status == 201
    assert_bad_key(send(gateway, f'"{letter * 256}"', path=path))
    assert len(desk.calls()) == 1


@pytest.mark.parametrize("value", ["8e03978e-40d5-43e8-bc93-6894a57f9324", "order_42", "42", "a/b+c=="])
def test_a_bare_key_is_taken_by_default_and_when_lenient(gateway, desk, value):
    for path in ("/orders", "/lenient"):
        keyed = value + path[1:3]
        assert_replays(send(gateway, keyed, path=path), send(gateway, keyed, path=path))
    assert len(desk.orders) == 2


@pytest.mark.parametrize("value", ["8e03978e-40d5-43e8-bc93-6894a57f9324", "order", "42", "?1", ":YWJj:", "(a)"])
def test_whatever_is_not_a_string_is_400_when_strict(gateway, desk, value):
    assert_bad_key(send(gateway, value, path="/strict"))
    assert desk.calls() == []


@pytest.mark.parametrize("value", [r'"with \"quotes\" and \\"', '"with, comma and blank"', "\"'\""])
def test_a_string_may_hold_what_strings_may_hold(gateway, desk, value):
    for path in ("/strict", "/lenient"):
        keyed = '"' + path[1] + value[1:]
        assert_replays(send(gateway, keyed, path=path), send(gateway, keyed, path=path))


def test_a_key_with_and_without_quotes_is_one_key(gateway, desk):
    assert_replays(send(gateway, '"quoted-or-not"'), send(gateway, "quoted-or-not"))
    assert len(desk.orders) == 1


def test_keys_differ_by_case(gateway, desk):
    assert [send(gateway, '"case"').status, send(gateway, '"CASE"').status] == [201, 201]
    assert len(desk.orders) == 2


def test_the_field_may_have_another_name(gateway, desk, key):
    assert_bad_key(send(gateway, key, path="/named"))
    first, second = (send(gateway, None, path="/named", X_Once=key) for _ in range(2))
    assert_replays(first, second)
    assert desk.upstream.only().headers["X-Once"] == key


# The first call and its replay


def test_the_first_call_passes_with_its_key(gateway, desk, key):
    answer = send(gateway, key, {"n": 7})
    assert (answer.status, answer.body, answer.headers["Location"]) == (201, b'{ "order" :  1 }\n', "/orders/1")
    assert "Idempotent-Replayed" not in answer.headers and "Parley-Conflict" not in answer.headers
    request = desk.upstream.only()
    assert (request.headers.all("Idempotency-Key"), request.body) == ([key], as_json({"n": 7}))


def test_a_replay_is_the_first_answer_again_and_the_upstream_hears_nothing_of_it(gateway, desk, key):
    first = send(gateway, key)
    for _ in range(3):
        assert_replays(first, send(gateway, key))
    assert len(desk.calls()) == 1


def test_a_replay_has_its_own_date_and_request_id_and_no_cookies(gateway, desk, key):
    first, second = send(gateway, key), send(gateway, key)
    assert "Set-Cookie" in first.headers
    assert "Set-Cookie" not in second.headers
    assert second.headers["Date"] != LONG_AGO
    assert abs(parsedate_to_datetime(second.headers["Date"]).timestamp() - time.time()) < 30
    assert second.headers["X-Request-Id"] != first.headers["X-Request-Id"]


@pytest.mark.parametrize("status, body", [(200, b"fine"), (202, b""), (204, b""), (303, b"there")])
def test_any_success_is_replayed_with_its_status(gateway, desk, key, status, body):
    desk.afterwards = lambda exchange: (
        exchange.reply(status, {"Location": "/there", "Content-Type": "text/plain"}, body) or True
    )
    first, second = send(gateway, key), send(gateway, key)
    assert (first.status, first.body) == (status, body)
    assert_replays(first, second)
    assert len(desk.orders) == 1


def test_coded_and_chunked_answers_are_replayed_byte_for_byte(gateway, desk, key):
    coded = gzip.compress(b"a long answer " * 50)

    def chunks(exchange):
        head = b"HTTP/1.1 201 Created\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n"
        exchange.send(head + b"Transfer-Encoding: chunked\r\n\r\n" + wire.chunked(coded[:10], coded[10:]))
        return True

    desk.afterwards = chunks
    first = send(gateway, key, Accept_Encoding="gzip")
    assert first.body == coded
    assert_replays(first, send(gateway, key, Accept_Encoding="gzip"))


def test_binary_requests_and_chunked_uploads_are_recognised(gateway, desk, key):
    body = bytes(range(256)) * 4
    first = send(gateway, key, body)
    fields = {**SOMEBODY, "Content-Type": "application/json", "Idempotency-Key": key, "Transfer-Encoding": "chunked"}
    second = gateway.ask("POST", "/orders", fields, wire.chunked(body[:100], body[100:]))
    assert_replays(first, second)
    assert desk.orders == [body]


def test_a_patch_is_protected_as_a_post_is(gateway, desk, key):
    first, second = (send(gateway, key, path="/orders/5", method="PATCH") for _ in range(2))
    assert_replays(first, second)
    assert len(desk.calls("PATCH")) == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_ignore_the_key(gateway, desk, method):
    for value in ('"ignored"', "not, a key", None):
        for number in range(2):
            answer = send(gateway, value, {"n": number}, path="/orders/5", method=method)
            assert answer.status in (200, 201) and not is_replay(answer)
    assert len(desk.calls(method)) == 6


def test_the_methods_may_be_named(gateway, desk, key):
    first, second = (send(gateway, key, path="/puts/1", method="PUT") for _ in range(2))
    assert_replays(first, second)
    assert_bad_key(send(gateway, None, path="/puts/1", method="PUT"))
    assert [send(gateway, None, path="/puts/1").status for _ in range(2)] == [201, 201]
    assert len(desk.calls("PUT")) == 1 and len(desk.calls("POST")) == 2


# Reuse


@pytest.mark.parametrize(
    "change",
    [
        {"value": {"n": 2}},
        {"value": b'{"n":  1}'},
        {"value": b""},
        {"path": "/orders?dry=1"},
        {"path": "/orders/9"},
        {"path": "/optional"},
        {"method": "PATCH"},
    ],
    ids=["body", "one blank", "no body", "query", "path", "route", "method"],
)
def test_row_25_another_request_under_a_used_key_is_422_key_reused(gateway, desk, key, change):
    first = send(gateway, key)
    refused = send(gateway, key, **change)
    assert_conflict(refused, 422, "key-reused")
    assert first.body not in refused.body
    assert len(desk.calls()) == 1
    assert_replays(first, send(gateway, key))


def test_another_value_of_the_query_is_another_request(gateway, desk, key):
    first = send(gateway, key, path="/orders?dry=1")
    assert_conflict(send(gateway, key, path="/orders?dry=2"), 422, "key-reused")
    assert_replays(first, send(gateway, key, path="/orders?dry=1"))


def test_another_spelling_of_the_path_is_the_same_request(gateway, desk, key):
    assert_replays(send(gateway, key), send(gateway, key, path="/x/../%6frders"))
    assert len(desk.orders) == 1


def test_reuse_is_refused_while_the_first_call_still_runs(gateway, desk, key):
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, key))
    gate.reached()
    assert_conflict(send(gateway, key, {"n": 2}), 422, "key-reused")
    gate.open()
    assert first.result().status == 201
    assert len(desk.orders) == 1


def test_with_fingerprint_bytes_every_byte_matters(gateway, desk, key):
    first = send(gateway, key, b'{"a":1,"b":2}', path="/bytes")
    for other in (b'{"b":2,"a":1}', b'{"a":1, "b":2}', b'{"a":1,"b":2}\n'):
        assert_conflict(send(gateway, key, other, path="/bytes"), 422, "key-reused")
    assert_replays(first, send(gateway, key, b'{"a":1,"b":2}', path="/bytes"))


def test_with_fingerprint_json_order_of_members_and_white_space_do_not_matter(gateway, desk, key):
    first = send(gateway, key, b'{"a":1,"b":{"c":[1,2],"d":"\\u00e9"}}', path="/json")
    for same in (
        b'{ "b" : { "d" : "\\u00e9", "c" : [ 1, 2 ] },\n "a" : 1 }',
        '{"b":{"d":"\u00e9","c":[1,2]},"a":1}'.encode(),
    ):
        assert_replays(first, send(gateway, key, same, path="/json"))
    for other in (b'{"a":1,"b":{"c":[2,1],"d":"\\u00e9"}}', b'{"a":"1","b":{"c":[1,2],"d":"\\u00e9"}}', b'{"a":1}'):
        assert_conflict(send(gateway, key, other, path="/json"), 422, "key-reused")
    assert len(desk.orders) == 1


def test_with_fingerprint_json_ignored_members_may_differ_or_be_missing(gateway, desk, key):
    whole = {"n": 1, "sent_at": "10:00", "meta": {"attempt": 1, "by": "x"}}
    first = send(gateway, key, whole, path="/json")
    for same in (
        {**whole, "sent_at": "10:01", "meta": {"attempt": 2, "by": "x"}},
        {"n": 1, "meta": {"by": "x"}},
    ):
        assert_replays(first, send(gateway, key, same, path="/json"))
    for other in ({**whole, "n": 2}, {**whole, "meta": {"attempt": 1, "by": "y"}}, {**whole, "extra": 1}):
        assert_conflict(send(gateway, key, other, path="/json"), 422, "key-reused")
    assert desk.orders == [as_json(whole)], "what is ignored is still forwarded"


# Callers


def test_the_same_key_of_another_consumer_is_another_key(gateway, desk, key):
    first = send(gateway, key, path="/guarded", who=A)
    other = send(gateway, key, {"n": 2}, path="/guarded", who=B)
    assert [first.status, other.status] == [201, 201]
    assert first.body != other.body and not is_replay(other)
    assert_replays(first, send(gateway, key, path="/guarded", who=A))
    assert_replays(other, send(gateway, key, {"n": 2}, path="/guarded", who=B))


def test_both_api_keys_of_a_consumer_are_one_caller(gateway, desk, key):
    first = send(gateway, key, path="/guarded", who=A)
    assert_replays(first, send(gateway, key, path="/guarded", who={"X-API-Key": ALICE_TOO}))


def test_authentication_comes_before_the_key_and_before_a_replay(gateway, desk, key):
    assert send(gateway, key, path="/guarded", who=A).status == 201
    for sent in (key, None, "not, a key"):
        for who in ({}, {"X-API-Key": "nobody-has-this-long-key"}):
            answer = send(gateway, sent, path="/guarded", who=who)
            assert (answer.status, is_replay(answer)) == (401, False)


def test_a_caller_that_nothing_tells_apart_gets_400(gateway, desk, key):
    for path in ("/orders", "/optional"):
        assert_bad_key(send(gateway, key, path=path, who={}))
    assert desk.calls() == []


@pytest.mark.parametrize("name, one, other", [("Authorization", "Bearer one", "Bearer two"), ("Cookie", "s=1", "s=2")])
def test_callers_unknown_to_the_gateway_are_told_apart_by_their_credentials(gateway, desk, key, name, one, other):
    first = send(gateway, key, who={name: one})
    second = send(gateway, key, who={name: other})
    assert [first.status, second.status, is_replay(second)] == [201, 201, False]
    assert_replays(first, send(gateway, key, who={name: one}))
    assert_replays(second, send(gateway, key, who={name: other}))
    assert len(desk.orders) == 2


# Duplicates at the same time


def test_a_duplicate_of_a_running_call_is_409_duplicate_in_flight(gateway, desk, key):
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, key))
    gate.reached()
    answer = send(gateway, key)
    problem = assert_conflict(answer, 409, "duplicate-in-flight", retryable=True)
    assert int(answer.headers["Retry-After"]) >= 0 and problem["retry_after_ms"] is not None
    gate.open()
    assert_replays(first.result(), send(gateway, key))
    assert len(desk.calls()) == 1


def test_row_24_of_concurrent_calls_under_one_key_the_upstream_sees_one(gateway, desk, key):
    for turn in range(10):
        answers = together(*[lambda turn=turn: send(gateway, f'"{turn}-{key[1:]}') for _ in range(8)])
        assert len(desk.calls()) == turn + 1
        ran = [answer for answer in answers if answer.status == 201]
        assert sum(not is_replay(answer) for answer in ran) == 1, "exactly one of them ran"
        assert {answer.body for answer in ran} == {ran[0].body}
        for answer in answers:
            assert answer.status == 201 or answer.problem()["kind"] == "duplicate-in-flight"


def test_join_holds_a_duplicate_and_replays_the_answer(gateway, desk, key):
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, key, path="/joined"))
    gate.reached()
    others = [Meanwhile(lambda: send(gateway, key, path="/joined")) for _ in range(3)]
    stays(lambda: all(other.running for other in others), why="duplicates are held")
    gate.open()
    for other in others:
        assert_replays(first.result(), other.result())
    assert len(desk.calls()) == 1


def test_join_does_not_hold_another_request(gateway, desk, key):
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, key, path="/joined"))
    gate.reached()
    assert_conflict(send(gateway, key, {"n": 2}, path="/joined"), 422, "key-reused")
    gate.open()
    assert first.result().status == 201


def test_join_ends_with_409_when_its_time_is_over(gateway, desk, key):
    gate = Gate(desk)
    first = Meanwhile(lambda: send(gateway, key, path="/impatient"))
    gate.reached()
    started = time.monotonic()
    assert_conflict(send(gateway, key, path="/impatient"), 409, "duplicate-in-flight", retryable=True)
    assert time.monotonic() - started >= 0.15
    gate.open()
    assert first.result().status == 201


def test_keys_do_not_wait_for_each_other(gateway, desk, key):
    held = threading.Event()
    desk.afterwards = lambda exchange: b"slow" in exchange.request.body and not exchange.wait(held)
    slow = Meanwhile(lambda: send(gateway, key, "slow"))
    eventually(lambda: len(desk.orders) == 1)
    assert Meanwhile(lambda: send(gateway, f'"other-{key[1:]}')).result(within=3).status == 201
    held.set()
    assert slow.result().status == 201


# Limits, journal, configuration


def test_a_body_above_the_limit_is_413_and_does_not_use_the_key_up(gateway, desk, key):
    answer = send(gateway, key, b"x" * 1025, path="/small")
    assert (answer.status, answer.problem()["kind"]) == (413, "body-too-large")
    chunked = {**SOMEBODY, "Idempotency-Key": key, "Transfer-Encoding": "chunked"}
    assert gateway.ask("POST", "/small", chunked, wire.chunked(b"x" * 600, b"x" * 600)).status == 413
    assert desk.orders == []
    assert send(gateway, key, b"x" * 1024, path="/small").status == 201


def test_an_answer_too_long_to_be_kept_passes_and_is_never_made_twice(gateway, desk, key):
    long = b"y" * (2 << 20)
    desk.afterwards = lambda exchange: exchange.reply(201, {"Content-Type": "text/plain"}, long) or True
    assert send(gateway, key, path="/small").body == long
    again = send(gateway, key, path="/small")
    assert (again.status, again.body) == (201, long) if is_replay(again) else again.status == 409
    assert len(desk.orders) == 1


def test_replays_count_against_the_rate_limit(gateway, desk, key):
    assert_replays(send(gateway, key, path="/limited"), send(gateway, key, path="/limited"))
    refused = send(gateway, key, path="/limited")
    assert (refused.status, refused.problem()["kind"], is_replay(refused)) == (429, "rate-limited", False)


def test_a_replay_is_journaled(gateway, desk, key):
    send(gateway, key, path="/guarded", who=A, X_Request_Id="journal-first")
    assert is_replay(send(gateway, key, path="/guarded", who=A, X_Request_Id="journal-again"))

    def look():
        return [entry for entry in gateway.conflicts(limit=100) if entry["request_id"] == "journal-again"]

    entry = eventually(look, why="the journal's entry of the replay")[0]
    assert (entry["resolution"]["outcome"], entry["origin"], entry["route"]) == ("replayed", "gateway", "guarded")
    assert (entry["consumer"], entry["method"]) == ("alice", "POST")
    assert all(entry["request_id"] != "journal-first" for entry in gateway.conflicts(limit=100))


def test_a_reused_key_is_journaled(gateway, desk, key):
    send(gateway, key)
    answer = send(gateway, key, {"n": 2}, X_Request_Id="journal-reused")
    entry = gateway.entry(answer)
    assert (entry["kind"], entry["status"], entry["origin"]) == ("key-reused", 422, "gateway")
    assert (entry["request_id"], entry["route"], entry["resolution"]["outcome"]) == (
        "journal-reused",
        "orders",
        "refused",
    )
    assert conflict_field(answer)["kind"] == "key-reused"


@pytest.mark.parametrize(
    "wrong",
    [
        {"requird": True},
        {"fingerprint": "body"},
        {"syntax": "loose"},
        {"retain": "long"},
        {"ignore": ["no/pointer"], "fingerprint": "json"},
        {"header": "not a field"},
        {"body-limit": "-1"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_check_refuses_what_cannot_be_meant(tmp_path, wrong):
    def checked(**more):
        routes = {"orders": {"path": "/orders", "policies": idempotent(**more)}}
        (tmp_path / "parley.yaml").write_bytes(as_json(configuration("http://127.0.0.1:9", routes)))
        return run("check", tmp_path / "parley.yaml")

    assert checked(retain="24h", join="0s", syntax="lenient", fingerprint="json", ignore=["/a"]).returncode == 0
    done = checked(**wrong)
    assert (done.returncode, next(iter(wrong)) in done.stderr) == (1, True), done.stderr
