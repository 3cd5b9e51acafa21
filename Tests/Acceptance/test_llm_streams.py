"""Streams of the AI surfaces (contract 6): at once, honest about their end, and over when the client is gone."""

import json

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.models import ALIASES, KEY, ai_configuration, ai_gateway, client, hello, mocks, one_of_each
from harness.patience import eventually, settles
from harness.providers.material import UNICODE
from harness.providers.raw import CHAT, SPOKEN_BY, SURFACES
from harness.providers.reply import Reply

NAMES = [raw.name for raw in CHAT]
# What each surface says of a stream that broke, and what it must not say then.
BROKEN = {
    "openai-chat": (b'"error"', b"[DONE]"),
    "openai-completions": (b'"error"', b"[DONE]"),
    "openai-responses": ((b"event: response.failed", b"event: error"), b"response.completed"),
    "anthropic": (b"event: error", b"message_stop"),
    "gemini": (b'"error"', b'"finishReason"'),
    "mistral": (b'"error"', b"[DONE]"),
    "ollama-chat": (b'{"error"', b'"done":true'),
    "ollama-generate": (b'{"error"', b'"done":true'),
}


@pytest.fixture(scope="module")
def providers(shared):
    return mocks(shared)


@pytest.fixture(scope="module")
def gateway(shared, providers):
    return ai_gateway(shared, providers)


@pytest.fixture(autouse=True)
def forgotten(providers):
    for mock in providers.values():
        mock.forget()


def kinds(name):
    """The provider of the surface's own dialect, and one of another."""
    own = SPOKEN_BY[name]
    return [own, "claude" if own != "claude" else "openai"]


def both():
    """Every surface, passed through and translated."""
    return [pytest.param(name, kind, id=f"{name}-{kind}") for name in NAMES for kind in kinds(name)]


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_piece_is_there_before_the_next_is_made(gateway, providers, name, kind):
    raw, mock = SURFACES[name], providers[kind]
    with wire.Connection(gateway.address) as connection:
        connection.send(raw.request(ALIASES[kind], "scenario:slow", KEY))
        answer = connection.head()
        assert answer.status == 200
        seen = bytearray()

        def look(piece):
            seen.extend(piece)
            if b"One" in seen and not mock.gate.is_set():
                assert b"by" not in seen
                mock.gate.set()

        connection.body(answer, "POST", look)
    assert mock.gate.is_set(), bytes(seen)
    assert mock.settled()[0].outcome == "complete"
    assert answer.headers["Content-Type"].split(";")[0] == raw.media
    assert "Content-Length" not in answer.headers
    assert "Content-Encoding" not in answer.headers
    if raw.envelope != "ollama":
        assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(("name", "kind"), both())
def test_a_client_that_leaves_ends_the_providers_work(gateway, providers, name, kind):
    raw, mock = SURFACES[name], providers[kind]
    with wire.Connection(gateway.address) as connection:
        connection.send(raw.request(ALIASES[kind], "scenario:slow", KEY))
        assert connection.head().status == 200
        eventually(lambda: mock.records and mock.records[0].pieces == 1)
    eventually(lambda: mock.disconnects == 1, why="the provider notices")
    assert mock.records[0].outcome == "disconnected"


@pytest.mark.parametrize("name", NAMES)
def test_a_client_that_leaves_before_the_answer_ends_the_providers_work(gateway, providers, name):
    raw, kind = SURFACES[name], "claude" if SPOKEN_BY[name] != "claude" else "openai"
    mock = providers[kind]
    with wire.Connection(gateway.address) as connection:
        connection.send(raw.request(ALIASES[kind], "scenario:slow", KEY, stream=False))
        eventually(lambda: len(mock.records) == 1)
    eventually(lambda: mock.disconnects == 1, why="the provider notices")


