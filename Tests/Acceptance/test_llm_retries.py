"""Retries of calls of models: `conflict: { idempotency: … }` on a service with `llm` (contract 6 and 8)."""

import json
import signal
from decimal import Decimal
from zlib import crc32

import pytest
import yaml

from harness import wire
from harness.crew import together
from harness.features import (
    BOB,
    EMBEDDINGS,
    NAMES,
    OPENAI,
    both,
    call,
    has_code,
    in_ledger,
    never_complete,
    none_asked,
    serving,
)
from harness.hearing import heard
from harness.keys import consumer
from harness.models import KEY, mocks
from harness.money import PLAIN, Crowd, all_calls, budget, calls_in_ledger, leave, most
from harness.patience import eventually, stays
from harness.providers.raw import SPOKEN_BY, SURFACES
from harness.providers.reply import Reply, Trouble, Usage

STREAMS = pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
SURFACE_AND_KIND = [("openai-chat", "openai"), ("openai-chat", "claude"), ("anthropic", "claude"), ("gemini", "openai")]


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared, forbidden=(KEY, BOB))


@pytest.fixture(scope="module")
def gateway(shared, providers):
    return idempotent(shared, providers)


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


@pytest.fixture
def key(request):
    """A key that no other test uses."""
    return f'"key-{crc32(request.node.nodeid.encode()):08x}"'


def idempotent(stage, mocks, llm=None, options=None, **more):
    """A gateway that knows retries by their key; each call has one try."""
    policies = {"conflict": {"idempotency": options or {}}}
    return serving(stage, mocks, {"attempts": 1} | (llm or {}), policies=policies, **more)


def keyed(key, name="openai-chat", kind="openai", stream=False, text="hello", who=KEY, **members):
    """A call under a key."""
    return call(name, kind, stream, text, who, {"Idempotency-Key": key}, **members)


def is_replay(answer):
    """Whether an answer says that it is a repetition."""
    return answer.headers.get("Idempotent-Replayed") == "true"


def replays(first, second):
    """Fails unless the second answer is the first one again."""
    assert is_replay(second) and not is_replay(first), (second.status, second.headers.lines, second.body)
    assert (second.status, second.body) == (first.status, first.body)
    assert second.headers.get("Content-Type") == first.headers.get("Content-Type")


# The first answer again.


@STREAMS
@pytest.mark.parametrize(("name", "kind"), both())
def test_a_retry_gets_the_first_answer_and_asks_nobody(gateway, providers, name, kind, stream, key):
    bare = keyed(key, name, kind, stream)
    first = bare.at(gateway)
    assert first.status == 200, first.body
    assert heard(bare.raw, first).text == "Hello from the mock."
    for _ in range(2):
        replays(first, bare.at(gateway))
    assert len(providers[kind].records) == 1
    assert not providers[kind].violations


@pytest.mark.parametrize(("name", "kind"), EMBEDDINGS.items())
def test_embeddings_are_not_bought_twice(gateway, providers, name, kind, key):
    first = keyed(key, name, kind).at(gateway)
    assert first.status == 200, first.body
    replays(first, keyed(key, name, kind).at(gateway))
    assert len(providers[kind].records) == 1


@STREAMS
def test_without_a_key_every_call_is_a_call(gateway, providers, stream):
    for _ in range(2):
        answer = call("openai-chat", "openai", stream).at(gateway)
        assert answer.status == 200 and "Idempotent-Replayed" not in answer.headers
    assert len(providers["openai"].records) == 2


def test_without_the_policy_the_key_means_nothing(stage, providers, key):
    plain = serving(stage, providers)
    for _ in range(2):
        answer = keyed(key).at(plain)
        assert answer.status == 200 and not is_replay(answer)
    assert len(providers["openai"].records) == 2


def test_other_keys_are_other_calls(gateway, providers, key):
    for one in (key, key.replace('"', "") + "-2"):
        answer = keyed(one).at(gateway)
        assert answer.status == 200 and not is_replay(answer)
    assert len(providers["openai"].records) == 2


