"""Who may use which model, where the surfaces are, and what is too large (contract 6)."""

import base64
import hashlib
import json
import re

import pytest

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
from harness.providers import KINDS, provider
from harness.providers.gaps import losses_of
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES
from harness.providers.script import SCENARIOS
from harness.providers.trial import cells

BOB = "bob-0123456789abcdef"
NAMES = [raw.name for raw in CHAT]
LISTS = ["openai-chat", "anthropic", "gemini", "mistral", "ollama-chat"]


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


@pytest.mark.parametrize("name", sorted(SURFACES))
@pytest.mark.parametrize("field", ["Authorization", "x-api-key", "x-goog-api-key"])
def test_a_key_is_taken_wherever_an_sdk_puts_it(gateway, providers, name, field):
    raw = SURFACES[name]
    kind = "gemini" if SPOKEN_BY[name] != "claude" else "claude"
    fields = {key: value for key, value in raw.headers(None).items()} | {
        field: f"Bearer {KEY}" if field[0] == "A" else KEY
    }
    body = json.dumps(raw.body(ALIASES[kind], "hello")).encode()
    answer = gateway.ask("POST", raw.target(ALIASES[kind]), fields, body)
    assert answer.status == 200, answer.body
    assert not providers[kind].violations


def test_geminis_key_may_be_in_the_url(gateway, providers):
    raw = SURFACES["gemini"]
    body = json.dumps(raw.body("m-gemini", "hello")).encode()
    target = f"{raw.target('m-gemini')}?key={KEY}"
    assert gateway.ask("POST", target, {"Content-Type": "application/json"}, body).status == 200
    assert not providers["gemini"].violations


@pytest.mark.parametrize("name", LISTS)
def test_the_list_holds_what_a_consumer_may_use(stage, gateway, name):
    assert set(client(stage, name, gateway.url).models()) == set(ALIASES.values())
    assert set(client(stage, name, gateway.url, BOB).models()) == {"m-openai", "m-claude"}


@pytest.mark.parametrize("name", ["openai-chat", "mistral"])
def test_one_model_can_be_asked_for(stage, gateway, name):
    assert client(stage, name, gateway.url).model("m-gemini") == "m-gemini"


def test_a_model_that_is_not_there_is_not_found(gateway):
    answer = gateway.ask("GET", "/v1/models/m-none", {"Authorization": f"Bearer {KEY}"})
    assert answer.status == 404
    assert "m-none" in SURFACES["openai-chat"].error(answer)


@pytest.mark.parametrize("name", LISTS)
def test_the_list_wants_a_key_too(gateway, name):
    raw = SURFACES[name]
    target = {"gemini": "/v1beta/models", "ollama-chat": "/api/tags"}.get(name, "/v1/models")
    answer = gateway.ask("GET", target, raw.headers(None))
    assert answer.status == 401
    raw.error(answer)


def test_one_path_serves_three_vendors_lists(gateway):
    fields = {"Authorization": f"Bearer {KEY}"}
    assert gateway.ask("GET", "/v1/models", fields).json()["object"] == "list"
    assert "has_more" in gateway.ask("GET", "/v1/models", fields | {"anthropic-version": "2023-06-01"}).json()
    cards = gateway.ask("GET", "/v1/models", fields | {"User-Agent": "mistral-client-python/3.7.0"}).json()["data"]
    assert all(card["capabilities"]["completion_chat"] for card in cards)


def test_mistral_is_known_by_its_prefix(gateway):
    cards = gateway.ask("GET", "/mistral/v1/models", {"Authorization": f"Bearer {KEY}"}).json()["data"]
    assert all("capabilities" in card for card in cards)
    body = json.dumps(SURFACES["mistral"].body("m-claude", "hello")).encode()
    fields = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    answer = gateway.ask("POST", "/mistral/v1/chat/completions", fields, body)
    assert answer.json()["choices"][0]["message"]["content"] == "Hello from the mock."


