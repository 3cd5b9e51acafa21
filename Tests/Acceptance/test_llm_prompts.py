"""Prompts as APIs: routes with the policy `prompt` on a service with `llm` (contract 6)."""

import json
from decimal import Decimal

import pytest

from harness import wire
from harness.features import BOB, in_ledger, none_asked, post, serving
from harness.keys import consumer
from harness.models import ALIASES, KEY, PRICES, mocks
from harness.money import PLAIN, all_calls, budget, calls_in_ledger, cost, written
from harness.patience import eventually
from harness.providers import KINDS
from harness.providers.material import PERSON
from harness.providers.question import normal_schema
from harness.providers.reply import Reply, Trouble, Usage

PATH = "/summaries"
TEMPLATE = [
    {"role": "system", "content": "Answer in {{language}}."},
    {"role": "user", "content": "Sum up: {{text}}"},
]
VARIABLES = {"text": {"max-length": 20}, "language": {"default": "English"}}
SUMMARY = {"model": "m-openai", "template": TEMPLATE, "variables": VARIABLES}
ADA = {"name": "Ada", "age": 36}


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared, forbidden=(KEY, BOB))


def routes(paths):
    """Routes by path, each with a prompt."""
    return {
        f"route-{number}": {"path": path, "policies": {"prompt": prompt}}
        for number, (path, prompt) in enumerate(paths.items())
    }


def prompting(stage, mocks, paths, llm=None, **options):
    """A gateway with prompts at paths; each call has one try."""
    return serving(stage, mocks, {"attempts": 1} | (llm or {}), routes=routes(paths), **options)


@pytest.fixture(scope="module")
def gateway(shared, providers):
    paths = {PATH: SUMMARY}
    for kind, alias in ALIASES.items():
        paths[f"/of/{kind}"] = SUMMARY | {"model": alias}
        paths[f"/people/{kind}"] = SUMMARY | {"model": alias, "output": {"schema": PERSON}}
        paths[f"/tuned/{kind}"] = SUMMARY | {"model": alias, "max-output": 50, "temperature": 0.3}
    return prompting(shared, providers, paths)


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


def problem(answer, status, kind=None, *words):
    """Checks a problem document; answers its detail."""
    document = answer.problem()
    assert answer.status == (status if isinstance(status, int) else answer.status), document
    assert isinstance(status, int) or answer.status in status, document
    assert kind is None or document["kind"] == kind, document
    assert document["origin"] == "gateway" and document["request_id"] == answer.headers["X-Request-Id"]
    assert document["type"] == f"/.well-known/parley/problems/{document['kind']}"
    for word in words:
        assert word in document["detail"], document
    return document["detail"]


def question(mock):
    """What the provider was asked, the one time that it was."""
    (record,) = mock.records
    return record.question


# What is asked.


@pytest.mark.parametrize("kind", KINDS)
def test_the_provider_gets_the_filled_template(gateway, providers, kind):
    answer = post(gateway, f"/of/{kind}", {"text": "Once upon a time", "language": "German"})
    assert answer.status == 200, answer.body
    asked = question(providers[kind])
    assert asked.system == ["Answer in German."]
    assert [(turn.role, turn.text) for turn in asked.turns] == [("user", "Sum up: Once upon a time")]
    assert not asked.stream and asked.schema is None and not providers[kind].violations


@pytest.mark.parametrize("kind", KINDS)
def test_the_answer_is_the_text(gateway, providers, kind):
    providers[kind].always = Reply(text='It is "short".\n\U0001f600 é')
    answer = post(gateway, f"/of/{kind}", {"text": "x"})
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"].split(";")[0] == "application/json"
    assert answer.json() == {"text": 'It is "short".\n\U0001f600 é'}


@pytest.mark.parametrize("kind", KINDS)
def test_limit_and_temperature_go_along(gateway, providers, kind):
    assert post(gateway, f"/tuned/{kind}", {"text": "x"}).status == 200
    asked = question(providers[kind])
    assert (asked.limit, asked.temperature) == (50, 0.3)


def test_a_default_fills_what_the_request_leaves_out(gateway, providers):
    assert post(gateway, PATH, {"text": "x"}).status == 200
    assert question(providers["openai"]).system == ["Answer in English."]