@pytest.mark.parametrize(("name", "kind"), both())
@pytest.mark.parametrize("breaks", ["end", "reset", "error"])
def test_a_stream_that_breaks_never_looks_complete(stage, providers, name, kind, breaks):
    raw, mock = SURFACES[name], providers[kind]
    made, models = one_of_each({kind: mock})
    gateway = stage.gateway(ai_configuration(made, models))
    mock.always = Reply(text="Half of it", breaks=breaks)
    try:
        answer = raw.ask(gateway, ALIASES[kind], "hello", KEY, stream=True)
    except wire.Cut as cut:  # the connection may end with the stream, once the error has been told
        answer = cut.answer
    told, never = BROKEN[name]
    assert answer.status == 200
    assert any(word in answer.body for word in (told if isinstance(told, tuple) else (told,))), answer.body
    assert never not in answer.body, answer.body
    assert b"Half" in answer.body, answer.body
    assert len(mock.records) == 1


@pytest.mark.parametrize("name", NAMES)
def test_before_the_first_byte_nothing_is_promised(gateway, providers, name):
    raw, mock = SURFACES[name], providers["openai"]
    with wire.Connection(gateway.address) as connection:
        # The unary answer of the mock waits for the gate: so does the first byte of all there is.
        connection.send(raw.request("m-openai", "scenario:slow", KEY, stream=False))
        eventually(lambda: len(mock.records) == 1)
        assert connection.silent()
        mock.gate.set()
        assert connection.answer("POST").status == 200


def chunks(answer):
    """The objects of an OpenAI stream."""
    lines = [line[6:] for line in answer.body.decode().split("\n") if line.startswith("data: ")]
    assert lines[-1].strip() == "[DONE]", lines
    return [json.loads(line) for line in lines[:-1]]


@pytest.mark.parametrize("kind", ["openai", "local", "claude"])
@pytest.mark.parametrize("options", [None, {}, {"include_usage": False}, {"include_obfuscation": False}])
def test_a_usage_chunk_that_was_not_asked_for_is_hidden(gateway, providers, kind, options):
    raw = SURFACES["openai-chat"]
    members = {} if options is None else {"stream_options": options}
    answer = raw.ask(gateway, ALIASES[kind], "hello", KEY, stream=True, **members)
    found = chunks(answer)
    if kind != "local":  # its own usage is in chunks that have choices, and passes
        assert not [chunk for chunk in found if chunk.get("usage")], found
        assert not [chunk for chunk in found if not chunk["choices"]], found
    assert found[-1]["choices"][0]["finish_reason"] == "stop"
    assert not providers[kind].violations


def test_metering_asks_openai_for_usage(gateway, providers):
    SURFACES["openai-chat"].ask(gateway, "m-openai", "hello", KEY, stream=True)
    assert providers["openai"].records[0].question.include_usage


@pytest.mark.parametrize("kind", ["openai", "local", "claude", "gemini", "mistral", "llama"])
def test_a_usage_chunk_that_was_asked_for_comes_once(gateway, kind):
    options = {"stream_options": {"include_usage": True}}
    found = chunks(SURFACES["openai-chat"].ask(gateway, ALIASES[kind], "hello", KEY, stream=True, **options))
    last = [chunk for chunk in found if not chunk["choices"]]
    assert len(last) == 1 and found[-1] is last[0]
    assert last[0]["usage"]["prompt_tokens"] == 12 and last[0]["usage"]["completion_tokens"] == 7


@pytest.mark.parametrize("kind", ["openai", "claude", "gemini"])
def test_lines_of_json_hold_no_separators_of_lines(gateway, kind):
    raw = SURFACES["ollama-chat"]
    answer = raw.ask(gateway, ALIASES[kind], f"scenario:unicode {UNICODE}", KEY, stream=True)
    lines = answer.body.decode().splitlines()
    assert all(json.loads(line)["model"] for line in lines)
    assert "".join(json.loads(line)["message"]["content"] for line in lines) == UNICODE


@pytest.mark.parametrize("kind", ["openai", "claude", "gemini"])
def test_lines_of_json_survive_a_next_line_character(stage, gateway, providers, kind):
    # Python's clients of Ollama break lines at U+0085 too.
    providers[kind].always = Reply(text="one\x85two\u2029three")
    got = hello(client(stage, "ollama-chat", gateway.url), ALIASES[kind], stream=True)
    assert got.text == "one\x85two\u2029three"


