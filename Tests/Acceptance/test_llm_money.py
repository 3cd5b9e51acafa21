"""Budgets, quotas, the ledger and what is told of them (contract 6, issue 4 sections 4 and 7)."""

import json
import re
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from decimal import Decimal

import anthropic
import openai
import pytest
import yaml

from harness.crew import together
from harness.gateway import as_yaml, metric, run
from harness.keys import consumer
from harness.models import KEY, ai_configuration, mocks, model_entry, provider_entry
from harness.money import (
    ODD,
    PLAIN,
    Asked,
    Crowd,
    all_calls,
    budget,
    calls_in_ledger,
    cost,
    leave,
    limited,
    most,
    owed,
    spent,
    told,
    usage_by,
    written,
)
from harness.patience import eventually
from harness.providers import KINDS, provider
from harness.providers.clients.base import text64
from harness.providers.material import PNG
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES
from harness.providers.reply import Reply, Trouble, Usage

BOB = "bob-0123456789abcdef"
LIMIT = 100  # output tokens that each call asks for
OPENAI = SURFACES["openai-chat"]
LIMITS = {
    "openai-chat": {"max_tokens": LIMIT},
    "openai-completions": {"max_tokens": LIMIT},
    "openai-responses": {"max_output_tokens": LIMIT},
    "anthropic": {"max_tokens": LIMIT},
    "gemini": {"generationConfig": {"maxOutputTokens": LIMIT}},
    "mistral": {"max_tokens": LIMIT},
    "ollama-chat": {"options": {"num_predict": LIMIT}},
    "ollama-generate": {"options": {"num_predict": LIMIT}},
}
# The statuses that the vendors' SDKs take for what it is: no money left, so there is no point in trying again.
OVER_BUDGET = {"openai": 429, "anthropic": 402, "gemini": 400, "mistral": 402, "ollama": 402}
NAMES = [raw.name for raw in CHAT]
SURFACE_AND_KIND = [(name, kind) for name in ("openai-chat", "anthropic") for kind in ("openai", "claude")]
ALLOWANCES = [budget(1000), {"tokens": {"quota": 100000, "window": "1h"}}]
BREAKS = ["end", "reset", "error"]
FIRST = "four by four"  # a stream of it has three pieces of four bytes


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared, forbidden=(KEY, BOB))


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


def asked(name, kind, stream=False, **options):
    """A call with a limit of its output."""
    return Asked(SURFACES[name], kind, stream=stream, **(LIMITS[name] | options))


def dearest(call, text="Hello from the mock."):
    """An answer that uses all that a call may."""
    return Reply(text=text, usage=Usage(fresh=call.size, text=LIMIT))


def bound(call):
    """What a call may cost."""
    return most(call.size, LIMIT)


def refused(call, answer):
    """The message of a refusal for want of money."""
    message = call.raw.error(answer)
    assert answer.status == OVER_BUDGET[call.raw.envelope], answer.body
    assert answer.headers["x-should-retry"] == "false"
    if call.raw.envelope == "openai":
        assert "insufficient_quota" in (answer.json()["error"]["type"], answer.json()["error"]["code"]), answer.body
    if call.raw.envelope == "anthropic":
        assert answer.json()["error"]["type"] == "billing_error"
    if call.raw.envelope == "gemini":
        assert answer.json()["error"]["status"] == "FAILED_PRECONDITION"
    return message


# Budgets.


@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_500_calls_at_once_spend_no_more_than_there_is(stage, providers, name, kind, stream):
    mock, call = providers[kind], asked(name, kind, stream)
    mock.always = dearest(call)
    allowed = bound(call) * Decimal("20.5")
    gateway = limited(stage, {kind: mock}, budget(allowed))
    with Crowd(gateway, call, 500) as crowd:
        answers = crowd.answers()
    passed = [answer for answer in answers if answer.status == 200]
    assert len(passed) == len(mock.settled(len(passed))) == 20
    assert spent(mock) == 20 * bound(call) <= allowed
    for answer in answers:
        if answer.status != 200:
            refused(call, answer)
    assert not mock.violations


def allowance(subject, call, times, more=0):
    """A limit with room for so many bounds of a call, and so many of the smallest units more (or fewer)."""
    if subject == "money":
        return budget(bound(call) * Decimal(times) + Decimal("0.000001") * more)
    return {"tokens": {"quota": int((call.size + LIMIT) * Decimal(times)) + more, "window": "1h"}}


def turned_away(subject, call, answer):
    """Fails unless the limit is what a call was refused for; answers the message."""
    if subject == "money":
        return refused(call, answer)
    message = call.raw.error(answer)
    assert answer.status == 429 and " tokens" in message and answer.headers["x-should-retry"] == "false", answer.body
    return message


@pytest.mark.parametrize("subject", ["money", "tokens"])
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_what_runs_counts_as_spent_and_what_was_not_needed_is_given_back(stage, providers, name, kind, subject):
    mock, call = providers[kind], asked(name, kind)
    mock.always = Reply(text="Cheap.", waits=True, usage=Usage(fresh=3, text=2))
    gateway = limited(stage, {kind: mock}, allowance(subject, call, "20.5"))
    with Crowd(gateway, call, 200) as crowd:
        eventually(lambda: crowd.waiting() == 20, 10, "all but 20 are refused at once")
        eventually(lambda: len(mock.records) == 20)
        mock.gate.set()
        answers = crowd.answers()
    over = [answer for answer in answers if answer.status != 200]
    assert len(over) == 180
    for answer in over:
        turned_away(subject, call, answer)
    # 20 answers cost less than half of what one may: another crowd of 20 finds nearly all of the budget free.
    with Crowd(gateway, call, 20) as crowd:
        assert [answer.status for answer in crowd.answers()] == [200] * 20
    assert len(mock.settled(40)) == 40