@pytest.mark.parametrize(
    "value",
    ["{{language}}", "{{text}}", "{{", "}}", '"}], "a": [', "\\u007b", "\u2028\x00\x7f", "a\r\n\tb", "𝄞🏔é", " "],
)
def test_a_value_is_put_in_as_it_is(gateway, providers, value):
    answer = post(gateway, PATH, {"text": value, "language": "{{text}}"})
    assert answer.status == 200, answer.body
    assert question(providers["openai"]).text == f"Sum up: {value}"
    assert question(providers["openai"]).system == ["Answer in {{text}}."]


NUMBERS = ["3", "1.5", "-0.25", "1e3", "1.0", "12345678901234567890"]


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_put_in_as_json_writes_it(stage, providers, text):
    prompt = {
        "model": "m-openai",
        "template": "{{n}}/{{yes}}/{{no}}/{{ten}}/{{half}}",
        "variables": {
            "n": {"type": "number"},
            "yes": {"type": "boolean"},
            "no": {"type": "boolean", "default": False},
            "ten": {"type": "number", "default": 10},
            "half": {"type": "number", "default": 0.5},
        },
    }
    gateway = prompting(stage, providers, {PATH: prompt})
    answer = post(gateway, PATH, b'{"n": %s, "yes": true}' % text.encode())
    assert answer.status == 200, answer.body
    first, *rest = question(providers["openai"]).text.split("/")
    assert json.loads(first) == json.loads(text)
    assert rest == ["true", "false", "10", "0.5"]


def test_a_text_alone_is_what_the_user_says(stage, providers):
    prompt = {"model": "m-claude", "template": "{{a}}{{b}} and {{a}} {not} { {a} }", "variables": {"a": {}, "b": {}}}
    gateway = prompting(stage, providers, {PATH: prompt})
    assert post(gateway, PATH, {"a": "1", "b": "2"}).status == 200
    asked = question(providers["claude"])
    assert (asked.system, [(turn.role, turn.text) for turn in asked.turns]) == (
        [],
        [("user", "12 and 1 {not} { {a} }")],
    )


def test_a_template_may_have_earlier_turns(stage, providers):
    template = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Name {{a}}."},
        {"role": "assistant", "content": "It is {{a}}."},
        {"role": "user", "content": "Again: {{a}}!"},
    ]
    prompt = {"model": "m-gemini", "template": template, "variables": {"a": {}}}
    gateway = prompting(stage, providers, {PATH: prompt})
    assert post(gateway, PATH, {"a": "it"}).status == 200
    asked = question(providers["gemini"])
    assert asked.system == ["Be brief."]
    assert [(turn.role, turn.text) for turn in asked.turns] == [
        ("user", "Name it."),
        ("assistant", "It is it."),
        ("user", "Again: it!"),
    ]


def test_what_need_not_be_there_may_be_left_out(stage, providers):
    prompt = {"model": "m-openai", "template": "a{{b}}c", "variables": {"b": {"required": False}}}
    gateway = prompting(stage, providers, {PATH: prompt})
    assert post(gateway, PATH, {}).status == 200
    assert question(providers["openai"]).text == "ac"


def test_a_prompt_without_variables_takes_an_empty_object(stage, providers):
    gateway = prompting(stage, providers, {PATH: {"model": "m-openai", "template": "Say hello."}})
    assert post(gateway, PATH, {}).json() == {"text": "Hello from the mock."}
    assert question(providers["openai"]).text == "Say hello."


def test_the_prefix_is_not_for_prompts(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"prefix": "/ai"})
    assert post(gateway, PATH, {"text": "x"}).status == 200
    assert post(gateway, "/ai" + PATH, {"text": "x"}).status == 404
    models = {"model": "m-openai", "messages": [{"role": "user", "content": "x"}]}
    assert post(gateway, "/ai/v1/chat/completions", models).status == 200


# What is told beside the answer.


def test_header_fields_tell_who_answered_and_what_it_cost(gateway, providers):
    providers["openai"].always = Reply(text="Short.", usage=Usage(fresh=20, text=9))
    answer = post(gateway, PATH, {"text": "x"})
    assert answer.headers["Parley-Provider"] == "openai"
    assert answer.headers["Parley-Model"] == providers["openai"].model
    assert answer.headers["Parley-Attempts"] == "1"
    assert answer.headers["Parley-Tokens"] == "in=20, out=9, cached=0"
    assert answer.headers["Parley-Cost"] == f"{written(cost({'fresh': 20, 'text': 9}, PRICES))} USD"


