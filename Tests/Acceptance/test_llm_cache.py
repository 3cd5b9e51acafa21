"""Answers kept for equal calls: `llm: { cache: … }` (contract 6)."""

import json
from decimal import Decimal

import pytest
import yaml

from harness import wire
from harness.crew import Meanwhile
from harness.features import BOB, EMBEDDINGS, NAMES, both, call, in_ledger, none_asked, other, serving
from harness.hearing import heard
from harness.keys import consumer
from harness.models import ALIASES, KEY, mocks
from harness.money import PLAIN, Crowd, all_calls, budget, leave, most
from harness.patience import eventually, stays
from harness.providers.raw import SPOKEN_BY, SURFACES
from harness.providers.reply import Reply, Trouble, Usage

USE = {"Parley-Cache": "use"}
ALWAYS = {"ttl": "1h", "when": "always"}
SURFACE_AND_KIND = [("openai-chat", "openai"), ("openai-chat", "claude"), ("anthropic", "claude"), ("gemini", "openai")]
STREAMS = pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared, forbidden=(KEY, BOB))


@pytest.fixture(scope="module")
def asked_for(shared, providers):
    """A gateway that keeps answers where that is asked for."""
    return serving(shared, providers, {"cache": {"ttl": "1h"}})


@pytest.fixture(scope="module")
def always(shared, providers):
    """A gateway that keeps every answer, each consumer's for itself."""
    return serving(shared, providers, {"cache": ALWAYS, "attempts": 1})


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


@pytest.fixture
def text(request):
    """A question that no other test asks."""
    return "question " + request.node.name


def state(answer):
    """What an answer says of the cache; None where it says nothing."""
    return answer.headers.get("Parley-Cache")


def asked(mock):
    """How often a provider was asked."""
    return len(mock.records)


def is_hit(first, answer):
    """Fails unless an answer is the kept one."""
    assert (state(answer), answer.status, answer.body) == ("hit", 200, first.body), (answer.headers.lines, answer.body)
    assert answer.headers.get("Content-Type") == first.headers.get("Content-Type")
    assert int(answer.headers["Age"]) >= 0


# What is kept.


@STREAMS
@pytest.mark.parametrize(("name", "kind"), both())
def test_an_equal_call_gets_the_same_bytes_without_the_provider(asked_for, providers, name, kind, stream, text):
    bare = call(name, kind, stream, text, fields=USE)
    first = bare.at(asked_for)
    assert (first.status, state(first)) == (200, "miss"), first.body
    assert heard(bare.raw, first).text == "Hello from the mock."
    assert "Age" not in first.headers
    for _ in range(2):
        second = bare.at(asked_for)
        is_hit(first, second)
        assert second.headers["Parley-Cost"] == "0.000000 USD"
    assert asked(providers[kind]) == 1
    received = providers[kind].requests[0].headers
    assert "Parley-Cache" not in received and not providers[kind].violations


