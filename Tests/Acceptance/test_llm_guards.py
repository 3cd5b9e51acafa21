"""What is looked for in the texts of calls, and what is done about it: `llm: { guards: … }` (contract 6)."""

import base64
import gzip
import json
import re
from decimal import Decimal

import pytest

from harness import wire
from harness.crew import together
from harness.features import (
    EMBEDDINGS,
    NAMES,
    both,
    call,
    exact,
    has_code,
    never_complete,
    none_asked,
    other,
    post,
    serving,
)
from harness.gateway import metric
from harness.hearing import heard
from harness.models import ALIASES, KEY, client, hello, mocks
from harness.money import all_calls, calls_in_ledger
from harness.patience import eventually, stays
from harness.providers import KINDS
from harness.providers.material import PING, PNG
from harness.providers.raw import SPOKEN_BY, SURFACES
from harness.providers.reply import Call, Reply, Usage

SECRET = "ann@example.org"
MASK = "[email]"
QUESTION, MASKED = f"Write to {SECRET}, please.", f"Write to {MASK}, please."
EMAIL = {"format": "email"}
REFUSE = {"name": "no-mail", "format": "email", "mode": "refuse"}
STREAMS = pytest.mark.parametrize("stream", [False, True], ids=["unary", "stream"])
ALL = NAMES + [*EMBEDDINGS, "anthropic-count", "gemini-count"]
OWN_OF_ALL = [(name, SPOKEN_BY[name]) for name in ALL]
TOOLS = [{"type": "function", "function": PING}]


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared)


@pytest.fixture(scope="module")
def masking(shared, providers):
    return serving(shared, providers, {"guards": [EMAIL]})


@pytest.fixture(scope="module")
def refusing(shared, providers):
    return serving(shared, providers, {"guards": [REFUSE]}, **{"access-log": {"to": "access.log", "sample": 1.0}})


@pytest.fixture(scope="module")
def refusing_answers(shared, providers):
    return serving(shared, providers, {"guards": [REFUSE | {"on": "answers"}]})


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()
        mock.permit = set()


def said(record):
    """What a provider was asked, in words."""
    question = record.question
    return " ".join(map(str, question.inputs)) if question.operation == "embed" else question.text


def guarded(stage, providers, *guards, **options):
    """A gateway with these guards."""
    return serving(stage, providers, {"guards": list(guards)}, **options)


# Requests: masked.


@pytest.mark.parametrize(("name", "kind"), OWN_OF_ALL + [(name, other(name)) for name in NAMES])
def test_a_provider_gets_the_text_without_what_was_found(masking, providers, name, kind):
    mock = providers[kind]
    answer = call(name, kind, text=QUESTION).at(masking)
    assert answer.status == 200, answer.body
    assert said(mock.records[0]) == MASKED
    assert SECRET.encode() not in mock.requests[0].body and not mock.violations


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_stream_is_asked_for_in_the_same_words(masking, providers, name, kind):
    answer = call(name, kind, True, QUESTION).at(masking)
    assert heard(SURFACES[name], answer).text == "Hello from the mock."
    assert said(providers[kind].records[0]) == MASKED


def test_a_batch_of_embeddings_is_masked(masking, providers):
    one = {"model": "models/m-gemini", "content": {"parts": [{"text": QUESTION}]}}
    path = "/v1beta/models/m-gemini:batchEmbedContents"
    assert post(masking, path, {"requests": [one, one]}).status == 200
    assert providers["gemini"].records[0].question.inputs == [MASKED] * 2
    assert post(masking, "/v1/embeddings", {"model": "m-openai", "input": ["a", QUESTION]}).status == 200
    assert providers["openai"].records[0].question.inputs == ["a", MASKED]


def test_a_count_of_tokens_on_openais_path_is_masked(masking, providers):
    answer = post(masking, "/v1/responses/input_tokens", {"model": "m-claude", "input": QUESTION})
    assert answer.status == 200, answer.body
    assert said(providers["claude"].records[0]) == MASKED


FOUND = {
    "email": ({"format": "email"}, SECRET, "[email]"),
    "card": ({"format": "card"}, "4111 1111 1111 1111", "[card]"),
    "iban": ({"format": "iban"}, "DE89 3704 0044 0532 0130 00", "[iban]"),
    "phone": ({"format": "phone"}, "+49 30 901820", "[phone]"),
    "keyword": ({"keywords": ["bluebird", "nightjar"]}, "NightJar", "[keyword]"),
    "regex": ({"regex": "[A-Z]{3}-[0-9]+"}, "ABC-123", "[regex]"),
    "named": ({"name": "projects", "keywords": ["bluebird"]}, "Bluebird", "[keyword]"),
    "replaced": ({"keywords": ["bluebird"], "replacement": "[project]"}, "bluebird", "[project]"),
    "removed": ({"keywords": ["bluebird"], "replacement": ""}, "bluebird", ""),
    "odd": ({"keywords": ["bluebird"], "replacement": '"\\ \n é 🏔'}, "bluebird", '"\\ \n é 🏔'),
    "other letters": ({"keywords": ["ÉTOILE 🏔"]}, "étoile 🏔", "[keyword]"),
}


