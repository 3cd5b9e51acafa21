"""What an audit by hostile use found: each finding as the one who found it would try it again (contract 6)."""

import http.client
import json
import threading
import time
from contextlib import closing
from email.utils import formatdate
from pathlib import Path

import openai
import pytest

from harness.keys import consumer
from harness.models import KEY, ai_configuration
from harness.money import all_calls
from harness.providers.raw import SURFACES
from harness.upstream import answer_head

SECRET = "Q1w2E3r4T5y6U7i8O9p0A1s2D3f4G5h6"  # as some vendors' keys look: like nothing in particular
PRICES = {"input": 1000, "output": 2000, "cache-read": 500, "cache-write": 1250}
LIMITS = {"context": 128000, "output": 16384}
SSE, JSON = {"Content-Type": "text/event-stream"}, {"Content-Type": "application/json"}
BASE = {"openai": "/v1", "anthropic": "", "gemini": "", "ollama": "", "mistral": "/v1"}
CHUNK = '{"id":"c","object":"chat.completion.chunk","created":1,"model":"t","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}'
WHOLE = (
    '{"id":"c","object":"chat.completion","created":1,"model":"t","choices":[{"index":0,"finish_reason":"stop",'
    '"message":{"role":"assistant","content":"hi"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}'
)


def gateway_over(stage, scripts, dialect="openai", alice=None, llm=None, name="m"):
    """A gateway whose model has a target for each script, in order."""
    entries, targets = {}, []
    for number, script in enumerate(scripts):
        url = stage.upstream(script).url + BASE[dialect]
        entries[f"p{number}"] = {"dialect": dialect, "url": url, "keys": [{"value": SECRET}]}
        targets.append({"provider": f"p{number}", "model": "theirs"})
    models = {name: {"targets": targets, "strategy": "priority", "prices": PRICES, "limits": LIMITS}}
    services = {"ai": {"llm": llm or {}, "policies": {"key-auth": {}}}}
    return stage.gateway(ai_configuration(entries, models, consumers={"alice": consumer(KEY) | (alice or {})}, services=services))


def replying(headers, body, status=200):
    return lambda exchange: exchange.reply(status, headers, body.encode())


def post(gateway, path, body):
    return gateway.ask("POST", path, {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}, json.dumps(body).encode())


def test_nothing_in_a_request_hides_the_counts_of_its_answer(stage):
    usage = '{"input_tokens":1000,"output_tokens":5000,"total_tokens":6000}'
    last = '{"type":"response.completed","response":{"id":"r","prompt_cache_key":"usage","output":[],"usage":%s}}' % usage
    gateway = gateway_over(
        stage, [replying(SSE, f"event: response.completed\ndata: {last}\n\n")],
        alice={"budget": {"amount": 40, "currency": "USD", "every": "30d"}},
    )  # fmt: skip
    call = {"model": "m", "input": "hi", "stream": True, "max_output_tokens": 5000, "prompt_cache_key": "usage"}
    statuses = [post(gateway, "/v1/responses", call).status for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]


@pytest.mark.parametrize("delta", ['{"reasoning":"%s"}', '{"refusal":"%s"}', '{"content" : "%s"}', '{"content":[{"type":"thinking","thinking":[{"type":"text","text":"%s"}]}]}'])  # fmt: skip
def test_what_was_streamed_is_settled_whatever_it_is_called(stage, delta):
    events = f"data: {CHUNK % (delta % ('x' * 400), 'null')}\n\n" * 5
    gateway = gateway_over(stage, [replying(SSE, events)])  # and breaks off
    assert post(gateway, "/v1/chat/completions", {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]}).status == 200
    (call,) = all_calls(gateway)
    assert call["outcome"] == "cut" and call["estimated"]
    assert call["tokens"]["output"] == 500


def test_an_estimate_of_a_picture_is_no_count_of_its_bytes(stage):
    answer = json.loads(WHOLE)
    del answer["usage"]
    gateway = gateway_over(stage, [replying(JSON, json.dumps(answer))])
    url = "data:image/png;base64," + "QUJD" * 1_000_000
    content = [{"type": "text", "text": "what is it"}, {"type": "image_url", "image_url": {"url": url}}]
    told = post(gateway, "/v1/chat/completions", {"model": "m", "messages": [{"role": "user", "content": content}]})
    assert told.status == 200, told.body
    (call,) = all_calls(gateway)
    assert call["estimated"] and 1600 <= call["tokens"]["input"] < 1800