@pytest.mark.parametrize("subject", ["money", "tokens"])
@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
def test_a_call_that_runs_holds_just_what_it_may_cost(stage, providers, name, kind, stream, subject):
    """No less: beside it, a second call is refused for want of the smallest unit. And no more: with that it passes."""
    mock, call = providers[kind], asked(name, kind, stream)
    mock.always = Reply(text="Cheap.", waits=True, usage=Usage(fresh=3, text=2))
    short = limited(stage, {kind: mock}, allowance(subject, call, 2, more=-1))
    exact = limited(stage, {kind: mock}, allowance(subject, call, 2))
    with Crowd(short, call, 1) as one, Crowd(exact, call, 2) as two:
        eventually(lambda: len(mock.records) == 3, why="one call runs here, two there")
        turned_away(subject, call, call.at(short))
        turned_away(subject, call, call.at(exact))
        assert len(mock.records) == 3
        mock.gate.set()
        assert [answer.status for answer in one.answers() + two.answers()] == [200] * 3
    for gateway in (short, exact):
        eventually(lambda gateway=gateway: call.at(gateway).status == 200, why="what was not needed is given back")


def test_a_call_that_runs_counts_in_every_limit(stage, providers):
    mock, alice = providers["openai"], asked("openai-chat", "openai")
    bob = asked("openai-chat", "openai", key=BOB)
    mock.always = Reply(text="Cheap.", waits=True, usage=Usage(fresh=3, text=2))
    consumers = {"alice": consumer(KEY, "team") | allowance("tokens", alice, 9), "bob": consumer(BOB, "team")}
    groups = {"team": allowance("money", alice, 2, more=-1)}
    gateway = limited(stage, {"openai": mock}, {}, consumers=consumers, groups=groups)
    with Crowd(gateway, alice, 1) as crowd:
        eventually(lambda: len(mock.records) == 1)
        assert "team" in refused(bob, bob.at(gateway))
        mock.gate.set()
        assert crowd.answers()[0].status == 200
    assert bob.at(gateway).status == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_refusal_names_the_limit_and_the_remedy(stage, providers, name):
    kind = "claude" if SPOKEN_BY[name] != "claude" else "openai"
    gateway = limited(stage, {kind: providers[kind]}, budget(Decimal("0.000007")))
    for stream in (False, True):
        call = asked(name, kind, stream)
        message = refused(call, call.at(gateway))
        assert "alice" in message and "0.000007 USD" in message, message
        assert re.search(r"shorter|max_tokens|wait|raise", message), message
    assert not providers[kind].requests


def test_the_sdks_know_it_for_what_it_is_and_do_not_try_again(stage, providers):
    gateway = limited(stage, {"openai": providers["openai"]}, budget(Decimal("0.000007")))
    message = {"role": "user", "content": "hello"}
    with openai.OpenAI(base_url=gateway.url + "/v1", api_key=KEY) as client:
        with pytest.raises(openai.RateLimitError, match="alice") as caught:
            client.chat.completions.create(model="openai", messages=[message])
        assert caught.value.type == "insufficient_quota"
    with anthropic.Anthropic(base_url=gateway.url, api_key=KEY) as client:
        with pytest.raises(anthropic.APIStatusError, match="alice") as caught:
            client.messages.create(model="openai", messages=[message], max_tokens=LIMIT)
        assert caught.value.status_code == 402
    assert [call["outcome"] for call in calls_in_ledger(gateway, 2)] == ["refused"] * 2


def test_the_currency_must_be_that_of_the_prices(stage, providers):
    gateway = limited(stage, {"openai": providers["openai"]}, budget(1))
    changed = yaml.safe_load(gateway.file.read_text())
    assert run("check", gateway.file).returncode == 0
    changed["consumers"]["alice"]["budget"]["currency"] = "EUR"
    other = gateway.folder / "other.yaml"
    other.write_text(as_yaml(changed))
    result = run("check", other)
    assert result.returncode != 0
    assert "EUR" in result.stdout + result.stderr and "USD" in result.stdout + result.stderr


def test_a_group_shares_one_budget(stage, providers):
    mock, alice = providers["openai"], asked("openai-chat", "openai")
    bob = asked("openai-chat", "openai", key=BOB)
    mock.always = dearest(alice)
    consumers = {"alice": consumer(KEY, "team"), "bob": consumer(BOB, "team")}
    groups = {"team": budget(bound(alice) * Decimal("2.5"))}
    gateway = limited(stage, {"openai": mock}, {}, consumers=consumers, groups=groups)
    assert alice.at(gateway).status == bob.at(gateway).status == 200
    for call in (alice, bob):
        assert "team" in refused(call, call.at(gateway))
    assert len(mock.records) == 2


def test_an_own_budget_and_that_of_the_group_hold_both(stage, providers):
    mock, alice = providers["openai"], asked("openai-chat", "openai")
    bob = asked("openai-chat", "openai", key=BOB)
    mock.always = dearest(alice)
    one = bound(alice) * Decimal("1.5")
    consumers = {"alice": consumer(KEY, "team") | budget(one), "bob": consumer(BOB, "team")}
    gateway = limited(stage, {"openai": mock}, {}, consumers=consumers, groups={"team": budget(one * 2)})
    assert alice.at(gateway).status == 200
    # Refused by the one limit, it must not take from the other.
    assert "alice" in refused(alice, alice.at(gateway))
    assert "alice" in refused(alice, alice.at(gateway))
    assert bob.at(gateway).status == bob.at(gateway).status == 200
    assert "team" in refused(bob, bob.at(gateway))


@pytest.mark.parametrize("prices", [None, {"input": 1000}, {"output": 1000}], ids=["none", "no-output", "no-input"])
def test_under_a_budget_a_model_needs_prices(stage, providers, prices):
    gateway = limited(stage, {"openai": providers["openai"]}, budget(1000), model={"prices": prices})
    answer = asked("openai-chat", "openai").at(gateway)
    assert answer.status == 400
    assert "prices" in OPENAI.error(answer)
    assert not providers["openai"].requests


