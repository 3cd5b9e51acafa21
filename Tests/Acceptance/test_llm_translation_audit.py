"""What an audit of the translations found, each finding as it shows outside (contract 6)."""

import json

import anthropic
import ollama
import openai
import pytest

from harness.keys import consumer
from harness.models import KEY, ai_configuration
from harness.providers.raw import SURFACES

SSE, JSON = {"Content-Type": "text/event-stream"}, {"Content-Type": "application/json"}
BASE = {"mistral": "/v1", "anthropic": "", "gemini": ""}


def gateway_over(stage, dialect, headers, body, **policies):
    """A gateway whose model `m` is answered with this."""
    upstream = stage.upstream(lambda exchange: exchange.reply(200, headers, body.encode()))
    entry = {"dialect": dialect, "url": upstream.url + BASE[dialect], "keys": [{"value": "secret-0123456789"}]}
    models = {"m": {"targets": [{"provider": "p", "model": "theirs"}]}}
    services = {"ai": {"llm": {}, "policies": {"key-auth": {}} | policies}}
    return stage.gateway(ai_configuration({"p": entry}, models, consumers={"alice": consumer(KEY)}, services=services))


def post(gateway, path, body):
    return gateway.ask("POST", path, {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}, json.dumps(body).encode())


def events_of(answer):
    lines = [line[6:] for line in answer.body.decode().split("\n") if line.startswith("data: ")]
    return [json.loads(line) for line in lines]


def chat_stream(*deltas, end="tool_calls"):
    chunks = [{"delta": delta, "finish_reason": None} for delta in deltas] + [{"delta": {}, "finish_reason": end}]
    head = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "t"}
    texts = [json.dumps(head | {"choices": [{"index": 0} | chunk]}) for chunk in chunks] + ["[DONE]"]
    return "".join(f"data: {text}\n\n" for text in texts)


def call_delta(index, arguments, **members):
    call = {"index": index, "function": {"arguments": arguments} | members}
    return {"tool_calls": [call | ({"id": f"call_{index}", "type": "function"} if members else {})]}


ASKED = {
    "instructions": "Be brief.", "metadata": {"a": "b"}, "temperature": 0.5, "top_p": 0.9, "max_output_tokens": 50,
    "tools": [{"type": "function", "name": "w", "parameters": {"type": "object"}, "strict": False}],
    "tool_choice": "required", "parallel_tool_calls": False, "text": {"format": {"type": "text"}}, "user": "u",
    "reasoning": {"effort": "low", "summary": None},
}  # fmt: skip


def test_responses_complete_item_by_item_and_repeat_what_was_asked(stage):
    stream = chat_stream(
        {"content": "Hm."}, call_delta(0, "", name="w"), call_delta(0, '{"a":'), call_delta(0, "1}"),
        call_delta(1, "{}", name="w"),
    )  # fmt: skip
    gateway = gateway_over(stage, "mistral", SSE, stream)
    events = events_of(post(gateway, "/v1/responses", ASKED | {"model": "m", "stream": True, "input": "hi"}))
    steps = [(event["type"].rsplit(".", 1)[1], event["output_index"]) for event in events if "output_item" in event["type"]]
    assert steps == [(step, index) for index in range(3) for step in ("added", "done")]
    frames = [event["response"] for event in events if "response" in event]
    assert len(frames) == 3
    for frame in frames:
        assert {name: frame[name] for name in ASKED} == ASKED
        assert frame["previous_response_id"] is None and frame["truncation"] == "disabled"


def test_a_picture_that_the_client_cannot_get_is_named(stage):
    parts = [{"text": "see"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}, {"executableCode": {"code": "1"}}]
    body = {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}], "responseId": "r"}
    gateway = gateway_over(stage, "gemini", JSON, json.dumps(body))
    answer = post(gateway, "/v1/chat/completions", {"model": "m", "messages": [{"role": "user", "content": "hi"}]})
    assert answer.status == 200 and answer.json()["choices"][0]["message"]["content"] == "see"
    assert answer.headers["Parley-Loss"] == "answer.executableCode, answer.image"


@pytest.mark.parametrize("surface", ["openai-chat", "openai-responses", "anthropic", "mistral", "ollama-chat"])
def test_a_picture_that_a_stream_cannot_carry_is_named_behind_it(stage, surface):
    parts = [{"text": "see"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}, {"executableCode": {"code": "1"}}]
    chunk = {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}], "responseId": "r"}
    gateway = gateway_over(stage, "gemini", SSE, f"data: {json.dumps(chunk)}\n\n" * 2)
    raw = SURFACES[surface]
    answer = raw.ask(gateway, "m", "hi", KEY, True)
    assert answer.status == 200 and b"see" in answer.body and "Parley-Loss" not in answer.headers
    assert answer.trailers["Parley-Loss"] == "answer.executableCode, answer.image"