@pytest.mark.parametrize(("usage", "tokens"), [
    ({"prompt_tokens": 12}, (12, 1)), ({"completion_tokens": 10}, (None, 10)), ({}, (None, 1)), (None, (None, 1)),
    ({"prompt_tokens": 12, "completion_tokens": 0}, (12, 0)),
])  # fmt: skip
def test_what_a_whole_answer_does_not_tell_is_estimated(stage, usage, tokens):
    gateway = gateway_over(stage, [replying(JSON, json.dumps(json.loads(WHOLE) | {"usage": usage}))])
    answer = post(gateway, "/v1/chat/completions", {"model": "m", "messages": [{"role": "user", "content": "x" * 400}]})
    assert answer.status == 200
    (call,) = all_calls(gateway)
    wanted = [110 <= call["tokens"]["input"] <= 130 if tokens[0] is None else call["tokens"]["input"] == tokens[0]]
    assert all(wanted) and call["tokens"]["output"] == tokens[1], call
    assert call["estimated"] == (usage is None or len(usage) < 2)
    told = call["tokens"]
    assert answer.headers["Parley-Tokens"] == f"in={told['input']}, out={told['output']}, cached=0"


def test_vectors_are_no_output(stage):
    vector = json.dumps({"embedding": {"values": [0.123456789] * 3072}})
    gateway = gateway_over(stage, [replying(JSON, vector)], "gemini")
    told = gateway.ask("POST", "/v1beta/models/m:embedContent", {"x-goog-api-key": KEY, **JSON}, b'{"content":{"parts":[{"text":"hi"}]}}')
    assert told.status == 200 and told.body.decode() == vector
    assert all_calls(gateway)[0]["tokens"]["output"] in (0, None)


def test_embeddings_of_gemini_pass_to_gemini_as_they_are(stage):
    seen = []

    def script(exchange):
        exchange.read_body()
        seen.append((exchange.request.path, exchange.request.body))
        exchange.reply(200, JSON, b'{"embedding":{"values":[1]}}')

    gateway = gateway_over(stage, [script], "gemini")
    headers = {"x-goog-api-key": KEY, **JSON}
    one = b'{"model":"models/m","content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"QUJD"}}]},"title":"t","odd":1.0}'
    assert gateway.ask("POST", "/v1beta/models/m:embedContent", headers, one).status == 200
    assert seen[-1] == ("/v1beta/models/theirs:embedContent", one.replace(b"models/m", b"models/theirs"))
    batch = b'{"requests":[{"model":"models/m","content":{"parts":[{"text":"a"}]},"taskType":"X"},{"content":{"parts":[]}}]}'
    assert gateway.ask("POST", "/v1beta/models/m:batchEmbedContents", headers, batch).status == 200
    assert seen[-1][0] == "/v1beta/models/theirs:batchEmbedContents"
    named = [one["model"] for one in json.loads(seen[-1][1])["requests"]]
    assert named == ["models/theirs"] * 2 and b'"taskType":"X"' in seen[-1][1]


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize("surface", ["openai-chat", "anthropic", "gemini"])
@pytest.mark.parametrize("escaped", [False, True])
def test_a_key_that_a_provider_quotes_stays_here(stage, status, surface, escaped):
    quoted = SECRET.replace("Q1", "\\u00511") if escaped else SECRET
    body = '{"error":{"message":"Invalid value, key %s in use","type":"invalid_request_error"}}' % quoted
    gateway = gateway_over(stage, [replying(JSON, body, status)])
    told = SURFACES[surface].ask(gateway, "m", "hello", KEY)
    assert told.status >= 400
    assert SECRET.encode() not in told.body and quoted.encode() not in told.body
    assert SECRET not in gateway.errors()


def test_a_key_that_a_provider_quotes_within_a_stream_stays_here(stage):
    events = f"data: {CHUNK % (chr(123) + chr(34) + 'content' + chr(34) + ':' + chr(34) + 'a' + chr(34) + chr(125), 'null')}\n\n"
    events += 'data: {"error":{"message":"key %s is spent"}}\n\n' % SECRET
    gateway = gateway_over(stage, [replying(SSE, events)])
    for surface in ("openai-chat", "anthropic"):
        told = SURFACES[surface].ask(gateway, "m", "hello", KEY, True)
        assert SECRET.encode() not in told.body and b"is spent" in told.body