@STREAMS
def test_another_consumers_key_is_another_key(gateway, providers, stream, key):
    first = keyed(key, stream=stream).at(gateway)
    other_one = keyed(key, stream=stream, who=BOB).at(gateway)
    assert other_one.status == 200 and not is_replay(other_one)
    replays(first, keyed(key, stream=stream).at(gateway))
    assert len(providers["openai"].records) == 2


def test_reading_takes_no_key(gateway, key):
    fields = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": key}
    for _ in range(2):
        answer = gateway.ask("GET", "/v1/models", fields)
        assert answer.status == 200 and not is_replay(answer)


def test_bodies_may_be_compared_as_json(stage, providers, key):
    gateway = idempotent(stage, providers, options={"fingerprint": "json"})
    raw, fields = OPENAI, OPENAI.headers(KEY) | {"Idempotency-Key": key}
    body = raw.body("m-openai", "hello")
    first = gateway.ask("POST", raw.target(""), fields, json.dumps(body).encode())
    spaced = json.dumps(dict(reversed(body.items())), indent=3).encode()
    replays(first, gateway.ask("POST", raw.target(""), fields, spaced))
    assert len(providers["openai"].records) == 1


@STREAMS
def test_a_retry_is_not_paid_for(stage, providers, stream, key):
    mock = providers["openai"]
    bare = keyed(key, stream=stream, max_tokens=100)
    people = {"alice": consumer(KEY) | budget(most(bare.size, 100) * Decimal("1.5"))}
    gateway = idempotent(stage, providers, consumers=people, model={"prices": PLAIN})
    mock.always = Reply(text="All of it.", usage=Usage(fresh=bare.size, text=100))
    first = bare.at(gateway)
    assert first.status == 200
    for _ in range(4):
        replays(first, bare.at(gateway))
    assert keyed('"another"', stream=stream, max_tokens=100).at(gateway).status == 429
    in_ledger(gateway, "refused")  # the last of them
    costs = [one["cost"] for one in in_ledger(gateway, "completed") if one["cost"] and Decimal(one["cost"]["amount"])]
    assert len(costs) == 1, all_calls(gateway)


# Misused keys.


@pytest.mark.parametrize("name", [*NAMES, *EMBEDDINGS])
def test_a_key_belongs_to_its_call(gateway, providers, name, key):
    kind = SPOKEN_BY[name]
    first = keyed(key, name, kind).at(gateway)
    answer = keyed(key, name, kind, text="another").at(gateway)
    assert answer.status == 422, answer.body
    message = has_code(SURFACES[name], answer, "idempotency_key_reused")
    assert "Idempotency-Key" in message, message
    replays(first, keyed(key, name, kind).at(gateway))
    assert len(providers[kind].records) == 1


def test_a_key_belongs_to_its_path(gateway, providers, key):
    assert keyed(key).at(gateway).status == 200
    answer = keyed(key, "anthropic", "openai").at(gateway)
    assert answer.status == 422
    SURFACES["anthropic"].error(answer)
    assert len(providers["openai"].records) == 1


@pytest.mark.parametrize("name", [*NAMES, *EMBEDDINGS])
def test_a_key_may_be_demanded(stage, providers, name):
    gateway = idempotent(stage, providers, options={"required": True})
    kind = SPOKEN_BY[name]
    answer = call(name, kind).at(gateway)
    assert answer.status == 400
    assert "Idempotency-Key" in SURFACES[name].error(answer)
    none_asked(providers)
    assert keyed("k", name, kind).at(gateway).status == 200
    assert gateway.ask("GET", "/v1/models", {"Authorization": f"Bearer {KEY}"}).status == 200


@pytest.mark.parametrize("bad", ["", '""', "k" * 5000, '"a", "b"'], ids=["empty", "empty string", "long", "list"])
def test_a_key_that_is_none_is_refused(gateway, providers, bad):
    answer = keyed(bad).at(gateway)
    assert answer.status == 400, answer.body
    OPENAI.error(answer)
    none_asked(providers)