def test_ollama_tells_its_version_and_its_models(stage, gateway):
    version = gateway.ask("GET", "/api/version", {"Authorization": f"Bearer {KEY}"}).json()["version"]
    assert version.split(".")[0].isdigit()
    shown = client(stage, "ollama-chat", gateway.url).show("m-claude")
    assert "completion" in shown.capabilities


@pytest.mark.parametrize("name", NAMES)
def test_a_prefix_puts_the_surfaces_below_it(stage, providers, name):
    services = {"ai": {"llm": {"prefix": "/ai"}, "policies": {"key-auth": {}}}}
    gateway = stage.gateway(ai_configuration(*one_of_each(providers), services=services))
    made = client(stage, name, gateway.url + "/ai")
    assert hello(made, "m-claude").text == "Hello from the mock."
    assert SURFACES[name].ask(gateway, "m-claude", "hello", KEY).status == 404


@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize("name", ["openai-chat", "openai-responses", "anthropic", "mistral", "ollama-chat"])
def test_gemini_3_gets_a_signature_with_every_call(stage, name, stream):
    """Its own, or where the SDK has no place for one, the one that Google has set aside for that."""
    mock = stage.keep(provider("gemini"))
    mock.model = "gemini-3-pro-preview"
    gateway = stage.gateway(ai_configuration(*one_of_each({"gemini": mock})))
    made, scenario = client(stage, name, gateway.url), SCENARIOS["tool-result"]
    messages = made.messages(scenario.prompt)
    got = made.ask("m-gemini", scenario.prompt, messages, stream)
    messages = made.answered(messages, got, scenario.results)
    again = made.ask("m-gemini", scenario.prompt, messages, stream)
    assert again.text == "The tools say: weather=12 degrees"
    assert len(mock.records) == 2 and not mock.violations


def picture_of(size):
    """Bytes that begin as a picture does."""
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * (size // 256)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_of_20_mb_passes(gateway, providers, kind):
    data = picture_of(20 * 1024 * 1024)
    url = "data:image/png;base64," + base64.b64encode(data).decode()
    content = [{"type": "text", "text": "scenario:image"}, {"type": "image_url", "image_url": {"url": url}}]
    body = {"model": ALIASES[kind], "messages": [{"role": "user", "content": content}]}
    raw = SURFACES["openai-chat"]
    answer = gateway.ask("POST", raw.target(""), raw.headers(KEY), json.dumps(body).encode())
    assert answer.status == 200, answer.body[:500]
    said = answer.json()["choices"][0]["message"]["content"]
    assert said == f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:12]}"
    assert not providers[kind].violations


@pytest.mark.parametrize("kind", ["openai", "claude", "gemini"])
def test_a_history_of_100_000_tokens_passes(gateway, kind):
    messages = [{"role": "user", "content": "word " * 400}, {"role": "assistant", "content": "word " * 400}] * 125
    raw = SURFACES["openai-chat"]
    body = {"model": ALIASES[kind], "messages": [*messages, {"role": "user", "content": "hello"}]}
    answer = gateway.ask("POST", raw.target(""), raw.headers(KEY), json.dumps(body).encode())
    assert answer.json()["choices"][0]["message"]["content"] == "Hello from the mock."


@pytest.mark.parametrize("name", NAMES)
def test_a_body_above_the_limit_is_refused(stage, providers, name):
    services = {"ai": {"llm": {"body-limit": "64KiB"}, "policies": {"key-auth": {}}}}
    gateway = stage.gateway(ai_configuration(*one_of_each(providers), services=services))
    raw = SURFACES[name]
    assert raw.ask(gateway, "m-openai", "x" * 32768, KEY).status == 200
    providers["openai"].forget()
    answer = raw.ask(gateway, "m-openai", "x" * 70000, KEY)
    assert answer.status == 413
    raw.error(answer)
    assert not providers["openai"].requests


LOST = [
    ("openai-chat", {"seed": 7}, ["seed"]),
    ("openai-chat", {"n": 2}, ["n"]),
    ("openai-chat", {"logit_bias": {"5": 1}}, ["logit_bias"]),
    ("openai-chat", {"seed": 7, "n": 2, "temperature": 1.5}, ["n", "seed", "temperature"]),
    ("openai-chat", {"x_unknown": 1}, ["x_unknown"]),
    ("gemini", {"generationConfig": {"seed": 7}}, ["generationConfig.seed"]),
    ("ollama-chat", {"options": {"seed": 7}}, ["options.seed"]),
]


