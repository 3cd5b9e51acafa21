"""One cell of the matrix: a surface, a provider, a scenario, unary or as a stream; and what must come of it."""

import json
from dataclasses import dataclass, replace
from decimal import Decimal

from harness.providers.clients import SURFACES
from harness.providers.clients.openai_responses import StreamFailed
from harness.providers.gaps import gap_of, losses_of
from harness.providers.material import ARGUMENTS, PDF, PNG, REASONING
from harness.providers.plays import described
from harness.providers.reply import Call
from harness.providers.script import SCENARIOS
from harness.providers.vectors import WIDTH, tokens, vector

# What the gateway makes of a provider's status; each surface says in its own way that there is too much to do.
STATUSES = {"error-400": 400, "error-429": 429, "error-500": 500, "error-529": 503, "garbage": 500}
OVERLOADED = {"anthropic": 529}
BROKEN = ("error-midstream", "truncated", "reset")
ADA = {"name": "Ada", "age": 36}
JSON_TEXTS = {"json-schema": ADA, "typed-schema": ADA, "json-object": {"ok": True}}
CALLS = {
    "one-tool": [("weather", ARGUMENTS)],
    "two-tools": [("weather", ARGUMENTS), ("clock", {"zone": "Asia/Tokyo"})],
    "text-and-tool": [("weather", ARGUMENTS)],
    "no-arguments": [("ping", {})],
    "one-at-a-time": [("weather", ARGUMENTS)],
    "choice-required": [("weather", ARGUMENTS)],
    "choice-named": [("weather", ARGUMENTS)],
}


@dataclass(frozen=True)
class Cell:
    """Where a row and a column of the table meet."""

    surface: str
    kind: str
    scenario: str
    mode: str

    def __str__(self):
        return f"{self.surface}-{self.kind}-{self.scenario}-{self.mode}"

    @property
    def row(self):
        """The scenario."""
        return SCENARIOS[self.scenario]

    @property
    def through(self):
        """Whether the bytes pass through: the provider speaks the surface's dialect."""
        return self.kind in SURFACES[self.surface].same

    @property
    def gap(self):
        """Why it cannot hold, if it cannot."""
        return gap_of(self)

    @property
    def status(self):
        """What the client gets where the provider fails."""
        if self.scenario == "error-529":
            return OVERLOADED.get(self.surface, STATUSES[self.scenario])
        return STATUSES[self.scenario]


def cells(direct=False):
    """All cells that make sense, or those that need no gateway."""
    found = []
    for surface in SURFACES.values():
        for row in SCENARIOS.values():
            for kind in sorted(row.kinds):
                if row.needs <= surface.features:
                    found += [Cell(surface.name, kind, row.name, mode) for mode in row.modes]
    if direct:
        found = [cell for cell in found if cell.through and not cell.gap and cell.scenario != "garbage"]
    return found


