"""How the gateway chooses among targets and keys, and what it does when they fail (contract 6, issue 4 section 3)."""

import json

import pytest

from harness.crew import Meanwhile
from harness.models import KEY, PRICES, ai_configuration, client, hello, mocks, model_entry, provider_entry
from harness.patience import eventually
from harness.providers.raw import CHAT, SURFACES
from harness.providers.reply import Reply, Trouble

CHAT_SURFACE = SURFACES["openai-chat"]


@pytest.fixture
def providers(stage):
    return mocks(stage)


def gateway_of(stage, models, providers, **options):
    """A gateway over these models; every mock is a provider by its kind."""
    entries = {kind: provider_entry(mock) for kind, mock in providers.items()} | options.pop("entries", {})
    return stage.gateway(ai_configuration(entries, models, **options))


def ask(gateway, model, text="hello", stream=False, raw=CHAT_SURFACE):
    """One raw call."""
    return raw.ask(gateway, model, text, KEY, stream)


def test_fallback_models_are_tried_in_order(stage, providers):
    models = {
        "fast": model_entry(("openai", providers["openai"]), fallback=["steady", "last"]),
        "steady": model_entry(("claude", providers["claude"])),
        "last": model_entry(("gemini", providers["gemini"])),
    }
    gateway = gateway_of(stage, models, providers)
    providers["openai"].always = providers["claude"].always = Trouble(500)
    answer = ask(gateway, "fast")
    assert answer.status == 200, answer.body
    assert answer.headers["Parley-Provider"] == "gemini"
    assert answer.json()["choices"][0]["message"]["content"] == "Hello from the mock."
    tries = [len(providers[kind].records) for kind in ("openai", "claude", "gemini")]
    assert tries[0] >= 1 and tries[1] >= 1 and tries[2] == 1, tries
    assert int(answer.headers["Parley-Attempts"]) == sum(tries)


def test_a_fallback_is_not_asked_while_the_model_answers(stage, providers):
    models = {
        "fast": model_entry(("openai", providers["openai"]), fallback=["steady"]),
        "steady": model_entry(("claude", providers["claude"])),
    }
    gateway = gateway_of(stage, models, providers)
    for _ in range(5):
        assert ask(gateway, "fast").headers["Parley-Provider"] == "openai"
    assert not providers["claude"].records


@pytest.mark.parametrize("status", [400, 422])
def test_what_the_caller_did_wrong_is_not_tried_elsewhere(stage, providers, status):
    models = {
        "fast": model_entry(("openai", providers["openai"]), fallback=["steady"]),
        "steady": model_entry(("claude", providers["claude"])),
    }
    gateway = gateway_of(stage, models, providers)
    providers["openai"].always = Trouble(status, message="the mock dislikes this")
    answer = ask(gateway, "fast")
    assert answer.status == status and "dislikes" in CHAT_SURFACE.error(answer)
    assert answer.headers["x-should-retry"] == "false"
    assert len(providers["openai"].records) == 1
    assert not providers["claude"].records


@pytest.mark.parametrize(
    "trouble", [Trouble(500), Trouble(529), Trouble(429, retry_after=30)], ids=["500", "503", "429"]
)
def test_priority_takes_the_first_target_that_works(stage, providers, trouble):
    targets = [("openai", providers["openai"]), ("claude", providers["claude"])]
    gateway = gateway_of(stage, {"fast": model_entry(*targets, strategy="priority")}, providers)
    assert ask(gateway, "fast").headers["Parley-Provider"] == "openai"
    providers["openai"].always = trouble
    answer = ask(gateway, "fast")
    assert answer.headers["Parley-Provider"] == "claude"
    assert int(answer.headers["Parley-Attempts"]) == len(providers["openai"].records)


def test_weights_are_kept(stage, providers):
    model = model_entry(("openai", providers["openai"]), ("local", providers["local"]), strategy="weighted")
    model["targets"][0]["weight"] = 3
    gateway = gateway_of(stage, {"fast": model}, providers)
    for _ in range(200):
        assert ask(gateway, "fast").status == 200
    assert 120 <= len(providers["openai"].records) <= 180


