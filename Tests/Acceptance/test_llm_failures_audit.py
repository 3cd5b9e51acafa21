"""What an audit found of providers that fail: a failure means the same, in whatever way it is told (contract 6)."""

import json
import threading

import pytest

from harness import wire
from harness.keys import consumer
from harness.models import KEY, ai_configuration
from harness.money import all_calls, calls_in_ledger
from harness.providers.raw import SURFACES
from harness.upstream import answer_head

KEYS = ("Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6", "Z1x2C3v4B5n6M7a8S9d0F1g2H3j4K5l6")
LIMITS = {"context": 128000, "output": 16384}
SSE, JSON = {"Content-Type": "text/event-stream"}, {"Content-Type": "application/json"}
BASE = {"openai": "/v1", "anthropic": "", "gemini": "", "ollama": "", "mistral": "/v1"}
WHOLE = (
    '{"id":"c","object":"chat.completion","created":1,"model":"t","choices":[{"index":0,"finish_reason":"stop",'
    '"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}'
)
SPENT = {"message": "You exceeded your quota", "type": "insufficient_quota", "code": "insufficient_quota"}
BAD_KEY = {"message": "bad key", "type": "authentication_error", "code": 401}
BAD_FIELD = {"message": "bad temperature", "type": "invalid_request_error", "param": "temperature", "code": None}
SLOW_DOWN = {"message": "rate limited upstream", "code": 429}
RETRY_INFO = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "33s"}
EXHAUSTED = {"code": 429, "message": "quota", "status": "RESOURCE_EXHAUSTED", "details": [RETRY_INFO]}


class Told:
    """A provider that always says the same, and counts how often it was asked."""

    def __init__(self, headers, body, status=200):
        self.answer = (status, headers, body.encode())
        self.asked = 0

    def __call__(self, exchange):
        self.asked += 1
        exchange.reply(*self.answer)


def over(stage, scripts, dialect="openai", keys=KEYS, **options):
    """A gateway whose model `m` has a target for each script, in order."""
    entries, targets = {}, []
    for number, script in enumerate(scripts):
        url = stage.upstream(script).url + BASE[dialect]
        entries[f"p{number}"] = {"dialect": dialect, "url": url, "keys": [{"value": key} for key in keys]} | options
        targets.append({"provider": f"p{number}", "model": "theirs"})
    prices = {"input": 1000, "output": 2000}
    models = {"m": {"targets": targets, "strategy": "priority", "prices": prices, "limits": LIMITS}}
    services = {"ai": {"llm": {}, "policies": {"key-auth": {}}}}
    return stage.gateway(ai_configuration(entries, models, consumers={"alice": consumer(KEY)}, services=services))


def states(gateway):
    """What the keys of the first provider do, and why."""
    return [(key["state"], key["reason"]) for key in gateway.console("/api/v1/providers").json()["items"][0]["keys"]]


def ask(gateway, surface="openai-chat", stream=False):
    return SURFACES[surface].ask(gateway, "m", "hello", KEY, stream)


def event(data):
    return f"data: {json.dumps(data)}\n\n"


def failed_event(kind, text="no"):
    return f"event: error\ndata: {json.dumps({'type': 'error', 'error': {'type': kind, 'message': text}})}\n\n"


STREAMED = [  # dialect, first event, its kind as keys show it, tries, status on each surface
    ("anthropic", failed_event("rate_limit_error"), "rate-limited", 2, (429, 429, 429)),
    ("anthropic", failed_event("billing_error"), "billing", 2, (500, 500, 500)),
    ("anthropic", failed_event("authentication_error"), "authentication", 2, (500, 500, 500)),
    ("anthropic", failed_event("overloaded_error"), None, 2, (503, 529, 503)),
    ("anthropic", failed_event("invalid_request_error"), None, 1, (400, 400, 400)),
    ("openai", event({"error": SLOW_DOWN}), "rate-limited", 2, (429, 429, 429)),
    ("openai", event({"error": SPENT}), "billing", 2, (500, 500, 500)),
    ("openai", event({"error": BAD_KEY}), "authentication", 2, (500, 500, 500)),
    ("openai", event({"error": BAD_FIELD}), None, 1, (400, 400, 400)),
    ("openai", event({"error": {"message": "too long", "type": "BadRequestError", "code": 400}}), None, 1, (400, 400, 400)),
    ("openai", event({"error": {"message": "lost", "code": 502}}), None, 2, (500, 500, 500)),
    ("gemini", event({"error": EXHAUSTED}), "rate-limited", 2, (429, 429, 429)),
    ("gemini", event({"error": {"code": 400, "message": "bad", "status": "INVALID_ARGUMENT"}}), None, 1, (400, 400, 400)),
]


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(("dialect", "first", "reason", "tries", "statuses"), STREAMED)
def test_an_error_first_in_a_stream_is_an_error_like_any_other(stage, dialect, first, reason, tries, statuses, number):
    provider = Told(SSE, first)
    gateway = over(stage, [provider], dialect)
    surface = ("openai-chat", "anthropic", "gemini")[number]
    told = ask(gateway, surface, stream=True)
    assert told.status == statuses[number], told.body
    assert SURFACES[surface].error(told)
    assert provider.asked == tries and told.headers["Parley-Attempts"] == str(tries)
    assert states(gateway) == [("cooling", reason) if reason else ("ready", None)] * 2
    if reason == "rate-limited":
        assert told.headers["Retry-After"] == ("33" if dialect == "gemini" else "1")