def test_names_that_clients_make_up_cost_nobody_time_nor_the_answer(stage):
    answer = '{"id":"m","type":"message","role":"assistant","model":"t","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}'  # fmt: skip
    gateway = gateway_over(stage, [replying(JSON, answer)], "anthropic")
    call = {"model": "m", "messages": [{"role": "user", "content": "hi"}]}
    call |= {f"x{number}{'y' * 2000}": 1 for number in range(40)}
    told = post(gateway, "/v1/chat/completions", call)
    assert told.status == 200 and len(told.headers["Parley-Loss"]) < 4000
    # So many that work which grows with their square would outlast any client.
    call = {"model": "m", "messages": [{"role": "user", "content": "hi"}]} | {f"x{number}": 1 for number in range(400_000)}
    assert post(gateway, "/v1/chat/completions", call).status == 200


@pytest.mark.parametrize("end", ["event: message\ndata: [DONE]\n\n", "id: 7\ndata: [DONE]\n\n", ": bye\ndata: [DONE]\n\n"])
def test_an_end_is_an_end_whatever_stands_before_it(stage, end):
    events = f"data: {CHUNK % (json.dumps({'content': 'a'}), json.dumps('stop'))}\n\n{end}"
    gateway = gateway_over(stage, [replying(SSE, events)])
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY, True)
    assert told.body.decode() == events
    assert all_calls(gateway)[0]["outcome"] == "completed"


def test_a_comment_is_no_answer_yet(stage):
    good = f"data: {CHUNK % (json.dumps({'content': 'second'}), json.dumps('stop'))}\n\ndata: [DONE]\n\n"
    gateway = gateway_over(stage, [replying(SSE, ": PROCESSING\n\n"), replying(SSE, ": HELLO\n\n" + good)])
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY, True)
    assert told.body.decode() == ": HELLO\n\n" + good


@pytest.mark.parametrize("nonsense", ['{"error":{"message":"upstream down","code":502}}', "{}", '{"choices":null}', '{"content":[]}'])
def test_nonsense_under_200_is_asked_of_the_next(stage, nonsense):
    gateway = gateway_over(stage, [replying(JSON, nonsense), replying(JSON, WHOLE)])
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY)
    assert told.status == 200 and told.body.decode() == WHOLE
    assert told.headers["Parley-Provider"] == "p1"


def test_a_model_with_a_slash_is_found_by_the_sdk(stage):
    gateway = gateway_over(stage, [replying(JSON, WHOLE)], name="org/name")
    with openai.OpenAI(base_url=gateway.url + "/v1", api_key=KEY, max_retries=0) as client:
        assert client.models.retrieve("org/name").id == "org/name"


def test_names_in_other_letters_are_refused_where_servers_would_take_them(stage):
    gateway = gateway_over(stage, [replying(JSON, "{}")], "ollama", llm={"max-output": 1000})
    call = {"model": "m", "stream": False, "messages": [{"role": "user", "content": "hi"}]}
    for more in ({"Model": "other"}, {"Options": {"num_predict": 100000}}, {"options": {"Num_Predict": 100000}}):
        told = post(gateway, "/api/chat", call | more)
        assert told.status == 400 and "is written" in told.json()["error"], told.body
    assert not all_calls(gateway) or all(one["attempts"] == 0 for one in all_calls(gateway))


def test_a_chunk_of_counts_without_choices_is_hidden_too(stage):
    events = f"data: {CHUNK % (json.dumps({'content': 'a'}), json.dumps('stop'))}\n\n"
    counts = 'data: {"id":"c","usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}\n\n'
    gateway = gateway_over(stage, [replying(SSE, events + counts + "data: [DONE]\n\n")])
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY, True)
    assert told.body.decode() == events + "data: [DONE]\n\n"
    assert all_calls(gateway)[0]["tokens"]["input"] == 3


@pytest.mark.parametrize("path", ["/v1/models", "/v1/models/m", "/v1beta/models", "/v1beta/models/m", "/api/tags", "/api/version", "/mistral/v1/models"])
def test_what_can_be_read_can_be_asked_for_by_its_head(stage, path):
    gateway = gateway_over(stage, [replying(JSON, WHOLE)])
    headers = {"Authorization": f"Bearer {KEY}"}
    whole, head = gateway.ask("GET", path, headers), gateway.ask("HEAD", path, headers)
    assert (whole.status, head.status, head.body) == (200, 200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body)) and head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.parametrize("ahead", [3600, -60])
def test_a_date_to_come_again_is_a_wait(stage, ahead):
    date = formatdate(time.time() + ahead, usegmt=True)
    gateway = gateway_over(stage, [replying(JSON | {"Retry-After": date}, '{"error":{"message":"slow down"}}', 429)])
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY)
    assert told.status == 429
    seconds = int(told.headers["Retry-After"])
    assert 3500 <= seconds <= 3600 if ahead > 0 else seconds <= 1


