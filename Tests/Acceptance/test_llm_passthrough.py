"""The same dialect in and out (contract 6): the bytes stay the client's but for the model, and the provider's."""

import json

import pytest

from harness import wire
from harness.models import ALIASES, KEY, ai_configuration, ai_gateway, mocks
from harness.providers import KINDS
from harness.providers.material import SIGNATURE
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES
from harness.providers.reply import Reply

NAMES = [raw.name for raw in CHAT]
ODD = (
    '{ "x_first" : {"b":1,"a":[1.50,-0,1e2,1.0e0,12345678901234567890, 0.1]},\t"MEMBERS",\r\n'
    '  "temperature":1.0e0 , "x_unicode":"\\u00e9\\ud83d\\ude00 \\/ é", "x_model":{"model":"ALIAS"},"x_last":null }  \n'
)
# `@` is the model that is asked for; the alias in other places is the user's own text.
MEMBERS = {
    "openai-chat": '"messages":[{"role":"user","content":"model: ALIAS"}],"model" : "@"',
    "openai-responses": '"input":"model: ALIAS","model" : "@"',
    "openai-completions": '"prompt":"model: ALIAS","model" : "@"',
    "anthropic": '"max_tokens":100,"model" : "@","messages":[{"content":"model: ALIAS","role":"user"}]',
    "gemini": '"contents":[{"parts":[{"text":"model: ALIAS"}],"role":"user"}]',
    "mistral": '"model":"@","messages":[{"role":"user","content":"model: ALIAS"}]',
    "ollama-chat": '"stream":false,"messages":[{"role":"user","content":"model: ALIAS"}],"model":"@"',
    "ollama-generate": '"stream":false,"prompt":"model: ALIAS","model":"@"',
}
EXTRAS = {"x_first", "x_unicode", "x_model", "x_last", "temperature", "xFirst", "xUnicode", "xModel", "xLast"}


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared)


@pytest.fixture(scope="module")
def gateway(shared, providers):
    return ai_gateway(shared, providers)


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()
        mock.permit = EXTRAS
    yield
    for mock in providers.values():
        mock.permit = set()


def odd(name, alias, model):
    """A body that no serialiser would write."""
    text = ODD.replace('"MEMBERS"', MEMBERS[name]).replace("ALIAS", alias)
    return text.replace('"@"', f'"{model}"').encode()


@pytest.mark.parametrize("name", NAMES)
def test_a_request_arrives_byte_for_byte_but_for_the_model(gateway, providers, name):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    mock, alias = providers[kind], ALIASES[kind]
    answer = gateway.ask("POST", raw.target(alias), raw.headers(KEY), odd(name, alias, alias))
    assert answer.status == 200, answer.body
    assert mock.requests[0].body == odd(name, alias, mock.model)
    assert not mock.violations


@pytest.mark.parametrize("value", ['"m-openai"', '"m\\u002dopenai"', '"\\u006d-openai"'])
@pytest.mark.parametrize("name", ['"model"', '"mod\\u0065l"'])
def test_the_model_is_found_however_it_is_written(gateway, providers, name, value):
    before, after = b'{"messages":[{"role":"user","content":"hi"}],', b',"n":1}'
    body = before + name.encode() + b":" + value.encode() + after
    raw = SURFACES["openai-chat"]
    answer = gateway.ask("POST", raw.target("m-openai"), raw.headers(KEY), body)
    assert answer.status == 200, answer.body
    received = providers["openai"].requests[0].body
    assert received.startswith(before) and received.endswith(after)
    assert json.loads(received)["model"] == "gpt-4o-mini"


def direct(mock, raw, body, stream):
    """The same call past the gateway."""
    key = mock.key
    return wire.ask(mock.upstream.address, "POST", raw.target(mock.model, stream), raw.headers(key), body)


@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scenario", ["unicode", "crlf", "cached"])
def test_an_answer_comes_back_byte_for_byte(gateway, providers, name, stream, scenario):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    mock = providers[kind]
    reply = Reply(text="é 東京 \u2028 \\ /", crlf=scenario == "crlf", write_size=5 if scenario == "unicode" else None)
    mock.always = reply
    options = (
        {"stream_options": {"include_usage": True}} if stream and name in ("openai-chat", "openai-completions") else {}
    )
    got = raw.ask(gateway, ALIASES[kind], "hello", KEY, stream, **options)
    body = json.dumps(raw.body(mock.model, "hello", stream, **options)).encode()
    assert got.status == 200
    assert got.body == direct(mock, raw, body, stream).body
    if not stream:
        assert got.headers["Parley-Tokens"] == "in=12, out=7, cached=0"


def test_signatures_stay_as_they_are(gateway, providers):
    mock = providers["claude"]
    thought = {"type": "thinking", "thinking": "hm", "signature": SIGNATURE}
    call = {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"n": 1}}
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "ok"}
    messages = [
        {"role": "user", "content": "go"},
        {"role": "assistant", "content": [thought, {"type": "redacted_thinking", "data": SIGNATURE}, call]},
        {"role": "user", "content": [result]},
    ]
    body = {"model": "m-claude", "max_tokens": 4096, "messages": messages}
    body |= {"tools": [{"name": "f", "input_schema": {"type": "object"}, "cache_control": {"type": "ephemeral"}}]}
    body |= {"thinking": {"type": "enabled", "budget_tokens": 1024}}
    raw = SURFACES["anthropic"]
    text = json.dumps(body).replace('{"n": 1}', '{"n": 1.0e0,  "m":"\\u00e9"}')
    assert gateway.ask("POST", raw.target(""), raw.headers(KEY), text.encode()).status == 200
    assert mock.requests[0].body == text.replace("m-claude", mock.model).encode()
    assert not mock.violations


