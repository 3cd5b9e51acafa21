"""What bad input gets on the AI surfaces (contract 6): the surface's own envelope, the SDK's exception, never a 409."""

import json

import anthropic
import ollama
import openai
import pytest
from google.genai import errors as google
from mistralai.client import errors as mistral

from harness.keys import consumer
from harness.models import (
    ALIASES,
    KEY,
    ai_configuration,
    ai_gateway,
    client,
    hello,
    mocks,
    model_entry,
    one_of_each,
    provider_entry,
)
from harness.providers import provider
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES
from harness.providers.reply import Reply, Trouble

BOB = "bob-0123456789abcdef"
EXCEPTIONS = {
    "openai-chat": {400: openai.BadRequestError, 401: openai.AuthenticationError, 403: openai.PermissionDeniedError,
                    404: openai.NotFoundError},
    "anthropic": {400: anthropic.BadRequestError, 401: anthropic.AuthenticationError,
                  403: anthropic.PermissionDeniedError, 404: anthropic.NotFoundError},
    "gemini": dict.fromkeys((400, 401, 403, 404), google.ClientError),
    "mistral": dict.fromkeys((400, 401, 403, 404), mistral.MistralError),
    "ollama-chat": dict.fromkeys((400, 401, 403, 404), ollama.ResponseError),
}  # fmt: skip
EXCEPTIONS["openai-responses"] = EXCEPTIONS["openai-completions"] = EXCEPTIONS["openai-chat"]
EXCEPTIONS["ollama-generate"] = EXCEPTIONS["ollama-chat"]
ALL = sorted(SURFACES)
NAMES = [raw.name for raw in CHAT]
# What a client gets for a provider's status: a key that is refused is the gateway's affair and never 401 or 403.
FROM_PROVIDER = {400: 400, 401: 500, 402: 500, 403: 500, 404: 404, 429: 429, 500: 500, 502: 500, 529: 503}
# And how each surface names it.
SERVER_ERRORS = {"openai": "server_error", "anthropic": "api_error", "gemini": "INTERNAL", "mistral": "server_error"}


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared, forbidden=(KEY, BOB))


@pytest.fixture(scope="module")
def gateway(shared, providers):
    consumers = {"alice": consumer(KEY), "bob": consumer(BOB) | {"models": ["m-openai", "m-claude"]}}
    return ai_gateway(shared, providers, consumers=consumers)


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


def refused(raw, answer, status, *words):
    """Checks an error; answers its message."""
    message = raw.error(answer)
    assert answer.status == status, (answer.status, message)
    for word in words:
        assert word in message, message
    return message


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("body", [b"", b"{", b'{"model":', b"[1,2]", b'"text"', b'{"a":"\xff\xfe"}'])
def test_what_is_no_json_is_refused(gateway, providers, name, body):
    raw = SURFACES[name]
    answer = gateway.ask("POST", raw.target("m-openai"), raw.headers(KEY), body)
    refused(raw, answer, 400)
    assert not any(mock.requests for mock in providers.values())


@pytest.mark.parametrize("name", ALL)
def test_an_unknown_model_is_named(gateway, providers, name):
    raw = SURFACES[name]
    refused(raw, raw.ask(gateway, "m-opnai", "hello", KEY), 404, "m-opnai")
    assert not any(mock.requests for mock in providers.values())


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_an_unknown_model_is_the_sdks_own_exception(stage, gateway, name):
    made = client(stage, name, gateway.url)
    with pytest.raises(EXCEPTIONS[name][404]) as raised:
        hello(made, "m-opnai")
    assert made.failure(raised.value).status == 404


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("model", ["m-gemini", "m-llama"])
def test_a_model_that_a_consumer_may_not_use_is_refused(gateway, providers, name, model):
    raw = SURFACES[name]
    refused(raw, raw.ask(gateway, model, "hello", BOB), 403, model)
    assert not any(mock.requests for mock in providers.values())


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("key", [None, "nobody-0123456789abcdef"])
def test_without_a_good_key_nothing_goes(gateway, providers, name, key):
    raw = SURFACES[name]
    refused(raw, raw.ask(gateway, "m-openai", "hello", key), 401)
    assert not any(mock.requests for mock in providers.values())


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_a_wrong_key_is_the_sdks_own_exception(stage, gateway, name):
    made = client(stage, name, gateway.url, "nobody-0123456789abcdef")
    with pytest.raises(EXCEPTIONS[name][401]) as raised:
        hello(made, "m-openai")
    assert made.failure(raised.value).status == 401


# Ollama takes a generate call without a prompt: that only loads the model.
@pytest.mark.parametrize("name", [name for name in NAMES if name != "ollama-generate"])
@pytest.mark.parametrize("same", [True, False], ids=["own dialect", "another's"])
def test_a_missing_question_is_named(gateway, providers, name, same):
    raw, own = SURFACES[name], SPOKEN_BY[name]
    model = ALIASES[own if same else "gemini" if own != "gemini" else "openai"]
    body = raw.body(model, "hello")
    body.pop(raw.text)
    answer = gateway.ask("POST", raw.target(model), raw.headers(KEY), json.dumps(body).encode())
    # Mistral itself says 422, and where the dialect is the same its answer is the client's.
    refused(raw, answer, 422 if same and name == "mistral" else 400, raw.text)
    assert same or not any(mock.violations for mock in providers.values())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize("same", [True, False], ids=["own dialect", "another's"])