def test_who_gets_a_stream_a_second_time_is_told_at_its_head(stage):
    parts = [{"text": "see"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]
    chunk = {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}], "responseId": "r"}
    gateway = gateway_over(stage, "gemini", SSE, f"data: {json.dumps(chunk)}\n\n", conflict={"idempotency": {}})
    body = {"model": "m", "stream": True, "seed": 1, "top_k": 3, "n": 1, "user": "u", "messages": [{"role": "user", "content": "hi"}]}
    fields = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}", "Idempotency-Key": "abcdefgh"}
    first, second = [gateway.ask("POST", "/v1/chat/completions", fields, json.dumps(body).encode()) for _ in range(2)]
    assert second.headers["Idempotent-Replayed"] == "true" and first.body == second.body
    lost = [name.strip() for line in second.headers.all("Parley-Loss") for name in line.split(",")]
    assert lost == [name.strip() for name in first.headers["Parley-Loss"].split(",")] + ["answer.image"]


def test_sdks_read_streams_with_something_named_behind_them(stage):
    parts = [{"text": "see"}, {"inlineData": {"mimeType": "image/png", "data": "AAAA"}}]
    chunk = {"candidates": [{"content": {"role": "model", "parts": parts}, "finishReason": "STOP"}], "responseId": "r"}
    gateway = gateway_over(stage, "gemini", SSE, f"data: {json.dumps(chunk)}\n\n")
    asked = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
    with openai.OpenAI(base_url=gateway.url + "/v1", api_key=KEY, max_retries=0) as sdk:
        for _ in range(2):  # the second on the same connection
            told = list(sdk.chat.completions.create(stream=True, **asked))
            assert "".join(piece.choices[0].delta.content or "" for piece in told if piece.choices) == "see"
    with anthropic.Anthropic(base_url=gateway.url, api_key=KEY, max_retries=0) as sdk:
        with sdk.messages.stream(max_tokens=10, **asked) as stream:
            assert stream.get_final_text() == "see"
    sdk = ollama.Client(host=gateway.url, headers={"Authorization": f"Bearer {KEY}"})
    assert "".join(piece.message.content for piece in sdk.chat(stream=True, **asked)) == "see"


def test_calls_without_identifiers_get_one_of_their_own_in_each_answer(stage):
    part = {"functionCall": {"name": "w", "args": {}}}
    body = {"candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP"}]}
    gateway = gateway_over(stage, "gemini", JSON, json.dumps(body))
    asked = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
    answers = [post(gateway, "/v1/chat/completions", asked).json() for _ in range(2)]
    found = {answer["choices"][0]["message"]["tool_calls"][0]["id"] for answer in answers}
    assert len(found) == 2 and "" not in found


def test_several_prompts_are_refused_where_they_cannot_be_answered_each(stage):
    gateway = gateway_over(stage, "gemini", JSON, "{}")
    answer = post(gateway, "/v1/completions", {"model": "m", "prompt": ["a", "b"]})
    error = answer.json()["error"]
    assert answer.status == 400 and error["param"] == "prompt" and "a call of its own" in error["message"]


def test_a_function_that_the_provider_cannot_name_is_refused(stage):
    gateway = gateway_over(stage, "anthropic", JSON, "{}")
    tools = [{"functionDeclarations": [{"name": "my.tool:x", "parameters": {"type": "OBJECT"}}]}]
    body = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}], "tools": tools}
    answer = post(gateway, "/v1beta/models/m:generateContent", body)
    assert answer.status == 400 and "«my.tool:x»" in answer.json()["error"]["message"]


def test_the_counts_of_the_first_piece_begin_the_message(stage):
    piece = {"candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 7}}
    gateway = gateway_over(stage, "gemini", SSE, f"data: {json.dumps(piece)}\n\n")
    body = {"model": "m", "max_tokens": 9, "stream": True, "messages": [{"role": "user", "content": "hi"}]}
    events = events_of(post(gateway, "/v1/messages", body))
    assert events[0]["type"] == "message_start" and events[0]["message"]["usage"]["input_tokens"] == 7


def test_losses_are_named_as_the_client_spells_them(stage):
    body = {"id": "m", "type": "message", "role": "assistant", "content": [{"type": "text", "text": "x"}], "stop_reason": "end_turn", "usage": {}}
    gateway = gateway_over(stage, "anthropic", JSON, json.dumps(body))
    schema = {"type": "object", "properties": {"n": {"type": "integer", "minimum": 1}}, "required": ["n"]}
    asked = {"model": "m", "input": "hi", "text": {"format": {"type": "json_schema", "name": "n", "schema": schema}}}
    answer = post(gateway, "/v1/responses", asked)
    assert answer.status == 200 and answer.headers["Parley-Loss"] == "text.format"