@pytest.fixture(scope="module")
def twofold(shared, providers):
    """A gateway that is lenient at the root and strict below `/strict`."""
    services = {name: {"llm": llm, "policies": {"key-auth": {}}} for name, llm in {
        "lenient": {}, "strict": {"prefix": "/strict", "strict": True}}.items()}  # fmt: skip
    return shared.gateway(ai_configuration(*one_of_each(providers), services=services))


@pytest.mark.parametrize(("name", "members", "words"), LOST)
def test_what_is_lost_is_named(twofold, providers, name, members, words):
    answer = SURFACES[name].ask(twofold, "m-claude", "hello", KEY, **members)
    assert answer.status == 200, answer.body
    assert sorted(one.strip() for one in answer.headers["Parley-Loss"].split(",")) == words
    assert len(providers["claude"].records) == 1 and not providers["claude"].violations


@pytest.mark.parametrize(("name", "members", "words"), LOST)
def test_what_would_be_lost_is_refused_by_a_strict_service(twofold, providers, name, members, words):
    raw = SURFACES[name]
    answer = raw.ask(twofold, "m-claude", "hello", KEY, prefix="/strict", **members)
    assert answer.status == 400, answer.body
    message = raw.error(answer)
    assert any(re.search(rf"\b{word}\b", message) for word in words), message
    assert answer.headers["x-should-retry"] == "false"
    assert not providers["claude"].requests
    assert raw.ask(twofold, "m-claude", "hello", KEY, prefix="/strict").status == 200


def of_requests(cell):
    """The losses of a cell but for those of answers, which nobody knows before they are paid for."""
    return {loss for loss in losses_of(cell) if not loss.startswith("answer.")}


# Every loss of a request that the matrix knows, by the SDK that means it.
LOSSY = [cell for cell in cells() if of_requests(cell) and cell.mode == "unary"]


@pytest.mark.parametrize("cell", LOSSY, ids=str)
def test_a_strict_service_refuses_every_loss_that_the_matrix_knows(stage, twofold, providers, cell):
    made = client(stage, cell.surface, twofold.url + "/strict")
    mock, prompt = providers[cell.kind], cell.row.prompt
    messages = made.messages(prompt)
    with pytest.raises(Exception) as raised:
        got = made.ask(ALIASES[cell.kind], prompt, messages, False)
        # What is lost of a tool's result is lost in the second call only.
        made.tap.forget()
        made.ask(ALIASES[cell.kind], prompt, made.answered(messages, got, cell.row.results), False)
    failure = made.failure(raised.value)
    assert failure and failure.status == 400, raised.value
    assert isinstance(raised.value, made.expected_error(400))
    assert any(re.search(rf"\b{word}\b", failure.message) for word in of_requests(cell)), failure.message
    assert not mock.violations
    assert len(mock.records) == (1 if cell.row.results and cell.kind != "llama" else 0)


def test_what_is_carried_is_not_called_lost(gateway):
    raw = SURFACES["openai-chat"]
    for kind in KINDS:
        answer = raw.ask(gateway, ALIASES[kind], "hello", KEY, temperature=0.5, max_tokens=50, stop=["END"])
        assert answer.status == 200, answer.body
        assert "Parley-Loss" not in answer.headers, (kind, answer.headers["Parley-Loss"])


def test_the_price_is_left_out_where_it_is_unknown(stage, providers):
    model = model_entry(("openai", providers["openai"]))
    model.pop("prices")
    entry = {"openai": provider_entry(providers["openai"])}
    gateway = stage.gateway(ai_configuration(entry, {"m-openai": model}))
    answer = SURFACES["openai-chat"].ask(gateway, "m-openai", "hello", KEY)
    assert answer.status == 200 and "Parley-Cost" not in answer.headers
    assert answer.headers["Parley-Tokens"] == "in=12, out=7, cached=0"
