"""What the mocks do in each scenario: look at what arrived, and answer."""

import hashlib
import json

from harness.providers.gaps import cannot
from harness.providers.looking import Fault
from harness.providers.material import (
    ARGUMENTS,
    CLOCK,
    IMAGE_URL,
    PERSON,
    PNG,
    REASONING,
    REDACTED,
    SIGNATURE,
    UNICODE,
    WEATHER,
)
from harness.providers.question import normal_schema, plain
from harness.providers.reply import Call, Reply, Trouble, Usage


def wanted(condition, what):
    """Refuses a call that does not carry what the scenario sent."""
    if not condition:
        raise Fault(f"the mock did not get {what}", code="scenario")


def missed(question, kind):
    """Whether this is one of the known gaps (see gaps.py): what was wished for is not there, and cannot be."""
    return cannot(kind, question.scenario)


def says(text, **options):
    """A scenario that only answers."""
    return lambda question, kind: Reply(text=text, **options)


def with_tools(question, *tools):
    """Checks that just these tools arrived, with their schemas."""
    expected = {tool["name"]: normal_schema(tool["parameters"]) for tool in tools}
    wanted(question.tools == expected, f"the tools {expected}, but {question.tools}")


def calls_tools(*calls, text="", tools=(WEATHER, CLOCK)):
    """A scenario that calls tools, and reads out their results when they come."""

    def acted(question, kind):
        with_tools(question, *tools)
        if not question.results:
            return Reply(text=text, calls=list(calls))
        found = [(result.name, plain(result.text)) for result in question.results]
        return Reply(text="The tools say: " + "; ".join(f"{name}={said}" for name, said in found))

    return acted


def unicode(question, kind):
    wanted(question.text.endswith(UNICODE), f"the user's characters, but {question.text!r}")
    return Reply(text=UNICODE, write_size=3)


def echo_system(question, kind):
    wanted(question.system, "a system prompt")
    return Reply(text="system: " + " | ".join(question.system))


def history(question, kind):
    turns = [(turn.role, turn.text) for turn in question.turns]
    wanted(turns[:-1] == [("user", "first"), ("assistant", "second")], f"the earlier turns, but {turns}")
    return Reply(text="I remember.")


def picture(question, kind):
    wanted([blob.kind for blob in question.blobs] == ["image"], f"one picture, but {question.blobs}")
    data = question.blobs[0].data
    wanted(data, "the picture's bytes")
    return Reply(text=described(data))


def described(data):
    """What the mocks say of a picture or document."""
    return f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:12]}"


def picture_url(question, kind):
    urls = [] if missed(question, kind) else [IMAGE_URL]
    wanted([blob.url for blob in question.blobs] == urls, f"the picture's URL, but {question.blobs}")
    return Reply(text="I followed it." if urls else "I see nothing.")


def document(question, kind):
    if missed(question, kind):
        wanted(not question.blobs, f"no document, but {question.blobs}")
        return Reply(text="I see nothing.")
    wanted([blob.kind for blob in question.blobs] == ["document"], f"one document, but {question.blobs}")
    return Reply(text=described(question.blobs[0].data))


def schema(question, kind):
    wanted(normal_schema(question.schema) == normal_schema(PERSON), f"the schema, but {question.schema}")
    return Reply(text='{"name":"Ada","age":36}')


def any_json(question, kind):
    # Anthropic's models are made to call a tool that stands for the form.
    has_wish = question.choice == "json_answer" if kind == "claude" else question.wants_json
    wanted(has_wish and not question.schema, "the wish for any JSON")
    return Reply(text='{"ok":true}')


def stop(question, kind):
    wanted(question.stop == ["END"], f"the stop sequence, but {question.stop}")
    return Reply(text="one two three ", finish="stop-string", stop_string="END")


def length(question, kind):
    wanted(question.limit == 16, f"the limit of 16 tokens, but {question.limit}")
    return Reply(text="This will never be", finish="length", usage=Usage(text=16))


def temperature(question, kind):
    wanted(question.temperature == 0.5, f"the temperature 0.5, but {question.temperature}")
    return Reply(text="Lukewarm.")


def hot(question, kind):
    expected = 1.0 if kind == "claude" else 1.4
    wanted(question.temperature == expected, f"the temperature {expected}, but {question.temperature}")
    return Reply(text="Very hot.")