def test_an_error_first_in_a_stream_of_responses_is_an_error_like_any_other(stage):
    error = {"type": "error", "code": "rate_limit_exceeded", "message": "slow down", "param": None, "sequence_number": 0}
    gateway = over(stage, [Told(SSE, f"event: error\n{event(error)}")])
    assert ask(gateway, "openai-responses", stream=True).status == 429
    assert states(gateway) == [("cooling", "rate-limited")] * 2


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("surface", ["openai-chat", "openai-responses", "anthropic", "openai-embeddings"])
@pytest.mark.parametrize(("error", "status", "reason", "tries"), [
    (SLOW_DOWN, 429, "rate-limited", 2), (BAD_KEY, 500, "authentication", 2), (BAD_FIELD, 400, None, 1),
    ({"message": "lost", "code": 502}, 500, None, 2),
])  # fmt: skip
def test_an_error_under_200_is_an_error_like_any_other(stage, error, status, reason, tries, surface, stream):
    provider = Told(JSON | {"Retry-After": "7"}, json.dumps({"error": error}))
    gateway = over(stage, [provider])
    told = ask(gateway, surface, stream and surface != "openai-embeddings")
    assert told.status == status and "makes no sense" not in told.body.decode(), told.body
    assert SURFACES[surface].error(told) and provider.asked == tries
    assert states(gateway) == [("cooling", reason) if reason else ("ready", None)] * 2
    assert told.headers.get("Retry-After") == ("7" if status == 429 else None)


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_a_response_that_failed_is_no_answer(stage, status):
    failed = {"id": "r", "object": "response", "status": status, "output": [], "error": {"code": "server_error", "message": "broke"}}
    done = failed | {"status": "completed", "error": None}
    gateway = over(stage, [Told(JSON, json.dumps(failed)), Told(JSON, json.dumps(done))])
    told = ask(gateway, "openai-responses")
    assert told.status == 200 and told.headers["Parley-Provider"] == "p1" and told.json()["status"] == "completed"


def test_a_response_that_failed_costs_nothing(stage):
    failed = {"id": "r", "object": "response", "status": "failed", "output": [], "error": {"code": "server_error", "message": "broke"}}
    gateway = over(stage, [Told(JSON, json.dumps(failed))])
    told = ask(gateway, "openai-responses")
    assert told.status == 500 and "broke" in told.json()["error"]["message"]
    (call,) = all_calls(gateway)
    assert call["outcome"] == "failed" and not call["cost"] and not call["tokens"]["input"]


@pytest.mark.parametrize(("dialect", "fields", "wait"), [
    ("openai", {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "40s",
                "x-ratelimit-remaining-tokens": "100", "x-ratelimit-reset-tokens": "6m0s"}, (40, 40)),
    ("anthropic", {"anthropic-ratelimit-requests-remaining": "5", "anthropic-ratelimit-requests-reset": "2999-01-01T00:00:00Z",
                   "anthropic-ratelimit-input-tokens-remaining": "0", "anthropic-ratelimit-input-tokens-reset": "2999-01-01T00:00:00Z",
                   }, (3599, 3600)),
    ("anthropic", {"anthropic-ratelimit-tokens-remaining": "0", "anthropic-ratelimit-tokens-reset": "2020-01-01T00:00:00Z"}, (0, 1)),
    ("anthropic", {"retry-after": "9", "anthropic-ratelimit-tokens-remaining": "0",
                   "anthropic-ratelimit-tokens-reset": "2999-01-01T00:00:00Z"}, (9, 9)),
])  # fmt: skip
def test_a_limit_that_is_used_up_is_waited_for(stage, dialect, fields, wait):
    body = json.dumps({"type": "error", "error": {"message": "Rate limit reached", "type": "rate_limit_error"}})
    gateway = over(stage, [Told(JSON | fields, body, 429)], dialect)
    told = ask(gateway)
    assert told.status == 429 and wait[0] <= int(told.headers["Retry-After"]) <= wait[1]


NO_ACCESS = {"message": "Project `p` does not have access to model `gpt-9`", "type": "invalid_request_error", "code": "model_not_found"}