# While the first one runs.


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_duplicates_wait_for_the_first_answer(gateway, providers, name, kind, stream, key):
    mock, bare = providers[kind], keyed(key, name, kind, stream)
    mock.always = Reply(text="One for all of you.", waits=True)
    with Crowd(gateway, bare, 6) as crowd:
        eventually(lambda: len(mock.records) >= 1)
        stays(lambda: len(mock.records) == 1)
        mock.gate.set()
        answers = crowd.answers()
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}, answers
    assert sorted(map(is_replay, answers)) == [False] + [True] * 5
    assert heard(bare.raw, answers[0]).text == "One for all of you."
    assert len(mock.records) == 1


def test_many_duplicates_at_one_moment_are_one_call(gateway, providers, key):
    answers = together(*[lambda: keyed(key).at(gateway)] * 20)
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}
    assert sorted(map(is_replay, answers)) == [False] + [True] * 19
    assert len(providers["openai"].records) == 1


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_duplicate_that_has_waited_long_enough_is_told_to_come_back(stage, providers, name, kind, key):
    gateway = idempotent(stage, {kind: providers[kind]}, options={"join": "1s"})
    mock, bare = providers[kind], keyed(key, name, kind)
    mock.always = Reply(text="Late.", waits=True)
    with Crowd(gateway, bare, 1) as first:
        eventually(lambda: len(mock.records) == 1)
        answer = bare.at(gateway)
        assert answer.status in ((503, 529) if bare.raw.envelope == "anthropic" else (503,)), answer.body
        has_code(bare.raw, answer, "duplicate_in_flight")
        assert int(answer.headers["Retry-After"]) >= 1
        assert len(mock.records) == 1 and mock.disconnects == 0
        mock.gate.set()
        (told,) = first.answers()
    replays(told, bare.at(gateway))
    assert len(mock.records) == 1


def test_by_default_a_duplicate_waits_as_long_as_a_call_may_take(stage, providers, key):
    """The deadline is two seconds; a duplicate is told no sooner than that, and the first one fails by it."""
    gateway = idempotent(stage, providers, {"deadline": "2s"})
    mock, bare = providers["openai"], keyed(key)
    mock.always = Reply(text="Never.", waits=True)
    with Crowd(gateway, bare, 2) as crowd:
        eventually(lambda: len(mock.records) >= 1)
        stays(lambda: crowd.waiting() == 2, during=1.2)
        answers = crowd.answers()
    assert [answer.status for answer in answers if answer.status not in (503, 504)] == []
    for answer in answers:
        OPENAI.error(answer)


# What frees a key.

FAILURES = [Trouble(400), Trouble(404), Trouble(429), Trouble(500), Trouble(529), Reply(garbage=b"<html>nginx</html>")]


@STREAMS
@pytest.mark.parametrize("failure", FAILURES, ids=["400", "404", "429", "500", "503", "garbage"])
def test_a_call_that_failed_leaves_the_key_free(stage, providers, failure, stream, key):
    mock, bare = providers["openai"], keyed(key, stream=stream)
    gateway = idempotent(stage, providers)
    mock.always = failure
    failed = bare.at(gateway)
    assert failed.status >= 400 and failed.status != 409
    OPENAI.error(failed)
    mock.always = None
    again = eventually(lambda: (answer := bare.at(gateway)).status == 200 and answer, 10, "the provider is well again")
    assert not is_replay(again)
    replays(again, bare.at(gateway))
    assert len([one for one in mock.records if one.outcome == "complete" and not one.reply.garbage]) == 1


@STREAMS
def test_a_call_that_was_refused_leaves_the_key_free(gateway, providers, stream, key):
    bad = keyed(key, stream=stream, messages=7)
    assert bad.at(gateway).status in (400, 422)
    providers["openai"].forget()
    good = keyed(key, stream=stream).at(gateway)
    assert (good.status, is_replay(good)) == (200, False), good.body