def test_an_error_is_not_hidden_with_its_counts(stage):
    chunk = f"data: {CHUNK % (json.dumps({'content': 'a'}), 'null')}\n\n".encode()
    error = b'data: {"error":{"message":"no memory"},"usage":{"prompt_tokens":3,"completion_tokens":1,"total_tokens":4}}\n\n'
    heard = threading.Event()

    def script(exchange):
        exchange.read_body()
        exchange.send(answer_head(200, SSE | {"Content-Length": len(chunk + error)}, b"") + chunk)
        assert exchange.wait(heard)
        exchange.send(error)

    gateway = gateway_over(stage, [script])
    call = {"model": "m", "stream": True, "messages": [{"role": "user", "content": "hi"}]}
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {KEY}"}
    with closing(http.client.HTTPConnection(gateway.url.removeprefix("http://"), timeout=20)) as connection:
        connection.request("POST", "/v1/chat/completions", json.dumps(call), headers)
        answer = connection.getresponse()
        # Said before anything was passed on, an error is the whole answer: so the first event has to be out.
        assert answer.read(len(chunk)) == chunk
        heard.set()
        assert answer.read() == error


def test_the_ledger_is_written_on_a_thread_that_gives_way_to_the_loops(stage):
    gateway = gateway_over(stage, [replying(JSON, WHOLE)])
    tasks = Path(f"/proc/{gateway.process.pid}/task")
    (writer,) = [task for task in tasks.iterdir() if (task / "comm").read_text().strip() == "usage-ledger"]
    worked = (writer / "schedstat").read_text().split()[0]
    assert (writer / "stat").read_text().rpartition(")")[2].split()[16] == "7"  # its niceness; see proc(5)
    assert SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY).status == 200
    assert len(all_calls(gateway)) == 1
    assert int((writer / "schedstat").read_text().split()[0]) > int(worked)


@pytest.mark.parametrize(("word", "allowed"), [("priority", False), ("flex", True), ("auto", True)])
def test_faster_service_is_not_bought_at_the_ordinary_price(stage, word, allowed):
    alice = {"budget": {"amount": 100, "currency": "USD", "every": "30d"}}
    gateway = gateway_over(stage, [replying(JSON, WHOLE)], alice=alice)
    call = {"model": "m", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}], "service_tier": word}
    told = post(gateway, "/v1/chat/completions", call)
    assert told.status == (200 if allowed else 400), told.body
    assert allowed or "service_tier" in told.json()["error"]["message"]
    assert ("Parley-Cost" in told.headers) == (word == "auto")


def test_what_faster_service_costs_is_unknown(stage):
    gateway = gateway_over(stage, [replying(JSON, WHOLE)])
    call = {"model": "m", "messages": [{"role": "user", "content": "hi"}], "service_tier": "priority"}
    told = post(gateway, "/v1/chat/completions", call)
    assert told.status == 200 and "Parley-Cost" not in told.headers
    (entry,) = all_calls(gateway)
    assert entry["cost"] is None and not entry["estimated"]


def test_a_tier_that_cannot_be_carried_costs_nothing_more(stage):
    answer = '{"id":"m","type":"message","role":"assistant","model":"t","content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":1}}'
    alice = {"budget": {"amount": 100, "currency": "USD", "every": "30d"}}
    gateway = gateway_over(stage, [replying(JSON, answer)], "anthropic", alice=alice)
    call = {"model": "m", "max_tokens": 10, "messages": [{"role": "user", "content": "hi"}], "service_tier": "priority"}
    told = post(gateway, "/v1/chat/completions", call)
    assert told.status == 200 and "service_tier" in told.headers["Parley-Loss"] and "Parley-Cost" in told.headers


@pytest.mark.parametrize("stream", [False, True])
def test_half_a_character_does_not_break_an_answer(stage, stream):
    # What Python's json.dumps makes of a text that was cut within an emoji: both halves are JSON, neither is a character.
    half = '"a\\ud83d b\\ude00\\u00e9"'
    if stream:
        chunks = [CHUNK % ('{"content":' + half + "}", "null"), CHUNK % ("{}", json.dumps("stop")), "[DONE]"]
        body = "".join(f"data: {chunk}\n\n" for chunk in chunks)
    else:
        body = WHOLE.replace('"hi"', half)
    gateway = gateway_over(stage, [replying(SSE if stream else JSON, body)])
    told = SURFACES["anthropic"].ask(gateway, "m", "hello", KEY, stream)
    assert told.status == 200 and "a\ufffd b\ufffd\u00e9" in told.body.decode(), told.body
    passed = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY, stream)
    assert passed.body.decode() == body
    assert [call["outcome"] for call in all_calls(gateway)] == ["completed", "completed"]