def test_a_model_that_a_key_may_not_use_is_not_found(stage):
    gateway = over(stage, [Told(JSON, json.dumps({"error": NO_ACCESS}), 403), Told(JSON, WHOLE)])
    assert ask(gateway).headers["Parley-Provider"] == "p1"
    assert states(gateway) == [("ready", None)] * 2
    alone = over(stage, [Told(JSON, json.dumps({"error": NO_ACCESS}), 403)])
    assert ask(alone).status == 404


@pytest.mark.parametrize("error", [
    {"message": "no", "code": 403, "metadata": {"reasons": ["violence"], "flagged_input": "…"}},
    {"message": "Your chosen model requires moderation and your input was flagged", "code": 403},
])  # fmt: skip
@pytest.mark.parametrize("surface", ["openai-chat", "anthropic"])
def test_what_moderation_refuses_is_no_fault_of_the_key(stage, error, surface):
    provider = Told(JSON, json.dumps({"error": error}), 403)
    gateway = over(stage, [provider])
    told = ask(gateway, surface)
    assert told.status == (403 if surface == "openai-chat" else 400), "passed on as it is, or told as the surface does"
    assert error["message"] in told.body.decode() and provider.asked == 1
    assert states(gateway) == [("ready", None)] * 2


def test_an_account_that_was_flagged_is_a_fault_of_the_key(stage):
    gateway = over(stage, [Told(JSON, '{"error":{"message":"Your account has been flagged"}}', 403)])
    assert ask(gateway).status == 500
    assert states(gateway) == [("cooling", "permission")] * 2


@pytest.mark.parametrize(("status", "words"), [(401, "refused the gateway's key"), (402, "no credit"), (403, "does not let")])
@pytest.mark.parametrize("surface", ["openai-chat", "anthropic", "gemini"])
def test_a_key_that_rests_because_it_is_refused_is_no_rate_limit(stage, status, words, surface):
    provider = Told(JSON, '{"error":{"message":"no"}}', status)
    gateway = over(stage, [provider])
    first, second = ask(gateway, surface), ask(gateway, surface)
    assert (first.status, second.status, provider.asked) == (500, 500, 2)
    message = SURFACES[surface].error(second)
    assert words in message and "asked again in" in message and "p0" in message
    assert "Retry-After" not in second.headers


def test_a_key_that_rests_because_of_a_rate_limit_is_told_before_refused_ones(stage):
    refused = Told(JSON, '{"error":{"message":"no"}}', 401)
    busy = Told(JSON | {"Retry-After": "30"}, '{"error":{"message":"slow down"}}', 429)
    gateway = over(stage, [refused, busy], keys=KEYS[:1])
    assert ask(gateway).status == 429
    told = ask(gateway)
    assert told.status == 429 and "cooling down" in told.body.decode()
    assert (refused.asked, busy.asked) == (1, 1)


def test_an_estimate_needs_no_key(stage):
    gateway = over(stage, [Told(JSON, '{"error":{"message":"no"}}', 401)])
    assert ask(gateway).status == 500
    told = ask(gateway, "anthropic-count")
    assert told.status == 200 and told.headers["Parley-Estimated"] == "true"


@pytest.mark.parametrize("ending", ["breaks", "stalls"])
@pytest.mark.parametrize(("status", "wanted"), [(429, 429), (400, 400), (401, 500), (503, 503)])
def test_the_status_of_an_error_holds_without_its_words(stage, status, wanted, ending):
    over_with = threading.Event()

    def script(exchange):
        exchange.read_body()
        exchange.send(answer_head(status, JSON | {"Content-Length": "100", "Retry-After": "20"}, b"") + b'{"error":')
        if ending == "breaks":
            return exchange.close()
        return exchange.wait(over_with)

    gateway = over(stage, [script], keys=KEYS[:1], timeouts={"idle": "300ms"})
    told = ask(gateway)
    over_with.set()
    assert told.status == wanted, told.body
    assert told.headers.get("Retry-After") == ("20" if wanted in (429, 503) else None)
    assert states(gateway) == [{429: ("cooling", "rate-limited"), 401: ("cooling", "authentication")}.get(status, ("ready", None))]


def test_a_client_that_leaves_before_anything_was_said_got_no_answer(stage):
    left = threading.Event()

    def script(exchange):
        exchange.read_body()
        exchange.send(answer_head(200, SSE | {"Content-Length": "100"}, b"") + b": hello\n\n")
        begun.set()
        if exchange.gone():
            left.set()

    begun = threading.Event()
    gateway = over(stage, [script], keys=KEYS[:1])
    with wire.Connection(gateway.address) as connection:
        connection.send(SURFACES["openai-chat"].request("m", "hello", KEY))
        assert begun.wait(10)
    assert left.wait(10)
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["outcome"], call["status"]) == ("cancelled", 499)
