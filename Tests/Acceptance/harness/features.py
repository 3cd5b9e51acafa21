"""Gateways with an AI feature switched on, calls with header fields of their own, and what came of them."""

import json

from harness.keys import consumer
from harness.models import ALIASES, KEY, ai_configuration, one_of_each
from harness.money import Asked, all_calls
from harness.patience import eventually
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES

BOB = "bob-0123456789abcdef"
NAMES = [raw.name for raw in CHAT]
OPENAI = SURFACES["openai-chat"]
EMBEDDINGS = {"openai-embeddings": "openai", "gemini-embed": "gemini", "ollama-embed": "llama"}
# What each surface says of a stream that does not end well, and what it never says then.
BROKEN = {
    "openai-chat": (b'"error"', b"[DONE]"),
    "openai-completions": (b'"error"', b"[DONE]"),
    "openai-responses": ((b"event: response.failed", b"event: error"), b"response.completed"),
    "anthropic": (b"event: error", b"message_stop"),
    "gemini": (b'"error"', b'"finishReason"'),
    "mistral": (b'"error"', b"[DONE]"),
    "ollama-chat": (b'{"error"', b'"done":true'),
    "ollama-generate": (b'{"error"', b'"done":true'),
}


def other(name):
    """A provider that speaks another dialect than the surface."""
    return "claude" if SPOKEN_BY[name] != "claude" else "openai"


def both(names=NAMES):
    """Surfaces, each with a provider of its own dialect and with one of another's."""
    return [(name, kind) for name in names for kind in (SPOKEN_BY[name], other(name))]


def serving(stage, mocks, llm=None, *, policies=None, routes=None, model=None, consumers=None, **gateway):
    """A gateway over the mocks whose service has these keys; `model` changes every model, where None takes away."""
    providers, models = one_of_each(mocks)
    for name, entry in models.items():
        merged = entry | (model or {})
        models[name] = {key: value for key, value in merged.items() if value is not None}
    service = {"llm": llm or {}, "policies": {"key-auth": {}} | (policies or {})}
    if routes:
        service["routes"] = routes
    people = consumers or {"alice": consumer(KEY), "bob": consumer(BOB)}
    made = ai_configuration(providers, models, services={"ai": service}, consumers=people, **gateway)
    return stage.gateway(made)


def call(name, kind, stream=False, text="hello", key=KEY, fields=(), **members):
    """A call as bytes; `fields` are header fields."""
    return Asked(SURFACES[name], ALIASES[kind], text, key, stream, fields, **members)


def post(gateway, path, value, key=KEY, fields=(), method="POST"):
    """A JSON request of no surface, and its answer; bytes are sent as they are."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    made = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    return gateway.ask(method, path, made | dict(fields), body)


def exact(body):
    """A JSON value in which numbers are the texts that were sent."""
    return json.loads(body, parse_float=lambda text: ("number", text), parse_int=lambda text: ("number", text))


def code_of(raw, answer):
    """The code of an error, after its envelope was checked; None where the envelope has no place for one."""
    raw.error(answer)
    return answer.json()["error"]["code"] if raw.envelope == "openai" else None


def has_code(raw, answer, code):
    """Fails unless an error has this code, where its envelope has a place for one; answers its message."""
    if raw.envelope == "openai":
        assert code_of(raw, answer) == code, answer.body
    return raw.error(answer)


def never_complete(name, body):
    """Fails unless a stream tells of an error, and nothing in it looks like a proper end."""
    told, never = BROKEN[name]
    assert any(word in body for word in (told if isinstance(told, tuple) else (told,))), body
    assert never not in body, body


def none_asked(mocks):
    """Fails if any provider heard of a call."""
    assert not [request for mock in mocks.values() for request in mock.requests]


def in_ledger(gateway, outcome, count=1):
    """The calls that the ledger has under an outcome, once there are `count`."""
    return eventually(
        lambda: len(found := [one for one in all_calls(gateway) if one["outcome"] == outcome]) >= count and found,
        10,
        f"{count} calls {outcome} in the ledger",
    )
