"""What an audit found of limits, bounds and names in calls of models, each as the one who found it would try it again (contract 6)."""

import json

import pytest

from harness import wire
from harness.keys import consumer
from harness.models import KEY, ai_configuration
from harness.money import all_calls
from harness.patience import eventually
from harness.wire import encoded
from test_llm_audit import BASE, JSON, LIMITS, PRICES, SECRET, WHOLE, gateway_over, post, replying

BUDGET = {"budget": {"amount": 100, "currency": "USD", "every": "30d"}}
CHAT = {"model": "m", "max_tokens": 5, "messages": [{"role": "user", "content": "hi"}]}


def over(stage, script, dialect="openai", alice=None, prices=PRICES, llm=None, **model):
    """The mock and a gateway whose model `m` has it for its only target."""
    upstream = stage.upstream(script)
    entry = {"dialect": dialect, "url": upstream.url + BASE[dialect], "keys": [{"value": SECRET}]}
    models = {"m": {"targets": [{"provider": "p", "model": "theirs"}], "prices": prices, "limits": LIMITS} | model}
    return upstream, stage.gateway(ai_configuration(
        {"p": entry}, models, consumers={"alice": consumer(KEY) | (alice or {})},
        services={"ai": {"llm": llm or {}, "policies": {"key-auth": {}}}},
    ))  # fmt: skip


def test_a_body_that_takes_longer_than_the_window_does_not_begin_it_anew(stage):
    answer = json.dumps(json.loads(WHOLE) | {"usage": {"prompt_tokens": 200, "completion_tokens": 5, "total_tokens": 205}})
    _, gateway = over(stage, replying(JSON, answer), alice={"tokens": {"quota": 250, "window": "1s"}})
    call = encoded("POST", "/v1/chat/completions", {"Authorization": f"Bearer {KEY}", **JSON}, json.dumps(CHAT).encode())
    with gateway.connect() as slow:
        slow.send(call[:-10])
        first = post(gateway, "/v1/chat/completions", CHAT)
        eventually(lambda: post(gateway, "/v1/chat/completions", CHAT).status == 200, 10, "the next window")
        slow.send(call[-10:])
        assert (first.status, slow.answer("POST").status) == (200, 429)


@pytest.mark.parametrize("limit", [BUDGET, {"tokens": {"quota": 1000000, "window": "1h"}}])
def test_under_a_limit_no_call_goes_on_in_the_background(stage, limit):
    upstream, gateway = over(stage, replying(JSON, "{}"), alice=limit)
    answer = post(gateway, "/v1/responses", {"model": "m", "input": "hi", "background": True, "max_output_tokens": 10})
    assert answer.status == 400 and answer.json()["error"]["param"] == "background" and not upstream.requests


def test_what_a_call_in_the_background_costs_is_unknown(stage):
    _, gateway = over(stage, replying(JSON, '{"id":"r","object":"response","status":"queued","output":[],"usage":null}'))
    answer = post(gateway, "/v1/responses", {"model": "m", "input": "hi", "background": True})
    assert answer.status == 200 and answer.headers.get("Parley-Cost") is None


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/completions"])
@pytest.mark.parametrize("number", [50000, -1, 0])
def test_a_limit_that_llama_cpp_reads_before_others_is_kept_within_the_cap(stage, path, number):
    _, gateway = over(stage, replying(JSON, WHOLE), llm={"max-output": 50})
    answer = post(gateway, path, CHAT | {"prompt": "hi", "n_predict": number})
    assert answer.status == 400 and answer.json()["error"]["param"] == "n_predict"


def test_a_limit_that_llama_cpp_reads_before_others_is_reserved(stage):
    _, gateway = over(stage, replying(JSON, WHOLE), alice={"budget": {"amount": 1, "currency": "USD", "every": "30d"}})
    assert post(gateway, "/v1/chat/completions", CHAT).status == 200
    assert post(gateway, "/v1/chat/completions", CHAT | {"n_predict": 5000}).status == 429
    assert post(gateway, "/v1/chat/completions", CHAT | {"n_predict": -1}).status == 429, "which is 16,384 tokens here"


def test_none_is_no_limit_for_ollama(stage):
    answer = '{"model":"theirs","message":{"role":"assistant","content":"hi"},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":1}'
    call = {"model": "m", "stream": False, "messages": [{"role": "user", "content": "hi"}], "options": {"num_predict": 0}}
    _, capped = over(stage, replying(JSON, answer), "ollama", llm={"max-output": 50})
    assert post(capped, "/api/chat", call).status == 400
    _, limited = over(stage, replying(JSON, answer), "ollama", alice={"budget": {"amount": 1, "currency": "USD", "every": "30d"}})
    assert post(limited, "/api/chat", call).status == 402, "it reserves what the model can write at most"