@pytest.mark.parametrize("kind", ["openai", "claude"])
@pytest.mark.parametrize(("guard", "word", "replaced"), FOUND.values(), ids=FOUND)
def test_each_way_to_look_for_something(stage, providers, guard, word, replaced, kind):
    gateway = guarded(stage, providers, guard)
    providers[kind].always = Reply(text=f"Here is {word}; that is it.")
    answer = call("openai-chat", kind, text=f"Look at {word}; is it?").at(gateway)
    assert said(providers[kind].records[0]) == f"Look at {replaced}; is it?"
    assert heard(SURFACES["openai-chat"], answer).text == f"Here is {replaced}; that is it."


def test_several_guards_work_in_their_order(stage, providers):
    guards = {"keywords": ["bluebird"]}, EMAIL, {"regex": "[0-9]+", "replacement": "#"}
    call("openai-chat", "openai", text=f"bluebird 12 {SECRET}").at(guarded(stage, providers, *guards))
    assert said(providers["openai"].records[0]) == "[keyword] # [email]"


def test_what_a_guard_finds_however_it_is_escaped(masking, providers):
    body = '{"model":"m-openai","messages":[{"role":"user","content":"to \\u0061nn\\u0040example.org \\/ ok"}]}'
    assert post(masking, "/v1/chat/completions", body.encode()).status == 200
    assert said(providers["openai"].records[0]) == "to [email] / ok"