@pytest.mark.parametrize(("name", "kind"), EMBEDDINGS.items())
def test_embeddings_are_kept_too(asked_for, providers, name, kind, text):
    first = call(name, kind, text=text, fields=USE).at(asked_for)
    second = call(name, kind, text=text, fields=USE).at(asked_for)
    assert (first.status, state(first)) == (200, "miss"), first.body
    is_hit(first, second)
    assert asked(providers[kind]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_ask_for_it_is_not_answered_from_it(asked_for, providers, name, text):
    kind = SPOKEN_BY[name]
    assert state(call(name, kind, text=text, fields=USE).at(asked_for)) == "miss"
    for fields in ({}, {"Parley-Cache": "no"}):
        answer = call(name, kind, text=text, fields=fields).at(asked_for)
        assert answer.status == 200 and "Parley-Cache" not in answer.headers and "Age" not in answer.headers
    assert asked(providers[kind]) == 3


def test_what_was_not_asked_to_be_kept_is_not(asked_for, providers, text):
    assert call("openai-chat", "openai", text=text).at(asked_for).status == 200
    assert state(call("openai-chat", "openai", text=text, fields=USE).at(asked_for)) == "miss"
    assert asked(providers["openai"]) == 2


@pytest.mark.parametrize("name", NAMES)
def test_always_means_every_call(always, providers, name, text):
    kind = other(name)
    first = call(name, kind, text=text).at(always)
    assert state(first) == "miss"
    is_hit(first, call(name, kind, text=text).at(always))
    assert asked(providers[kind]) == 1


def test_what_is_no_call_of_a_model_does_not_speak_of_it(always):
    answer = always.ask("GET", "/v1/models", {"Authorization": f"Bearer {KEY}"})
    assert answer.status == 200 and "Parley-Cache" not in answer.headers


def test_without_the_key_the_header_means_nothing(stage, providers, text):
    gateway = serving(stage, providers)
    for _ in range(2):
        answer = call("openai-chat", "openai", text=text, fields=USE).at(gateway)
        assert answer.status == 200 and "Parley-Cache" not in answer.headers
    assert asked(providers["openai"]) == 2


# What is equal.

DIFFERENT = {
    "text": {"text": "another"},
    "member": {"temperature": 0.5},
    "model": {"kind": "claude"},
    "stream": {"stream": True},
    "path": {"name": "openai-responses"},
}


@pytest.mark.parametrize("change", DIFFERENT.values(), ids=DIFFERENT)
def test_what_differs_is_asked(always, providers, change, text):
    usual = {"name": "openai-chat", "kind": "openai", "text": text}
    assert state(call(**usual).at(always)) == "miss"
    assert state(call(**(usual | change)).at(always)) == "miss"
    assert asked(providers["openai"]) + asked(providers["claude"]) == 2


def test_even_a_space_differs(always, providers, text):
    raw = SURFACES["openai-chat"]
    body = json.dumps(raw.body("m-openai", text)).encode()
    for one in (body, body + b" "):
        assert state(always.ask("POST", raw.target(""), raw.headers(KEY), one)) == "miss"
    assert asked(providers["openai"]) == 2


def test_a_stream_in_another_form_is_another_answer(always, providers, text):
    """Gemini's streams are events with `alt=sse`, and a JSON array without."""
    raw = SURFACES["gemini"]
    body = json.dumps(raw.body("m-openai", text)).encode()
    target = raw.target("m-openai", stream=True)
    events = always.ask("POST", target, raw.headers(KEY), body)
    array = always.ask("POST", target.split("?")[0], raw.headers(KEY), body)
    assert events.headers["Content-Type"].startswith("text/event-stream")
    assert array.headers["Content-Type"].startswith("application/json") and isinstance(array.json(), list)


def test_a_surface_known_by_its_client_gets_its_own_form(always, providers):
    """Mistral's SDK and OpenAI's send the same bytes to the same path; a stream of Mistral's has whole calls."""
    tools = [{"type": "function", "function": {"name": "ping", "parameters": {"type": "object", "properties": {}}}}]
    for name in ("openai-chat", "mistral"):
        call(name, "claude", True, "scenario:no-arguments", tools=tools).at(always)
    assert asked(providers["claude"]) == 2


# Whose it is.


@pytest.mark.parametrize("scope", ["consumer", "shared", None])
def test_consumers_share_only_where_they_may(stage, providers, scope):
    options = {"ttl": "1h", "when": "always"} | ({"scope": scope} if scope else {})
    gateway = serving(stage, providers, {"cache": options})
    first = call("openai-chat", "openai").at(gateway)
    second = call("openai-chat", "openai", key=BOB).at(gateway)
    if scope == "shared":
        is_hit(first, second)
    else:
        assert state(second) == "miss"
        is_hit(second, call("openai-chat", "openai", key=BOB).at(gateway))
    assert asked(providers["openai"]) == (1 if scope == "shared" else 2)


@pytest.mark.parametrize("name", NAMES)
@STREAMS
def test_who_may_not_call_the_model_gets_no_answer_of_it(stage, providers, name, stream):
    kind = SPOKEN_BY[name]
    people = {"alice": consumer(KEY), "bob": consumer(BOB) | {"models": ["m-local"]}}
    gateway = serving(stage, providers, {"cache": ALWAYS | {"scope": "shared"}}, consumers=people)
    assert state(call(name, kind, stream).at(gateway)) == "miss"
    refused = call(name, kind, stream, key=BOB).at(gateway)
    assert refused.status in (403, 404) and state(refused) != "hit"
    assert ALIASES[kind] in SURFACES[name].error(refused)
    stranger = call(name, kind, stream, key="nobody-0123456789abcdef").at(gateway)
    assert stranger.status == 401 and state(stranger) is None
    assert asked(providers[kind]) == 1


# What it costs.


@STREAMS
def test_a_kept_answer_costs_nothing(stage, providers, stream):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream, max_tokens=100)
    people = {"alice": consumer(KEY) | budget(most(bare.size, 100) * Decimal("1.5"))}
    gateway = serving(stage, providers, {"cache": ALWAYS}, consumers=people, model={"prices": PLAIN})
    mock.always = Reply(text="All of it.", usage=Usage(fresh=bare.size, text=100))
    first = bare.at(gateway)
    assert state(first) == "miss", first.body
    for _ in range(5):
        is_hit(first, bare.at(gateway))
    refused = call("openai-chat", "openai", stream, "another", max_tokens=100).at(gateway)
    assert refused.status == 429, refused.body
    assert asked(mock) == 1
    for one in in_ledger(gateway, "cached", 5):
        assert not any(one["tokens"].values()), one
        assert Decimal(one["cost"]["amount"]) == 0, one
        assert (one["consumer"], one["model"], one["streamed"]) == ("alice", "m-openai", stream)
    assert len(in_ledger(gateway, "completed")) == 1


