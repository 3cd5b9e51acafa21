"""The mock providers themselves, without the gateway: what they refuse, remember and bill can be believed."""

import copy
import json
import select

import pytest

from harness import wire
from harness.models import KEY, mocks
from harness.patience import eventually
from harness.providers import KINDS
from harness.providers.clients.base import text64
from harness.providers.material import PNG
from harness.providers.reply import Reply, Trouble, Usage

TOOL = {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}
FUNCTION = {"type": "function", "function": TOOL}
CALL = {"id": "Mock00001", "type": "function", "function": {"name": "weather", "arguments": '{"city":"Rome"}'}}
USER = {"role": "user", "content": "hello"}
TOOL_USE = {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Rome"}}
TOOL_RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "warm"}
GEMINI_CALL = {"functionCall": {"name": "weather", "args": {"city": "Rome"}}}
GEMINI_RESULT = {"functionResponse": {"name": "weather", "response": {"result": "warm"}}}
IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,@@@"}}
CLOSED = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False}


def open_schema(**members):
    """A schema that is not closed."""
    return {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], **members}


def json_schema(schema, strict=True):
    """OpenAI's and Mistral's way to name it."""
    return {"type": "json_schema", "json_schema": {"name": "x", "schema": schema, "strict": strict}}


def result(identity, **members):
    """A tool message."""
    return {"role": "tool", "tool_call_id": identity, "content": "warm", **members}


def calling(**members):
    """An assistant's message with a call."""
    return {"role": "assistant", "content": None, "tool_calls": [CALL | members]}


PATHS = {
    "openai": "/v1/chat/completions",
    "local": "/v1/chat/completions",
    "mistral": "/v1/chat/completions",
    "claude": "/v1/messages",
    "gemini": "/v1beta/models/gemini-2.5-flash:generateContent",
    "llama": "/api/chat",
    "responses": "/v1/responses",
}
BODIES = {
    "openai": {"model": "gpt-4o-mini", "messages": [USER]},
    "local": {"model": "qwen3-8b", "messages": [USER]},
    "mistral": {"model": "mistral-small-latest", "messages": [USER]},
    "claude": {"model": "claude-haiku-4-5", "max_tokens": 100, "messages": [USER]},
    "gemini": {"contents": [{"role": "user", "parts": [{"text": "hello"}]}]},
    "llama": {"model": "llama3.2:3b", "messages": [USER], "stream": False},
    "responses": {"model": "gpt-4o-mini", "input": "hello"},
}