def test_a_providers_error_comes_in_the_surfaces_envelope(stage, providers, name, same, stream):
    raw = SURFACES[name]
    kind = SPOKEN_BY[name] if same else other_than(name)
    mock = providers[kind]
    gateway = twins(stage, mock, FROM_PROVIDER)
    for status in FROM_PROVIDER:
        if (kind, status) == ("gemini", 402):  # Google has no such status
            continue
        mock.always = Trouble(status, retry_after=3 if status == 429 else None)
        answer = raw.ask(gateway, f"twin-{status}", "hello", KEY, stream=stream)
        expected = overloaded(raw) if status == 529 else FROM_PROVIDER[status]
        message = refused(raw, answer, expected)
        assert answer.headers.get("x-should-retry") == "false", status
        assert mock.key is None or mock.key.encode() not in answer.body
        if expected == 500:
            assert kind_of_error(raw, answer) == SERVER_ERRORS.get(raw.envelope), answer.body
        if status in (401, 402, 403):
            assert f"«twin-{status}»" in message and "the gateway's key" in message, message
        if status == 429:
            assert 1 <= int(answer.headers["retry-after"]) <= 3
    assert len(mock.records) == len(FROM_PROVIDER) - (kind == "gemini")


def other_than(name):
    """A provider that does not speak the surface's dialect."""
    return "claude" if SPOKEN_BY[name] != "claude" else "openai"


def overloaded(raw):
    """What a surface says when there is too much to do."""
    return 529 if raw.envelope == "anthropic" else 503


def kind_of_error(raw, answer):
    """The name that a surface's envelope gives to an error; Ollama's gives none."""
    body = answer.json()
    if raw.envelope == "ollama":
        return None
    if raw.envelope == "mistral":
        return body["type"]
    return body["error"]["status" if raw.envelope == "gemini" else "type"]


def twins(stage, mock, names):
    """A gateway that tries just once, with a provider and a model `twin-NAME` over one mock for each of `names`."""
    made = {f"twin-{name}": mock for name in names}
    models = {name: model_entry((name, mock)) for name in made}
    services = {"ai": {"llm": {"attempts": 1}, "policies": {"key-auth": {}}}}
    entries = {name: provider_entry(mock) for name in made}
    return stage.gateway(ai_configuration(entries, models, services=services))


def once(stage, mock, **options):
    """A gateway that tries a provider just once."""
    services = {"ai": {"llm": {"attempts": 1}, "policies": {"key-auth": {}}}}
    providers, models = one_of_each({mock.kind: mock})
    return stage.gateway(ai_configuration(providers, models, services=services, **options))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "garbage", [b"", b"<html>502</html>", b"{}", b"[]", b'{"choices":[]}', b'{"error":', b"\xff\xfe"]
)
def test_a_providers_nonsense_is_an_error(stage, providers, name, garbage):
    raw = SURFACES[name]
    kind = "mistral" if SPOKEN_BY[name] != "mistral" else "claude"
    mock = providers[kind]
    mock.always = Reply(garbage=garbage or b" ")
    answer = raw.ask(once(stage, mock), ALIASES[kind], "hello", KEY)
    refused(raw, answer, 500)
    assert answer.headers.get("x-should-retry") == "false"


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_that_is_not_there_is_an_error(stage, name):
    raw = SURFACES[name]
    with provider("openai") as mock:
        gateway = once(stage, mock)
    answer = raw.ask(gateway, "m-openai", "hello", KEY)
    refused(raw, answer, overloaded(raw))
    assert answer.headers.get("x-should-retry") == "false"


@pytest.mark.parametrize("name", NAMES)
def test_a_provider_that_says_nothing_is_a_timeout(stage, providers, name):
    raw = SURFACES[name]
    mock = providers["openai"]
    mock.always = Reply(text="late", waits=True)
    services = {"ai": {"llm": {"attempts": 1}, "policies": {"key-auth": {}}}}
    entry = provider_entry(mock) | {"timeouts": {"response": "200ms"}}
    models = {"m-openai": model_entry(("openai", mock))}
    gateway = stage.gateway(ai_configuration({"openai": entry}, models, services=services))
    answer = raw.ask(gateway, "m-openai", "hello", KEY)
    refused(raw, answer, 504)
    assert answer.headers.get("x-should-retry") == "false"


@pytest.mark.parametrize("surface", ALL)
def test_a_wrong_method_is_told_in_the_surface_s_envelope(gateway, surface):
    raw = SURFACES[surface]
    answer = gateway.ask("DELETE", raw.target("m-openai"), raw.headers(KEY))
    assert answer.status == 405 and "POST" in answer.headers["Allow"].split(", ")
    assert "POST" in raw.error(answer)