def test_the_price_of_nothing_is_told_only_where_prices_are_known(stage, providers):
    gateway = serving(stage, providers, {"cache": ALWAYS}, model={"prices": None})
    first = call("openai-chat", "openai").at(gateway)
    second = call("openai-chat", "openai").at(gateway)
    is_hit(first, second)
    assert "Parley-Cost" not in first.headers and "Parley-Cost" not in second.headers


# At the same time.


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_equal_calls_at_one_moment_are_one_call(always, providers, name, kind, stream, text):
    mock, bare = providers[kind], call(name, kind, stream, text)
    mock.always = Reply(text="One for all.", waits=True)
    with Crowd(always, bare, 10) as crowd:
        eventually(lambda: asked(mock) >= 1)
        stays(lambda: asked(mock) == 1)
        mock.gate.set()
        answers = crowd.answers()
    assert sorted(map(state, answers)) == ["joined"] * 9 + ["miss"], [answer.body for answer in answers]
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}
    assert heard(bare.raw, answers[0]).text == "One for all."
    assert asked(mock) == 1
    is_hit(answers[0], bare.at(always))


@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_who_joins_a_stream_waits_for_all_of_it(always, providers, name, kind, text):
    mock, bare = providers[kind], call(name, kind, True, text)
    mock.always = Reply(text="Three pieces of it.", waits=True)
    with wire.Connection(always.address) as leader:
        leader.send(bare.data)
        assert leader.head().status == 200
        eventually(lambda: mock.records[0].pieces == 1)
        with Crowd(always, bare, 3) as crowd:
            stays(lambda: crowd.waiting() == 3 and asked(mock) == 1)
            mock.gate.set()
            answers = crowd.answers()
    assert [(state(answer), heard(bare.raw, answer).text) for answer in answers] == [
        ("joined", "Three pieces of it.")
    ] * 3


