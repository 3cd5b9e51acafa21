"""Ways to spend without being counted, or to be charged for what was not used, each as it was tried (contract 6)."""

import json
import threading

import pytest

from harness.models import KEY
from harness.money import all_calls
from harness.patience import eventually
from harness.wire import encoded
from test_llm_audit import CHUNK, JSON, SECRET, SSE, WHOLE, post, replying
from test_llm_money_audit import CHAT, over

GEMINI = {"contents": [{"role": "user", "parts": [{"text": "hi"}]}]}
OLLAMA = {"model": "m", "stream": False, "messages": [{"role": "user", "content": "hi"}]}
DONE = f"data: {CHUNK % ('{}', chr(34) + 'stop' + chr(34))}\n\ndata: [DONE]\n\n"


def tokens(quota):
    return {"tokens": {"quota": quota, "window": "1h"}}


def piece(text):
    return f"data: {CHUNK % (json.dumps({'content': text}), 'null')}\n\n"


# Limits as they are written


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/completions"])
@pytest.mark.parametrize("number", [-1, -200000, 0])
def test_a_limit_below_one_is_none(stage, path, number):
    upstream, gateway = over(stage, replying(JSON, WHOLE), alice=tokens(16000))
    answer = post(gateway, path, CHAT | {"prompt": "hi", "max_tokens": number})
    assert answer.status == 429 and not upstream.requests, "it reserves the 16,384 that the model may write"
    _, capped = over(stage, replying(JSON, WHOLE), llm={"max-output": 50})
    answer = post(capped, path, CHAT | {"prompt": "hi", "max_tokens": number})
    assert answer.status == 400 and answer.json()["error"]["param"] == "max_tokens"


def test_gemini_s_limit_below_one_is_none(stage):
    _, gateway = over(stage, replying(JSON, "{}"), "gemini", alice=tokens(16000))
    call = GEMINI | {"generationConfig": {"maxOutputTokens": -1000000}}
    assert post(gateway, "/v1beta/models/m:generateContent", call).status == 429


@pytest.mark.parametrize("more", [
    {"messages": [{"role": "function", "name": "f", "content": "x"}]}, {"temperature": "0.5"}, {"reasoning_effort": "ultra"},
    {"response_format": {"type": "grammar"}}, {"tools": [{"type": "function", "function": {"name": "f", "parameters": True}}]},
])  # fmt: skip
def test_answers_are_counted_in_requests_that_only_their_vendor_reads(stage, more):
    _, gateway = over(stage, replying(JSON, WHOLE), alice=tokens(150000))
    call = CHAT | {"n": 50, "max_tokens": 20000, "metadata": {"image": "x"}} | more
    answer = post(gateway, "/v1/chat/completions", call)
    assert answer.status == 429 and "may need 1128000" in answer.json()["error"]["message"]


@pytest.mark.parametrize("more", [{"format": "xml"}, {"think": "x"}, {"messages": [{"role": "foo", "content": "hi"}]}])
def test_ollama_s_limit_is_counted_in_requests_that_only_it_reads(stage, more):
    _, gateway = over(stage, replying(JSON, "{}"), "ollama", alice=tokens(20000))
    assert post(gateway, "/api/chat", OLLAMA | {"options": {"num_predict": 60000}} | more).status == 429


@pytest.mark.parametrize("dialect,path,call,field", [
    ("openai", "/v1/chat/completions", CHAT | {"max_tokens": "60000"}, "max_tokens"),
    ("openai", "/v1/chat/completions", CHAT | {"n": "50"}, "n"),
    ("gemini", "/v1beta/models/m:generateContent", GEMINI | {"generationConfig": {"maxOutputTokens": "65536"}}, "maxOutputTokens"),
    ("gemini", "/v1beta/models/m:generateContent", GEMINI | {"generationConfig": {"candidateCount": "8"}}, "candidateCount"),
    ("ollama", "/api/chat", OLLAMA | {"options": {"num_predict": 60000.5}}, "num_predict"),
])  # fmt: skip
def test_numbers_that_are_none_are_refused_under_a_limit(stage, dialect, path, call, field):
    upstream, gateway = over(stage, replying(JSON, WHOLE), dialect, alice=tokens(10**9))
    answer = post(gateway, path, call)
    assert answer.status == 400 and field in answer.body.decode() and not upstream.requests


# What goes on to a provider


def test_google_s_parameters_for_all_apis_do_not_go_on(stage):
    answer = {"candidates": [{"content": {"parts": [{"text": "a"}]}, "finishReason": "STOP"}], "usageMetadata": {"promptTokenCount": 7}}
    upstream, gateway = over(stage, replying(JSON, json.dumps(answer)), "gemini")
    fields = {
        "X-Goog-Api-Key": KEY, "X-Goog-FieldMask": "candidates", "X-Goog-User-Project": "other", "X-Goog-Api-Client": "gl-python",
        "X-HTTP-Method-Override": "GET", **JSON,
    }  # fmt: skip
    target = "/v1beta/models/m:generateContent?fields=candidates&callback=f&%24alt=json&%66ields=x&prettyPrint=false"
    told = gateway.ask("POST", target, fields, json.dumps(GEMINI).encode())
    request = upstream.only()
    assert told.status == 200 and request.target == "/v1beta/models/theirs:generateContent"
    assert request.headers["X-Goog-Api-Client"] == "gl-python"
    for name in ("X-Goog-FieldMask", "X-Goog-User-Project", "X-HTTP-Method-Override"):
        assert name not in request.headers
    chat, second = over(stage, replying(JSON, WHOLE))
    assert post(second, "/v1/chat/completions?fields=id&beta=true", CHAT).status == 200
    assert chat.only().target == "/v1/chat/completions?beta=true"