def test_the_ledger_has_the_call(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY})
    providers["openai"].always = Reply(text="Short.", usage=Usage(fresh=20, text=9))
    assert post(gateway, PATH, {"text": "x"}).status == 200
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["consumer"], call["model"], call["provider"]) == ("alice", "m-openai", "openai")
    assert (call["tokens"]["input"], call["tokens"]["output"], call["outcome"]) == (20, 9, "completed")


# Answers by a schema.


def adas(reply=None):
    """An answer in JSON."""
    return Reply(text=json.dumps(ADA if reply is None else reply))


@pytest.mark.parametrize("kind", KINDS)
def test_the_model_is_asked_for_the_schema_and_its_json_comes_back(gateway, providers, kind):
    providers[kind].always = adas()
    answer = post(gateway, f"/people/{kind}", {"text": "Ada"})
    assert answer.status == 200, (answer.body, providers[kind].violations)
    assert answer.headers["Content-Type"].split(";")[0] == "application/json"
    assert answer.json() == ADA
    assert normal_schema(question(providers[kind]).schema) == normal_schema(PERSON)
    assert "Parley-Tokens" in answer.headers


OPEN = {"type": "object", "properties": {"summary": {"type": "string"}, "words": {"type": "integer"}}}


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_as_people_write_it_is_enough(stage, providers, kind):
    """Some vendors demand closed objects, or that every property is required."""
    prompt = SUMMARY | {"model": ALIASES[kind], "output": {"schema": OPEN}}
    gateway = prompting(stage, {kind: providers[kind]}, {PATH: prompt})
    providers[kind].always = adas({"summary": "Short."})
    answer = post(gateway, PATH, {"text": "x"})
    assert answer.status == 200, (answer.body, providers[kind].violations)
    assert answer.json() == {"summary": "Short."}
    assert not providers[kind].violations


MISFITS = {
    "no JSON": ("Here you are: 36", ""),
    "half of it": ('{"name": "Ada", "age": 3', ""),
    "nothing": ("", ""),
    "another type": ('{"name": "Ada", "age": "old"}', "/age"),
    "no whole number": ('{"name": "Ada", "age": 1.5}', "/age"),
    "another first": ('{"name": 7, "age": 36}', "/name"),
    "one too few": ('{"name": "Ada"}', "age"),
    "one too many": ('{"name": "Ada", "age": 36, "town": "x"}', "town"),
    "a list": ('[{"name": "Ada", "age": 36}]', ""),
}


@pytest.mark.parametrize(("text", "place"), MISFITS.values(), ids=MISFITS)
@pytest.mark.parametrize("kind", ["openai", "claude"])
def test_an_answer_that_does_not_fit_is_a_problem(gateway, providers, kind, text, place):
    providers[kind].always = Reply(text=text)
    detail = problem(post(gateway, f"/people/{kind}", {"text": "Ada"}), 502, "output-mismatch", place)
    assert "town" == place or "Here you are" not in detail
    assert len(providers[kind].records) == 1


def test_a_deep_place_is_named(stage, providers):
    line = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]}
    schema = {"type": "object", "properties": {"lines": {"type": "array", "items": line}}, "required": ["lines"]}
    gateway = prompting(stage, providers, {PATH: SUMMARY | {"output": {"schema": schema}}})
    providers["openai"].always = adas({"lines": [{"n": 1}, {"n": "two"}]})
    problem(post(gateway, PATH, {"text": "x"}), 502, "output-mismatch", "/lines/1/n")


def test_an_answer_that_does_not_fit_is_paid_for(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY | {"output": {"schema": PERSON}}})
    providers["openai"].always = Reply(text="no JSON", usage=Usage(fresh=20, text=9))
    problem(post(gateway, PATH, {"text": "x"}), 502, "output-mismatch")
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["tokens"]["input"], call["tokens"]["output"]) == (20, 9)
    assert Decimal(call["cost"]["amount"]) == cost({"fresh": 20, "text": 9}, PRICES)


REFUSALS = {
    "openai": Reply(refusal="I cannot help with that."),
    "claude": Reply(text="I must", finish="filtered"),
    "gemini": Reply(finish="filtered", blocked=True, usage=Usage(text=0)),
}