class Trial:
    """Runs a cell through a client, and looks at what the mock saw."""

    def __init__(self, cell, client, mock, model, direct=False, prices=None):
        self.cell, self.client, self.mock, self.model = cell, client, mock, model
        self.direct, self.prices = direct, prices
        self.row = cell.row
        self.notes = []

    def run(self):
        """Raises an AssertionError (or what the SDK raises) unless all is as it must be."""
        self.mock.forget()
        self.client.tap.forget()
        if self.cell.gap and self.cell.gap.refusal:
            return self.refused(self.cell.gap)
        if self.row.troubled:
            return self.broken() if self.row.name in BROKEN else self.trouble()
        self.fine()

    def fine(self):
        """A cell that must hold."""
        getattr(self, self.row.operation)()
        self.kept()
        if not self.direct:
            self.labels()

    def kept(self):
        """The provider has nothing to complain about, and its answer was taken whole."""
        violations = [violation.message for violation in self.mock.violations]
        assert not violations, f"{self.mock.kind} complains: {violations}"
        assert not self.mock.upstream.faults, self.mock.upstream.faults
        for record in self.mock.settled(len(self.mock.records)):
            assert record.outcome == "complete", f"{self.mock.kind} was left with a call that {record.outcome}"

    def labels(self):
        """What the gateway says of the call in its own header fields."""
        headers = {name.lower(): value for name, value in self.client.tap.headers.items()}
        lost, expected = self.client.tap.lost, losses_of(self.cell)
        assert lost == expected, f"Parley-Loss names {sorted(lost)}, not {sorted(expected)} (see gaps.py)"
        if lost:
            self.notes.append("loss: " + ", ".join(sorted(lost)))
        if not self.mock.records:
            return
        for name in ("parley-provider", "parley-model"):
            assert headers.get(name), f"no {name} among {sorted(headers)}"
        assert headers.get("parley-attempts") == "1", headers.get("parley-attempts")
        if self.cell.mode == "unary" and self.row.operation in ("ask", "parse") and self.row.usage:
            self.bill(headers)

    def bill(self, headers):
        """The tokens and the price of a unary call."""
        usage = self.mock.records[-1].reply.usage.seen_by(self.cell.kind)
        expected = f"in={usage.input}, out={usage.output}, cached={usage.read}"
        assert headers.get("parley-tokens") == expected, f"{headers.get('parley-tokens')!r} is not {expected!r}"
        if self.prices:
            counts = {
                "input": usage.fresh,
                "output": usage.output,
                "cache-read": usage.read,
                "cache-write": usage.write,
            }
            total = sum(Decimal(count) * self.prices[name] for name, count in counts.items()) / 1000000
            amount, currency = headers.get("parley-cost", "none none").split(" ")
            assert currency == "USD" and Decimal(amount) == total, f"{headers.get('parley-cost')} is not {total} USD"

    # Questions.

    def ask(self):
        """Asks, returns the results of tools if there are any, and looks at every answer."""
        prompt = self.row.prompt
        messages = self.client.messages(prompt)
        got = self.client.ask(self.model, prompt, messages, self.cell.mode == "stream")
        assert len(self.mock.records) == 1, f"{len(self.mock.records)} calls reached the provider, not 1"
        self.check(got, self.mock.records[-1].reply)
        if not self.row.results:
            return
        assert [name for name, _ in got.calls] == list(self.row.results), f"calls {got.calls}"
        messages = self.client.answered(messages, got, self.row.results)
        again = self.client.ask(self.model, prompt, messages, self.cell.mode == "stream")
        assert len(self.mock.records) == 2, f"{len(self.mock.records)} calls reached the provider, not 2"
        self.check(again, self.mock.records[-1].reply)
        self.check_results(again)

    def shaped(self, reply):
        """What the gateway makes of an answer where the provider cannot be asked for what is wanted."""
        name, kind = self.row.name, self.cell.kind
        if kind == "llama" and name in ("choice-required", "choice-named"):
            return replace(reply, text="", calls=[Call(*call) for call in CALLS[name]], finish="tool")
        if kind in ("gemini", "llama") and name == "one-at-a-time":
            return replace(reply, calls=reply.calls[:1])
        return reply

    def check(self, got, reply):
        """An answer against what the mock meant to say."""
        reply = self.shaped(reply)
        if self.row.name == "refusal":
            assert reply.refusal in (got.refusal, got.text), f"text {got.text!r}, refusal {got.refusal!r}"
        elif (self.row.name, self.cell.kind) == ("json-object", "claude"):
            assert json.loads(got.text) == json.loads(reply.text)  # the arguments of a call, in whatever spelling
        elif reply.finish != "filtered":
            assert got.text == reply.text, f"the text is {got.text!r}, not {reply.text!r}"
        finish = self.client.finish(reply.finish, self.cell.kind)
        if self.row.name == "blocked":
            finish = finish | self.client.finish("filtered", self.cell.kind)
        assert got.finish in finish, f"the reason is {got.finish!r}, not {' or '.join(sorted(finish))}"
        expected = [(call.name, call.arguments) for call in reply.calls]
        assert got.calls == expected, f"the calls are {got.calls}, not {expected}"
        if self.names_calls:
            assert len(got.ids) == len(got.calls) and all(got.ids), f"calls without a name: {got.ids}"
            assert len(set(got.ids)) == len(got.ids), f"calls of one name: {got.ids}"
        self.check_usage(got, reply)
        self.check_details(got, reply)
        models = {self.mock.model} if self.direct or self.cell.through else {self.model}
        if self.cell.kind == "local" and self.cell.surface != "openai-chat":
            models |= {self.model}
        assert got.model in models, f"the model is called {got.model!r}, not {' or '.join(models)}"

    @property
    def names_calls(self):
        """Whether each call has an identifier: Ollama's have none, of Gemini's only those that the gateway makes."""
        return not self.cell.surface.startswith("ollama") and not (self.cell.surface == self.cell.kind == "gemini")

    def check_usage(self, got, reply):
        """The numbers of the mock, in the surface's way of counting."""
        if not self.row.usage:
            return
        expected = self.client.numbers(reply.usage.seen_by(self.cell.kind))
        assert got.usage == expected, f"usage is {got.usage}, not {expected}"

    def check_details(self, got, reply):
        """What only some scenarios have."""
        name = self.row.name
        if reply.reasoning and self.shows_reasoning:
            assert got.reasoning == REASONING, f"the reasoning is {got.reasoning!r}"
        if self.cell.gap:
            return
        if name == "two-answers":
            assert got.answers == [reply.text] * 2, f"the answers are {got.answers}"
        if name in CALLS and not self.mock.records[-1].question.results:
            assert got.calls == CALLS[name], f"the calls are {got.calls}"
        if name == "stop" and self.cell.surface == "anthropic" and got.finish == "stop_sequence":
            assert got.stop_string == "END", got.stop_string
        if name in ("image", "document"):
            assert got.text == described(PNG if name == "image" else PDF), got.text
        if name == "system-middle":
            assert "Be brief." in got.text and "Be kind." in got.text, got.text
        if name in JSON_TEXTS:
            assert json.loads(got.text) == JSON_TEXTS[name], got.text

    @property
    def shows_reasoning(self):
        """Whether reasoning can be seen: OpenAI itself shows it in responses only."""
        return self.cell.kind != "openai" or (self.cell.surface == "openai-responses" and self.cell.through)

    def check_results(self, got):
        """What came of the tools' results."""
        if (
            self.row.name == "tool-error"
            and "result-error" in self.client.features
            and self.cell.kind in ("claude", "gemini")
        ):
            assert got.text == "It failed.", f"the result was not marked as an error: {got.text!r}"
        if self.row.name in ("reasoning-tool", "redacted"):
            expected = "signature kept" if self.keeps_signatures else "signature absent"
            assert got.text == expected, f"it should be {expected}, but: {got.text!r}"
            self.notes.append(got.text)

    @property
    def keeps_signatures(self):
        """Whether what the provider signed comes back to it: wherever the SDK has a field for it."""
        surface, kind = self.cell.surface, self.cell.kind
        if kind in ("openai", "local"):  # in chat they sign nothing
            return surface == "openai-responses" and self.cell.through
        if surface == "mistral":
            return kind == "mistral" or (kind == "claude" and self.row.name != "redacted")
        return kind != "llama" and not surface.startswith("ollama")

    # What is no question.

    def parse(self):
        """The SDK's own structured output."""
        assert self.client.parse(self.model, self.row.prompt) == ADA

    def models(self):
        """The list of models, and one of them."""
        names = self.client.models()
        assert self.model in names, f"{self.model} is not among {names}"
        if hasattr(self.client, "model"):
            assert self.client.model(self.model) == self.model
        if hasattr(self.client, "show"):
            assert self.client.show(self.model).capabilities is not None

    def count(self):
        """A count of tokens: exact where the provider counts."""
        count = self.client.count(self.model, self.row.prompt.text)
        if self.mock.records:
            assert count == self.mock.records[-1].reply.usage.input, count
        else:
            assert self.cell.kind not in ("claude", "gemini") and not self.cell.through, "the provider was not asked"
            assert 0 < count < 200, count
            self.notes.append("estimated")

    def embed(self):
        """Vectors, one or several, of any width, in either coding."""
        texts = [f"scenario:{self.row.name} one", "two"]
        width = 4 if self.row.name == "embed-dimensions" else None
        coding = "float" if self.row.name == "embed-float" else None
        vectors, count = self.client.embed(self.model, texts, width, coding)
        expected = [vector(text, width or WIDTH) for text in texts]
        assert [list(one) for one in vectors] == expected, vectors
        assert count == self.embedded_tokens(texts), f"{count} tokens, not {self.embedded_tokens(texts)}"

    def embedded_tokens(self, texts):
        """What the SDK must be told that vectors cost. Gemini tells nothing, where some SDKs need a number."""
        if self.cell.surface == "gemini":
            return None
        if self.cell.kind == "gemini":
            return None if self.cell.surface == "ollama-chat" else 0
        return tokens(texts)

    # What must fail, and how.

    def raised(self):
        """The exception of a call that must fail."""
        prompt = self.row.prompt
        try:
            got = self.client.ask(self.model, prompt, self.client.messages(prompt), self.cell.mode == "stream")
        except AssertionError as error:
            return error
        except Exception as error:
            return error
        raise AssertionError(f"it looks like a complete answer: {got}")

    def trouble(self):
        """An error before the first byte: the surface's envelope, the SDK's exception, and no invitation to retry."""
        error = self.raised()
        failure = self.client.failure(error)
        assert failure, f"{type(error).__name__}: {error}"
        assert failure.status == self.cell.status, f"status {failure.status}, not {self.cell.status}"
        assert isinstance(error, self.client.expected_error(failure.status)), type(error)
        if self.row.name == "error-400":
            assert "the mock dislikes this" in failure.message, failure.message
        headers = {name.lower(): value for name, value in self.client.tap.headers.items()}
        if self.row.name == "error-429":
            assert headers.get("retry-after"), f"no Retry-After among {sorted(headers)}"
        if not self.direct:
            assert headers.get("x-should-retry") == "false", headers.get("x-should-retry")
        self.once()

    def once(self):
        """The provider was asked once, and rightly."""
        assert not self.mock.violations, self.mock.violations
        assert len(self.mock.records) == 1, f"{len(self.mock.records)} calls reached the provider, not 1"

    def broken(self):
        """A stream that does not end as it should is told to be broken, in the surface's own way."""
        error = self.raised()
        self.once()
        if self.direct and self.row.name != "error-midstream":
            return
        told = isinstance(error, StreamFailed) or (not isinstance(error, AssertionError) and self.client.failure(error))
        assert told, f"nothing in the stream tells of the end, only: {type(error).__name__}: {error}"

    def refused(self, gap):
        """A cell that cannot hold: the surface's own 400, and the provider is not asked."""
        try:
            getattr(self, self.row.operation)()
        except Exception as error:
            failure = self.client.failure(error)
            assert failure, f"{type(error).__name__}: {error}"
            assert failure.status == 400 and isinstance(error, self.client.expected_error(400)), failure
            assert gap.refusal in failure.message, failure.message
            assert not self.mock.requests, self.mock.requests
            self.notes.append("400")
            return
        raise AssertionError(f"this works now; take it out of gaps.py: {gap.reason}")