def test_a_request_that_quotes_words_about_money_rests_no_key(stage):
    words = "messages.0.content.0: Input tag 'usage limits' found using 'type' does not match any of the expected tags"
    error = {"type": "error", "error": {"type": "invalid_request_error", "message": words}}
    upstream, gateway = over(stage, replying(JSON, json.dumps(error), 400), "anthropic")
    for asked in (1, 2):
        answer = post(gateway, "/v1/messages", CHAT)
        assert answer.status == 400 and answer.json()["error"]["message"] == words
        assert len(upstream.requests) == asked


@pytest.mark.parametrize("status", [200, 400, 429, 503])
def test_no_part_of_an_error_shows_a_key(stage, status):
    error = {"error": {"message": "m", "type": "t", "param": f"p {SECRET}", "code": f"c {SECRET}"}}
    _, gateway = over(stage, replying(JSON, json.dumps(error), status))
    for path, call in (("/v1/chat/completions", CHAT), ("/v1/messages", CHAT), ("/v1/responses", {"model": "m", "input": "hi"})):
        assert SECRET not in post(gateway, path, call).body.decode()


@pytest.mark.parametrize("path,status", [("/v1/models", 404), ("/v1beta/models", 404), ("/v1/models/m", 404)])
def test_lists_are_read_not_posted(stage, path, status):
    _, gateway = over(stage, replying(JSON, WHOLE))
    answer = post(gateway, path, {})
    assert answer.status == status and "POST" in answer.json()["error"]["message"]


# What was bought


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/messages"])
def test_what_was_written_before_an_error_is_paid_however_its_bytes_come(stage, path):
    error = 'data: {"error":{"message":"m","type":"server_error","code":"x","param":null}}\n\n'
    upstream, gateway = over(stage, replying(SSE, piece("a" * 4000) + error))
    post(gateway, path, CHAT | {"stream": True})
    (call,) = all_calls(gateway)
    assert call["tokens"]["output"] == 1000 and call["estimated"] and len(upstream.requests) == 1


def test_calls_that_are_held_back_are_paid_although_their_stream_broke(stage):
    delta = '{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"w","arguments":"%s"}}]}'
    upstream, gateway = over(stage, replying(SSE, "".join(f"data: {CHUNK % (delta % ('x' * 80), 'null')}\n\n" for _ in range(50))))
    assert post(gateway, "/api/chat", OLLAMA | {"stream": True}).status == 500
    (call,) = all_calls(gateway)
    assert call["tokens"]["output"] >= 1000 and call["cost"] and len(upstream.requests) == 1


def test_a_whole_answer_where_a_stream_was_asked_for_is_paid_once(stage):
    answer = json.dumps(json.loads(WHOLE) | {"usage": {"prompt_tokens": 1000, "completion_tokens": 1000, "total_tokens": 2000}})
    upstream, gateway = over(stage, replying(JSON, answer))
    assert post(gateway, "/v1/chat/completions", CHAT | {"stream": True}).status == 500
    (call,) = all_calls(gateway)
    assert (call["tokens"]["output"], call["cost"]["amount"], len(upstream.requests)) == (1000, "3.000000", 1)


def holding(gate, end=DONE):
    """Answers wholly, with counts, and does not end the connection's answer before the gate opens."""

    def script(exchange):
        exchange.read_body()
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        usage = CHUNK[:-1] % ("{}", "null") + ',"usage":{"prompt_tokens":7,"completion_tokens":500,"total_tokens":507}}'
        body = (piece("a" * 4000) + f"data: {usage}\n\n" + end).encode()
        exchange.send(b"%x\r\n%s\r\n" % (len(body), body))
        gate.wait(20)
        exchange.send(b"0\r\n\r\n")

    return script


@pytest.mark.parametrize("path,last", [("/v1/chat/completions", b"[DONE]"), ("/v1/messages", b"message_stop"), ("/api/chat", b'"done":true')])
def test_who_leaves_at_the_end_of_an_answer_got_all_of_it(stage, path, last):
    gate = threading.Event()
    _, gateway = over(stage, holding(gate))
    fields = {"Authorization": f"Bearer {KEY}", **JSON}
    with gateway.connect() as client:
        client.send(encoded("POST", path, fields, json.dumps(CHAT | {"stream": True}).encode()))
        read = b""
        while last not in read:
            read += client.sock.recv(65536)
    (call,) = eventually(lambda: all_calls(gateway))
    gate.set()
    assert (call["outcome"], call["tokens"]["output"], call["estimated"]) == ("completed", 500, False)


def test_an_answer_ends_although_the_provider_s_connection_goes_on(stage):
    gate = threading.Event()
    _, gateway = over(stage, holding(gate))
    answer = post(gateway, "/v1/chat/completions", CHAT | {"stream": True})
    assert answer.status == 200 and not gate.is_set() and b"[DONE]" in answer.body
    gate.set()
    (call,) = all_calls(gateway)
    assert call["outcome"] == "completed"


@pytest.mark.parametrize("text,count", [("\\u4e2d", 3), ("\\u00e9", 2), ("\\u0041", 1), ("\\ud83d\\ude00", 4), ("\\n", 1), ("\\\\u0041", 6)])
def test_escapes_count_as_what_they_stand_for(stage, text, count):
    event = f"data: {CHUNK % (chr(123) + chr(34) + 'content' + chr(34) + ':' + chr(34) + text * 1000 + chr(34) + chr(125), 'null')}\n\n"
    _, gateway = over(stage, replying(SSE, event))  # and breaks off
    post(gateway, "/v1/chat/completions", CHAT | {"stream": True})
    assert all_calls(gateway)[0]["tokens"]["output"] == count * 250