@pytest.mark.parametrize("kind", REFUSALS)
@pytest.mark.parametrize("path", ["/of", "/people"])
def test_a_model_that_refuses_is_a_problem(gateway, providers, kind, path):
    providers[kind].always = REFUSALS[kind]
    problem(post(gateway, f"{path}/{kind}", {"text": "x"}), 502, "model-refused")


@pytest.mark.parametrize("path", ["/of/openai", "/people/openai"])
def test_a_refusal_is_paid_for(stage, providers, path):
    prompt = SUMMARY | ({"output": {"schema": PERSON}} if "people" in path else {})
    gateway = prompting(stage, providers, {PATH: prompt})
    providers["openai"].always = Reply(refusal="I cannot help with that.", usage=Usage(fresh=20, text=9))
    problem(post(gateway, PATH, {"text": "x"}), 502, "model-refused")
    (call,) = calls_in_ledger(gateway, 1)
    assert (call["tokens"]["input"], call["tokens"]["output"]) == (20, 9)


@pytest.mark.parametrize("kind", ["output-mismatch", "model-refused", "content-refused", "key-reused"])
def test_each_kind_of_problem_has_its_page(gateway, kind):
    page = gateway.ask("GET", f"/.well-known/parley/problems/{kind}")
    assert page.status == 200 and kind.encode() in page.body


# What is refused.

FAULTS = {
    "missing": ({"language": "German"}, "text"),
    "null": ({"text": None}, "text"),
    "unknown": ({"text": "x", "tone": "dry"}, "tone"),
    "number": ({"text": 7}, "text"),
    "list": ({"text": ["x"]}, "text"),
    "boolean": ({"text": "x", "language": True}, "language"),
    "too long": ({"text": "x" * 21}, "text"),
    "too long by one 🏔": ({"text": "🏔" * 21}, "text"),
}


@pytest.mark.parametrize(("body", "name"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_value_is_named(gateway, providers, body, name):
    detail = problem(post(gateway, PATH, body), 400, None, name)
    assert "x" * 21 not in detail
    none_asked(providers)


@pytest.mark.parametrize("value", ["x" * 20, "🏔" * 20, "é" * 20])
def test_lengths_are_counted_in_characters(gateway, providers, value):
    assert post(gateway, PATH, {"text": value}).status == 200
    assert question(providers["openai"]).text == f"Sum up: {value}"


@pytest.mark.parametrize(
    ("kind", "value"),
    [("number", '"3"'), ("number", "true"), ("boolean", '"true"'), ("boolean", "1"), ("number", "{}")],
)
def test_a_value_of_another_type_is_named(stage, providers, kind, value):
    prompt = {"model": "m-openai", "template": "{{v}}", "variables": {"v": {"type": kind}}}
    gateway = prompting(stage, providers, {PATH: prompt})
    detail = problem(post(gateway, PATH, b'{"v": %s}' % value.encode()), 400, None, "v")
    assert kind in detail
    none_asked(providers)


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"text":', b"[]", b'"x"', b"null", b'{"text":"\xff"}', b'{"text":"x"} more', b"text=x"]
)
def test_what_is_no_object_is_refused(gateway, providers, body):
    problem(post(gateway, PATH, body), 400)
    none_asked(providers)


def test_a_name_that_is_there_twice_is_refused(gateway, providers):
    problem(post(gateway, PATH, b'{"text": "a", "text": "b"}'), 400)
    none_asked(providers)


@pytest.mark.parametrize("key", [None, "nobody-0123456789abcdef"])
def test_without_a_good_key_nothing_goes(gateway, providers, key):
    problem(post(gateway, PATH, {"text": "x"}, key), 401, "unauthenticated")
    none_asked(providers)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GET"])
def test_other_methods_are_not_allowed(gateway, providers, method):
    answer = gateway.ask(method, PATH, {"Authorization": f"Bearer {KEY}"}, None if method == "GET" else b"{}")
    problem(answer, 405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]
    none_asked(providers)


@pytest.mark.parametrize("trouble", [Trouble(500), Trouble(529), Trouble(429), Trouble(401)], ids=str)
def test_what_a_provider_fails_at_is_a_problem(stage, providers, trouble):
    gateway = prompting(stage, providers, {PATH: SUMMARY})
    providers["openai"].always = trouble
    answer = post(gateway, PATH, {"text": "x"})
    problem(answer, (429, 503) if trouble.status == 429 else (500, 502, 503))
    assert providers["openai"].key not in answer.body.decode()


def test_providers_that_are_all_down_are_a_problem(stage):
    gone = mocks(stage)
    gateway = prompting(stage, gone, {PATH: SUMMARY})
    for mock in gone.values():
        mock.stop()
    answer = post(gateway, PATH, {"text": "x"})
    problem(answer, (502, 503))


def test_a_provider_that_is_too_slow_is_a_problem(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"deadline": "1s"})
    providers["openai"].always = Reply(text="late", waits=True)
    problem(post(gateway, PATH, {"text": "x"}), (503, 504))
    eventually(lambda: providers["openai"].disconnects == 1, why="the provider notices")