def seed(question, kind):
    wanted(question.seed == (None if missed(question, kind) else 7), f"the seed, but {question.seed}")
    return Reply(text="Planted.")


def answers(question, kind):
    count = 1 if missed(question, kind) else 2
    wanted(question.answers == count, f"the wish for two answers, but {question.answers}")
    return Reply(text="One of them.", answers=count)


def chosen(choice):
    """A scenario in which the choice of tools must arrive."""

    def acted(question, kind):
        if kind == "llama" and choice != "none":
            return forced_by_form(question)
        found = question.choice or ("none" if not question.tools else "auto")
        expected = "auto" if missed(question, kind) else choice
        wanted(found == expected, f"the choice of tools {choice!r}, but {question.choice!r}")
        return Reply(text="No tool, then.") if choice == "none" else Reply(calls=[Call("weather", ARGUMENTS)])

    return acted


def forced_by_form(question):
    """Ollama's models are held to a form that stands for the call."""
    forms = (question.schema or {}).get("anyOf", [question.schema or {}])
    named = [form["properties"]["name"]["enum"][0] for form in forms if "name" in form.get("properties", {})]
    wanted("weather" in named and set(named) <= set(question.tools), f"a form of the call, but {question.schema}")
    return Reply(text=json.dumps({"name": "weather", "arguments": ARGUMENTS}))


def one_at_a_time(question, kind):
    calls = [Call("weather", ARGUMENTS), Call("clock", {"zone": "Asia/Tokyo"})]
    if kind in ("gemini", "llama"):
        return Reply(calls=calls)  # they cannot be told
    wanted(question.one_at_a_time, "the wish for one call at a time")
    return Reply(calls=calls[:1] if question.one_at_a_time else calls)


def failing_tool(question, kind):
    if not question.results:
        return Reply(calls=[Call("weather", ARGUMENTS)])
    result = question.results[0]
    wanted("boom" in result.text, f"the tool's error, but {result.text!r}")
    return Reply(text="It failed." if result.error else "It said boom.")


def tool_parts(question, kind):
    if not question.results:
        return Reply(calls=[Call("weather", ARGUMENTS)])
    text = question.results[0].text
    wanted("12 degrees" in text and "sunny" in text, f"both parts of the result, but {text!r}")
    return Reply(text="Both parts came.")


def tool_picture(question, kind):
    if not question.results:
        return Reply(calls=[Call("weather", ARGUMENTS)])
    blobs = question.results[0].blobs
    wanted([blob.data for blob in blobs] == [PNG], f"the picture in the result, but {blobs}")
    return Reply(text="I see it.")


def reasons(question, kind):
    wanted(question.reasoning or kind == "local", "the wish for reasoning")
    return Reply(text="It is forty-two.", reasoning=REASONING, signature=SIGNATURE, usage=Usage(text=7, reasoning=25))


def reasons_and_calls(question, kind):
    if not question.results:
        wanted(question.reasoning or kind == "local", "the wish for reasoning")
        return Reply(reasoning=REASONING, signature=SIGNATURE, calls=[Call("weather", ARGUMENTS)])
    signatures = [signature for turn in question.since for _, signature in turn.reasoning if signature]
    signatures += [asked.signature for turn in question.since for asked in turn.calls if asked.signature]
    wanted(all(one == SIGNATURE for one in signatures), f"the signature as it was given, but {signatures}")
    thoughts = [text for turn in question.since for text, signature in turn.reasoning if signature and text]
    wanted(all(one == REASONING for one in thoughts), f"the thought as it was given, but {thoughts}")
    return Reply(text=f"signature {'kept' if signatures else 'absent'}")


def redacted(question, kind):
    if not question.results:
        wanted(question.reasoning, "the wish for reasoning")
        return Reply(redacted=REDACTED, calls=[Call("weather", ARGUMENTS)])
    found = [data for turn in question.since for data in turn.redacted]
    wanted(all(one == REDACTED for one in found), f"the redacted thought as it was given, but {found}")
    return Reply(text=f"signature {'kept' if found else 'absent'}")


def fails(status, **options):
    """A scenario that is an error."""
    return lambda question, kind: Reply(trouble=Trouble(status, **options))