@pytest.mark.parametrize("allowance", ALLOWANCES, ids=["money", "tokens"])
def test_under_a_limit_an_answer_needs_one(stage, providers, allowance):
    gateway = limited(stage, {"openai": providers["openai"]}, allowance, model={"prices": PLAIN, "limits": None})
    answer = Asked(OPENAI, "openai").at(gateway)
    assert answer.status == 400
    message = OPENAI.error(answer)
    assert "max_tokens" in message and "limits.output" in message
    assert not providers["openai"].requests
    assert asked("openai-chat", "openai").at(gateway).status == 200


def test_the_models_own_limit_bounds_what_sets_none(stage, providers):
    mock, call = providers["openai"], Asked(OPENAI, "openai")
    options = {"prices": PLAIN, "limits": {"output": LIMIT}}
    gateway = limited(stage, {"openai": mock}, budget(bound(call) * Decimal("1.5")), model=options)
    mock.always = dearest(call)
    assert call.at(gateway).status == 200
    refused(call, call.at(gateway))


@pytest.mark.parametrize("limit", [2**31, 2**62, 2**63 - 1])
@pytest.mark.parametrize("allowance", ALLOWANCES, ids=["money", "tokens"])
def test_an_enormous_wish_is_not_a_small_one(stage, providers, allowance, limit):
    gateway = limited(stage, {"openai": providers["openai"]}, allowance)
    answer = asked("openai-chat", "openai", max_tokens=limit).at(gateway)
    OPENAI.error(answer)
    assert answer.status == 429, answer.body
    assert not providers["openai"].requests, "a call that may pass the limit reached the provider"


# Calls that may be answered with far more than one answer of 100 tokens.
MANY = {
    "n": ("openai-chat", {"n": 20}),
    "both-limits": ("openai-chat", {"max_tokens": 20 * LIMIT, "max_completion_tokens": LIMIT}),
    "candidates": ("gemini", {"generationConfig": {"maxOutputTokens": LIMIT, "candidateCount": 8}}),
    "best-of": ("openai-completions", {"best_of": 20}),
    "prompts": ("openai-completions", {"prompt": ["a"] * 20}),
    "prompts-as-tokens": ("openai-completions", {"prompt": [[1], [2], [3], [4], [5], [6], [7], [8]]}),
}


@pytest.mark.parametrize("word", MANY)
def test_every_answer_is_bounded(stage, providers, word):
    name, members = MANY[word]
    one = asked(name, "openai")
    quota = {"tokens": {"quota": one.size + 6 * LIMIT, "window": "1h"}}
    gateway = limited(stage, {"openai": providers["openai"]}, quota)
    answer = asked(name, "openai", **members).at(gateway)
    assert answer.status == 429, answer.body
    assert not providers["openai"].requests, "a call that may pass the limit reached the provider"
    assert one.at(gateway).status == 200


def just_fits(stage, mock, call, tokens):
    """Fails unless the bound of a call is just so many tokens."""
    short = limited(stage, {mock.kind: mock}, {"tokens": {"quota": tokens - 1, "window": "1h"}})
    turned_away("tokens", call, call.at(short))
    assert not mock.requests
    exact = limited(stage, {mock.kind: mock}, {"tokens": {"quota": tokens, "window": "1h"}})
    answer = call.at(exact)
    assert answer.status == 200, answer.body
    assert len(mock.requests) == 1 and not mock.violations


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [None, text64(PNG)], ids=["url", "base64"])
def test_a_picture_counts_as_much_as_a_vendor_may_count(stage, providers, kind, data):
    """OpenAI counts 2833 tokens and 5667 for each of up to eight tiles, where the model is gpt-4o-mini."""
    url = f"data:image/png;base64,{data}" if data else "https://pictures.test/p.png"
    content = [{"type": "text", "text": "hello"}, {"type": "image_url", "image_url": {"url": url}}]
    call = asked("openai-chat", kind, messages=[{"role": "user", "content": content}])
    one = 5000 if kind == "claude" else 50000
    just_fits(stage, providers[kind], call, call.size - len(data or "") + one + LIMIT)


def test_what_is_only_referred_to_is_bounded(stage, providers):
    """A document that the provider fetches may fill the whole context, which is 128000 tokens here."""
    source = {"type": "url", "url": "https://documents.test/d.pdf"}
    content = [{"type": "document", "source": source}, {"type": "text", "text": "hello"}]
    call = asked("anthropic", "claude", messages=[{"role": "user", "content": content}])
    just_fits(stage, providers["claude"], call, 128000 + LIMIT)


def said_with(part):
    """OpenAI's messages with a part beside the text."""
    return {"messages": [{"role": "user", "content": [{"type": "text", "text": "hello"}, part]}]}


def gemini_with(part, **members):
    """Gemini's contents with a part beside the text."""
    return {"contents": [{"role": "user", "parts": [{"text": "hello"}, part]}]} | members


FILM = "https://films.test/two-hours"
# What the gateway passes on to a provider of the same dialect without being able to say it to any other.
FETCHED = {
    "film-at-gemini": ("gemini", "gemini", gemini_with({"fileData": {"mimeType": "video/mp4", "fileUri": FILM}})),
    "file-at-gemini": ("gemini", "gemini", gemini_with({"fileData": {"fileUri": FILM}})),
    "cache-at-gemini": ("gemini", "gemini", gemini_with({"text": "Go on."}, cachedContent="cachedContents/book")),
    "film-at-vllm": ("openai-chat", "local", said_with({"type": "video_url", "video_url": {"url": FILM}})),
    "sound-at-vllm": ("openai-chat", "local", said_with({"type": "audio_url", "audio_url": {"url": FILM}})),
    "sound-at-mistral": ("mistral", "mistral", said_with({"type": "input_audio", "input_audio": FILM})),
    "file-at-openai": ("openai-chat", "openai", said_with({"type": "file", "file": {"file_id": "file-1"}})),
}


@pytest.mark.parametrize("word", FETCHED)
def test_what_the_provider_fetches_is_bounded_by_the_context(stage, providers, word):
    name, kind, members = FETCHED[word]
    call = asked(name, kind, **(LIMITS[name] | members))
    gateway = limited(stage, {kind: providers[kind]}, {"tokens": {"quota": 127999, "window": "1h"}})
    answer = call.at(gateway)
    assert not providers[kind].requests, "a call that may pass the limit reached the provider"
    turned_away("tokens", call, answer)