def test_summing_up_what_came_before_is_counted(stage):
    steps = [
        {"type": "compaction", "input_tokens": 180000, "output_tokens": 3500},
        {"type": "message", "input_tokens": 23000, "output_tokens": 1000},
    ]
    usage = {"input_tokens": 23000, "output_tokens": 1000, "iterations": steps}
    answer = {"id": "m", "type": "message", "role": "assistant", "model": "theirs", "content": [], "stop_reason": "end_turn", "usage": usage}
    _, gateway = over(stage, replying(JSON, json.dumps(answer)), "anthropic")
    told = post(gateway, "/v1/messages", CHAT).headers
    assert told.get("Parley-Tokens") == "in=203000, out=4500, cached=0"
    assert told.get("Parley-Cost") == "212.000000 USD"


def test_embeddings_need_no_price_for_output(stage):
    answer = '{"object":"list","model":"e","data":[{"object":"embedding","index":0,"embedding":[0.5]}],"usage":{"prompt_tokens":2,"total_tokens":2}}'
    _, gateway = over(stage, replying(JSON, answer), alice=BUDGET, prices={"input": 1000})
    told = post(gateway, "/v1/embeddings", {"model": "m", "input": "hi"})
    assert told.status == 200 and told.headers.get("Parley-Cost") == "0.002000 USD"


def test_a_film_to_be_embedded_is_bounded_by_the_context(stage):
    _, gateway = over(stage, replying(JSON, "{}"), "gemini", alice={"tokens": {"quota": 5000, "window": "1h"}})
    part = {"fileData": {"mimeType": "video/mp4", "fileUri": "https://example.com/film"}}
    answer = post(gateway, "/v1beta/models/m:embedContent", {"content": {"parts": [part]}})
    assert answer.status == 429 and "128" in answer.json()["error"]["message"]


@pytest.mark.parametrize("more", [{"previous_response_id": "r1"}, {"conversation": "c1"}, {"prompt": {"id": "p"}}])
def test_what_only_the_provider_knows_is_bounded_by_the_context(stage, more):
    answer = '{"id":"r","object":"response","status":"completed","output":[],"usage":{"input_tokens":1,"output_tokens":1,"total_tokens":2}}'
    call = {"model": "m", "input": "hi", "max_output_tokens": 10} | more
    upstream, wide = over(stage, replying(JSON, answer), alice={"budget": {"amount": 161, "currency": "USD", "every": "30d"}})
    assert post(wide, "/v1/responses", call).status == 200 and json.loads(upstream.only().body)[next(iter(more))]
    _, narrow = over(stage, replying(JSON, answer), alice={"budget": {"amount": 159, "currency": "USD", "every": "30d"}})
    assert post(narrow, "/v1/responses", call).status == 429


@pytest.mark.parametrize("asked", [{"maxOutputTokens": 1, "max_output_tokens": 80}, {"maxOutputTokens": 20, "candidateCount": 1, "candidate_count": 4}])
def test_the_larger_of_two_spellings_is_reserved(stage, asked):
    _, gateway = over(stage, replying(JSON, "{}"), "gemini", alice={"tokens": {"quota": 200, "window": "1h"}})
    call = {"contents": [{"role": "user", "parts": [{"text": "h" * 60}]}], "generationConfig": asked}
    answer = post(gateway, "/v1beta/models/m:generateContent", call)
    size = len(json.dumps(call))
    assert answer.status == 429 and f"the call may need {size + 80} tokens" in answer.json()["error"]["message"]


def test_who_can_never_be_served_is_not_told_to_come_back(stage):
    _, gateway = over(stage, replying(JSON, WHOLE), alice={"tokens": {"quota": 10, "window": "1h"}})
    answer = post(gateway, "/v1/chat/completions", CHAT)
    assert answer.status == 429 and answer.headers.get("Retry-After") is None
    assert answer.headers.get("x-should-retry") == "false"


def test_a_call_that_a_guard_refuses_is_booked_with_its_model(stage):
    guards = {"guards": [{"format": "email", "mode": "refuse"}]}
    _, gateway = over(stage, replying(JSON, WHOLE), llm=guards)
    call = CHAT | {"messages": [{"role": "user", "content": "write to a@example.com"}]}
    assert post(gateway, "/v1/chat/completions", call).status == 400
    (booked,) = all_calls(gateway)
    assert booked["model"] == "m"