@pytest.mark.parametrize("kind", ["openai", "claude", "gemini", "local"])
def test_mistral_gets_whole_calls(gateway, kind):
    tool = {"type": "function", "function": {"name": "ping", "parameters": {"type": "object", "properties": {}}}}
    answer = SURFACES["mistral"].ask(gateway, ALIASES[kind], "scenario:no-arguments", KEY, stream=True, tools=[tool])
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks(answer)]
    calls = [call for delta in deltas for call in delta.get("tool_calls") or []]
    assert [call["function"]["name"] for call in calls] == ["ping"]
    assert json.loads(calls[0]["function"]["arguments"]) == {}
    assert len(calls[0]["id"]) == 9 and calls[0]["id"].isalnum()


def test_events_that_nobody_knows_pass_through(gateway, providers):
    mock = providers["claude"]
    mock.always = Reply(text="Signal.", noise=True)
    mock.noise = lambda: b'event: from_the_future\ndata: {"type": "from_the_future", "n": 1.0e0}\n\n'
    try:
        answer = SURFACES["anthropic"].ask(gateway, "m-claude", "hello", KEY, stream=True)
    finally:
        del mock.noise
    assert answer.body.count(b'event: from_the_future\ndata: {"type": "from_the_future", "n": 1.0e0}\n\n') == 3
    assert b"message_stop" in answer.body


def test_events_that_nobody_knows_are_overlooked_in_translation(stage, gateway, providers):
    mock = providers["claude"]
    mock.always = Reply(text="Signal.", noise=True)
    mock.noise = lambda: b'event: from_the_future\ndata: {"type": "from_the_future"}\n\n'
    try:
        got = hello(client(stage, "openai-chat", gateway.url), "m-claude", stream=True)
    finally:
        del mock.noise
    assert got.text == "Signal."


def test_many_streams_at_once_stay_apart(stage, providers):
    mock = providers["openai"]
    gateway = stage.gateway(ai_configuration(*one_of_each({"openai": mock})))
    raw = SURFACES["anthropic"]
    connections = [stage.keep(wire.Connection(gateway.address)) for _ in range(20)]
    for connection in connections:
        connection.send(raw.request("m-openai", "scenario:slow", KEY))
    eventually(lambda: sum(record.pieces == 1 for record in list(mock.records)) == 20)
    for connection in connections[::2]:
        connection.close()
    eventually(lambda: mock.disconnects == 10)
    mock.gate.set()
    for connection in connections[1::2]:
        answer = connection.answer("POST")
        assert answer.body.count(b"event: message_stop") == 1
    assert sorted(record.outcome for record in mock.settled(20)) == ["complete"] * 10 + ["disconnected"] * 10


# Silence.

# What each surface is sent in a silence; None where nothing may be.
PINGS = dict.fromkeys(NAMES, b": ping\n\n") | {
    "anthropic": b'event: ping\ndata: {"type": "ping"}\n\n',
    "gemini": b"\n",
    "ollama-chat": None,
    "ollama-generate": None,
}
LIVELY = {"ai": {"llm": {"keep-alive": "1s"}, "policies": {"key-auth": {}}}}


class Listener:
    """A stream that is read beside the test."""

    def __init__(self, stage, gateway, raw, model, target=None):
        self.raw, self.ping, self.seen, self.status = raw, PINGS[raw.name], bytearray(), None
        self.connection = stage.keep(wire.Connection(gateway.address))
        request = raw.request(model, "hello", KEY)
        self.connection.send(request.replace(raw.target(model, True).encode(), target.encode()) if target else request)
        self.reading = Meanwhile(self.read)

    def read(self):
        """Reads head and body."""
        answer = self.connection.head()
        self.status = answer.status
        self.connection.body(answer, "POST", self.seen.extend)
        return answer

    def pings(self, since=0):
        """How often it was pinged since so many bytes; fails if anything else came."""
        came = bytes(self.seen[since:])
        count = len(came) // len(self.ping) if self.ping else 0
        assert came == (self.ping or b"") * count, (self.raw.name, came)
        return count