def test_the_cheapest_target_is_taken(stage, providers):
    model = model_entry(("openai", providers["openai"]), ("local", providers["local"]), strategy="cheapest")
    model.pop("prices")
    for target, factor in zip(model["targets"], (2, 1), strict=True):
        target["prices"] = {name: price * factor for name, price in PRICES.items()}
    gateway = gateway_of(stage, {"fast": model}, providers)
    for _ in range(5):
        assert ask(gateway, "fast").headers["Parley-Provider"] == "local"


def slowly(gateway, mock, rounds):
    """One call, whose provider takes as long for it as other calls through the gateway, one after another, do."""
    mock.gate.clear()
    mock.always = Reply(text="At last.", waits=True)
    before = len(mock.records)
    call = Meanwhile(lambda: ask(gateway, "fast"))
    eventually(lambda: len(mock.records) > before or not call.running)
    for _ in range(rounds):
        assert ask(gateway, "clock").status == 200
    mock.gate.set()
    mock.always = None
    return call.result().headers["Parley-Provider"]


def test_the_quickest_target_is_taken_while_it_is_the_quickest(stage, providers):
    """Nothing is timed here: what is slow takes as long as so many calls of the model `clock`."""
    slow, quick = providers["openai"], providers["local"]
    targets = [("openai", slow), ("local", quick)]
    models = {"fast": model_entry(*targets, strategy="least-latency")}
    models["clock"] = model_entry(("claude", providers["claude"]))
    gateway = gateway_of(stage, models, providers)
    # Each is asked once before they are compared, in the order of the configuration.
    assert slowly(gateway, slow, 60) == "openai"
    assert [ask(gateway, "fast").headers["Parley-Provider"] for _ in range(20)] == ["local"] * 20
    assert (len(slow.records), len(quick.records)) == (1, 20)
    # The quick one is not any more: after some such calls the other is asked again.
    others = iter(lambda: slowly(gateway, quick, 240), "openai")
    assert len([provider for provider, _ in zip(others, range(10), strict=False)]) < 10
    assert len(slow.records) == 2


@pytest.mark.parametrize("status", [400, 422])
def test_a_refusal_says_nothing_of_how_quick_a_target_is(stage, providers, status):
    """It comes sooner than any answer."""
    slow, quick = providers["openai"], providers["local"]
    models = {"fast": model_entry(("openai", slow), ("local", quick), strategy="least-latency")}
    models |= {"alone": model_entry(("openai", slow)), "clock": model_entry(("claude", providers["claude"]))}
    gateway = gateway_of(stage, models, providers)
    assert slowly(gateway, slow, 80) == "openai"
    assert slowly(gateway, quick, 20) == "local"
    slow.always = Trouble(status)
    for _ in range(40):
        assert ask(gateway, "alone").status == status
    slow.always = None
    assert ask(gateway, "fast").headers["Parley-Provider"] == "local"


def pool(mock, trouble, good="good-0123456789abcdef"):
    """An entry with a key that is in trouble and is nearly always chosen first, and one that works."""
    mock.keys = {"bad-0123456789abcdef": trouble, good: None}
    keys = [{"value": "bad-0123456789abcdef", "weight": 10000}, {"value": good, "weight": 1}]
    return {"openai": provider_entry(mock, keys)}


@pytest.mark.parametrize(
    "trouble",
    [Trouble(401), Trouble(403), Trouble(429, retry_after=60), Trouble(429, quota=True)],
    ids=["401", "403", "429", "quota"],
)
@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
def test_a_key_in_trouble_is_left_alone(stage, providers, trouble, stream):
    mock = providers["openai"]
    gateway = gateway_of(stage, {"fast": model_entry(("openai", mock))}, providers, entries=pool(mock, trouble))
    for _ in range(6):
        answer = ask(gateway, "fast", stream=stream)
        assert answer.status == 200, answer.body
        assert b"bad-0123" not in answer.body
    bad = [request for request in mock.requests if "bad-0123" in request.headers["Authorization"]]
    assert len(bad) <= 1, f"the key was tried {len(bad)} times"
    assert len(mock.records) == 6


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("raw", CHAT, ids=lambda raw: raw.name)
def test_when_no_key_works_the_caller_is_told_so_once(stage, providers, raw, status):
    mock = providers["openai"]
    mock.keys = {"bad-0123456789abcdef": Trouble(status)}
    gateway = gateway_of(stage, {"fast": model_entry(("openai", mock))}, providers)
    answer = ask(gateway, "fast", raw=raw)
    message = raw.error(answer)
    assert answer.status == 500, answer.body
    assert "«openai»" in message and "the gateway's key" in message and "bad-0123" not in message
    assert answer.headers["x-should-retry"] == "false"
    assert len(mock.requests) == 1