def test_reasoning_that_another_vendor_signed_goes_to_no_server_of_anthropics_dialect(stage):
    answer = {"id": "m", "type": "message", "role": "assistant", "model": "t", "content": [], "stop_reason": "end_turn", "usage": {"input_tokens": 1, "output_tokens": 1}}
    upstream, gateway = over(stage, replying(JSON, json.dumps(answer)), "anthropic")
    history = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": [
            {"type": "thinking", "thinking": "hm", "signature": "gemini:WW=="},
            {"type": "tool_use", "id": "t1", "name": "f", "input": {}, "extra_content": {"google": {"thought_signature": "QQ=="}}},
        ]},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "ok"}]},
    ]  # fmt: skip
    tools = [{"name": "f", "input_schema": {"type": "object"}}]
    assert post(gateway, "/v1/messages", {"model": "m", "max_tokens": 5, "messages": history, "tools": tools}).status == 200
    sent = upstream.only().body.decode()
    assert "WW==" not in sent and "extra_content" not in sent and '"tool_use"' in sent


@pytest.mark.parametrize("path, body, where", [
    ("countTokens", {"generateContentRequest": {"model": "models/m", "contents": []}}, ["generateContentRequest", "model"]),
    ("countTokens", {"model": "models/m", "contents": []}, ["model"]),
    ("generateContent", {"model": "models/m", "contents": []}, ["model"]),
    ("embedContent", {"model": "models/m", "content": {"parts": [{"text": "x"}]}}, ["model"]),
    ("batchEmbedContents", {"model": "models/m", "requests": [{"model": "models/m", "content": {"parts": [{"text": "x"}]}}]}, ["model"]),
])  # fmt: skip
def test_a_model_that_gemini_reads_in_the_body_is_named_as_google_names_it(stage, path, body, where):
    upstream, gateway = over(stage, replying(JSON, "{}"), "gemini")
    post(gateway, f"/v1beta/models/m:{path}", body)
    sent = json.loads(upstream.requests[0].body)
    for name in where:
        sent = sent[name]
    assert sent == "models/theirs"


def prompted(stage, script):
    """A gateway with a prompt's API at /short over that provider."""
    upstream = stage.upstream(script)
    prompt = {"model": "m", "template": "Say {{a}} shortly.", "variables": {"a": {"type": "string"}}}
    return stage.gateway(ai_configuration(
        {"p": {"dialect": "openai", "url": upstream.url + "/v1", "keys": [{"value": SECRET}]}},
        {"m": {"targets": [{"provider": "p", "model": "theirs"}], "prices": PRICES, "limits": LIMITS}},
        services={"ai": {"llm": {}, "policies": {"key-auth": {}}, "routes": {"short": {"path": "/short", "methods": ["POST"], "policies": {"prompt": prompt}}}}},
    ))  # fmt: skip


@pytest.mark.parametrize("status", [400, 413, 503])
def test_callers_of_a_prompt_are_not_blamed_for_what_its_provider_refuses(stage, status):
    error = '{"error":{"message":"max_tokens is too large","type":"invalid_request_error","param":null,"code":null}}'
    gateway = prompted(stage, replying(JSON, error, status))
    answer = post(gateway, "/short", {"a": "x"})
    assert answer.status == 502 and answer.problem()["kind"] == "model-failed"


def test_the_description_of_a_prompt_answers_head(stage):
    gateway = prompted(stage, replying(JSON, WHOLE))
    got, headed = (gateway.ask(method, "/short/openapi.json", {"Authorization": f"Bearer {KEY}"}) for method in ("GET", "HEAD"))
    assert got.status == headed.status == 200 and not headed.body
    assert headed.headers.get("Content-Length") == str(len(got.body))


@pytest.mark.parametrize("path, body, listed", [
    ("/ai/v1/chat/completions", {"model": "x", "messages": []}, "GET /ai/v1/models"),
    ("/ai/v1beta/models/x:generateContent", {"contents": []}, "GET /ai/v1beta/models"),
    ("/ai/api/chat", {"model": "x", "messages": []}, "GET /ai/api/tags"),
])  # fmt: skip
def test_an_unknown_model_is_answered_with_where_the_known_ones_are(stage, path, body, listed):
    _, gateway = over(stage, replying(JSON, WHOLE), llm={"prefix": "/ai"})
    answer = post(gateway, path, body)
    assert answer.status == 404 and listed in answer.body.decode()


def test_a_coded_body_is_refused_by_its_name(stage):
    _, gateway = over(stage, replying(JSON, WHOLE))
    answer = gateway.ask("POST", "/v1/chat/completions", {"Authorization": f"Bearer {KEY}", "Content-Encoding": "gzip", **JSON}, b"\x1f\x8b")
    assert answer.status == 400 and "gzip" in answer.json()["error"]["message"]


def test_a_text_with_escapes_to_be_embedded_is_no_film(stage):
    _, gateway = over(stage, replying(JSON, '{"embedding":{"values":[0.5]}}'), "gemini", alice={"tokens": {"quota": 5000, "window": "1h"}})
    call = {"content": {"parts": [{"text": "\u00e9t\u00e9: inlineData"}]}}  # which the test's JSON writes with escapes
    assert post(gateway, "/v1beta/models/m:embedContent", call).status == 200
