"""Answers by a schema from models of Anthropic's that know only tools, and histories that are cut rather than written anew."""

import json

import pytest
from anthropic import Anthropic
from harness.keys import consumer
from harness.models import KEY, ai_configuration
from harness.money import calls_in_ledger
from openai import OpenAI
from pydantic import BaseModel

SSE, JSON = {"Content-Type": "text/event-stream"}, {"Content-Type": "application/json"}
OLD = "claude-3-5-haiku-20241022"
ASKED = {"role": "user", "content": "q"}


class Person(BaseModel):
    """What is asked for."""

    name: str
    age: int


def message(*blocks, stop="tool_use"):
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": OLD, "content": list(blocks),
        "stop_reason": stop, "stop_sequence": None, "usage": {"input_tokens": 3, "output_tokens": 5},
    }  # fmt: skip


def used(name, value):
    return {"type": "tool_use", "id": "toolu_1", "name": name, "input": value}


def pieces(name, *texts):
    """A stream of one call."""
    events = [
        {"type": "message_start", "message": message() | {"stop_reason": None}},
        {"type": "content_block_start", "index": 0, "content_block": used(name, {})},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "input_json_delta", "partial_json": text}} for text in texts),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 5}},
        {"type": "message_stop"},
    ]
    return "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events)


class Bench:
    """A gateway before a provider of Anthropic's dialect, which answers what `answer` holds."""

    def __init__(self, stage, *, llm=None, alice=None, **routes):
        self.answer = JSON, json.dumps(message())
        self.upstream = stage.upstream(lambda exchange: exchange.reply(200, self.answer[0], self.answer[1].encode()))
        providers = {"claude": {"dialect": "anthropic", "url": self.upstream.url, "keys": [{"value": "secret-0123456789"}]}}
        models = {
            name: {"targets": [{"provider": "claude", "model": there}], "limits": {"output": 100}}
            for name, there in {"old": OLD, "new": "claude-sonnet-4-5"}.items()
        }
        services = {"ai": {"llm": llm or {}, "policies": {"key-auth": {}}} | ({"routes": routes} if routes else {})}
        self.gateway = stage.gateway(
            ai_configuration(providers, models, consumers={"alice": consumer(KEY) | (alice or {})}, services=services)
        )
        self.openai = OpenAI(base_url=self.gateway.url + "/v1", api_key=KEY, max_retries=0)

    def sent(self):
        """The last request that the provider got."""
        return json.loads(self.upstream.requests[-1].body)

    def post(self, path, body, **fields):
        return self.gateway.ask("POST", path, {**JSON, "Authorization": f"Bearer {KEY}", **fields}, json.dumps(body).encode())


@pytest.fixture
def bench(stage):
    return Bench(stage)


def test_openais_sdk_gets_its_object_from_a_model_that_knows_only_tools(bench):
    bench.answer = JSON, json.dumps(message(used("json_answer", {"name": "Ada", "age": 36})))
    answer = bench.openai.chat.completions.with_raw_response.parse(model="old", messages=[ASKED], response_format=Person)
    choice = answer.parse().choices[0]
    assert choice.message.parsed == Person(name="Ada", age=36)
    assert choice.finish_reason == "stop" and not choice.message.tool_calls
    assert answer.headers["Parley-Loss"] == "response_format.json_schema.strict"
    sent = bench.sent()
    assert sent["tool_choice"] == {"type": "tool", "name": "json_answer", "disable_parallel_tool_use": True}
    assert sent["tools"][0]["input_schema"]["required"] == ["name", "age"] and "output_config" not in sent


def test_a_stream_of_the_call_is_a_stream_of_text(bench):
    bench.answer = SSE, pieces("json_answer", '{"name": "A', 'da", "age": 36}')
    with bench.openai.chat.completions.stream(model="old", messages=[ASKED], response_format=Person) as stream:
        choice = stream.get_final_completion().choices[0]
    assert choice.message.parsed == Person(name="Ada", age=36)
    assert choice.finish_reason == "stop"


@pytest.mark.parametrize("form", [Person.model_json_schema(), {"type": "array", "items": {"type": "string"}}])
def test_what_a_stream_held_back_is_paid_for_when_it_breaks_off(bench, form):
    whole = pieces("json_answer", *['"' + "x" * 398 + '"'] * 10)
    bench.answer = SSE, whole[: whole.index("event: content_block_stop")]
    body = {"model": "old", "messages": [ASKED], "stream": True}
    form = {"type": "json_schema", "json_schema": {"name": "p", "schema": form}}
    assert b"x" * 398 in bench.post("/v1/chat/completions", body | {"response_format": form}).body
    [call] = calls_in_ledger(bench.gateway, 1)
    assert call["estimated"] and call["tokens"]["output"] >= 900


def test_a_call_of_the_callers_own_tool_stays_a_call(bench):
    bench.answer = JSON, json.dumps(message(used("look_up", {"q": "Ada"})))
    tool = {"type": "function", "function": {"name": "look_up", "parameters": {"type": "object", "properties": {}}}}
    form = {"type": "json_schema", "json_schema": {"name": "p", "schema": Person.model_json_schema()}}
    choice = bench.openai.chat.completions.create(model="old", messages=[ASKED], tools=[tool], response_format=form).choices[0]
    assert choice.finish_reason == "tool_calls" and choice.message.tool_calls[0].function.name == "look_up"
    sent = bench.sent()
    assert sent["tool_choice"]["type"] == "any" and [one["name"] for one in sent["tools"]] == ["look_up", "json_answer"]