def test_an_unknown_model_leaves_the_key_free(gateway, providers, key):
    unknown = json.dumps(OPENAI.body("m-none", "hello")).encode()
    fields = OPENAI.headers(KEY) | {"Idempotency-Key": key}
    assert gateway.ask("POST", OPENAI.target(""), fields, unknown).status == 404
    assert keyed(key).at(gateway).status == 200
    assert len(providers["openai"].records) == 1


def test_want_of_money_leaves_the_key_free(stage, providers, key):
    mock, bare = providers["openai"], keyed(key, max_tokens=100)
    people = {"alice": consumer(KEY) | budget(Decimal("0.000007"))}
    gateway = idempotent(stage, providers, consumers=people, model={"prices": PLAIN})
    for _ in range(2):
        answer = bare.at(gateway)
        assert answer.status == 429 and not is_replay(answer)
    none_asked(providers)
    rich = {"alice": {"keys": people["alice"]["keys"]}}
    changed = yaml.safe_load(gateway.file.read_text()) | {"consumers": rich}
    gateway.reconfigure(changed)
    again = eventually(lambda: (answer := bare.at(gateway)).status == 200 and answer, 10, "there is money")
    assert not is_replay(again) and len(mock.records) == 1


def test_a_guards_refusal_leaves_the_key_free(stage, providers, key):
    guards = [{"keywords": ["nightjar"], "mode": "refuse", "on": "requests"}]
    gateway = idempotent(stage, providers, {"guards": guards})
    assert keyed(key, text="nightjar").at(gateway).status == 400
    answer = keyed(key).at(gateway)
    assert (answer.status, is_replay(answer)) == (200, False)


@pytest.mark.parametrize("breaks", ["end", "reset", "error"])
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_a_stream_that_broke_leaves_the_key_free(gateway, providers, name, kind, breaks, key):
    mock, bare = providers[kind], keyed(key, name, kind, True)
    mock.always = Reply(text="Half of it", breaks=breaks)
    never_complete(name, bare.at(gateway).body)
    mock.always = Reply(text="All of it")
    again = bare.at(gateway)
    assert (heard(bare.raw, again).text, is_replay(again)) == ("All of it", False)
    replays(again, bare.at(gateway))


@pytest.mark.parametrize(("name", "kind"), both())
@STREAMS
def test_a_client_that_leaves_ends_the_call_and_frees_the_key(gateway, providers, name, kind, stream, key):
    mock, bare = providers[kind], keyed(key, name, kind, stream)
    mock.always = Reply(text="four by four", waits=True)
    if stream:
        leave(gateway, bare, b"four", lambda: mock.disconnects == 1)
    else:
        with Crowd(gateway, bare, 1):
            eventually(lambda: len(mock.records) == 1)
        eventually(lambda: mock.disconnects == 1, why="the provider notices")
    mock.always = Reply(text="Here you are.")
    again = bare.at(gateway)
    assert (again.status, is_replay(again)) == (200, False), again.body
    assert heard(bare.raw, again).text == "Here you are."
    assert len(mock.records) == 2
    replays(again, bare.at(gateway))


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_a_duplicate_takes_over_from_a_client_that_leaves(gateway, providers, name, kind, stream, key):
    mock, bare = providers[kind], keyed(key, name, kind, stream)
    mock.always = Reply(text="Asked twice.", waits=True)
    first = wire.Connection(gateway.address)
    first.send(bare.data)
    eventually(lambda: len(mock.records) == 1)
    with Crowd(gateway, bare, 4) as crowd:
        stays(lambda: len(mock.records) == 1 and crowd.waiting() == 4)
        first.close()
        eventually(lambda: mock.disconnects == 1, why="the provider notices")
        eventually(lambda: len(mock.records) == 2, why="a duplicate takes over")
        stays(lambda: len(mock.records) == 2)
        mock.gate.set()
        answers = crowd.answers()
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}
    assert sorted(map(is_replay, answers)) == [False] + [True] * 3
    assert heard(bare.raw, answers[0]).text == "Asked twice."
    assert len(mock.records) == 2