def test_anthropics_header_fields_and_query_pass(gateway, providers):
    raw = SURFACES["anthropic"]
    fields = raw.headers(KEY) | {"anthropic-version": "2023-01-01", "anthropic-beta": "one-2025-01-01,two-2025-01-01"}
    body = json.dumps(raw.body("m-claude", "hello")).encode()
    assert gateway.ask("POST", "/v1/messages?beta=true", fields, body).status == 200
    received = providers["claude"].requests[0]
    assert received.target == "/v1/messages?beta=true"
    assert received.headers["anthropic-version"] == "2023-01-01"
    assert received.headers["anthropic-beta"] == "one-2025-01-01,two-2025-01-01"


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"claude"}))
def test_anthropics_header_fields_stay_with_anthropic(gateway, providers, kind):
    raw = SURFACES["anthropic"]
    fields = raw.headers(KEY) | {"anthropic-beta": "one-2025-01-01"}
    body = json.dumps(raw.body(ALIASES[kind], "hello")).encode()
    assert gateway.ask("POST", raw.target(""), fields, body).status == 200
    received = providers[kind].requests[0]
    assert not [name for name in received.headers.names() if name.startswith("anthropic-")]


@pytest.mark.parametrize("name", [name for name in NAMES if name != "anthropic"])
def test_the_gateway_itself_names_the_version_of_2023(gateway, providers, name):
    assert SURFACES[name].ask(gateway, "m-claude", "hello", KEY).status == 200
    assert providers["claude"].requests[0].headers["anthropic-version"] == "2023-06-01"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_provider_gets_its_own_key_and_no_other(gateway, providers, name, kind):
    assert SURFACES[name].ask(gateway, ALIASES[kind], "hello", KEY).status == 200
    mock = providers[kind]
    received = mock.requests[0]
    assert not mock.violations
    text = received.head + received.body
    assert KEY.encode() not in text
    assert kind == "llama" or mock.key.encode() in text
    assert "Parley" not in received.head.decode()


@pytest.mark.parametrize("version", ["v1", "v1beta"])
def test_gemini_is_spoken_in_both_versions(gateway, providers, version):
    raw = SURFACES["gemini"]
    target = raw.target("m-gemini").replace("v1beta", version)
    body = json.dumps(raw.body("m-gemini", "hello")).encode()
    assert gateway.ask("POST", target, raw.headers(KEY), body).status == 200
    assert providers["gemini"].requests[0].path == f"/{version}/models/gemini-2.5-flash:generateContent"
    assert gateway.ask("POST", target.replace("m-gemini", "m-claude"), raw.headers(KEY), body).status == 200


def test_unknown_fields_are_the_providers_to_refuse(gateway, providers):
    providers["openai"].permit = set()
    raw = SURFACES["openai-chat"]
    answer = raw.ask(gateway, "m-openai", "hello", KEY, x_unknown=1)
    assert answer.status == 400
    assert "x_unknown" in raw.error(answer)
    assert len(providers["openai"].violations) == 1


ANSWERS = {
    "openai": (
        {"openai-processing-ms": "12", "openai-version": "2020-10-01"},
        '{"id":"c","object":"chat.completion","created":1,"model":"t","choices":[{"index":0,"finish_reason":"stop",'
        '"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}',
        'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"t","choices":[{"index":0,'
        '"delta":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
    ),
    "anthropic": (
        {"request-id": "req_42"},
        '{"id":"m","type":"message","role":"assistant","model":"t","content":[{"type":"text","text":"hi"}],'
        '"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}',
        'event: message_start\ndata: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant",'
        '"model":"t","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}\n\n'
        'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}'
        '\n\nevent: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta",'
        '"text":"hi"}}\n\nevent: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n'
        'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},'
        '"usage":{"output_tokens":1}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n',
    ),
}


@pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
@pytest.mark.parametrize("surface", ["openai-chat", "anthropic"])
@pytest.mark.parametrize("vendor", ["openai", "anthropic"])
def test_what_a_vendor_says_of_its_answer_comes_through_to_its_own_clients(stage, vendor, surface, stream):
    fields, whole, events = ANSWERS[vendor]
    kind = "text/event-stream" if stream else "application/json"
    upstream = stage.upstream(
        lambda exchange: exchange.reply(200, fields | {"Content-Type": kind}, (events if stream else whole).encode())
    )
    url = upstream.url + ("/v1" if vendor == "openai" else "")
    entries = {"p": {"dialect": vendor, "url": url, "keys": [{"value": "sk-p"}]}}
    gateway = stage.gateway(ai_configuration(entries, {"m": {"targets": [{"provider": "p", "model": "t"}]}}))
    extra = {"max_tokens": 5}
    answer = SURFACES[surface].ask(gateway, "m", "hello", KEY, stream, **extra)
    assert answer.status == 200, answer.body
    is_own = surface.startswith(vendor)
    for name in ("openai-processing-ms", "openai-version"):
        assert answer.headers.get(name) == (fields.get(name) if is_own else None)
    wanted = answer.headers["X-Request-Id"] if vendor == "openai" else "req_42"
    assert answer.headers.get("request-id") == (wanted if surface == "anthropic" else None)