def test_a_joined_call_costs_nothing(stage, providers):
    mock, bare = providers["openai"], call("openai-chat", "openai")
    gateway = serving(stage, providers, {"cache": ALWAYS})
    mock.always = Reply(text="One for all.", waits=True)
    with Crowd(gateway, bare, 4) as crowd:
        eventually(lambda: asked(mock) >= 1)
        stays(lambda: asked(mock) == 1)
        mock.gate.set()
        crowd.answers()
    assert len(in_ledger(gateway, "cached", 3)) == 3
    spending = [one for one in all_calls(gateway) if one["cost"] and Decimal(one["cost"]["amount"])]
    assert [one["outcome"] for one in spending] == ["completed"]


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_one_of_those_who_wait_takes_over_from_a_client_that_leaves(always, providers, name, kind, stream, text):
    mock, bare = providers[kind], call(name, kind, stream, text)
    mock.always = Reply(text="Asked twice.", waits=True)
    leader = wire.Connection(always.address)
    leader.send(bare.data)
    eventually(lambda: asked(mock) == 1)
    with Crowd(always, bare, 5) as crowd:
        stays(lambda: asked(mock) == 1 and crowd.waiting() == 5)
        leader.close()
        eventually(lambda: mock.disconnects == 1, why="the provider notices")
        eventually(lambda: asked(mock) == 2, why="another takes over")
        stays(lambda: asked(mock) == 2)
        mock.gate.set()
        answers = crowd.answers()
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}
    assert heard(bare.raw, answers[0]).text == "Asked twice."
    assert sorted(map(state, answers)) == ["joined"] * 4 + ["miss"]
    assert asked(mock) == 2
    is_hit(answers[0], bare.at(always))


@STREAMS
def test_who_waits_may_leave(always, providers, stream, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream, text)
    mock.always = Reply(text="Still whole.", waits=True)
    with Crowd(always, bare, 1) as leader:
        eventually(lambda: asked(mock) == 1)
        with Crowd(always, bare, 3):
            stays(lambda: asked(mock) == 1)
        stays(lambda: mock.disconnects == 0)
        mock.gate.set()
        (answer,) = leader.answers()
    assert (answer.status, heard(bare.raw, answer).text) == (200, "Still whole.")
    is_hit(answer, bare.at(always))
    assert asked(mock) == 1


@STREAMS
def test_a_call_that_everybody_left_is_given_up(always, providers, stream, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream, text)
    mock.always = Reply(text="For nobody.", waits=True)
    with Crowd(always, bare, 3):
        eventually(lambda: asked(mock) >= 1)
        stays(lambda: asked(mock) == 1)
    eventually(lambda: all(record.outcome == "disconnected" for record in mock.records))
    mock.gate.set()
    assert state(bare.at(always)) == "miss"


class HeldTrouble:
    """Makes a mock keep its next call waiting, and then fail it."""

    def __init__(self, mock, trouble):
        self.mock, self.trouble, self.usual = mock, trouble, mock._reply

    def __enter__(self):
        held = [self.trouble]

        def reply(question, override):
            if not held:
                return self.usual(question, override)
            trouble = held.pop()
            self.mock.gate.wait(20)
            return Reply(trouble=trouble)

        self.mock._reply = reply
        return self

    def __exit__(self, *_):
        del self.mock._reply


@STREAMS
@pytest.mark.parametrize("status", [400, 500])
def test_a_failure_is_not_shared(always, providers, status, stream, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream, text)
    with HeldTrouble(mock, Trouble(status)):
        with Crowd(always, bare, 1) as leader:
            eventually(lambda: asked(mock) == 1)
            with Crowd(always, bare, 3) as crowd:
                stays(lambda: asked(mock) == 1 and crowd.waiting() == 3)
                mock.gate.set()
                answers = crowd.answers()
            (failed,) = leader.answers()
    assert failed.status >= 400 and state(failed) not in ("hit", "joined")
    assert [answer.status for answer in answers] == [200] * 3, [answer.body for answer in answers]
    assert {heard(bare.raw, answer).text for answer in answers} == {"Hello from the mock."}
    assert 2 <= asked(mock) <= 4


# What is not kept.


@STREAMS
@pytest.mark.parametrize(
    "failure",
    [Trouble(400), Trouble(429), Trouble(500), Trouble(529), Reply(garbage=b"<html>nginx</html>")],
    ids=["400", "429", "500", "503", "garbage"],
)
def test_failures_are_not_kept(stage, providers, failure, stream):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream)
    gateway = serving(stage, providers, {"cache": ALWAYS, "attempts": 1})
    mock.always = failure
    failed = bare.at(gateway)
    assert failed.status >= 400 and state(failed) not in ("hit", "joined")
    mock.always = None
    first = eventually(lambda: (answer := bare.at(gateway)).status == 200 and answer, 10, "the provider is well again")
    assert state(first) == "miss"
    is_hit(first, bare.at(gateway))