@pytest.mark.parametrize(
    ("allowance", "statuses"),
    [(budget(Decimal("0.000007")), (402, 429)), ({"tokens": {"quota": 3, "window": "1h"}}, (400, 402, 429))],
    ids=["budget", "quota"],
)
def test_want_of_money_is_a_problem(stage, providers, allowance, statuses):
    people = {"alice": consumer(KEY) | allowance}
    gateway = prompting(stage, providers, {PATH: SUMMARY}, consumers=people, model={"prices": PLAIN})
    assert "alice" in problem(post(gateway, PATH, {"text": "x"}), statuses)
    none_asked(providers)


def test_a_spent_quota_is_a_problem(stage, providers):
    people = {"alice": consumer(KEY) | {"tokens": {"quota": 20000, "window": "1h"}}}
    gateway = prompting(stage, providers, {PATH: SUMMARY}, consumers=people)
    providers["openai"].always = Reply(text="All of it.", usage=Usage(fresh=100, text=16000))
    assert post(gateway, PATH, {"text": "x"}).status == 200
    answer = post(gateway, PATH, {"text": "x"})
    problem(answer, 429)
    assert int(answer.headers["Retry-After"]) >= 1
    assert len(providers["openai"].records) == 1


def test_a_client_that_leaves_ends_the_call(gateway, providers):
    mock = providers["openai"]
    mock.always = Reply(text="late", waits=True)
    body = b'{"text": "x"}'
    fields = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
    with wire.Connection(gateway.address) as connection:
        connection.send(wire.encoded("POST", PATH, fields, body))
        eventually(lambda: len(mock.records) == 1)
    eventually(lambda: mock.disconnects == 1, why="the provider notices")


# Its description.


def described(gateway, path=PATH, key=KEY):
    """The document of one operation."""
    return gateway.ask("GET", path + "/openapi.json", {"Authorization": f"Bearer {key}"} if key else {})


def resolved(document, value):
    """A part of the document, with the reference that it may be followed."""
    while "$ref" in value:
        inner = document
        for step in value["$ref"].removeprefix("#/").split("/"):
            inner = inner[step.replace("~1", "/").replace("~0", "~")]
        value = inner
    return value


def schema_of(document, content):
    """The schema of JSON content."""
    return resolved(document, content["application/json"]["schema"])


def test_an_operation_describes_itself(stage, providers):
    variables = VARIABLES | {
        "count": {"type": "number", "default": 3},
        "plain": {"type": "boolean", "required": False},
    }
    template = [*TEMPLATE, {"role": "user", "content": "{{count}} {{plain}}"}]
    gateway = prompting(stage, providers, {PATH: SUMMARY | {"template": template, "variables": variables}})
    answer = described(gateway)
    assert answer.status == 200, answer.body
    assert answer.headers["Content-Type"].split(";")[0] in ("application/json", "application/vnd.oai.openapi+json")
    document = answer.json()
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] and document["info"]["version"]
    assert list(document["paths"]) == [PATH]
    methods = {"get", "put", "post", "delete", "patch", "head", "options", "trace"} & set(document["paths"][PATH])
    assert methods == {"post"}
    operation = document["paths"][PATH]["post"]
    assert operation["requestBody"]["required"] is True
    schema = schema_of(document, operation["requestBody"]["content"])
    assert schema["type"] == "object" and schema["additionalProperties"] is False
    assert schema["required"] == ["text"]
    properties = schema["properties"]
    assert set(properties) == {"text", "language", "count", "plain"}
    assert {name: one["type"] for name, one in properties.items()} == {
        "text": "string",
        "language": "string",
        "count": "number",
        "plain": "boolean",
    }
    assert properties["text"]["maxLength"] == 20 and "default" not in properties["text"]
    assert (properties["language"]["default"], properties["count"]["default"]) == ("English", 3)
    fine = schema_of(document, resolved(document, operation["responses"]["200"])["content"])
    assert fine["properties"]["text"]["type"] == "string" and fine["required"] == ["text"]
    for status, response in operation["responses"].items():
        assert resolved(document, response)["description"], status
        if status not in ("200",):
            assert "application/problem+json" in resolved(document, response)["content"], status