# The dialect, what is changed, and a word of the complaint.
REFUSED = {
    "openai": [
        ({"frob": 1}, "Unknown parameter: 'frob'"),
        ({"messages": []}, "is empty"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "must be one of"),
        ({"messages": [{"role": "user"}]}, "Missing required parameter: 'messages[0].content'"),
        ({"messages": [{**USER, "thinking": "x"}]}, "messages[0].thinking"),
        (
            {"messages": [USER, {"role": "assistant", "content": "a", "reasoning_content": "b"}, USER]},
            "reasoning_content",
        ),
        ({"messages": [USER, calling(), USER]}, "must be followed by tool messages"),
        ({"messages": [USER, calling()]}, "have no answer"),
        ({"messages": [USER, calling(), result("other")]}, "must be a response"),
        ({"messages": [USER, result("call_1")]}, "must be a response"),
        (
            {"messages": [USER, calling(function={"name": "weather", "arguments": {}}), result("Mock00001")]},
            "expected string",
        ),
        (
            {"messages": [USER, calling(function={"name": "weather", "arguments": ""}), result("Mock00001")]},
            "not a JSON object",
        ),
        ({"messages": [{"role": "user", "content": [IMAGE]}]}, "not valid base64"),
        ({"messages": [{"role": "user", "content": [{"type": "image", "source": {}}]}]}, "must be one of"),
        ({"temperature": 2.5}, "between 0 and 2"),
        ({"temperature": "1"}, "expected number"),
        ({"max_tokens": 5, "max_completion_tokens": 5}, "together"),
        ({"max_tokens": True}, "expected integer"),
        ({"stop": ["a", "b", "c", "d", "e"]}, "up to 4"),
        ({"stream_options": {"include_usage": True}}, "only allowed when 'stream'"),
        ({"tool_choice": "auto"}, "only allowed when 'tools'"),
        ({"parallel_tool_calls": False}, "only allowed when 'tools'"),
        ({"tools": [TOOL]}, "Unknown parameter: 'tools[0].name'"),
        ({"tools": [FUNCTION, FUNCTION]}, "twice"),
        ({"tools": [FUNCTION], "tool_choice": "any"}, "must be one of"),
        ({"response_format": json_schema(open_schema())}, "additionalProperties"),
        ({"response_format": json_schema(CLOSED | {"required": []})}, "'required' must name"),
        ({"response_format": {"type": "json_object"}}, "the word 'json'"),
        ({"model": "gpt-9"}, "does not exist"),
    ],
    "responses": [
        ({"messages": [USER]}, "Unknown parameter: 'messages'"),
        ({"max_output_tokens": 8}, "between 16"),
        ({"tools": [FUNCTION]}, "Unknown parameter: 'tools[0].function'"),
        ({"input": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]}, "must be one of input_text"),
        ({"input": [{"role": "user", "content": [{"type": "output_text", "text": "x"}]}]}, "must be one of input_text"),
        (
            {"input": [{"type": "function_call", "call_id": "c", "name": "f", "arguments": "{}"}]},
            "No tool output found",
        ),
        ({"input": [{"type": "function_call_output", "call_id": "c", "output": ""}]}, "No tool call found"),
        (
            {"input": [{"type": "reasoning", "id": "rs", "summary": []}, {"type": "reasoning", "summary": []}]},
            "following item",
        ),
        ({"tool_choice": "required"}, "needs 'tools'"),
        (
            {"text": {"format": {"type": "json_schema", "name": "x", "schema": open_schema(), "strict": True}}},
            "additional",
        ),
    ],
    "claude": [
        ({"max_tokens": None}, "Invalid type for 'max_tokens'"),
        ({"frequency_penalty": 1}, "Unknown parameter"),
        ({"temperature": 1.5}, "between 0 and 1"),
        ({"temperature": None}, "expected number"),
        ({"messages": [{"role": "system", "content": "x"}, USER]}, "must be one of user, assistant"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "first message must use the user role"),
        ({"messages": [{"role": "user", "content": ""}]}, "non-empty content"),
        ({"messages": [{"role": "user", "content": []}]}, "non-empty content"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": ""}]}]}, "must be non-empty"),
        ({"messages": [USER, {"role": "assistant", "content": [TOOL_USE]}, USER]}, "without `tool_result`"),
        ({"messages": [USER, {"role": "assistant", "content": [TOOL_USE]}]}, "without `tool_result`"),
        ({"messages": [{"role": "user", "content": [TOOL_RESULT]}]}, "unexpected `tool_use_id`"),
        (
            {
                "messages": [
                    USER,
                    {"role": "assistant", "content": [TOOL_USE]},
                    {"role": "user", "content": [{"type": "text", "text": "so?"}, TOOL_RESULT]},
                ]
            },
            "must come first",
        ),
        (
            {
                "messages": [
                    USER,
                    {"role": "assistant", "content": [TOOL_USE]},
                    {"role": "user", "content": [TOOL_RESULT]},
                ]
            },
            "must define `tools`",
        ),
        (
            {
                "messages": [
                    USER,
                    {"role": "assistant", "content": [TOOL_USE]},
                    {"role": "user", "content": [TOOL_RESULT]},
                ],
                "tools": [{"name": "weather", "input_schema": {"type": "object"}}],
                "thinking": {"type": "enabled", "budget_tokens": 1024},
                "max_tokens": 2048,
            },
            "Expected `thinking`",
        ),
        (
            {"messages": [USER, {"role": "assistant", "content": [{"type": "thinking", "thinking": "x"}]}, USER]},
            "signature",
        ),
        ({"tools": [{"name": "a", "input_schema": {}}]}, "type: Field required"),
        ({"tools": [FUNCTION]}, "Unknown parameter: 'tools[0].function'"),
        ({"tool_choice": {"type": "auto"}}, "while providing tools"),
        ({"stop_sequences": ["\n"]}, "non-whitespace"),
        ({"thinking": {"type": "enabled", "budget_tokens": 10}}, "at least 1024"),
        ({"thinking": {"type": "enabled", "budget_tokens": 1024}}, "greater than"),
        ({"thinking": {"type": "adaptive"}, "temperature": 0.5}, "only be set to 1"),
        ({"metadata": {"tag": "x"}}, "metadata.tag"),
        ({"output_config": {"format": {"type": "json_schema", "schema": open_schema()}}}, "additionalProperties"),
    ],
    "gemini": [
        ({"messages": [USER]}, 'Unknown name "messages"'),
        ({"contents": []}, "contents is not specified"),
        ({"contents": [{"role": "assistant", "parts": [{"text": "x"}]}]}, "valid role"),
        ({"contents": [{"role": "user", "parts": []}]}, "must not be empty"),
        ({"contents": [{"role": "user", "parts": [{"text": ""}]}]}, "must not be empty"),
        ({"contents": [{"role": "user", "parts": [{"text": "x", "inlineData": {}}]}]}, "one initialized field"),
        (
            {"contents": [{"role": "user", "parts": [{"text": "x"}]}, {"role": "model", "parts": [{"text": "y"}]}]},
            "user role",
        ),
        ({"contents": [{"role": "model", "parts": [GEMINI_CALL]}]}, "immediately after a user turn"),
        (
            {
                "contents": [
                    {"role": "user", "parts": [{"text": "x"}]},
                    {"role": "model", "parts": [GEMINI_CALL, GEMINI_CALL]},
                    {"role": "user", "parts": [GEMINI_RESULT]},
                ]
            },
            "number of function response parts",
        ),
        ({"contents": [{"role": "user", "parts": [GEMINI_RESULT]}]}, "number of function response parts"),
        ({"generationConfig": {"maxTokens": 5}}, "Unknown parameter: 'generationConfig.maxTokens'"),
        ({"generationConfig": {"responseSchema": {"type": "OBJECT"}}}, "needs response_mime_type"),
        (
            {"generationConfig": {"responseMimeType": "application/json", "responseSchema": CLOSED}},
            'Unknown name "additionalProperties"',
        ),
        ({"tools": [{"functionDeclarations": [{"name": "a b"}]}]}, "does not fit"),
        (
            {"tools": [{"functionDeclarations": [{"name": "a", "parameters": {"type": "object"}}]}]},
            "non-empty for OBJECT",
        ),
        ({"toolConfig": {"functionCallingConfig": {"mode": "ANY"}}}, "needs function declarations"),
        (
            {"generationConfig": {"thinkingConfig": {"thinkingBudget": 1, "thinkingLevel": "LOW"}}},
            "only one of thinking budget",
        ),
    ],
    "mistral": [
        ({"stream_options": {"include_usage": True}}, "Unknown parameter: 'stream_options'"),
        ({"seed": 7}, "Unknown parameter: 'seed'"),
        ({"max_completion_tokens": 7}, "Unknown parameter: 'max_completion_tokens'"),
        ({"temperature": 1.6}, "between 0 and 1.5"),
        ({"messages": [{"role": "developer", "content": "x"}, USER]}, "must be one of"),
        ({"messages": [USER, {"role": "assistant", "content": "x"}]}, "Expected last role"),
        (
            {"messages": [USER, {"role": "assistant", "content": "x"}, {"role": "system", "content": "y"}, USER]},
            "Unexpected role",
        ),
        (
            {"messages": [USER, {"role": "assistant", "content": "x", "reasoning_content": "y"}, USER]},
            "reasoning_content",
        ),
        ({"messages": [USER, calling(id="call_abc"), result("call_abc")]}, "length of 9"),
        ({"messages": [USER, calling(), result("Mock00001"), USER]}, "Unexpected role 'user' after role 'tool'"),
        ({"messages": [USER, calling(), USER]}, "Not the same number"),
        ({"messages": [USER, {"role": "assistant", "content": ""}, USER]}, "either content or tool_calls"),
        ({"tools": [{"type": "function", "function": {"name": "a"}}]}, "tools[0].function.parameters"),
        ({"tool_choice": "any"}, "tools must be set"),
    ],
    "llama": [
        ({"tool_choice": "auto"}, "Unknown parameter: 'tool_choice'"),
        ({"temperature": 1}, "Unknown parameter: 'temperature'"),
        ({"options": {"max_tokens": 1}}, "options.max_tokens"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]}, "expected string"),
        ({"messages": [USER | {"images": ["data:image/png;base64,AAAA"]}]}, "without a data: prefix"),
        ({"messages": [USER, {"role": "assistant", "content": "", "tool_calls": [CALL]}]}, "expected object"),
        ({"messages": [USER, {"role": "tool", "content": "x", "tool_name": "weather"}]}, "no call asked for"),
        ({"format": {"type": "json_object"}, "think": "very"}, "must be one of"),
        ({"model": "llama9"}, "not found"),
    ],
    "local": [
        ({"frob": 1}, "Unknown parameter: 'frob'"),
        ({"messages": [USER, calling()]}, "have no answer"),
    ],
}