def test_a_failure_before_the_first_byte_is_tried_again(stage, providers):
    mock = providers["openai"]
    gateway = gateway_of(stage, {"fast": model_entry(("openai", mock))}, providers)
    mock.queue = [Trouble(500)]
    answer = ask(gateway, "fast")
    assert answer.status == 200
    assert (answer.headers["Parley-Attempts"], len(mock.records)) == ("2", 2)


@pytest.mark.parametrize("breaks", ["error", "end", "reset"])
def test_after_the_first_byte_nothing_is_tried_again(stage, providers, breaks):
    models = {
        "fast": model_entry(("openai", providers["openai"]), fallback=["steady"]),
        "steady": model_entry(("claude", providers["claude"])),
    }
    gateway = gateway_of(stage, models, providers)
    providers["openai"].always = Reply(text="Half of it", breaks=breaks)
    answer = ask(gateway, "fast", stream=True)
    assert answer.status == 200 and b'"error"' in answer.body and b"[DONE]" not in answer.body
    assert len(providers["openai"].records) == 1
    assert not providers["claude"].records


def test_a_stream_that_fails_at_once_goes_elsewhere(stage, providers):
    targets = [("openai", providers["openai"]), ("claude", providers["claude"])]
    gateway = gateway_of(stage, {"fast": model_entry(*targets, strategy="priority")}, providers)
    providers["openai"].always = Trouble(500)
    made = client(stage, "openai-chat", gateway.url)
    assert hello(made, "fast", stream=True).text == "Hello from the mock."
    assert made.tap.headers["parley-provider"] == "claude"


def test_the_attempts_are_bounded(stage, providers):
    services = {"ai": {"llm": {"attempts": 3}, "policies": {"key-auth": {}}}}
    kinds = ("openai", "claude", "gemini", "mistral")
    models = {kind: model_entry((kind, providers[kind])) for kind in kinds}
    models["openai"]["fallback"] = list(kinds[1:])
    gateway = gateway_of(stage, models, providers, services=services)
    for kind in kinds:
        providers[kind].always = Trouble(500)
    answer = ask(gateway, "openai")
    assert answer.status == 500
    assert sum(len(providers[kind].records) for kind in kinds) == 3


def test_a_provider_that_hangs_up_is_tried_again_elsewhere(stage, providers):
    targets = [("openai", providers["openai"]), ("claude", providers["claude"])]
    gateway = gateway_of(stage, {"fast": model_entry(*targets, strategy="priority")}, providers)
    providers["openai"].upstream.script = lambda exchange: exchange.reset()
    assert ask(gateway, "fast").headers["Parley-Provider"] == "claude"


def test_a_pooled_connection_that_was_closed_says_nothing_about_the_model(stage):
    """The server has ended a kept connection in its own time: the call is made anew, and nothing is held against it."""
    answer = json.dumps(
        {
            "id": "c1", "object": "chat.completion", "created": 1, "model": "theirs",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "hello"}}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
        }
    ).encode()  # fmt: skip
    seen = {}

    def once_each(exchange):
        number = exchange.request.connection
        seen[number] = seen.get(number, 0) + 1
        if seen[number] > 1:
            return exchange.reset()
        exchange.reply(200, {"Content-Type": "application/json"}, answer)

    upstream = stage.upstream(once_each)
    providers = {"p": {"dialect": "openai", "url": f"{upstream.url}/v1", "keys": [{"value": "sk-p"}]}}
    models = {"m": {"targets": [{"provider": "p", "model": "theirs"}]}}
    gateway = stage.gateway(ai_configuration(providers, models))
    attempts = []
    for _ in range(5):
        told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY)
        assert told.status == 200, told.body
        attempts.append(told.headers["Parley-Attempts"])
    assert "2" in attempts, "no connection was used twice, so that nothing was tested"
    (target,) = gateway.console("/api/v1/models/m").json()["targets"]
    assert target["failures"] == 0 and target["state"] == "ready", target