def test_a_prompt_with_a_schema_works_with_such_a_model(stage):
    output = {"schema": Person.model_json_schema()}
    policy = {"model": "old", "template": [{"role": "user", "content": "Who is {{name}}?"}], "variables": {"name": {}}, "output": output}
    bench = Bench(stage, who={"path": "/who", "policies": {"prompt": policy}})
    bench.answer = JSON, json.dumps(message(used("json_answer", {"name": "Ada", "age": 36})))
    answer = bench.post("/who", {"name": "Ada"})
    assert (answer.status, answer.json()) == (200, {"name": "Ada", "age": 36})
    assert bench.sent()["messages"] == [{"role": "user", "content": "Who is Ada?"}]


def test_a_prompt_may_ask_such_a_model_for_a_list(stage):
    output = {"schema": {"type": "array", "items": {"type": "integer"}}}
    bench = Bench(stage, numbers={"path": "/numbers", "policies": {"prompt": {"model": "old", "template": "Count.", "output": output}}})
    bench.answer = JSON, json.dumps(message(used("json_answer", {"answer": [1, 2]})))
    answer = bench.post("/numbers", {})
    assert (answer.status, answer.json()) == (200, [1, 2])


def test_what_the_tool_takes_is_reserved(stage):
    form = {"type": "json_schema", "json_schema": {"name": "p", "schema": {"type": "object"}}}
    body = {"model": "old", "max_tokens": 50, "messages": [ASKED], "response_format": form}
    size = len(json.dumps(body))
    for quota, status in ((size + 100, 429), (size + 1000, 200)):
        bench = Bench(stage, alice={"tokens": {"quota": quota, "window": "1h"}})
        bench.answer = JSON, json.dumps(message(used("json_answer", {})))
        assert bench.post("/v1/chat/completions", body).status == status
        # A newer model is held to the form without a tool.
        assert bench.post("/v1/chat/completions", body | {"model": "new"}).status == 200


def test_newer_models_are_held_to_the_schema(bench):
    bench.answer = JSON, json.dumps(message({"type": "text", "text": '{"name": "Ada", "age": 36}'}, stop="end_turn"))
    answer = bench.openai.chat.completions.parse(model="new", messages=[ASKED], response_format=Person)
    assert answer.choices[0].message.parsed.age == 36
    assert "tools" not in bench.sent() and bench.sent()["output_config"]["format"]["type"] == "json_schema"


# What other vendors have signed


def foreign():
    thought = {"type": "thinking", "thinking": "hm", "signature": "gemini:QQ=="}
    call = used("f", {}) | {"extra_content": {"google": {"thought_signature": "QQ=="}}}
    result = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "ok"}
    return [ASKED, {"role": "assistant", "content": [thought, call]}, {"role": "user", "content": [result]}]


def test_a_history_of_another_vendor_costs_a_coding_agent_none_of_what_it_asks_for(bench):
    bench.answer = JSON, json.dumps(message({"type": "text", "text": "Hi", "unheard": 1.50}, stop="end_turn"))
    more = {
        "tools": [{"name": "f", "input_schema": {"type": "object"}}, {"type": "web_search_20250305", "name": "web_search"}],
        "context_management": {"edits": [{"type": "clear_tool_uses_20250919"}]}, "container": "c1", "unheard": {"a": 1},
    }  # fmt: skip
    body = {"model": "new", "max_tokens": 50, "messages": foreign()} | more
    answer = bench.post("/v1/messages?beta=true", body, **{"anthropic-beta": "one-2025-01-01", "anthropic-version": "2023-06-01"})
    assert answer.status == 200 and "Parley-Loss" not in answer.headers
    # The answer is the vendor's own, too.
    assert answer.body == bench.answer[1].encode()
    sent, received = bench.sent(), bench.upstream.requests[-1]
    assert {name: sent[name] for name in more} == more
    assert sent["messages"][1]["content"] == [used("f", {})] and sent["messages"][2] == foreign()[2]
    assert received.target == "/v1/messages?beta=true" and received.headers["anthropic-beta"] == "one-2025-01-01"


def test_anthropics_sdk_is_told_where_thinking_cannot_go_on(bench):
    client = Anthropic(base_url=bench.gateway.url, api_key=KEY, max_retries=0)
    bench.answer = JSON, json.dumps(message({"type": "text", "text": "Hi"}, stop="end_turn"))
    answer = client.messages.with_raw_response.create(
        model="new", max_tokens=4000, messages=foreign(), thinking={"type": "enabled", "budget_tokens": 2000},
        tools=[{"name": "f", "input_schema": {"type": "object"}}],
    )  # fmt: skip
    assert answer.headers["Parley-Loss"] == "thinking"
    assert bench.sent()["thinking"] == {"type": "disabled"}


def test_tokens_of_such_a_history_are_counted_as_it_is_sent(bench):
    bench.answer = JSON, '{"input_tokens": 7}'
    body = {"model": "new", "messages": foreign(), "context_management": {"edits": []}}
    answer = bench.post("/v1/messages/count_tokens", body)
    assert (answer.status, answer.json()) == (200, {"input_tokens": 7})
    sent = bench.sent()
    assert sent["messages"][1]["content"] == [used("f", {})] and sent["context_management"] == {"edits": []}


def test_counting_refuses_what_a_strict_service_refuses(stage):
    bench = Bench(stage, llm={"strict": True})
    body = {"model": "new", "messages": foreign(), "thinking": {"type": "enabled", "budget_tokens": 2000}, "max_tokens": 4000}
    for path in ("/v1/messages", "/v1/messages/count_tokens"):
        answer = bench.post(path, {name: value for name, value in body.items() if "count" not in path or name != "max_tokens"})
        assert answer.status == 400 and "thinking" in answer.json()["error"]["message"]
    assert not bench.upstream.requests
