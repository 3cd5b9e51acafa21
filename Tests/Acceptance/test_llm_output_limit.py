"""The most output that a call may ask for: `llm: { max-output: N }` (contract 6)."""

import json
import re
from decimal import Decimal

import pytest

from harness.features import NAMES, OPENAI, both, call, none_asked, serving
from harness.keys import consumer
from harness.models import ALIASES, KEY, mocks
from harness.money import PLAIN, budget, most
from harness.providers.raw import SPOKEN_BY, SURFACES
from harness.providers.reply import Reply, Usage

LIMIT = 50
# The fields in which each surface's calls ask for output.
FIELDS = {
    "openai-chat": ["max_tokens", "max_completion_tokens"],
    "openai-responses": ["max_output_tokens"],
    "openai-completions": ["max_tokens"],
    "anthropic": ["max_tokens"],
    "gemini": ["generationConfig.maxOutputTokens", "generation_config.max_output_tokens"],
    "mistral": ["max_tokens"],
    "ollama-chat": ["options.num_predict"],
    "ollama-generate": ["options.num_predict"],
}
FIELDS_OF_ALL = [(name, kind, field) for name, kind in both() for field in FIELDS[name]]
NO_NUMBERS = ["100", "10", 12.5, True, [10], {"n": 10}, 10**30, -(10**30)]


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared)


@pytest.fixture(scope="module")
def gateway(shared, providers):
    return serving(shared, providers, {"max-output": LIMIT})


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


def members(field, value):
    """The members of a body that ask for so much output."""
    outer, _, inner = field.rpartition(".")
    return {outer: {inner: value}} if outer else {field: value}


def body(name, kind, **more):
    """A call's body without any limit but these."""
    made = SURFACES[name].body(ALIASES[kind], "hello")
    made.pop("max_tokens", None)
    return made | more


def ask(gateway, name, kind, **more):
    """A call without any limit but these, and its answer."""
    raw, made = SURFACES[name], json.dumps(body(name, kind, **more)).encode()
    return gateway.ask("POST", raw.target(ALIASES[kind]), raw.headers(KEY), made)


def refused(raw, answer, field, *words):
    """Checks a refusal that names the field and the limit."""
    message = raw.error(answer)
    assert answer.status == 400, (answer.status, message)
    last = field.rpartition(".")[2]
    assert re.search(rf"\b({last}|{re.sub('_(.)', lambda match: match[1].upper(), last)})\b", message), message
    for word in (str(LIMIT), *words):
        assert re.search(rf"\b{word}\b", message), message


@pytest.mark.parametrize(("name", "kind", "field"), FIELDS_OF_ALL)
@pytest.mark.parametrize("value", [LIMIT + 1, 10**9])
def test_a_wish_beyond_the_limit_is_refused(gateway, providers, name, kind, field, value):
    refused(SURFACES[name], ask(gateway, name, kind, **members(field, value)), field)
    none_asked(providers)


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_stream_is_refused_as_a_whole_answer_is(gateway, providers, name, kind):
    raw, field = SURFACES[name], FIELDS[name][0]
    refused(raw, call(name, kind, True, **members(field, LIMIT + 1)).at(gateway), field)
    none_asked(providers)


@pytest.mark.parametrize("kind", ["openai", "local", "claude"])
@pytest.mark.parametrize("high", ["max_tokens", "max_completion_tokens"])
def test_the_larger_of_two_wishes_counts(gateway, providers, kind, high):
    low = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}[high]
    refused(OPENAI, ask(gateway, "openai-chat", kind, **{low: 10, high: LIMIT + 1}), high)
    none_asked(providers)


@pytest.mark.parametrize("name", ["ollama-chat", "ollama-generate"])
@pytest.mark.parametrize("kind", ["llama", "claude"])
@pytest.mark.parametrize("value", [-1, -2, -(2**40)])
def test_without_end_is_more_than_any_limit(gateway, providers, name, kind, value):
    refused(SURFACES[name], ask(gateway, name, kind, options={"num_predict": value}), "options.num_predict")
    none_asked(providers)


@pytest.mark.parametrize(("name", "kind", "field"), FIELDS_OF_ALL)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=str)
def test_what_is_no_whole_number_is_refused(gateway, providers, name, kind, field, value):
    raw = SURFACES[name]
    answer = ask(gateway, name, kind, **members(field, value))
    assert answer.status == 400, answer.body
    last = field.rpartition(".")[2]
    assert last in raw.error(answer) or re.sub("_(.)", lambda match: match[1].upper(), last) in raw.error(answer)
    none_asked(providers)


@pytest.mark.parametrize(("name", "kind"), both())
@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
def test_who_asks_for_none_gets_the_limit(gateway, providers, name, kind, stream):
    raw, mock = SURFACES[name], providers[kind]
    made = body(name, kind) | ({"stream": stream} if raw.streams in ("stream", "default") else {})
    answer = gateway.ask("POST", raw.target(ALIASES[kind], stream), raw.headers(KEY), json.dumps(made).encode())
    assert answer.status == 200, answer.body
    assert mock.records[0].question.limit == LIMIT, mock.requests[0].body
    assert not mock.violations