def heads(mock):
    """The header fields of a caller who is known."""
    fields = {"Content-Type": "application/json", "anthropic-version": "2023-06-01"}
    names = {"claude": "x-api-key", "gemini": "x-goog-api-key"}
    name = names.get(mock.kind)
    return fields | ({name: mock.key} if name else {"Authorization": f"Bearer {mock.key}"})


def post(mock, body, path=None, headers=None):
    """One call, past all SDKs."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return wire.ask(mock.upstream.address, "POST", path or PATHS[mock.kind], headers or heads(mock), data)


def message_of(kind, answer):
    """The message out of a vendor's envelope."""
    body = answer.json()
    if kind == "llama":
        return body["error"]
    if kind == "mistral":
        return body["message"] if "message" in body else json.dumps(body["detail"])
    if kind == "claude":
        assert body["type"] == "error" and body["request_id"]
    return body["error"]["message"]


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared)


@pytest.mark.parametrize("name", BODIES)
def test_what_is_right_is_answered(providers, name):
    mock = providers["openai" if name == "responses" else name]
    mock.forget()
    answer = post(mock, BODIES[name], PATHS[name])
    assert answer.status == 200, answer.body
    assert not mock.violations
    assert [record.outcome for record in mock.records] == ["complete"]
    assert "Hello from the mock." in answer.body.decode()