def test_half_a_character_within_arguments_keeps_their_names(stage):
    arguments = json.dumps('{"city":"a\\ud83d b"}')  # JSON within JSON: the half is an escape of the inner text
    call = '{"id":"c1","type":"function","function":{"name":"look","arguments":%s}}' % arguments
    body = WHOLE.replace('"content":"hi"', '"content":null,"tool_calls":[%s]' % call).replace('"stop"', '"tool_calls"')
    gateway = gateway_over(stage, [replying(JSON, body)])
    told = SURFACES["anthropic"].ask(gateway, "m", "hello", KEY)
    assert told.json()["content"][0]["input"] == {"city": "a\ufffd b"}, told.body


def test_half_a_character_does_not_blind_the_guards(stage):
    guards = [{"format": "email"}]
    body = WHOLE.replace('"hi"', '"a\\ud83d ann@example.com"')
    gateway = gateway_over(stage, [replying(JSON, body)], llm={"guards": guards})
    told = SURFACES["openai-chat"].ask(gateway, "m", "hello", KEY)
    said = told.json()["choices"][0]["message"]["content"]
    assert told.status == 200 and said.startswith("a\ufffd ") and "example" not in said


@pytest.mark.parametrize("surface", ["openai-chat", "anthropic"])
def test_half_a_character_does_not_hide_what_a_provider_objects_to(stage, surface):
    body = '{"error":{"message":"no such thing: a\\ud83d","type":"invalid_request_error","param":null,"code":null}}'
    gateway = gateway_over(stage, [replying(JSON, body, 400)])
    told = SURFACES[surface].ask(gateway, "m", "hello", KEY)
    assert told.status == 400 and "no such thing: a" in told.json()["error"]["message"], told.body


@pytest.mark.parametrize("name", ["candidateCount", "candidate_count", "candidate\\u0043ount"])
def test_one_candidate_of_several_is_no_whole_answer(stage, name):
    events = [
        '{"candidates":[{"index":0,"content":{"parts":[{"text":"a"}]}},{"index":1,"content":{"parts":[{"text":"b"}]}}]}',
        '{"candidates":[{"index":0,"content":{"parts":[{"text":"c"}]},"finishReason":"STOP"}]}',
    ]
    stream = "".join(f"data: {event}\n\n" for event in events)
    gateway = gateway_over(stage, [replying(SSE, stream)], "gemini")
    call = '{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"%s":2}}' % name
    headers = {"Content-Type": "application/json", "x-goog-api-key": KEY}
    told = gateway.ask("POST", "/v1beta/models/m:streamGenerateContent?alt=sse", headers, call.encode())
    assert all_calls(gateway)[0]["outcome"] == "cut", told.body


def test_what_a_vendor_is_asked_to_keep_is_charged_at_its_dearest_under_a_budget(stage):
    prices = {"input": 1000, "output": 2000}  # nothing is said of writing to a cache
    usage = {"input_tokens": 1, "cache_creation_input_tokens": 1000, "cache_read_input_tokens": 0, "output_tokens": 1}
    answer = {"id": "m", "type": "message", "role": "assistant", "model": "theirs", "content": [], "stop_reason": "end_turn", "usage": usage}
    upstream = stage.upstream(replying(JSON, json.dumps(answer)))
    gateway = stage.gateway(ai_configuration(
        {"p": {"dialect": "anthropic", "url": upstream.url, "keys": [{"value": SECRET}]}},
        {"m": {"targets": [{"provider": "p", "model": "theirs"}], "prices": prices, "limits": LIMITS}},
        consumers={"alice": consumer(KEY) | {"budget": {"amount": 4, "currency": "USD", "every": "30d"}}},
        services={"ai": {"llm": {}, "policies": {"key-auth": {}}}},
    ))  # fmt: skip
    part = {"type": "text", "text": "x" * 1000, "cache_control": {"type": "ephemeral", "ttl": "1h"}}
    call = {"model": "m", "max_tokens": 10, "messages": [{"role": "user", "content": [part]}]}
    answers = [post(gateway, "/v1/messages", call) for _ in range(2)]
    assert answers[0].status == 200 and answers[0].headers.get("Parley-Cost") is None, "what it cost is unknown"
    assert answers[1].status == 402 and "2.00" in answers[1].body.decode(), "two dollars are charged, the most it can have cost"