@pytest.fixture(scope="module")
def lively(shared, providers):
    """A gateway that breaks silences after a second."""
    return ai_gateway(shared, providers, services=LIVELY)


@pytest.fixture
def two_pings(stage, lively, providers):
    """Waits as long as a gateway takes to ping a silent stream twice, by such a stream of its own."""

    def wait():
        own = Listener(stage, lively, SURFACES["openai-chat"], "m-local")
        eventually(lambda: b"One" in own.seen)
        came = settles(lambda: len(own.seen), 0.05)
        eventually(lambda: own.pings(came) >= 2, 10, "two pings")

    return wait


@pytest.mark.parametrize("waits", [True, "head", "within", "call"], ids=["piece", "head", "within", "call"])
def test_a_silence_is_broken_in_the_surfaces_own_way(stage, lively, providers, two_pings, waits):
    """After the first piece, after the head, within an event (where nothing may be put in); never before the head."""
    for kind, mock in providers.items():
        mock.always = Reply(text="One by one.", waits=True if kind == "local" else waits)
    pairs = [(name, kind) for name in NAMES for kind in kinds(name)]
    listeners = {pair: Listener(stage, lively, SURFACES[pair[0]], ALIASES[pair[1]]) for pair in pairs}
    array = SURFACES["gemini"].target("m-gemini", True).split("?")[0]
    listeners["gemini", "array"] = Listener(stage, lively, SURFACES["gemini"], "m-gemini", array)
    listeners["gemini", "array"].ping = None
    if waits in (True, "within"):
        eventually(lambda: all(b"One" in one.seen for one in listeners.values()), 10)
    else:
        eventually(lambda: sum(len(mock.records) for mock in providers.values()) == len(listeners), 10)
    came = {pair: settles(lambda one=one: len(one.seen), 0.05) for pair, one in listeners.items()}
    two_pings()
    for pair, one in listeners.items():
        pinged = one.pings(came[pair])
        assert pinged >= 1 if one.ping and waits != "call" else pinged == 0, (pair, pinged)
        assert (one.status is None) == (waits == "call" or (waits == "head" and not one.ping)), (pair, one.status)
    for mock in providers.values():
        mock.gate.set()
    for (name, kind), one in listeners.items():
        assert one.reading.result().status == 200
        told, end = BROKEN[name]
        assert end in one.seen, (name, kind, bytes(one.seen))
        assert not any(word in one.seen for word in (told if isinstance(told, tuple) else (told,))), (name, kind)


def test_the_sdks_overlook_pings(stage, lively, providers, two_pings):
    for mock in providers.values():
        mock.always = Reply(text="One by one.", waits=True)
    pairs = [(name, kind) for name in NAMES for kind in kinds(name)]
    clients = [client(stage, name, lively.url) for name, _ in pairs]
    asked = [
        Meanwhile(lambda made=made, kind=kind: hello(made, ALIASES[kind], stream=True))
        for made, (_, kind) in zip(clients, pairs, strict=True)
    ]
    eventually(lambda: sum(record.pieces for mock in providers.values() for record in list(mock.records)) == len(pairs))
    two_pings()
    assert all(one.running for one in asked)
    for mock in providers.values():
        mock.gate.set()
    assert [one.result().text for one in asked] == ["One by one."] * len(pairs)


@pytest.mark.parametrize("stream", [False, True])
def test_what_the_route_sets_stands_once(stage, providers, stream):
    fields = {"Date": "Mon, 01 Jan 2024 00:00:00 GMT", "Content-Type": "text/plain"}
    services = {"ai": {"llm": {}, "policies": {"key-auth": {}, "headers": {"response": {"set": fields}}}}}
    gateway = ai_gateway(stage, providers, services=services)
    raw = SURFACES["openai-chat"]
    answer = raw.ask(gateway, "m-openai", "hello", KEY, stream)
    assert answer.status == 200, answer.body
    assert answer.headers.all("Date") == [fields["Date"]]
    assert len(answer.headers.all("Content-Type")) == 1
    assert answer.headers["Content-Type"].startswith(raw.media if stream else "application/json"), "its body is what it is"