def all_refused():
    for name, found in REFUSED.items():
        for number, (change, word) in enumerate(found):
            yield pytest.param(name, change, word, id=f"{name}-{number}")


@pytest.mark.parametrize(("name", "change", "word"), list(all_refused()))
def test_what_is_wrong_is_refused_and_remembered(providers, name, change, word):
    kind = "openai" if name == "responses" else name
    mock = providers[kind]
    mock.forget()
    answer = post(mock, copy.deepcopy(BODIES[name]) | change, PATHS[name])
    assert answer.status in (400, 404, 422), answer.body
    assert word in message_of(kind, answer), answer.body
    assert len(mock.violations) == 1 and word in mock.violations[0].message, mock.violations
    assert "the mock itself failed" not in mock.violations[0].message
    assert not mock.billed


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("body", [b"{", b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":"\xff"}', b"[]", b"\xef\xbb\xbf{}"])
def test_what_is_no_json_is_refused(providers, kind, body):
    mock = providers[kind]
    mock.forget()
    assert post(mock, body).status in (400, 422)
    assert len(mock.violations) == 1 and "itself failed" not in mock.violations[0].message, mock.violations


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"llama"}))
@pytest.mark.parametrize("key", [None, "wrong-0123456789"])
def test_keys_are_wanted(providers, kind, key):
    mock = providers[kind]
    mock.forget()
    fields = {name: value for name, value in heads(mock).items() if value and mock.key not in value}
    if key:
        fields |= {"x-api-key": key, "x-goog-api-key": key, "Authorization": f"Bearer {key}"}
    answer = post(mock, BODIES[kind], headers=fields)
    expected = {"gemini": 400 if key else 403}.get(kind, 401)
    assert answer.status == expected, answer.body
    assert len(mock.violations) == 1