@pytest.mark.parametrize(("name", "kind", "field"), FIELDS_OF_ALL)
def test_nothing_is_a_wish_for_none(gateway, providers, name, kind, field):
    mock = providers[kind]
    answer = ask(gateway, name, kind, **members(field, None))
    assert answer.status == 200, answer.body
    assert mock.records[0].question.limit == LIMIT, mock.requests[0].body
    assert not mock.violations


WRITTEN = {
    "openai-chat": ["max_tokens"],
    "openai-responses": ["max_output_tokens"],
    "openai-completions": ["max_tokens"],
    "anthropic": ["max_tokens"],
    "gemini": ["generationConfig", "maxOutputTokens"],
    "mistral": ["max_tokens"],
    "ollama-chat": ["options", "num_predict"],
    "ollama-generate": ["options", "num_predict"],
}


@pytest.mark.parametrize("name", NAMES)
def test_the_limit_is_all_that_is_added_where_bytes_pass_through(gateway, providers, name):
    kind = SPOKEN_BY[name]
    assert ask(gateway, name, kind, **beside(name)).status == 200
    received = json.loads(providers[kind].requests[0].body)
    inner = received
    *path, last = WRITTEN[name]
    for step in path:
        inner = inner[step]
    assert inner.pop(last) == LIMIT
    expected = body(name, kind, **beside(name))
    if "model" in expected:
        expected["model"] = providers[kind].model
    if path and path[0] not in expected:
        received.pop(path[0])
    assert received == expected


def beside(name):
    """Members that stand beside the limit."""
    if name == "gemini":
        return {"generationConfig": {"temperature": 0.5}}
    return {"options": {"temperature": 0.5}} if name.startswith("ollama") else {"temperature": 0.5}


@pytest.mark.parametrize("name", ["gemini", "ollama-chat", "ollama-generate"])
def test_the_object_around_the_limit_is_made_where_there_is_none(gateway, providers, name):
    kind = SPOKEN_BY[name]
    assert ask(gateway, name, kind).status == 200
    outer, inner = WRITTEN[name]
    assert json.loads(providers[kind].requests[0].body)[outer] == {inner: LIMIT}


def test_geminis_other_spelling_is_not_doubled(gateway, providers):
    answer = ask(gateway, "gemini", "gemini", generation_config={"temperature": 0.5})
    assert answer.status == 200, answer.body
    assert providers["gemini"].records[0].question.limit == LIMIT
    assert providers["gemini"].records[0].question.temperature == 0.5


def test_compatible_servers_get_the_field_that_they_all_know(gateway, providers):
    assert ask(gateway, "openai-chat", "local").status == 200
    received = json.loads(providers["local"].requests[0].body)
    assert received["max_tokens"] == LIMIT and "max_completion_tokens" not in received


@pytest.mark.parametrize(("name", "kind", "field"), FIELDS_OF_ALL)
@pytest.mark.parametrize("value", [LIMIT, LIMIT - 1, 16])
def test_up_to_the_limit_a_wish_is_left_alone(gateway, providers, name, kind, field, value):
    mock = providers[kind]
    answer = ask(gateway, name, kind, **members(field, value))
    assert answer.status == 200, answer.body
    assert mock.records[0].question.limit == value
    if kind == SPOKEN_BY[name]:
        expected = body(name, kind, **members(field, value))
        expected |= {"model": mock.model} if "model" in expected else {}
        assert json.loads(mock.requests[0].body) == expected


def test_a_service_without_the_key_adds_and_refuses_nothing(stage, providers):
    free = serving(stage, providers)
    assert ask(free, "openai-chat", "openai").status == 200
    assert ask(free, "openai-chat", "openai", max_tokens=LIMIT + 1).status == 200
    assert [record.question.limit for record in providers["openai"].records] == [None, LIMIT + 1]


@pytest.mark.parametrize("name", ["openai-embeddings", "anthropic-count", "gemini-count"])
def test_what_generates_nothing_has_no_limit(gateway, providers, name):
    kind = SPOKEN_BY[name]
    answer = SURFACES[name].ask(gateway, ALIASES[kind], "hello", KEY)
    assert answer.status == 200, answer.body
    assert b"max" not in providers[kind].requests[0].body and not providers[kind].violations


@pytest.mark.parametrize("allowance", ["money", "tokens"])
@pytest.mark.parametrize("name", ["openai-chat", "ollama-chat"])
def test_it_bounds_a_call_of_a_model_without_a_limit(stage, providers, allowance, name):
    kind = SPOKEN_BY[name]
    mock = providers[kind]
    bare = call(name, kind)
    dear = Usage(fresh=bare.size, text=LIMIT)
    limits = {
        "money": budget(most(bare.size, LIMIT) * Decimal("1.5")),
        "tokens": {"tokens": {"quota": (bare.size + LIMIT) * 3 // 2, "window": "1h"}},
    }
    gateway = serving(
        stage,
        {kind: mock},
        {"max-output": LIMIT},
        model={"limits": None, "prices": PLAIN},
        consumers={"alice": consumer(KEY) | limits[allowance]},
    )
    mock.always = Reply(text="All of it.", usage=dear)
    first = bare.at(gateway)
    assert first.status == 200, first.body
    assert mock.records[0].question.limit == LIMIT
    assert bare.at(gateway).status in (402, 429)
    assert len(mock.records) == 1