@STREAMS
def test_a_duplicate_that_leaves_disturbs_nobody(gateway, providers, stream, key):
    mock, bare = providers["openai"], keyed(key, stream=stream)
    mock.always = Reply(text="Still whole.", waits=True)
    with Crowd(gateway, bare, 1) as first:
        eventually(lambda: len(mock.records) == 1)
        with Crowd(gateway, bare, 3):
            stays(lambda: len(mock.records) == 1)
        stays(lambda: mock.disconnects == 0)
        mock.gate.set()
        (answer,) = first.answers()
    assert (answer.status, heard(bare.raw, answer).text) == (200, "Still whole.")
    replays(answer, bare.at(gateway))
    assert len(mock.records) == 1


# Restarts.


@STREAMS
@pytest.mark.parametrize("how", ["stopped", "killed"])
def test_an_answer_outlives_the_gateway(stage, providers, how, stream, key):
    gateway = idempotent(stage, providers)
    names = [("openai-chat", "openai"), ("anthropic", "openai"), ("gemini", "gemini"), ("ollama-chat", "claude")]
    calls = [keyed(f"{number}", name, kind, stream) for number, (name, kind) in enumerate(names)]
    firsts = [bare.at(gateway) for bare in calls]
    assert [first.status for first in firsts] == [200] * 4
    if how == "killed":
        gateway.kill()
    else:
        gateway.signal(signal.SIGTERM)
        assert gateway.ends() == 0
    gateway.start()
    for first, bare in zip(firsts, calls, strict=True):
        replays(first, bare.at(gateway))
    assert sum(len(mock.records) for mock in providers.values()) == 4


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_a_call_that_a_crash_interrupted_is_not_bought_again(stage, providers, name, kind, stream, key):
    """Nobody knows what became of it: a provider may have been at work, and will want its money."""
    gateway = idempotent(stage, providers)
    mock, bare = providers[kind], keyed(key, name, kind, stream)
    mock.always = Reply(text="Too late.", waits=True)
    with Crowd(gateway, bare, 1):
        eventually(lambda: len(mock.records) == 1)
        gateway.kill()
    gateway.start()
    for _ in range(2):
        answer = bare.at(gateway)
        assert answer.status == 422, answer.body
        assert "Idempotency-Key" in has_code(bare.raw, answer, "outcome_unknown")
        assert answer.headers["x-should-retry"] == "false"
    assert len(mock.records) == 1
    mock.always = None
    assert keyed('"a new one"', name, kind, stream).at(gateway).status == 200


@STREAMS
def test_an_answer_that_is_too_long_to_keep_is_not_bought_again(gateway, providers, stream, key):
    providers["openai"].always = Reply(text="x" * 1_500_000)
    bare = keyed(key, stream=stream)
    first = bare.at(gateway)
    assert len(heard(bare.raw, first).text) == 1_500_000
    answer = bare.at(gateway)
    assert answer.status == 422, answer.body[:300]
    has_code(bare.raw, answer, "outcome_unknown")
    assert len(providers["openai"].records) == 1


# What the ledger says.


def test_the_ledger_has_the_call_once(stage, providers, key):
    gateway = idempotent(stage, providers)
    bare = keyed(key)
    first = bare.at(gateway)
    replays(first, bare.at(gateway))
    calls = calls_in_ledger(gateway, 1)
    assert [one["outcome"] for one in calls if any(one["tokens"].values())] == ["completed"]




def test_the_conflict_journal_knows_of_misused_keys(stage, providers, key):
    gateway = idempotent(stage, providers)
    keyed(key).at(gateway)
    assert keyed(key, text="another").at(gateway).status == 422
    (entry,) = gateway.journal(kind="key-reused")
    assert (entry["service"], entry["status"], entry["consumer"]) == ("ai", 422, "alice")