def test_anthropic_wants_a_version(providers):
    mock = providers["claude"]
    mock.forget()
    fields = {name: value for name, value in heads(mock).items() if name != "anthropic-version"}
    assert post(mock, BODIES["claude"], headers=fields).status == 400
    assert "anthropic-version" in mock.violations[0].message


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["x-api-key", "X-Leak", "Cookie"])
def test_a_consumers_key_that_arrives_is_a_violation(providers, kind, name):
    mock = providers[kind]
    mock.forget()
    post(mock, BODIES[kind], headers=heads(mock) | {name: f"a {KEY}"})
    assert [violation.code for violation in mock.violations] == ["leak"]


def test_images_are_read_as_bytes(providers):
    mock = providers["llama"]
    mock.forget()
    message = {"role": "user", "content": "scenario:image", "images": [text64(PNG)]}
    assert str(len(PNG)) in post(mock, BODIES["llama"] | {"messages": [message]}).json()["message"]["content"]


def test_what_a_scenario_needs_is_missed_when_it_does_not_come(providers):
    mock = providers["openai"]
    mock.forget()
    message = {"role": "user", "content": "scenario:one-tool"}
    assert post(mock, BODIES["openai"] | {"messages": [message]}).status == 400
    assert "did not get the tools" in mock.violations[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_troubles_are_in_the_vendors_envelope(providers, kind):
    mock = providers[kind]
    for status in (400, 401, 403, 404, 429, 500, 529):
        mock.forget()
        mock.always = Trouble(status, retry_after=7 if status == 429 else None)
        answer = post(mock, BODIES[kind])
        wanted = {529: 529 if kind == "claude" else 503, 401: 400 if kind == "gemini" else 401}.get(status, status)
        assert answer.status == wanted
        # As vendors do, they quote what they refuse, unless it is the key or there were too many.
        quotes = (kind, status) not in (("gemini", 401), ("mistral", 401), ("mistral", 429))
        assert message_of(kind, answer) and ("'hello'" in message_of(kind, answer)) == quotes
        assert answer.headers.get("retry-after") == ("7" if status == 429 else None)
        assert not mock.violations and not mock.billed
        assert mock.records[0].outcome == "failed"


def streaming(kind):
    """The path and body of a stream."""
    if kind == "gemini":
        return PATHS[kind].replace("generateContent", "streamGenerateContent") + "?alt=sse", BODIES[kind]
    return PATHS[kind], BODIES[kind] | {"stream": True}


@pytest.mark.parametrize(("waits", "head", "piece"), [("call", 0, 0), ("head", 1, 0), (True, 1, 1), ("within", 1, 1)])
@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_waits_where_it_is_told_to(providers, kind, waits, head, piece):
    mock = providers[kind]
    mock.forget()
    mock.always = Reply(text="One by one.", waits=waits)
    path, body = streaming(kind)
    with wire.Connection(mock.upstream.address) as connection:
        connection.send(wire.encoded("POST", path, heads(mock), json.dumps(body).encode()))
        eventually(lambda: mock.records and mock.records[0].pieces == piece)
        if head:
            answer = connection.head()
        while piece and b"One" not in connection.reader.pending:
            assert connection.reader.more()
        assert not select.select([connection.sock], [], [], 0.1)[0]
        mock.gate.set()
        connection.body(answer if head else connection.head(), "POST")
    assert mock.settled()[0].outcome == "complete"


@pytest.mark.parametrize("model", ["gemini-2.5-flash", "gemini-3-pro-preview"])
@pytest.mark.parametrize("signature", [None, "c2lnbmVk", "skip_thought_signature_validator"])
def test_gemini_3_wants_a_signature_with_a_call(stage, model, signature):
    mock = mocks(stage, "gemini")["gemini"]
    mock.model = model
    call = GEMINI_CALL | ({"thoughtSignature": signature} if signature else {})
    contents = [{"role": "user", "parts": [{"text": "hello"}]}, {"role": "model", "parts": [call]}]
    contents.append({"role": "user", "parts": [GEMINI_RESULT]})
    answer = post(mock, {"contents": contents}, PATHS["gemini"].replace("gemini-2.5-flash", model))
    assert answer.status == (400 if model.startswith("gemini-3") and not signature else 200), answer.body


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_leaves_is_noticed_and_billed_for_what_it_had(providers, kind):
    mock = providers[kind]
    mock.forget()
    mock.queue = [Reply(text="abcdefghi", waits=True, usage=Usage(fresh=10, text=9))]
    path, body = streaming(kind)
    with wire.Connection(mock.upstream.address) as connection:
        connection.send(wire.encoded("POST", path, heads(mock), json.dumps(body).encode()))
        connection.head()
        eventually(lambda: mock.records and mock.records[0].pieces == 1)
    eventually(lambda: mock.disconnects == 1)
    assert mock.records[0].outcome == "disconnected"
    assert mock.billed == {"fresh": 10, "text": 1, "read": 0, "write": 0, "reasoning": 0}


@pytest.mark.parametrize("kind", KINDS)
def test_the_gate_lets_a_waiting_stream_go_on(providers, kind):
    mock = providers[kind]
    mock.forget()
    mock.queue = [Reply(text="abcdefghi", waits=True)]
    path, body = streaming(kind)
    with wire.Connection(mock.upstream.address) as connection:
        connection.send(wire.encoded("POST", path, heads(mock), json.dumps(body).encode()))
        answer = connection.head()
        eventually(lambda: mock.records and mock.records[0].pieces == 1)
        mock.gate.set()
        connection.body(answer, "POST")
    assert answer.framing == "chunked"
    assert "ghi" in answer.body.decode()
    assert mock.settled()[0].outcome == "complete"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stream_is_cut_within_characters(providers, kind):
    mock = providers[kind]
    mock.forget()
    mock.queue = [Reply(text="東京タワー", write_size=1)]
    path, body = streaming(kind)
    sizes = []
    with wire.Connection(mock.upstream.address) as connection:
        connection.send(wire.encoded("POST", path, heads(mock), json.dumps(body).encode()))
        answer = connection.head()
        connection.body(answer, "POST", sizes.append)
    assert {len(piece) for piece in sizes} == {1}
    assert "東京" in b"".join(sizes).decode()


def test_what_is_billed_is_what_was_told(providers):
    mock = providers["claude"]
    mock.forget()
    usage = Usage(fresh=3, read=50, write=20, text=4, reasoning=6)
    mock.queue = [Reply(text="hi", usage=usage), Trouble(500), Reply(text="hi", usage=usage)]
    told = [post(mock, BODIES["claude"]) for _ in range(3)]
    assert [answer.status for answer in told] == [200, 500, 200]
    assert mock.billed == {"fresh": 6, "read": 100, "write": 40, "text": 8, "reasoning": 12}
    usage = told[0].json()["usage"]
    assert (usage["input_tokens"], usage["cache_read_input_tokens"], usage["output_tokens"]) == (3, 50, 10)


def test_the_classes_that_a_provider_does_not_report_are_folded():
    usage = Usage(fresh=1, read=2, write=4, text=8, reasoning=16)
    assert usage.seen_by("llama") == Usage(fresh=7, text=24)
    assert usage.seen_by("gemini") == Usage(fresh=5, read=2, text=8, reasoning=16)
    assert usage.seen_by("openai") == usage