def test_the_description_has_the_schema_of_the_answer(gateway):
    document = described(gateway, "/people/openai").json()
    responses = document["paths"]["/people/openai"]["post"]["responses"]
    assert schema_of(document, resolved(document, responses["200"])["content"]) == PERSON


def test_the_description_says_how_keys_are_sent(gateway, providers):
    document = described(gateway).json()
    operation = document["paths"][PATH]["post"]
    wanted = operation.get("security", document.get("security"))
    assert wanted
    schemes = document["components"]["securitySchemes"]
    for requirement in wanted:
        for name in requirement:
            one = schemes[name]
            assert (one["type"], one.get("scheme")) == ("http", "bearer") or one["type"] == "apiKey", one


def test_without_keys_the_description_speaks_of_none(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, policies={"key-auth": "off"})
    document = described(gateway, key=None).json()
    operation = document["paths"][PATH]["post"]
    assert not operation.get("security", document.get("security"))
    assert post(gateway, PATH, {"text": "x"}, None).status == 200


@pytest.mark.parametrize("key", [None, "nobody-0123456789abcdef"])
def test_the_description_is_behind_the_same_policies(gateway, key):
    problem(described(gateway, key=key), 401, "unauthenticated")


def test_what_the_description_says_is_so(gateway, providers):
    """A request made by the description alone is taken."""
    document = described(gateway).json()
    schema = schema_of(document, document["paths"][PATH]["post"]["requestBody"]["content"])
    body = {name: "x" * min(schema["properties"][name].get("maxLength", 5), 5) for name in schema["required"]}
    assert post(gateway, PATH, body).status == 200


# With the other features.


def test_guards_look_at_prompts_too(stage, providers):
    guards = [{"name": "no-birds", "keywords": ["nightjar"], "mode": "refuse"}, {"format": "email"}]
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"guards": guards})
    providers["openai"].always = Reply(text="Ask bob@example.org.")
    answer = post(gateway, PATH, {"text": "ann@example.org!"})
    assert question(providers["openai"]).text == "Sum up: [email]!"
    assert answer.json() == {"text": "Ask [email]."}
    providers["openai"].forget()
    refused = post(gateway, PATH, {"text": "a nightjar"})
    assert "no-birds" in problem(refused, 400, "content-refused") and b"nightjar" not in refused.body
    none_asked(providers)
    providers["openai"].always = Reply(text="It is a nightjar.")
    assert "no-birds" in problem(post(gateway, PATH, {"text": "x"}), (403, 502), "content-refused")


@pytest.mark.parametrize("mode", ["mask", "refuse"])
def test_guards_look_at_what_a_refusal_says(stage, providers, mode):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"guards": [{"format": "email", "mode": mode}]})
    providers["openai"].always = Reply(refusal="I cannot write to ann@example.org about it.")
    answer = post(gateway, PATH, {"text": "x"})
    problem(answer, (403, 502))
    assert b"ann@example.org" not in answer.body


def test_guards_look_into_answers_by_a_schema(stage, providers):
    prompt = SUMMARY | {"output": {"schema": PERSON}}
    gateway = prompting(stage, providers, {PATH: prompt}, {"guards": [{"format": "email", "replacement": '"'}]})
    providers["openai"].always = adas({"name": "ann@example.org", "age": 36})
    answer = post(gateway, PATH, {"text": "x"})
    assert answer.status == 200, answer.body
    assert answer.json() == {"name": '"', "age": 36}