@pytest.mark.parametrize("breaks", ["end", "reset", "error"])
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_a_stream_that_broke_is_not_kept(stage, providers, name, kind, breaks):
    mock, bare = providers[kind], call(name, kind, True)
    gateway = serving(stage, providers, {"cache": ALWAYS})
    mock.always = Reply(text="Half of it", breaks=breaks)
    assert state(bare.at(gateway)) == "miss"
    mock.always = Reply(text="All of it")
    second = bare.at(gateway)
    assert (state(second), heard(bare.raw, second).text) == ("miss", "All of it")
    is_hit(second, bare.at(gateway))


def test_who_waits_for_a_stream_that_breaks_asks_anew(always, providers, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", True, text)
    mock.queue = [Reply(text="Half of it", waits=True)] + [Reply(text="All of it")] * 2
    with wire.Connection(always.address) as leader:
        leader.send(bare.data)
        leader.head()
        eventually(lambda: asked(mock) == 1 and mock.records[0].pieces == 1)
        with Crowd(always, bare, 2) as crowd:
            stays(lambda: crowd.waiting() == 2 and asked(mock) == 1)
            # Only this one: those who wait may ask on another at once.
            mock.upstream.cut(mock.records[0].received.connection)
            answers = crowd.answers()
    assert {(answer.status, heard(bare.raw, answer).text) for answer in answers} == {(200, "All of it")}


def test_a_stream_that_its_client_left_is_not_kept(always, providers, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", True, text)
    mock.always = Reply(text="four by four", waits=True)
    leave(always, bare, b"four", lambda: mock.disconnects == 1)
    mock.always = None
    assert state(bare.at(always)) == "miss"
    assert asked(mock) == 2


# What a caller may say.


@STREAMS
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_no_cache_asks_again_and_keeps_that(always, providers, name, kind, stream, text):
    mock, bare = providers[kind], call(name, kind, stream, text)
    mock.queue = [Reply(text="The first."), Reply(text="The second.")]
    assert heard(bare.raw, bare.at(always)).text == "The first."
    fresh = call(name, kind, stream, text, fields={"Cache-Control": "no-cache"}).at(always)
    assert heard(bare.raw, fresh).text == "The second." and state(fresh) == "miss"
    is_hit(fresh, bare.at(always))
    assert asked(mock) == 2


@STREAMS
def test_no_store_neither_takes_nor_leaves_anything(always, providers, stream, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream, text)
    aside = call("openai-chat", "openai", stream, text, fields={"Cache-Control": "no-store"})
    mock.queue = [Reply(text="Aside."), Reply(text="Kept."), Reply(text="Aside again.")]
    assert heard(bare.raw, aside.at(always)).text == "Aside."
    first = bare.at(always)
    assert (state(first), heard(bare.raw, first).text) == ("miss", "Kept.")
    again = aside.at(always)
    assert heard(bare.raw, again).text == "Aside again." and state(again) not in ("hit", "joined")
    is_hit(first, bare.at(always))
    assert asked(mock) == 3


def test_no_store_does_not_join(always, providers, text):
    mock, bare = providers["openai"], call("openai-chat", "openai", text=text)
    mock.always = Reply(text="Each its own.", waits=True)
    aside = call("openai-chat", "openai", text=text, fields={"Cache-Control": "no-store"})
    with Crowd(always, bare, 1) as one, Crowd(always, aside, 1) as another:
        eventually(lambda: asked(mock) == 2)
        mock.gate.set()
        assert one.answers()[0].status == another.answers()[0].status == 200


# How long, and how much.


@STREAMS
def test_after_its_time_an_answer_is_asked_for_anew(stage, providers, stream):
    mock, bare = providers["openai"], call("openai-chat", "openai", stream)
    gateway = serving(stage, providers, {"cache": {"ttl": "1s", "when": "always"}})
    mock.always = Reply(text="Fresh.")
    assert state(bare.at(gateway)) == "miss"
    again = eventually(lambda: state(answer := bare.at(gateway)) == "miss" and answer, 10, "the answer has grown old")
    assert asked(mock) == 2
    assert heard(bare.raw, again).text == "Fresh."


@pytest.mark.parametrize("size", [200_000, 300_000])
def test_the_least_recently_used_go_first(stage, providers, size):
    gateway = serving(stage, providers, {"cache": ALWAYS | {"size": "1MiB"}})
    providers["openai"].always = Reply(text="x" * size)
    letters = "abcdef"[: 1_048_576 // (size + 2000)]  # there is room for so many

    def big(letter):
        return state(call("openai-chat", "openai", text=letter).at(gateway))

    assert {big(letter) for letter in letters} == {"miss"}
    assert big("a") == "hit"
    assert big("z") == "miss"
    assert {big(letter) for letter in "az" + letters[2:]} == {"hit"}
    assert big("b") == "miss"


def test_the_room_can_be_filled_again_and_again(stage, providers):
    gateway = serving(stage, providers, {"cache": ALWAYS | {"size": "1MiB"}})
    providers["openai"].always = Reply(text="x" * 100_000)
    for number in range(50):
        bare = call("openai-chat", "openai", text=f"question {number}")
        assert [state(bare.at(gateway)) for _ in range(2)] == ["miss", "hit"]
    assert asked(providers["openai"]) == 50


@STREAMS
def test_what_is_larger_than_all_room_is_not_kept(stage, providers, stream):
    gateway = serving(stage, providers, {"cache": ALWAYS | {"size": "1MiB"}})
    small, large = call("openai-chat", "openai", stream, "small"), call("openai-chat", "openai", stream, "large")
    first = small.at(gateway)
    providers["openai"].always = Reply(text="x" * 1_500_000)
    for _ in range(2):
        answer = large.at(gateway)
        assert len(heard(large.raw, answer).text) == 1_500_000 and state(answer) == "miss"
    is_hit(first, small.at(gateway))


# With guards.


@STREAMS
def test_what_is_kept_is_what_the_guards_let_through(stage, providers, stream):
    guards = [{"keywords": ["nightjar"], "mode": "refuse", "on": "requests"}, {"format": "email"}]
    gateway = serving(stage, providers, {"cache": ALWAYS, "guards": guards})
    providers["openai"].always = Reply(text="Ask ann@example.org about it.")
    bare = call("openai-chat", "openai", stream)
    first = bare.at(gateway)
    assert heard(bare.raw, first).text == "Ask [email] about it."
    is_hit(first, bare.at(gateway))
    refused = call("openai-chat", "openai", stream, "nightjar")
    assert [refused.at(gateway).status for _ in range(2)] == [400, 400]
    assert asked(providers["openai"]) == 1


@STREAMS
def test_what_was_kept_before_a_guard_came_is_not_told_after_it(stage, providers, stream):
    gateway = serving(stage, providers, {"cache": ALWAYS})
    providers["openai"].always = Reply(text="Ask ann@example.org about it.")
    bare = call("openai-chat", "openai", stream)
    is_hit(bare.at(gateway), bare.at(gateway))
    changed = yaml.safe_load(gateway.file.read_text())
    changed["services"]["ai"]["llm"]["guards"] = [{"format": "email", "on": "answers"}]
    before = gateway.status()["configuration"]["digest"]
    gateway.reconfigure(changed)
    eventually(lambda: gateway.status()["configuration"]["digest"] != before, 10, "the new configuration")
    assert heard(bare.raw, bare.at(gateway)).text == "Ask [email] about it."


def test_a_call_that_is_refused_is_not_looked_up(always, providers, text):
    answer = call("openai-chat", "openai", text=text, key="nobody-0123456789abcdef").at(always)
    assert answer.status == 401 and state(answer) is None
    none_asked(providers)


def test_a_call_may_wait_while_others_go_on(always, providers, text):
    mock = providers["openai"]
    mock.queue = [Reply(text="Late.", waits=True)]
    late = Meanwhile(lambda: call("openai-chat", "openai", text=text).at(always))
    eventually(lambda: asked(mock) == 1)
    assert state(call("openai-chat", "openai", text=text + " too").at(always)) == "miss"
    assert late.running
    mock.gate.set()
    assert state(late.result()) == "miss"