# Same dialect in and out passes what the gateway itself cannot read; a lenient server may still answer it.
UNREADABLE = {
    "part": {"messages": [{"role": "user", "content": [{"type": "hologram", "hologram": {"data": "AAAA"}}]}]},
    "role": {"messages": [{"role": "oracle", "content": "hello"}]},
    "content": {"messages": [{"role": "user", "content": 7}]},
    "stop": {"stop": 7},
    "temperature": {"temperature": "warm"},
    "tools": {"tools": [{"type": "function", "function": 7}]},
}


@pytest.mark.parametrize("allowance", ALLOWANCES, ids=["money", "tokens"])
@pytest.mark.parametrize("members", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_bounded_all_the_same(stage, providers, allowance, members):
    mock = providers["openai"]
    call = asked("openai-chat", "openai", **({"max_tokens": 2_000_000} | members))
    answer = call.at(limited(stage, {"openai": mock}, allowance))
    OPENAI.error(answer)
    assert answer.status == 429, answer.body
    assert not mock.requests, "a call that may pass the limit reached the provider"


@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
def test_a_budget_outlives_the_gateway(stage, providers, stream):
    mock, call = providers["openai"], asked("openai-chat", "openai", stream)
    mock.always = dearest(call)
    gateway = limited(stage, {"openai": mock}, budget(bound(call) * Decimal("20.5")))
    with Crowd(gateway, call, 15) as crowd:
        assert [answer.status for answer in crowd.answers()] == [200] * 15
    gateway.signal(signal.SIGTERM)
    assert gateway.ends() == 0
    gateway.start()
    with Crowd(gateway, call, 50) as crowd:
        answers = crowd.answers()
    assert sum(answer.status == 200 for answer in answers) == 5
    assert spent(mock) == 20 * bound(call)


def test_a_budget_outlives_a_crash(stage, providers):
    mock, call = providers["openai"], asked("openai-chat", "openai")
    mock.always = dearest(call)
    gateway = limited(stage, {"openai": mock}, budget(bound(call) * Decimal("1.5")))
    assert call.at(gateway).status == 200
    calls_in_ledger(gateway, 1)
    gateway.kill()
    gateway.start()
    refused(call, call.at(gateway))


def test_a_new_configuration_does_not_forget_what_was_spent(stage, providers):
    mock, call = providers["openai"], asked("openai-chat", "openai")
    mock.always = dearest(call)
    gateway = limited(stage, {"openai": mock}, budget(bound(call) * Decimal("1.5")))
    assert call.at(gateway).status == 200
    refused(call, call.at(gateway))
    changed = yaml.safe_load(gateway.file.read_text())
    changed["consumers"]["alice"] |= budget(bound(call) * Decimal("2.5"))
    gateway.reconfigure(changed)
    eventually(lambda: call.at(gateway).status == 200, 10, "there is more to spend")
    refused(call, call.at(gateway))
    assert len(mock.records) == 2


@pytest.mark.parametrize(
    "failure",
    [Trouble(400), Trouble(404), Trouble(422), Trouble(500), Trouble(529), Reply(garbage=b"<html>nginx</html>")],
    ids=["400", "404", "422", "500", "503", "garbage"],
)
@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
def test_a_call_that_fails_before_any_output_costs_nothing(stage, providers, failure, stream):
    mock, call = providers["openai"], asked("openai-chat", "openai", stream)
    gateway = limited(stage, {"openai": mock}, budget(bound(call)))
    mock.always = failure
    assert call.at(gateway).status >= 400
    mock.always = dearest(call)
    # It fits exactly; a target in disgrace may rest for a moment.
    eventually(lambda: call.at(gateway).status == 200, 10, "the whole budget is there")
    refused(call, call.at(gateway))


def left(gateway, mock, call):
    """A stream whose client leaves after its first piece."""
    before = mock.disconnects

    def another():
        refused(call, call.at(gateway))

    leave(gateway, call, b"four", lambda: mock.disconnects == before + 1, another)


def cut(gateway, mock, call):
    """A stream that its provider breaks off."""
    answer = call.at(gateway)
    assert answer.status == 200 and b"four" in answer.body


BROKEN = [pytest.param(Reply(text=FIRST, waits=True), left, id="left")] + [
    pytest.param(Reply(text=FIRST, breaks=breaks), cut, id=breaks) for breaks in BREAKS
]


@pytest.mark.parametrize(("name", "kind"), SURFACE_AND_KIND)
@pytest.mark.parametrize(("reply", "play"), BROKEN)
def test_half_a_stream_costs_some_of_what_was_reserved(stage, providers, name, kind, reply, play):
    mock, call = providers[kind], asked(name, kind, True)
    dear, cheap = ({kind: mock}, budget(bound(call))), ({kind: mock}, budget(bound(call) * Decimal("1.5")))
    mock.always = reply
    poor, rich = limited(stage, *dear), limited(stage, *cheap)
    play(poor, mock, call)
    play(rich, mock, call)
    mock.always = None
    eventually(lambda: call.at(rich).status == 200, why="what was not needed is given back")
    refused(call, call.at(poor))


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_leaves_before_any_output_pays_nothing(stage, providers, kind):
    mock, call = providers[kind], asked("openai-chat", kind)
    gateway = limited(stage, {kind: mock}, budget(bound(call) + Decimal("0.000001")))
    mock.always = Reply(text="Too late.", waits=True)
    with Crowd(gateway, call, 1):
        eventually(lambda: len(mock.records) == 1)
        refused(call, call.at(gateway))
    eventually(lambda: mock.disconnects == 1, why="the provider notices")
    mock.always = dearest(call)
    eventually(lambda: call.at(gateway).status == 200, why="the whole budget is there")
    refused(call, call.at(gateway))


def test_explicit_zeros_cost_nothing(stage, providers):
    mock, call = providers["openai"], asked("openai-chat", "openai")
    mock.always = Reply(text="", usage=Usage(fresh=0, text=0))
    gateway = limited(stage, {"openai": mock}, budget(bound(call)))
    for _ in range(3):
        answer = call.at(gateway)
        assert (answer.status, answer.headers["Parley-Cost"]) == (200, "0.000000 USD")
        assert answer.headers["Parley-Tokens"] == "in=0, out=0, cached=0"


def test_a_count_costs_nothing_and_needs_no_money(stage, providers):
    gateway = limited(stage, {"claude": providers["claude"]}, budget(Decimal("0.000001")))
    answer = Asked(SURFACES["anthropic-count"], "claude").at(gateway)
    assert (answer.status, answer.json()) == (200, {"input_tokens": 12})
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["cost"], call["tokens"]["output"]) == (None, None)