@pytest.mark.parametrize("when", ["always", "asked"])
def test_equal_prompts_are_answered_from_the_cache(stage, providers, when):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"cache": {"ttl": "1h", "when": when}})
    fields = {"Parley-Cache": "use"} if when == "asked" else {}
    first = post(gateway, PATH, {"text": "x"}, fields=fields)
    second = post(gateway, PATH, {"text": "x"}, fields=fields)
    assert (first.headers["Parley-Cache"], second.headers["Parley-Cache"]) == ("miss", "hit"), second.headers.lines
    assert (second.status, second.body) == (200, first.body)
    assert second.headers["Parley-Cost"] == "0.000000 USD" and int(second.headers["Age"]) >= 0
    assert len(providers["openai"].records) == 1
    assert post(gateway, PATH, {"text": "y"}, fields=fields).headers["Parley-Cache"] == "miss"
    assert len(in_ledger(gateway, "cached")) == 1


def test_an_answer_that_does_not_fit_is_not_kept(stage, providers):
    prompt = SUMMARY | {"output": {"schema": PERSON}}
    gateway = prompting(stage, providers, {PATH: prompt}, {"cache": {"ttl": "1h", "when": "always"}})
    providers["openai"].queue = [Reply(text="no JSON"), adas()]
    problem(post(gateway, PATH, {"text": "x"}), 502, "output-mismatch")
    answer = post(gateway, PATH, {"text": "x"})
    assert (answer.status, answer.headers["Parley-Cache"]) == (200, "miss"), answer.body


def test_a_retry_gets_the_first_answer(stage, providers):
    policies = {"conflict": {"idempotency": {}}}
    gateway = prompting(stage, providers, {PATH: SUMMARY}, policies=policies)
    fields = {"Idempotency-Key": '"one"'}
    first = post(gateway, PATH, {"text": "x"}, fields=fields)
    second = post(gateway, PATH, {"text": "x"}, fields=fields)
    assert "Idempotent-Replayed" not in first.headers and second.headers["Idempotent-Replayed"] == "true"
    assert (second.status, second.body, second.headers["Content-Type"]) == (
        200,
        first.body,
        first.headers["Content-Type"],
    )
    assert len(providers["openai"].records) == 1
    problem(post(gateway, PATH, {"text": "another"}, fields=fields), 422, "key-reused")
    assert len(providers["openai"].records) == 1


def test_a_failed_prompt_leaves_the_key_free(stage, providers):
    policies = {"conflict": {"idempotency": {}}}
    gateway = prompting(stage, providers, {PATH: SUMMARY}, policies=policies)
    fields = {"Idempotency-Key": '"one"'}
    problem(post(gateway, PATH, {}, fields=fields), 400)
    providers["openai"].queue = [Trouble(500)]
    problem(post(gateway, PATH, {"text": "x"}, fields=fields), (500, 502, 503))
    answer = post(gateway, PATH, {"text": "x"}, fields=fields)
    assert (answer.status, answer.headers.get("Idempotent-Replayed")) == (200, None)


def test_the_services_limit_holds_for_prompts(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, {"max-output": 40})
    assert post(gateway, PATH, {"text": "x"}).status == 200
    assert question(providers["openai"]).limit == 40


def test_a_consumer_without_the_model_may_not_ask(stage, providers):
    people = {"alice": consumer(KEY), "bob": consumer(BOB) | {"models": ["m-claude"]}}
    gateway = prompting(stage, providers, {PATH: SUMMARY}, consumers=people)
    problem(post(gateway, PATH, {"text": "x"}, BOB), (403, 404))
    none_asked(providers)
    assert post(gateway, PATH, {"text": "x"}).status == 200


def test_no_word_of_it_is_told(stage, providers):
    gateway = prompting(stage, providers, {PATH: SUMMARY}, **{"access-log": {"to": "access.log", "sample": 1.0}})
    providers["openai"].queue = [Reply(text="tell-nobody"), Trouble(500)]
    for _ in range(2):
        post(gateway, PATH, {"text": "hush-hush"})
    log = gateway.folder / "access.log"
    eventually(lambda: log.exists() and len(log.read_text().splitlines()) >= 2, why="the access log")
    calls_in_ledger(gateway, 2)
    for text in (log.read_text(), gateway.errors(), json.dumps(all_calls(gateway))):
        assert "hush-hush" not in text and "tell-nobody" not in text
