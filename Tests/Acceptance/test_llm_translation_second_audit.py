"""What a second audit of the translations found, each finding as it shows outside (contract 6)."""

import base64
import json

import anthropic
import pytest
from anthropic import beta_tool
from google import genai
from google.genai import types

from harness.keys import consumer
from harness.models import KEY, ai_configuration, ai_gateway, mocks
from harness.providers.material import CLOCK, WEATHER

SSE, JSON = {"Content-Type": "text/event-stream"}, {"Content-Type": "application/json"}
# Where each dialect's provider is, and a model there.
THERE = {
    "openai": ("/v1", "gpt-5"), "anthropic": ("", "claude-sonnet-4-5"), "gemini": ("", "gemini-3-flash"),
    "mistral": ("/v1", "mistral-large"),
}  # fmt: skip
WHOLE = {"id": "c", "object": "chat.completion", "created": 1, "model": "t", "usage": {"prompt_tokens": 1, "completion_tokens": 1}}
SAID = {
    "openai": WHOLE | {"choices": [{"index": 0, "message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}]},
    "anthropic": {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "c", "content": [{"type": "text", "text": "Hi"}],
        "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 3, "output_tokens": 1},
    },
    "gemini": {"candidates": [{"content": {"role": "model", "parts": [{"text": "Hi"}]}, "finishReason": "STOP"}], "responseId": "r"},
}  # fmt: skip
SAID["mistral"] = SAID["openai"]
ASKED = {"role": "user", "content": "q"}


class Bench:
    """A gateway with a model for each dialect, named by it; what a provider answers can be changed."""

    def __init__(self, stage, **alice):
        self.answers = {dialect: (JSON, json.dumps(said)) for dialect, said in SAID.items()}
        self.upstreams = {dialect: stage.upstream(self.script(dialect)) for dialect in THERE}
        providers, models = {}, {}
        for dialect, (base, model) in THERE.items():
            url = self.upstreams[dialect].url + base
            providers[dialect] = {"dialect": dialect, "url": url, "keys": [{"value": "secret-0123456789"}]}
            limits = {"context": 128000, "output": 100}
            models[dialect] = {"targets": [{"provider": dialect, "model": model}], "limits": limits}
        services = {"ai": {"llm": {}, "policies": {"key-auth": {}}}}
        self.gateway = stage.gateway(ai_configuration(providers, models, consumers={"alice": consumer(KEY) | alice}, services=services))

    def script(self, dialect):
        def answer(exchange):
            headers, body = self.answers[dialect]
            exchange.reply(200, headers, body.encode())

        return answer

    def post(self, path, body):
        return self.gateway.ask("POST", path, {**JSON, "Authorization": f"Bearer {KEY}"}, json.dumps(body).encode())

    def messages(self, model, *said, **more):
        return self.post("/v1/messages", {"model": model, "max_tokens": 50, "messages": list(said)} | more)

    def generate(self, model, *contents, **more):
        return self.post(f"/v1beta/models/{model}:generateContent", {"contents": list(contents)} | more)

    def sent(self, dialect):
        """The last request that the dialect's provider got."""
        return json.loads(self.upstreams[dialect].requests[-1].body)


@pytest.fixture
def bench(stage):
    return Bench(stage)


def chat_answer(message, end="stop", **more):
    return JSON, json.dumps(WHOLE | {"choices": [{"index": 0, "message": {"role": "assistant"} | message, "finish_reason": end}]} | more)


def chat_stream(*deltas, end):
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "t"}
    pieces = [{"delta": delta, "finish_reason": None} for delta in deltas] + [{"delta": {}, "finish_reason": end}]
    texts = [json.dumps(head | {"choices": [{"index": 0} | piece]}) for piece in pieces]
    return SSE, "".join(f"data: {text}\n\n" for text in [*texts, "[DONE]"])


def asked_call(identifier="call_1", arguments="{}"):
    return {"content": None, "tool_calls": [{"id": identifier, "type": "function", "function": {"name": "w", "arguments": arguments}}]}


def called(name, identifier):
    return {"functionCall": {"id": identifier, "name": name, "args": {}}}


def test_the_tool_runner_of_anthropics_sdk_goes_on_without_a_thread(stage):
    @beta_tool(name="weather", description="w", input_schema=WEATHER["parameters"])
    def weather(**_):
        return "12 degrees"

    @beta_tool(name="clock", description="c", input_schema=CLOCK["parameters"])
    def clock(**_):
        return "12:00"

    mock = mocks(stage, "openai")
    gateway = ai_gateway(stage, mock)
    with anthropic.Anthropic(base_url=gateway.url, api_key=KEY, max_retries=0) as sdk:
        asked = [{"role": "user", "content": "scenario:two-tools x"}]
        said = sdk.beta.messages.tool_runner(model="m-openai", max_tokens=500, tools=[weather, clock], messages=asked).until_done()
    assert "12 degrees" in said.content[0].text and "12:00" in said.content[0].text
    assert not mock["openai"].violations


def test_a_thread_is_refused_as_the_sdk_knows_it_where_only_anthropic_could_go_on(bench):
    thread = {"type": "continue", "previous_message_id": "msg_0"}
    answer = bench.messages("openai", ASKED, thread=thread)
    error = answer.json()["error"]
    assert answer.status == 400 and error["type"] == "invalid_request_error" and not bench.upstreams["openai"].requests
    assert error["details"] == {"error_code": "thread_unsupported_request", "unsupported": ["model"]}
    assert bench.messages("openai", ASKED, thread=None).status == 200
    assert bench.messages("anthropic", ASKED, thread=thread).status == 200 and bench.sent("anthropic")["thread"] == thread


def test_a_thread_may_cost_more_than_it_shows(stage):
    bench = Bench(stage, tokens={"quota": 40000, "window": "1h"})
    assert bench.messages("anthropic", ASKED).status == 200
    answer = bench.messages("anthropic", ASKED, thread={"type": "continue", "previous_message_id": "msg_0"})
    assert answer.status == 429 and len(bench.upstreams["anthropic"].requests) == 1


def test_pieces_of_a_stream_that_googles_sdk_gives_back_are_one_turn(stage):
    mock = mocks(stage, "openai")
    gateway = ai_gateway(stage, mock)
    sdk = genai.Client(api_key=KEY, http_options=types.HttpOptions(base_url=gateway.url))
    functions = [{"name": tool["name"], "description": "d", "parameters_json_schema": tool["parameters"]} for tool in (WEATHER, CLOCK)]
    config = {"tools": [{"function_declarations": functions}], "automatic_function_calling": {"disable": True}}
    chat = sdk.chats.create(model="m-openai", config=config)
    parts = [part for piece in chat.send_message_stream("scenario:two-tools x") for part in piece.candidates[0].content.parts or []]
    calls = [part.function_call for part in parts if part.function_call]
    results = [types.Part(function_response=types.FunctionResponse(id=call.id, name=call.name, response={"result": "12"})) for call in calls]
    assert len(calls) == 2 and "weather=12; clock=12" in chat.send_message(results).text
    assert not mock["openai"].violations


def test_thoughts_in_pieces_go_back_to_anthropic_as_one(bench):
    signature = base64.b64encode(b"parley:anthropic:signed::SIG").decode()
    pieces = [{"text": "fir", "thought": True}, {"text": "st", "thought": True}, {"text": "", "thought": True, "thoughtSignature": signature}]
    said = [{"role": "model", "parts": [part]} for part in [*pieces, {"text": "Hel"}, {"text": "lo"}]]
    asked = [{"role": "user", "parts": [{"text": text}]} for text in ("q", "more")]
    assert bench.generate("anthropic", asked[0], *said, asked[1]).status == 200
    thought = {"type": "thinking", "thinking": "first", "signature": "SIG"}
    assert bench.sent("anthropic")["messages"][1]["content"] == [thought, {"type": "text", "text": "Hello"}]


def test_several_messages_of_anthropics_assistant_are_one_turn(bench):
    uses = [{"type": "tool_use", "id": identifier, "name": "w", "input": {}} for identifier in ("t1", "t2")]
    results = [{"type": "tool_result", "tool_use_id": use["id"], "content": "r"} for use in uses]
    said = [{"role": "assistant", "content": [use]} for use in uses]
    assert bench.messages("openai", ASKED, *said, {"role": "user", "content": results}).status == 200
    sent = bench.sent("openai")["messages"]
    assert [message["role"] for message in sent] == ["user", "assistant", "tool", "tool"]
    assert [call["id"] for call in sent[1]["tool_calls"]] == ["t1", "t2"]


@pytest.mark.parametrize("streams", [False, True])
def test_anthropics_clients_get_call_ids_that_anthropic_takes_back(bench, streams):
    call = asked_call("functions.w:0")
    delta = {"tool_calls": [{"index": 0} | call["tool_calls"][0]]}
    bench.answers["openai"] = chat_stream(delta, end="tool_calls") if streams else chat_answer(call, "tool_calls")
    answer = bench.messages("openai", ASKED, stream=streams)
    assert answer.status == 200 and b'"id":"functions_2e_w_3a_0"' in answer.body


@pytest.mark.parametrize("streams", [False, True])
def test_calls_of_others_come_back_to_gemini_with_a_signature(bench, streams):
    call = asked_call()
    delta = {"tool_calls": [{"index": 0} | call["tool_calls"][0]]}
    bench.answers["openai"] = chat_stream(delta, end="tool_calls") if streams else chat_answer(call, "tool_calls")
    asked = {"role": "user", "parts": [{"text": "q"}]}
    method = "streamGenerateContent?alt=sse" if streams else "generateContent"
    answer = bench.post(f"/v1beta/models/openai:{method}", {"contents": [asked]}).body.decode()
    first = json.loads(answer.split("\n")[0].removeprefix("data: "))
    part = first["candidates"][0]["content"]["parts"][0]
    assert part["functionCall"]["name"] == "w"
    result = {"functionResponse": {"id": "call_1", "name": "w", "response": {"result": 1}}}
    history = [asked, {"role": "model", "parts": [part]}, {"role": "user", "parts": [result]}]
    bench.answers["openai"] = JSON, json.dumps(SAID["openai"])
    for model in ("gemini", "openai"):
        assert bench.generate(model, *history).status == 200
    assert bench.sent("gemini")["contents"][1]["parts"][0]["thoughtSignature"] == "skip_thought_signature_validator"
    assert bench.sent("openai")["messages"][1]["tool_calls"][0]["id"] == "call_1"


@pytest.mark.parametrize("streams", [False, True])
def test_unsigned_thinking_of_others_does_not_come_back_to_openai(bench, streams):
    said = {"reasoning_content": "hm", "content": "Hi"}
    bench.answers["mistral"] = chat_stream(said, end="stop") if streams else chat_answer(said)
    answer = bench.post("/v1/responses", {"model": "mistral", "input": "q", "stream": streams}).body.decode()
    whole = json.loads([line[6:] for line in answer.split("\n") if line.startswith("data: ")][-1])["response"] if streams else json.loads(answer)
    assert [item["type"] for item in whole["output"]] == ["reasoning", "message"]
    asked = {"type": "message", "role": "user", "content": "q"}
    bench.post("/v1/responses", {"model": "openai", "store": False, "input": [asked, *whole["output"], asked]})
    assert b"rs_" not in bench.upstreams["openai"].requests[-1].body
    assert [message["content"] for message in bench.sent("openai")["messages"]] == ["q", "Hi", "q"]


@pytest.mark.parametrize("streams", [False, True])
def test_a_call_that_was_cut_is_told_as_cut(bench, streams):
    call = asked_call(arguments='{"a": "x')
    delta = {"tool_calls": [{"index": 0} | call["tool_calls"][0]]}
    bench.answers["openai"] = chat_stream(delta, end="length") if streams else chat_answer(call, "length")
    method = "streamGenerateContent?alt=sse" if streams else "generateContent"
    answer = bench.post(f"/v1beta/models/openai:{method}", {"contents": [{"parts": [{"text": "q"}]}]}).body
    assert b'"finishReason":"MAX_TOKENS"' in answer
    if not streams:
        said = bench.messages("openai", ASKED).json()
        assert said["stop_reason"] == "max_tokens" and said["content"][0]["input"] == {}


def test_a_compaction_is_told_to_other_vendors(bench):
    def compaction(**members):
        return bench.messages("openai", {"role": "assistant", "content": [{"type": "compaction"} | members]}, ASKED)

    assert compaction(content="The user is Bob.").status == 200
    assert bench.sent("openai")["messages"][0] == {"role": "assistant", "content": "The user is Bob."}
    answer = compaction(content=None, encrypted_content="x")
    assert answer.status == 400 and "encrypted_content" in answer.json()["error"]["message"]


@pytest.mark.parametrize("streams", [False, True])
def test_what_answers_of_the_chat_hold_besides_is_named(bench, streams):
    said = {"content": "see", "annotations": [{"type": "url_citation"}], "images": [{"type": "image_url"}], "audio": {"id": "a"}}
    lost = "answer.annotations, answer.images, answer.audio"
    cited = {"content": [{"type": "text", "text": "see"}, {"type": "reference", "reference_ids": [1]}, {"type": "tool_file"}]}
    for dialect, message, named in (("openai", said, lost), ("mistral", cited, "answer.reference, answer.tool_file")):
        bench.answers[dialect] = chat_stream(message, end="stop") if streams else chat_answer(message)
        answer = bench.messages(dialect, ASKED, stream=streams)
        assert answer.status == 200 and (answer.trailers if streams else answer.headers)["Parley-Loss"] == named


def test_losses_within_messages_are_named_by_their_sort(bench):
    document = {"type": "document", "source": {"type": "url", "url": "https://x.test/b.pdf"}}
    answer = bench.messages("openai", {"role": "user", "content": [document, {"type": "text", "text": "q"}]}, system="s")
    assert answer.status == 200 and answer.headers["Parley-Loss"] == "messages.document"