def test_an_embedding_costs_its_input(stage, providers):
    mock, call = providers["openai"], Asked(SURFACES["openai-embeddings"], "openai", text="one two three")
    options = {"prices": PLAIN, "limits": None}
    gateway = limited(stage, {"openai": mock}, budget(most(call.size, 0) + Decimal("0.001")), model=options)
    answer = call.at(gateway)
    assert answer.status == 200, answer.body
    count = answer.json()["usage"]["prompt_tokens"]
    assert answer.headers["Parley-Cost"] == f"{written(cost({'fresh': count}))} USD"
    # The second would fit by what the first was charged alone, but the bound of its bytes does not.
    assert "alice" in refused(call, call.at(gateway))
    (first,) = [call for call in calls_in_ledger(gateway, 2) if call["outcome"] == "completed"]
    assert (first["tokens"]["input"], first["tokens"]["output"] or 0) == (count, 0)


# Quotas of tokens.


@pytest.mark.parametrize("name", NAMES)
def test_a_quota_of_tokens_says_when_to_come_again(stage, providers, name):
    kind = "openai"
    mock, call = providers[kind], asked(name, kind)
    mock.always = dearest(call)
    allowance = {"tokens": {"quota": 2 * (call.size + LIMIT) + 50, "window": "1h"}}
    gateway = limited(stage, {kind: mock}, allowance)
    assert call.at(gateway).status == call.at(gateway).status == 200
    answer = call.at(gateway)
    assert answer.status == 429
    message = call.raw.error(answer)
    assert f"{allowance['tokens']['quota']} tokens" in message, message
    assert 3500 < int(answer.headers["Retry-After"]) <= 3600
    assert answer.headers["x-should-retry"] == "false"
    assert len(mock.records) == 2


def test_500_calls_at_once_use_no_more_tokens_than_there_are(stage, providers):
    mock, call = providers["openai"], asked("openai-chat", "openai")
    mock.always = dearest(call)
    gateway = limited(stage, {"openai": mock}, {"tokens": {"quota": 20 * (call.size + LIMIT) + 50, "window": "1h"}})
    with Crowd(gateway, call, 500) as crowd:
        answers = crowd.answers()
    assert sum(answer.status == 200 for answer in answers) == len(mock.settled(20)) == 20
    assert {answer.status for answer in answers} == {200, 429}


def test_a_window_ends(stage, providers):
    mock, call = providers["openai"], asked("openai-chat", "openai")
    mock.always = dearest(call)
    gateway = limited(stage, {"openai": mock}, {"tokens": {"quota": call.size + LIMIT, "window": "1s"}})
    answers = [call.at(gateway) for _ in range(2)]
    assert answers[0].status == 200
    assert answers[1].status == 429 and answers[1].headers["Retry-After"] == "1"
    eventually(lambda: call.at(gateway).status == 200, why="the next window")


# What an answer tells of its cost.

ALL_CLASSES = Usage(fresh=20, read=100, write=30, text=9, reasoning=5)


@pytest.fixture(scope="module")
def priced(shared, providers):
    """Every class of tokens at a price of its own."""
    return limited(shared, providers, {}, model={"prices": ODD})