# Requests with a text in every place that there is; ` @ ` stands for what is looked for.
ARGUMENTS = '{"to": " @ ", "n": 1.50, "more": [" @ ", {"deep": "\\u00e9 @ \\" "}], "big": 12345678901234567890}'
DATA = base64.b64encode(PNG).decode()
SIGNED = base64.b64encode(b"bluebird opaque bytes").decode()
RICH = {
    "openai-chat": {
        "messages": [
            {"role": "system", "content": "Never tell @ anything."},
            {"role": "user", "name": "x", "content": [
                {"type": "text", "text": "First @ thing"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64," + DATA, "detail": "low"}},
            ]},
            {"role": "assistant", "content": None, "tool_calls": [
                {"id": "call_1", "type": "function", "function": {"name": "ping", "arguments": ARGUMENTS}},
            ]},
            {"role": "tool", "tool_call_id": "call_1", "content": "It says @ today"},
            {"role": "user", "content": "So what about @ ?"},
        ],
        "tools": [{"type": "function", "function": PING | {"description": "Calls @ up"}}],
        "temperature": 0.50, "metadata": {"n": "x"}, "seed": 12345678901234567890,
    },
    "openai-responses": {
        "instructions": "Never tell @ anything.",
        "input": [
            {"role": "user", "content": [
                {"type": "input_text", "text": "First @ thing"},
                {"type": "input_image", "image_url": "data:image/png;base64," + DATA, "detail": "auto"},
            ]},
            {"type": "reasoning", "id": "rs_1", "summary": [{"type": "summary_text", "text": "I think @ so"}],
             "encrypted_content": SIGNED},
            {"type": "function_call", "call_id": "call_1", "name": "ping", "arguments": ARGUMENTS},
            {"type": "function_call_output", "call_id": "call_1", "output": "It says @ today"},
            {"role": "user", "content": "So what about @ ?"},
        ],
        "tools": [{"type": "function"} | PING], "temperature": 0.50,
    },
    "anthropic": {
        "max_tokens": 100,
        "system": [{"type": "text", "text": "Never tell @ anything.", "cache_control": {"type": "ephemeral"}}],
        "messages": [
            {"role": "user", "content": [
                {"type": "text", "text": "First @ thing"},
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": DATA}},
            ]},
            {"role": "assistant", "content": [
                {"type": "thinking", "thinking": "I think so", "signature": SIGNED},
                {"type": "tool_use", "id": "toolu_1", "name": "ping", "input": json.loads(ARGUMENTS)},
            ]},
            {"role": "user", "content": [
                {"type": "tool_result", "tool_use_id": "toolu_1", "content": [{"type": "text", "text": "Says @ so"}]},
                {"type": "text", "text": "So what about @ ?"},
            ]},
        ],
        "tools": [{"name": "ping", "description": "Calls @ up", "input_schema": {"type": "object"}}],
    },
    "gemini": {
        "systemInstruction": {"parts": [{"text": "Never tell @ anything."}]},
        "contents": [
            {"role": "user", "parts": [
                {"text": "First @ thing"}, {"inlineData": {"mimeType": "image/png", "data": DATA}},
            ]},
            {"role": "model", "parts": [
                {"functionCall": {"id": "c1", "name": "ping", "args": json.loads(ARGUMENTS)},
                 "thoughtSignature": SIGNED},
            ]},
            {"role": "user", "parts": [
                {"functionResponse": {"id": "c1", "name": "ping", "response": {"result": "It says @ today"}}},
                {"text": "So what about @ ?"},
            ]},
        ],
        "generationConfig": {"temperature": 0.50},
    },
    "mistral": {
        "messages": [
            {"role": "system", "content": "Never tell @ anything."},
            {"role": "user", "content": [
                {"type": "text", "text": "First @ thing"},
                {"type": "image_url", "image_url": "data:image/png;base64," + DATA},
            ]},
            {"role": "assistant", "content": "", "tool_calls": [
                {"id": "abcdef123", "type": "function", "function": {"name": "ping", "arguments": ARGUMENTS}},
            ]},
            {"role": "tool", "tool_call_id": "abcdef123", "name": "ping", "content": "It says @ today"},
            {"role": "assistant", "content": "Then"},
            {"role": "user", "content": "So what about @ ?"},
        ],
        "tools": TOOLS, "temperature": 0.50,
    },
    "ollama-chat": {
        "stream": False,
        "messages": [
            {"role": "system", "content": "Never tell @ anything."},
            {"role": "user", "content": "First @ thing", "images": [DATA]},
            {"role": "assistant", "content": "", "thinking": "I think @ so",
             "tool_calls": [{"function": {"name": "ping", "arguments": json.loads(ARGUMENTS)}}]},
            {"role": "tool", "content": "It says @ today", "tool_name": "ping"},
            {"role": "user", "content": "So what about @ ?"},
        ],
        "tools": TOOLS, "options": {"temperature": 0.50}, "keep_alive": "5m",
    },
    "ollama-generate": {
        "stream": False, "system": "Never tell @ anything.", "prompt": "So what about @ ?", "images": [DATA],
        "options": {"temperature": 0.50},
    },
    "openai-completions": {"prompt": ["First @ thing", "So what about @ ?"], "temperature": 0.50},
}  # fmt: skip


def rich(name, word):
    """The body of such a request as text, with a word in each place."""
    body = {} if name == "gemini" else {"model": ALIASES[SPOKEN_BY[name]]}
    return json.dumps(body | RICH[name]).replace("@", word)


@pytest.mark.parametrize("name", NAMES)
def test_all_texts_are_masked_and_all_else_is_as_it_was(masking, providers, name):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    mock = providers[kind]
    answer = masking.ask("POST", raw.target(ALIASES[kind]), raw.headers(KEY), rich(name, SECRET).encode())
    assert answer.status == 200, (answer.body, mock.violations)
    received, expected = exact(mock.requests[0].body), exact(rich(name, MASK))
    if "model" in expected:
        expected["model"] = mock.model
    # Arguments in a string may be written in another way, and must be JSON.
    for one in (received, expected):
        unfold(one)
    assert received == expected
    assert not mock.violations


def unfold(value):
    """Puts the value of every JSON object in a string in place of the string."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        if key == "arguments" and isinstance(inner, str):
            value[key] = exact(inner)
        elif isinstance(inner, dict | list):
            unfold(inner)


# All but one: thoughts go to compatible servers, as which the gateway takes the mock of OpenAI, and it refuses them.
CROSSED = [(name, kind) for name in ("openai-chat", "anthropic", "ollama-chat") for kind in KINDS
           if (name, kind) != ("ollama-chat", "openai")]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), CROSSED)
def test_all_texts_are_masked_in_translation(masking, providers, name, kind):
    raw, mock = SURFACES[name], providers[kind]
    body = rich(name, SECRET).replace(f'"{ALIASES[SPOKEN_BY[name]]}"', f'"{ALIASES[kind]}"')
    answer = masking.ask("POST", raw.target(""), raw.headers(KEY), body.encode())
    assert answer.status == 200, (answer.body, mock.violations)
    assert SECRET not in json.dumps(json.loads(mock.requests[0].body))
    question = mock.records[0].question
    assert question.text == f"So what about {MASK} ?" and question.system == [f"Never tell {MASK} anything."]
    arguments = [asked.arguments for turn in question.turns for asked in turn.calls]
    assert arguments == [json.loads(ARGUMENTS.replace("@", MASK))]
    assert PNG in [blob.data for turn in question.turns for blob in turn.blobs]


@pytest.mark.parametrize("name", ["openai-chat", "openai-responses", "mistral"])
@pytest.mark.parametrize("replacement", ['say "x"', "a\\b", 'line\nbreak "\\"', "}"])
def test_arguments_stay_json_whatever_is_put_into_them(stage, providers, name, replacement):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    gateway = guarded(stage, providers, EMAIL | {"replacement": replacement})
    answer = gateway.ask("POST", raw.target(""), raw.headers(KEY), rich(name, SECRET).encode())
    assert answer.status == 200, (answer.body, providers[kind].violations)
    (asked,) = [asked for turn in providers[kind].records[0].question.turns for asked in turn.calls]
    assert asked.arguments["to"] == f" {replacement} " and asked.arguments["n"] == 1.5
    assert asked.arguments["more"][1]["deep"] == f'é {replacement} " '


def test_what_is_hidden_behind_escapes_in_arguments_is_found(masking, providers):
    escaped = json.dumps('{"to": "ann\\u0040example.org"}')
    body = rich("openai-chat", SECRET).replace(json.dumps(ARGUMENTS.replace("@", SECRET)), escaped)
    assert "u0040" in body
    answer = post(masking, "/v1/chat/completions", body.encode())
    assert answer.status == 200, answer.body
    (asked,) = [asked for turn in providers["openai"].records[0].question.turns for asked in turn.calls]
    assert asked.arguments == {"to": MASK}


STRUCTURE = ["user", "assistant", "system", "tool", "text", "function", "image_url", "object", "call_1", "toolu_1",
             "abcdef123", "c1", "message", "reasoning", "rs_1", "function_call", "tool_use", "base64", "image/png",
             "thinking", "model", "m-openai", "m-claude", "m-gemini", "m-mistral", "m-llama", "ephemeral"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_words_of_the_dialect_are_not_texts(stage, providers, name):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    mock = providers[kind]
    opaque = [{"regex": re.escape(DATA[:12])}, {"regex": re.escape(SIGNED[:12])}]
    gateway = guarded(stage, providers, {"keywords": STRUCTURE}, *opaque)
    word = "user m-openai"
    answer = gateway.ask("POST", raw.target(ALIASES[kind]), raw.headers(KEY), rich(name, word).encode())
    assert answer.status == 200, (answer.body, mock.violations)
    received, expected = exact(mock.requests[0].body), exact(rich(name, "[keyword] [keyword]"))
    if "model" in expected:
        expected["model"] = mock.model
    for one in (received, expected):
        unfold(one)
    assert received == expected


PLACES = {
    "none": ([], ["/messages/0/content", "/messages/1/content"]),
    "prefix": (["/messages"], ["/messages/0/content", "/messages/1/content"]),
    "one": (["/messages/1"], ["/messages/1/content"]),
    "exact": (["/messages/0/content"], ["/messages/0/content"]),
    "star": (["/messages/*/content"], ["/messages/0/content", "/messages/1/content"]),
    "two": (["/messages/0", "/user"], ["/messages/0/content", "/user"]),
    "elsewhere": (["/prompt"], []),
    "half a name": (["/mess"], []),
}


@pytest.mark.parametrize(("at", "where"), PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("kind", ["openai", "local", "claude"])
def test_a_guard_looks_only_where_it_is_told(stage, providers, at, where, kind):
    gateway = guarded(stage, providers, EMAIL | {"at": at} if at else EMAIL)
    messages = [{"role": "system", "content": QUESTION}, {"role": "user", "content": QUESTION}]
    members = {"user": QUESTION} if "/user" in where else {}
    body = {"model": ALIASES[kind], "messages": messages} | members
    answer = post(gateway, "/v1/chat/completions", body)
    assert answer.status == 200, answer.body
    question = providers[kind].records[0].question
    assert question.system == [MASKED if "/messages/0/content" in where else QUESTION]
    assert question.text == (MASKED if "/messages/1/content" in where else QUESTION)
    if "/user" in where and kind == "openai":
        assert json.loads(providers[kind].requests[0].body)["user"] == MASKED


@pytest.mark.parametrize("on", ["requests", "answers", "both"])
@STREAMS
def test_a_guard_looks_at_what_it_is_told(stage, providers, on, stream):
    gateway = guarded(stage, providers, EMAIL | {"on": on})
    providers["openai"].always = Reply(text=QUESTION)
    answer = call("anthropic", "openai", stream, QUESTION).at(gateway)
    assert said(providers["openai"].records[0]) == (QUESTION if on == "answers" else MASKED)
    assert heard(SURFACES["anthropic"], answer).text == (QUESTION if on == "requests" else MASKED)


@pytest.mark.parametrize("name", NAMES)
def test_without_a_finding_bytes_stay_bytes(masking, providers, name):
    raw, kind = SURFACES[name], SPOKEN_BY[name]
    mock = providers[kind]
    body = rich(name, "nobody").replace('"model": ', '"model" :  ').replace(", ", " ,  ").encode()
    answer = masking.ask("POST", raw.target(ALIASES[kind]), raw.headers(KEY), body)
    assert answer.status == 200, (answer.body, mock.violations)
    assert mock.requests[0].body == body.replace(f'"{ALIASES[kind]}"'.encode(), f'"{mock.model}"'.encode())


# Requests: refused.

PLACE = {
    "openai-chat": "/messages/0/content",
    "openai-responses": "/input",
    "openai-completions": "/prompt",
    "anthropic": "/messages/0/content",
    "gemini": "/contents/0/parts/0/text",
    "mistral": "/messages/0/content",
    "ollama-chat": "/messages/0/content",
    "ollama-generate": "/prompt",
    "openai-embeddings": "/input",
    "gemini-embed": "/content/parts/0/text",
    "ollama-embed": "/input",
    "anthropic-count": "/messages/0/content",
    "gemini-count": "/contents/0/parts/0/text",
}


@pytest.mark.parametrize(("name", "kind"), OWN_OF_ALL + [(name, other(name)) for name in NAMES])
@STREAMS
def test_a_call_with_what_may_not_be_said_is_refused(refusing, providers, name, kind, stream):
    bare = call(name, kind, stream, QUESTION, fields={"X-Request-Id": f"refused-{name}-{kind}-{stream}"})
    answer = bare.at(refusing)
    assert answer.status == 400, answer.body
    message = has_code(bare.raw, answer, "content_refused")
    assert "no-mail" in message and PLACE[name] in message, message
    assert answer.headers["x-should-retry"] == "false"
    assert SECRET.encode() not in answer.body and b"ann@" not in answer.body
    none_asked(providers)


def test_nothing_of_what_was_refused_is_told(refusing, providers):
    bare = call("openai-chat", "openai", text=QUESTION, fields={"X-Request-Id": "kept-quiet"})
    assert bare.at(refusing).status == 400
    calls = eventually(lambda: [one for one in all_calls(refusing) if one["request_id"] == "kept-quiet"], 10)
    log = refusing.folder / "access.log"
    eventually(lambda: "kept-quiet" in log.read_text(), why="the access log")
    assert calls[0]["outcome"] == "refused" and not any(calls[0]["tokens"].values())
    for text in (refusing.errors(), log.read_text(), json.dumps(calls), refusing.console("/metrics").body.decode()):
        assert SECRET not in text and "ann@" not in text and "Write to" not in text


def test_the_place_of_a_finding_is_named_within_arguments(refusing, providers):
    message = {"role": "assistant", "content": None, "tool_calls": [
        {"id": "call_1", "type": "function", "function": {"name": "ping", "arguments": json.dumps({"to": SECRET})}},
    ]}  # fmt: skip
    messages = [{"role": "user", "content": "hi"}, message, {"role": "tool", "tool_call_id": "call_1", "content": "x"}]
    body = {"model": "m-openai", "messages": [*messages, {"role": "user", "content": "so?"}], "tools": TOOLS}
    answer = post(refusing, "/v1/chat/completions", body)
    assert answer.status == 400
    assert "/messages/1/tool_calls/0/function/arguments" in SURFACES["openai-chat"].error(answer)
    none_asked(providers)


@pytest.mark.parametrize("order", [[REFUSE, EMAIL], [EMAIL, REFUSE]], ids=["refuse first", "mask first"])
def test_no_mask_saves_a_call_that_another_guard_refuses(stage, providers, order):
    """Whatever stands first, what may not be said must not reach a provider in clear."""
    answer = call("openai-chat", "openai", text=QUESTION).at(guarded(stage, providers, *order))
    if answer.status == 200:
        assert order[0] is EMAIL and said(providers["openai"].records[0]) == MASKED
    else:
        assert answer.status == 400
        none_asked(providers)


# Logging.

COUNT = re.compile(r'count"?[=:] ?"?(\d+)')


@pytest.mark.parametrize("kind", ["openai", "claude"])
@STREAMS
def test_a_guard_that_logs_changes_nothing(stage, providers, kind, stream):
    gateway = guarded(stage, providers, {"name": "watch", "format": "email", "mode": "log"})
    providers[kind].always = Reply(text=f"{SECRET} and bob@example.org")
    fields = {"X-Request-Id": "watched-1"}
    answer = call("openai-chat", kind, stream, f"{SECRET}, {SECRET}, {SECRET}", fields=fields).at(gateway)
    assert said(providers[kind].records[0]) == f"{SECRET}, {SECRET}, {SECRET}"
    assert heard(SURFACES["openai-chat"], answer).text == f"{SECRET} and bob@example.org"

    def lines():
        found = [line for line in gateway.errors().splitlines() if "guard matched" in line and "watched-1" in line]
        return len(found) >= 2 and found

    requests, answers = eventually(lines, 10, "two lines in the log")
    assert "watch" in requests and "log" in requests and "requests" in requests and COUNT.search(requests)[1] == "3"
    assert "watch" in answers and "answers" in answers and COUNT.search(answers)[1] == "2"
    assert "example.org" not in gateway.errors()
    metrics = gateway.console("/metrics").body.decode()
    labels = {"guard": "watch", "mode": "log"}
    assert metric(metrics, "parley_guard_findings_total", on="requests", **labels) == 3
    assert metric(metrics, "parley_guard_findings_total", on="answers", **labels) == 2


@pytest.mark.parametrize("mode", ["mask", "refuse"])
def test_findings_of_every_kind_are_counted(stage, providers, mode):
    gateway = guarded(stage, providers, {"name": "mail", "format": "email", "mode": mode, "on": "requests"})
    call("openai-chat", "openai", text=QUESTION).at(gateway)
    metrics = gateway.console("/metrics").body.decode()
    assert metric(metrics, "parley_guard_findings_total", guard="mail", mode=mode, on="requests") == 1


# Whole answers: masked.


@pytest.mark.parametrize(("name", "kind"), both())
def test_an_answer_is_masked(masking, providers, name, kind):
    providers[kind].always = Reply(text=f"Ask {SECRET} or {SECRET}.")
    answer = call(name, kind).at(masking)
    assert (answer.status, heard(SURFACES[name], answer).text) == (200, f"Ask {MASK} or {MASK}.")
    assert SECRET.encode() not in answer.body
    assert "Parley-Tokens" in answer.headers


@pytest.mark.parametrize("name", NAMES)
def test_only_the_text_of_an_answer_changes(stage, masking, providers, name):
    kind = SPOKEN_BY[name]
    providers[kind].always = Reply(text=f"Ask {SECRET} now.", usage=Usage(fresh=20, read=5, text=9))
    masked = call(name, kind).at(masking)
    plain = call(name, kind).at(serving(stage, providers))
    assert exact(masked.body) == exact(plain.body.replace(SECRET.encode(), MASK.encode()))


WITH_CALLS = [(name, kind) for name, kind in both() if name not in ("openai-completions", "ollama-generate")]


def with_tools(name):
    """The members that offer a tool."""
    if name == "anthropic":
        return {"tools": [{"name": "ping", "input_schema": PING["parameters"]}]}
    if name == "gemini":
        return {"tools": [{"functionDeclarations": [{"name": "ping", "description": "x"}]}]}
    return {"tools": [{"type": "function"} | PING] if name == "openai-responses" else TOOLS}


@pytest.mark.parametrize(("name", "kind"), WITH_CALLS)
@STREAMS
def test_arguments_and_thinking_in_an_answer_are_masked(masking, providers, name, kind, stream):
    value = {"to": SECRET, "n": 1.5, "more": [{"quote": f'"{SECRET}" \\ \n'}]}
    providers[kind].always = Reply(text="Well.", reasoning=f"I think {SECRET} it is.", calls=[Call("ping", value)])
    got = heard(SURFACES[name], call(name, kind, stream, **with_tools(name)).at(masking))
    assert got.arguments == [json.loads(json.dumps(value).replace(SECRET, MASK))]
    assert got.thinking in ("", f"I think {MASK} it is.")
    assert got.text == "Well."


THINKERS = [("anthropic", "claude"), ("gemini", "gemini"), ("openai-responses", "openai"), ("mistral", "mistral"),
            ("ollama-chat", "llama"), ("ollama-generate", "llama"), ("openai-chat", "local"), ("openai-chat", "claude"),
            ("anthropic", "local"), ("gemini", "claude")]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), THINKERS)
@STREAMS
def test_thinking_is_masked(masking, providers, name, kind, stream):
    providers[kind].always = Reply(text="Well.", reasoning=f"I think {SECRET} it is.")
    answer = call(name, kind, stream).at(masking)
    assert heard(SURFACES[name], answer).thinking == f"I think {MASK} it is."
    assert SECRET.encode() not in answer.body


def test_a_coded_answer_is_masked_too(masking, providers):
    providers["openai"].always = Reply(text=QUESTION, gzip=True)
    answer = call("openai-chat", "openai", fields={"Accept-Encoding": "gzip"}).at(masking)
    if answer.headers.get("Content-Encoding") == "gzip":
        answer.body = gzip.decompress(answer.body)
    assert heard(SURFACES["openai-chat"], answer).text == MASKED


def test_every_one_of_several_answers_is_masked(masking, providers):
    providers["openai"].always = Reply(text=QUESTION, answers=3)
    whole = call("openai-chat", "openai", n=3).at(masking)
    assert [choice["message"]["content"] for choice in whole.json()["choices"]] == [MASKED] * 3
    stream = call("openai-chat", "openai", True, n=3).at(masking)
    texts = {0: "", 1: "", 2: ""}
    for line in stream.body.decode().split("\n"):
        if line.startswith("data: {"):
            for choice in json.loads(line[6:])["choices"]:
                texts[choice["index"]] += choice["delta"].get("content") or ""
    assert texts == dict.fromkeys(range(3), MASKED)


# Streams: masked, however they are cut.

THIRD = 24


def cut_at(offset, word=SECRET):
    """A text whose first third ends so far within the word (a mock sends thirds)."""
    before = "x" * (THIRD - offset - 1) + " "
    text = before + word + " "
    text += "y" * (3 * THIRD - len(text))
    assert text.find(word) == THIRD - offset
    return text


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_stream_is_masked_wherever_it_is_cut(masking, providers, name, kind):
    raw = SURFACES[name]
    for offset in range(len(SECRET) + 1):
        text = cut_at(offset)
        providers[kind].always = Reply(text=text)
        answer = call(name, kind, True).at(masking)
        assert heard(raw, answer).text == text.replace(SECRET, MASK), (offset, answer.body)
        assert SECRET.encode() not in answer.body, "it stands in an event that repeats the whole"


@pytest.mark.parametrize(("name", "kind"), both())
@pytest.mark.parametrize("text", [SECRET, f"a {SECRET}", f"{SECRET} z", f"{SECRET}, {SECRET}", f"é🏔 {SECRET}"])
def test_a_stream_that_begins_or_ends_with_a_finding_is_masked(masking, providers, name, kind, text):
    providers[kind].always = Reply(text=text, write_size=7)
    answer = call(name, kind, True).at(masking)
    assert heard(SURFACES[name], answer).text == text.replace(SECRET, MASK)


@pytest.mark.parametrize("name", NAMES)
def test_a_stream_without_a_finding_is_whole(masking, providers, name):
    """What is held back for a moment because it might become an address comes in the end."""
    for text in ("ann@example", "ann@", "a@b c@d", "one", "ann at example.org"):
        providers[SPOKEN_BY[name]].always = Reply(text=text)
        assert heard(SURFACES[name], call(name, SPOKEN_BY[name], True).at(masking)).text == text


IN_PIECES = [("openai-chat", "openai"), ("openai-chat", "claude"), ("openai-chat", "local"),
             ("openai-responses", "openai"), ("openai-responses", "claude"), ("anthropic", "claude"),
             ("anthropic", "openai"), ("mistral", "claude"), ("gemini", "claude"),
             ("ollama-chat", "openai")]  # fmt: skip


@pytest.mark.parametrize(("name", "kind"), IN_PIECES)
def test_arguments_in_a_stream_are_masked_wherever_they_are_cut(masking, providers, name, kind):
    for offset in range(len(SECRET) + 1):
        head = '{"to": "'
        before = "x" * (THIRD - offset - 1 - len(head)) + " "
        value = before + SECRET + " "
        value += "y" * (3 * THIRD - len(head) - len(value) - 2)
        text = json.dumps({"to": value})
        assert text.find(SECRET) == THIRD - offset and len(text) == 3 * THIRD
        providers[kind].always = Reply(calls=[Call("ping", {"to": value})])
        answer = call(name, kind, True, **with_tools(name)).at(masking)
        got = heard(SURFACES[name], answer)
        assert got.arguments == [{"to": value.replace(SECRET, MASK)}], (offset, answer.body)
        assert SECRET.encode() not in answer.body


@pytest.mark.parametrize(("name", "kind"), IN_PIECES)
def test_a_word_that_is_escaped_in_arguments_is_found_wherever_it_is_cut(stage, providers, name, kind):
    gateway = guarded(stage, {kind: providers[kind]}, {"keywords": ['blue"\\\nbird'], "replacement": '"x"'})
    word, head = 'blue"\\\nbird', '{"to": "'
    written = json.dumps(word)[1:-1]
    for offset in range(len(written) + 1):
        value = "x" * (THIRD - offset - 1 - len(head)) + " " + word + " "
        value += "y" * (3 * THIRD - len(json.dumps({"to": value})))
        text = json.dumps({"to": value})
        assert text.find(written) == THIRD - offset and len(text) == 3 * THIRD
        providers[kind].always = Reply(calls=[Call("ping", {"to": value})])
        answer = call(name, kind, True, **with_tools(name)).at(gateway)
        assert heard(SURFACES[name], answer).arguments == [{"to": value.replace(word, '"x"')}], (offset, answer.body)


def test_a_stream_in_an_array_is_masked_wherever_it_is_cut(masking, providers):
    """Gemini's streams without `alt=sse` are one JSON array."""
    raw = SURFACES["gemini"]
    body = json.dumps(raw.body("m-claude", "hello")).encode()
    for kind in ("claude", "gemini"):
        target = raw.target(ALIASES[kind], stream=True).split("?")[0]
        for offset in range(len(SECRET) + 1):
            providers[kind].always = Reply(text=cut_at(offset))
            answer = masking.ask("POST", target, raw.headers(KEY), body)
            texts = [part["text"] for one in answer.json() for part in one["candidates"][0]["content"].get("parts", [])]
            assert "".join(texts) == cut_at(offset).replace(SECRET, MASK)


@pytest.mark.parametrize(("name", "kind"), THINKERS)
def test_thinking_in_a_stream_is_masked_wherever_it_is_cut(masking, providers, name, kind):
    for offset in range(0, len(SECRET) + 1, 2):
        text = cut_at(offset)
        providers[kind].always = Reply(text="Well.", reasoning=text)
        answer = call(name, kind, True).at(masking)
        assert heard(SURFACES[name], answer).thinking == text.replace(SECRET, MASK), (offset, answer.body)
        assert SECRET.encode() not in answer.body


@pytest.mark.parametrize("name", NAMES)
def test_a_masked_stream_has_a_proper_end_and_counts(stage, masking, providers, name):
    kind = SPOKEN_BY[name]
    providers[kind].always = Reply(text=QUESTION, usage=Usage(fresh=12, text=7))
    sdk = client(stage, name, masking.url)
    got = hello(sdk, ALIASES[kind], stream=True)
    assert got.text == MASKED and got.finish
    assert got.usage == sdk.numbers(Usage(fresh=12, text=7))


@pytest.mark.parametrize(("name", "kind"), both())
def test_clean_text_is_not_kept_waiting(stage, providers, name, kind):
    mock, raw = providers[kind], SURFACES[name]
    gateway = guarded(stage, {kind: mock}, {"keywords": ["bluebird"]})
    with wire.Connection(gateway.address) as connection:
        connection.send(raw.request(ALIASES[kind], "scenario:slow", KEY))
        answer = connection.head()
        seen = bytearray()

        def look(piece):
            seen.extend(piece)
            if b"One" in seen:
                mock.gate.set()

        connection.body(answer, "POST", look)
    assert b"One" in seen and mock.settled()[0].outcome == "complete"


@pytest.mark.parametrize(("name", "kind"), both())
def test_places_do_not_hold_in_streams(stage, providers, name, kind):
    """A stream has no places that a guard could be bound to; it looks everywhere rather than nowhere."""
    gateway = guarded(stage, {kind: providers[kind]}, EMAIL | {"at": ["/nowhere"], "on": "answers"})
    providers[kind].always = Reply(text=cut_at(7))
    assert heard(SURFACES[name], call(name, kind, True).at(gateway)).text == cut_at(7).replace(SECRET, MASK)
    assert heard(SURFACES[name], call(name, kind).at(gateway)).text == cut_at(7)


def test_a_models_refusal_is_masked_too(masking, providers):
    providers["openai"].always = Reply(refusal=f"I cannot write to {SECRET}, for once.")
    for name in ("openai-chat", "openai-responses", "anthropic", "ollama-chat"):
        for stream in (False, True):
            answer = call(name, "openai", stream).at(masking)
            assert answer.status == 200 and SECRET.encode() not in answer.body, (name, stream, answer.body)
            said_so = "".join(re.findall(r'(?:refusal|delta|text|content)": ?"([^"]*)"', answer.body.decode()))
            assert MASK in said_so, (name, stream, answer.body)


# Answers: refused.


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_whole_answer_is_refused_and_paid_for(stage, providers, name, kind):
    gateway = guarded(stage, {kind: providers[kind]}, REFUSE | {"on": "answers"})
    providers[kind].always = Reply(text=f"Ask {SECRET} now.", usage=Usage(fresh=12, text=7))
    bare = call(name, kind)
    answer = bare.at(gateway)
    assert answer.status == 403, answer.body
    assert "no-mail" in has_code(bare.raw, answer, "content_refused")
    assert SECRET.encode() not in answer.body and b"now." not in answer.body
    (one,) = calls_in_ledger(gateway, 1)
    assert (one["tokens"]["input"], one["tokens"]["output"]) == (12, 7)
    assert Decimal(one["cost"]["amount"]) == Decimal("0.026")
    assert len(providers[kind].records) == 1, "it was asked again"


@pytest.mark.parametrize(("name", "kind"), WITH_CALLS)
def test_an_answer_is_refused_for_its_arguments(refusing_answers, providers, name, kind):
    providers[kind].always = Reply(calls=[Call("ping", {"to": SECRET})])
    bare = call(name, kind, **with_tools(name))
    answer = bare.at(refusing_answers)
    assert answer.status == 403, answer.body
    has_code(bare.raw, answer, "content_refused")


def asked_in_vain(gateway, bare):
    """The answer to a stream that may be cut off after its error."""
    answer = bare.at(gateway)
    if answer.status != 200:  # nothing was told before the finding
        assert answer.status == 403, answer.body
        has_code(bare.raw, answer, "content_refused")
    return answer


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_stream_is_refused_where_the_finding_is(refusing_answers, providers, name, kind):
    for offset in (0, 1, 7, len(SECRET)):
        text = cut_at(offset)
        providers[kind].always = Reply(text=text)
        answer = asked_in_vain(refusing_answers, call(name, kind, True))
        if answer.status != 200:
            continue
        never_complete(name, answer.body)
        got = heard(SURFACES[name], answer).text
        assert text.split(SECRET)[0].startswith(got), got
        assert SECRET.encode() not in answer.body


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_stream_that_is_refused_late_has_told_what_came_before(refusing_answers, providers, name, kind):
    text = "These words are fine. " * 10 + SECRET
    providers[kind].always = Reply(text=text)
    answer = asked_in_vain(refusing_answers, call(name, kind, True))
    assert answer.status == 200
    never_complete(name, answer.body)
    assert heard(SURFACES[name], answer).text.startswith("These words are fine.")


def test_the_providers_work_ends_when_a_stream_is_refused(refusing_answers, providers):
    mock = providers["openai"]
    mock.always = Reply(text=f"Ask {SECRET} now, and a few more words that come too late.", waits=True)
    asked_in_vain(refusing_answers, call("openai-chat", "openai", True))
    eventually(lambda: mock.disconnects == 1, why="the provider notices")


def test_a_refused_stream_is_paid_for(stage, providers):
    gateway = guarded(stage, {"claude": providers["claude"]}, REFUSE | {"on": "answers"})
    providers["claude"].always = Reply(text=cut_at(0), usage=Usage(fresh=12, text=7))
    asked_in_vain(gateway, call("anthropic", "claude", True))
    (one,) = calls_in_ledger(gateway, 1)
    assert one["tokens"]["input"] == 12 and Decimal(one["cost"]["amount"]) > 0
    assert one["outcome"] != "completed"


def test_embeddings_have_no_text_to_guard_in_their_answers(refusing_answers, providers):
    for name, kind in EMBEDDINGS.items():
        answer = call(name, kind, text=QUESTION).at(refusing_answers)
        assert answer.status == 200, answer.body
        assert said(providers[kind].records[0]) == QUESTION


def test_many_guarded_streams_at_once_stay_apart(masking, providers):
    def one(number):
        def ask():
            return heard(SURFACES["anthropic"], call("anthropic", "openai", True, f"n{number}").at(masking)).text

        return ask

    providers["openai"].always = Reply(text=cut_at(5))
    assert set(together(*[one(number) for number in range(20)])) == {cut_at(5).replace(SECRET, MASK)}
    stays(lambda: not providers["openai"].violations, 0.05)