@pytest.mark.parametrize("name", ["openai-chat", "anthropic", "gemini"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_answer_tells_its_tokens_and_its_cost_exactly(priced, providers, name, kind):
    providers[kind].always = Reply(text="Counted.", usage=ALL_CLASSES)
    answer = asked(name, kind).at(priced)
    assert answer.status == 200, answer.body
    seen = ALL_CLASSES.seen_by(kind)
    assert answer.headers["Parley-Tokens"] == f"in={seen.input}, out={seen.output}, cached={seen.read}"
    assert answer.headers["Parley-Cost"] == f"{written(cost(seen.classes(), ODD))} USD"


def test_a_price_that_is_absent_is_not_zero(stage, providers):
    mock = providers["openai"]
    gateway = limited(stage, {"openai": mock}, {}, model={"prices": PLAIN})
    assert asked("openai-chat", "openai").at(gateway).headers["Parley-Cost"] == "0.026000 USD"
    mock.always = Reply(text="Cached.", usage=Usage(fresh=20, read=100))
    answer = asked("openai-chat", "openai").at(gateway)
    assert "Parley-Cost" not in answer.headers
    assert answer.headers["Parley-Tokens"] == "in=120, out=7, cached=100"
    costs = [call["cost"] for call in calls_in_ledger(gateway, 2)]
    assert costs == [None, {"amount": "0.026000", "currency": "USD"}]
    assert usage_by(gateway, "model")["openai"]["cost"] == [costs[1]]


def test_a_model_that_is_free_costs_nothing_and_says_so(stage, providers):
    prices = {"input": 0, "output": 0}
    gateway = limited(stage, {"openai": providers["openai"]}, budget(Decimal("0.000001")), model={"prices": prices})
    for _ in range(3):
        assert asked("openai-chat", "openai").at(gateway).headers["Parley-Cost"] == "0.000000 USD"


def test_explicit_zeros_are_counts(stage, providers):
    mock = providers["openai"]
    gateway = limited(stage, {"openai": mock}, {})
    mock.always = Reply(text="words that cost nothing", usage=Usage(fresh=0, text=0))
    for stream in (False, True):
        assert asked("openai-chat", "openai", stream).at(gateway).status == 200
    for call in calls_in_ledger(gateway, 2):
        assert (call["tokens"]["input"], call["tokens"]["output"], call["estimated"]) == (0, 0, False)
        assert call["cost"] == {"amount": "0.000000", "currency": "USD"}


# The ledger.

ALWAYS = ["text", "text~", "cached", "cached~", "error-400", "error-400~", "text~", "slow!"]
BREAKING = ["truncated~", "text", "reset~", "cached~", "error-midstream~", "text", "slow~!", "text~"]
OF_KIND = {
    "openai": BREAKING + ["usage-zero~", "usage-absent~", "usage-finish~", "usage-every~"],
    "local": BREAKING + ["usage-zero~", "usage-absent~"],
    "claude": BREAKING + ["usage-zero~"],
    "gemini": BREAKING + ["usage-zero~"],
    "mistral": BREAKING,
    "llama": BREAKING,
}
OWN_SURFACE = {kind: next(name for name in NAMES if SPOKEN_BY[name] == kind) for kind in KINDS if kind != "local"}
FIRST_PIECES = {"slow": "One ", "truncated": "Half", "reset": "Half", "error-midstream": "Half"}
IN_LEDGER = {"anthropic": "anthropic-messages", "mistral": "mistral-chat"}
OUTCOMES = {"error-400": "failed", "truncated": "cut", "reset": "cut", "error-midstream": "cut", "slow": "cancelled"}


class Mixed:
    """One call of a mix: what was asked, and what must come of it. `~` marks streams, `!` clients that leave."""

    def __init__(self, number, kind, name, word):
        self.id, self.kind, self.name = f"mixed-{kind}-{number}", kind, name
        self.scenario = word.rstrip("~!")
        self.stream, self.leaves = "~" in word, "!" in word
        self.consumer, self.key = [("alice", KEY), ("bob", BOB)][number % 2]

    def play(self, gateway, mock):
        """Makes the call."""
        text = f"scenario:{self.scenario} {self.id}."
        fields = {"X-Request-Id": self.id}
        call = asked(self.name, self.kind, self.stream, text=text, key=self.key, fields=fields)

        def noticed():
            return self.record(mock) and self.record(mock).outcome == "disconnected"

        if self.leaves and self.stream:
            return leave(gateway, call, b"One", noticed)
        if self.leaves:
            with Crowd(gateway, call, 1):
                eventually(lambda: self.record(mock), why="the call has arrived")
            return eventually(noticed)
        answer = call.at(gateway)
        if answer.status == 200 and not self.stream:
            classes = self.record(mock).billed
            assert answer.headers["Parley-Cost"] == f"{written(cost(classes, ODD))} USD"

    def record(self, mock):
        """What the mock remembers of it."""
        return next((one for one in list(mock.records) if one.question.text.endswith(f" {self.id}.")), None)

    def check(self, found, mock):
        """Compares it with what the ledger has; answers what it has cost."""
        classes, estimated = owed(self.kind, self.record(mock), FIRST_PIECES.get(self.scenario, ""))
        seen = {name: count or 0 for name, count in found["tokens"].items()}
        seen.pop("cache_write_hour")
        assert seen == told(classes), (self.id, self.scenario, self.name, found)
        assert found["estimated"] == estimated, (self.scenario, found)
        due = cost(classes, ODD)
        assert (found["cost"] is None and due == 0) or found["cost"] == {"amount": written(due), "currency": "USD"}
        assert found["outcome"] == OUTCOMES.get(self.scenario, "completed"), found
        assert (found["consumer"], found["model"], found["provider"]) == (self.consumer, self.kind, self.kind)
        surface = IN_LEDGER.get(self.name, self.name)
        assert (found["surface"], found["streamed"], found["attempts"]) == (surface, self.stream, 1), found
        assert found["key"] == ("key-1" if mock.keys else None), found
        return classes, due


def mix(kind):
    """The calls of one provider, over three surfaces."""
    names = ["openai-chat", "anthropic", OWN_SURFACE.get(kind, "openai-chat")]
    words = (ALWAYS + OF_KIND[kind]) * 3
    return [Mixed(number, kind, names[number % 3], word) for number, word in enumerate(words)]


@pytest.fixture(scope="module")
def mixed(shared):
    """A gateway after some 250 calls, six at a time; the mocks it asked, and the calls."""
    made = mocks(shared, forbidden=(KEY, BOB))
    consumers = {"alice": consumer(KEY) | budget(1000), "bob": consumer(BOB)}
    logs = {"access-log": {"to": "access.log", "sample": 1.0}}
    gateway = limited(shared, made, {}, model={"prices": ODD}, consumers=consumers, **logs)
    mixes = {kind: mix(kind) for kind in KINDS}

    def playing(kind):
        return lambda: [one.play(gateway, made[kind]) for one in mixes[kind]]

    together(*[playing(kind) for kind in KINDS])
    calls = [one for each in mixes.values() for one in each]
    calls_in_ledger(gateway, len(calls))
    return gateway, made, calls


def test_who_has_an_answer_finds_the_call_in_the_ledger_at_once(stage):
    providers = mocks(stage, "openai")
    entries = {"openai": provider_entry(providers["openai"])}
    gateway = stage.gateway(ai_configuration(entries, {"m": model_entry(("openai", providers["openai"]), prices=PLAIN)}))
    for number in range(1, 41):
        answer = OPENAI.ask(gateway, "m", "hello", KEY, stream=number % 2 == 0)
        assert answer.status == 200, answer.body
        assert usage_by(gateway, "model")["m"]["calls"] == number
        assert len(all_calls(gateway)) == number


def test_the_ledger_is_the_providers_own_count(mixed):
    gateway, made, calls = mixed
    found = {call["request_id"]: call for call in all_calls(gateway)}
    assert len(calls) == len(found) >= 200
    sums = {}
    for one in calls:
        classes, due = one.check(found[one.id], made[one.kind])
        for key, value in (("consumer", one.consumer), ("model", one.kind), ("provider", one.kind), ("day", None)):
            into = sums.setdefault((key, value), [{}, Decimal(0), 0])
            into[0] = {name: into[0].get(name, 0) + count for name, count in told(classes).items()}
            into[1:] = [into[1] + due, into[2] + 1]
    for key in ("consumer", "model", "provider"):
        totals = usage_by(gateway, key)
        assert set(totals) == {value for name, value in sums if name == key}
        for value, total in totals.items():
            assert (total["tokens"], total["calls"]) == (sums[key, value][0], sums[key, value][2])
            assert total["cost"] == [{"amount": written(sums[key, value][1]), "currency": "USD"}]
    days = usage_by(gateway, "day")  # two, if midnight has passed
    assert sum(Decimal(day["cost"][0]["amount"]) for day in days.values()) == sums["day", None][1]
    assert sum(day["calls"] for day in days.values()) == len(calls)
    for name, count in sums["day", None][0].items():
        assert sum(day["tokens"][name] for day in days.values()) == count
    assert not [violation for mock in made.values() for violation in mock.violations]


def test_whole_answers_are_billed_to_the_last_token(mixed):
    """The same by another way: all that the mocks billed for whole answers against the sums of the ledger."""
    gateway, made, _ = mixed
    whole = [
        record.billed
        for mock in made.values()
        for record in mock.records
        if record.outcome == "complete" and record.reply.usage_place != "none"
    ]
    exact = [call for call in all_calls(gateway) if call["outcome"] == "completed" and not call["estimated"]]
    assert len(whole) == len(exact)
    assert sum(Decimal(call["cost"]["amount"]) for call in exact) == sum(cost(classes, ODD) for classes in whole)


def test_the_ledger_names_the_service(mixed):
    gateway, _, calls = mixed
    assert {call["service"] for call in all_calls(gateway)} == {"ai"}
    assert len(all_calls(gateway, service="ai")) == len(calls)


def test_the_ledger_can_be_searched(mixed):
    gateway, _, calls = mixed
    of_bob = [one for one in calls if one.consumer == "bob" and one.kind == "claude"]
    found = all_calls(gateway, consumer="bob", provider="claude")
    assert {call["request_id"] for call in found} == {one.id for one in of_bob}
    assert usage_by(gateway, "model", consumer="bob")["claude"]["calls"] == len(of_bob)
    answer = gateway.console("/api/v1/usage", by="moon")
    assert answer.status == 400
    for word in ("consumer", "model", "provider", "day"):
        assert word in answer.body.decode()


def test_the_ledger_outlives_the_gateway(stage, providers):
    gateway = limited(stage, providers, {})
    for kind in KINDS:
        assert asked("openai-chat", kind).at(gateway).status == 200
    gateway.signal(signal.SIGTERM)
    assert gateway.ends() == 0
    gateway.start()
    assert {call["model"] for call in all_calls(gateway)} == set(KINDS)


# What is shown of models and providers.


def test_models_and_providers_are_listed(mixed):
    gateway, made, calls = mixed
    models = {item["name"]: item for item in gateway.console("/api/v1/models").json()["items"]}
    assert list(models) == list(made)
    for kind, mock in made.items():
        assert [(one["provider"], one["model"]) for one in models[kind]["targets"]] == [(kind, mock.model)]
        one = gateway.console(f"/api/v1/models/{kind}").json()
        assert one["name"] == kind
    assert gateway.console("/api/v1/models/none").status == 404
    listed = {item["name"]: item for item in gateway.console("/api/v1/providers").json()["items"]}
    assert list(listed) == list(made)
    totals = usage_by(gateway, "provider")
    for kind, item in listed.items():
        assert item["spent"] == totals[kind]["cost"]
        assert item["calls"] == sum(one.kind == kind for one in calls)


def test_a_key_that_rests_is_shown_and_never_its_value(stage, providers):
    mock = providers["openai"]
    bad, good = "bad-key-0123456789abcdef", "good-key-0123456789abcdef"
    mock.keys = {bad: Trouble(429, retry_after=60), good: None}
    entry = provider_entry(
        mock, [{"value": bad, "weight": 10000, "label": "first"}, {"value": good, "weight": 1, "label": "second"}]
    )
    models = {"openai": model_entry(("openai", mock))}
    gateway = stage.gateway(ai_configuration({"openai": entry}, models))
    assert asked("openai-chat", "openai").at(gateway).status == 200
    answer = gateway.console("/api/v1/providers")
    keys = {key["label"]: key for key in answer.json()["items"][0]["keys"]}
    assert list(keys) == ["first", "second"]
    assert 30000 < keys["first"]["cools_ms"] <= 60000 and keys["first"]["reason"] == "rate-limited"
    assert keys["second"]["cools_ms"] == 0 and keys["second"]["state"] != keys["first"]["state"]
    for key in (bad, good):
        assert key[4:-4].encode() not in answer.body
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["key"], call["attempts"]) == ("second", 2)


# Metrics and logs.

DURATIONS = "gen_ai_client_operation_duration_seconds_count"
FIRST_TOKENS = "gen_ai_server_time_to_first_token_seconds_count"
TOKENS = "gen_ai_client_token_usage"


@pytest.mark.parametrize("kind", KINDS)
def test_the_metrics_agree_with_the_ledger(mixed, kind):
    gateway, _, calls = mixed
    text = gateway.console("/metrics").body.decode()
    found = all_calls(gateway, model=kind)
    names = {"gen_ai_provider_name": kind, "gen_ai_request_model": kind}
    assert metric(text, DURATIONS, **names) == len(found)
    # By OpenTelemetry's names the operation of Gemini's own surface is another.
    operations = Counter("generate_content" if one.name == "gemini" else "chat" for one in calls if one.kind == kind)
    assert set(operations) == ({"chat", "generate_content"} if kind == "gemini" else {"chat"})
    assert Counter(call["operation"] for call in found) == operations
    for operation, count in operations.items():
        assert metric(text, DURATIONS, gen_ai_operation_name=operation, **names) == count
    for side in ("input", "output"):
        counted = sum(call["tokens"][side] or 0 for call in found)
        assert metric(text, f"{TOKENS}_sum", gen_ai_token_type=side, **names) == counted
    assert metric(text, "parley_model_attempts_total", **names) == len(found)
    spent_here = sum(Decimal(call["cost"]["amount"]) for call in found if call["cost"])
    assert Decimal(str(metric(text, "parley_model_cost_total", currency="USD", **names))) == spent_here


def test_the_time_to_the_first_token_is_that_of_calls_that_had_one(mixed):
    gateway, made, _ = mixed
    text = gateway.console("/metrics").body.decode()
    counts = {kind: metric(text, FIRST_TOKENS, gen_ai_request_model=kind) for kind in made}
    assert counts == {
        kind: sum(one.outcome == "complete" or one.pieces > 0 for one in mock.records) for kind, mock in made.items()
    }


def test_names_that_callers_make_up_do_not_grow_the_metrics(stage, providers):
    gateway = limited(stage, {"openai": providers["openai"]}, {})
    for number in range(20):
        assert asked("openai-chat", f"made-up-{number}").at(gateway).status == 404
    assert "made-up" not in gateway.console("/metrics").body.decode()


def test_no_key_and_no_word_of_a_conversation_is_told(mixed):
    gateway, made, calls = mixed
    file = gateway.folder / "access.log"
    eventually(lambda: len(file.read_text().splitlines()) >= len(calls), why="every call is logged")
    log = file.read_text()
    secrets = [KEY, BOB, "Half", "One by", "scenario:"] + [key for mock in made.values() for key in mock.keys]
    for where, text in {
        "access log": log,
        "operator's log": gateway.errors(),
        "metrics": gateway.console("/metrics").body.decode(),
        "models": gateway.console("/api/v1/models").body.decode(),
        "providers": gateway.console("/api/v1/providers").body.decode(),
        "usage": gateway.console("/api/v1/usage").body.decode(),
        "calls": gateway.console("/api/v1/usage/calls?limit=100").body.decode(),
        "ready line": "\n".join(gateway.lines),
    }.items():
        for secret in secrets:
            assert secret not in text, f"{secret!r} is in the {where}"


ASKED, ANSWERED = "xylophone-asked-73", "marimba-answered-41"  # words that stand in conversations and nowhere else
FAILURES = [
    *[Trouble(status, message=f"no: {ANSWERED}") for status in (400, 404, 422, 500, 529)],
    Reply(garbage=f"<html>{ASKED} {ANSWERED}</html>".encode()),
    Reply(garbage=json.dumps({"error": {"message": ASKED}, ANSWERED: [ASKED]}).encode()),
    *[Reply(text=f"One {ANSWERED} two", breaks=breaks) for breaks in BREAKS],
    Reply(text=ANSWERED, finish="filtered"),
    Reply(text=ANSWERED),
]
UNREAD = [{"messages": [{"role": ASKED, "content": 7}]}, {"temperature": ASKED}, {"stop": [ASKED, 7]}]


@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_a_conversation_is_written_down(stage, kind):
    """Whatever a provider says, and vendors quote what they refuse: the database and the logs have none of it."""
    mock = stage.keep(provider(kind))
    logs = {"access-log": {"to": "access.log", "sample": 1.0}}
    gateway = limited(stage, {kind: mock}, budget(1000), **logs)
    names = dict.fromkeys(("openai-chat", "anthropic", OWN_SURFACE.get(kind, "openai-responses")))
    text, quoted = f"{ASKED} is what I ask", 0
    for name in names:
        for stream in (False, True):
            for failure in FAILURES:
                mock.always, before = failure, len(mock.records)
                answer = asked(name, kind, stream, text=text).at(gateway)
                assert len(mock.records) > before, "the provider was not asked"
                quoted += ASKED.encode() in answer.body
                shown(gateway)
            for members in UNREAD:
                asked(name, kind, stream, text=text, **members).at(gateway)
    # A key in trouble rests: the last call.
    mock.always = Trouble(401, message=f"no: {ANSWERED}")
    asked("openai-chat", kind, text=text).at(gateway)
    calls_in_ledger(gateway, len(names) * 2 * (len(FAILURES) + len(UNREAD)) + 1)
    assert quoted >= len(names), "no client was told what the provider said, so this test says nothing"
    search(gateway, mock)
    gateway.signal(signal.SIGTERM)
    assert gateway.ends() == 0
    search(gateway, mock, running=False)


def search(gateway, mock, running=True):
    """Fails where a word of the conversation is in what the gateway keeps or shows."""
    assert any(ASKED.encode() in request.body for request in mock.requests)
    files = sorted(path for path in gateway.data.rglob("*") if path.is_file())
    assert gateway.data / "usage.sqlite" in files
    places = {path.name: path.read_bytes() for path in files}
    places["rows of usage.sqlite"] = rows(gateway.data / "usage.sqlite")
    places["log"] = gateway.errors().encode()
    places["access log"] = (gateway.folder / "access.log").read_bytes()
    assert b"model try failed" in places["log"] and b"alice" in places["rows of usage.sqlite"]
    if running:
        shown(gateway)
    for place, content in places.items():
        silent(place, content)


def shown(gateway):
    """Looks at the pages that tell what was last."""
    for target in ("/metrics", "/api/v1/models", "/api/v1/providers", "/api/v1/usage/calls?limit=100"):
        silent(target, gateway.console(target).body)


def silent(place, content):
    """Fails where a word of the conversation is in it."""
    for word in (ASKED.encode(), ANSWERED.encode()):
        assert word not in content, f"{word} is in {place}: {around(content, word)}"


def rows(file):
    """All that an SQLite database says, whatever pages it is on."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [row for table in tables for row in database.execute(f'SELECT * FROM "{table}"')]
        return "\n".join(map(repr, found)).encode()


def around(content, word):
    """Where a word is, with what stands about it."""
    place = content.find(word)
    return content[max(0, place - 80) : place + 80]
