"""What calls of models may cost, what they did cost, and crowds of calls at one moment."""

import json
import select
from contextlib import ExitStack
from decimal import Decimal
from math import floor

from harness import wire
from harness.keys import consumer
from harness.models import KEY, ai_configuration, model_entry, provider_entry
from harness.patience import eventually
from harness.wire import encoded

# Plain input and output alone, so that the upper bound of a call has one reading; each token shows in the cost.
PLAIN = {"input": 1000, "output": 2000}
# Every class of tokens at a price of its own, with as many decimals as there may be.
ODD = {
    "input": 0.123457,
    "output": 0.654321,
    "cache-read": 0.012347,
    "cache-write": 0.271829,
    "reasoning": 0.707107,
}
MILLION = Decimal(1000000)


def cost(classes, prices=PLAIN):
    """What tokens by class cost; classes without a price of their own cost what the plain ones do."""
    prices = {name: Decimal(str(price)) for name, price in prices.items()}
    names = {
        "fresh": prices["input"],
        "read": prices.get("cache-read", prices["input"]),
        "write": prices.get("cache-write", prices["input"]),
        "text": prices["output"],
        "reasoning": prices.get("reasoning", prices["output"]),
    }
    return sum((classes.get(name, 0) * price for name, price in names.items()), Decimal(0)) / MILLION


def most(size, limit, prices=PLAIN):
    """The upper bound of a call with a body of `size` bytes that may be answered with `limit` tokens."""
    return cost({"fresh": size, "text": limit}, prices)


def written(amount):
    """An amount as headers and the console write it: six decimals, more where they are not zero."""
    text = f"{amount:.12f}"
    whole, decimals = text.split(".")
    return f"{whole}.{decimals[:6]}{decimals[6:].rstrip('0')}"


def budget(amount, every="30d", **options):
    """A budget, as the configuration has it; what it cannot say exactly is cut off."""
    amount = floor(amount * MILLION) / MILLION
    return {"budget": {"amount": f"{amount:.6f}", "currency": "USD", "every": every}} | options


class Asked:
    """A call as bytes; `size` is what its body weighs."""

    def __init__(self, raw, model, text="hello", key=KEY, stream=False, fields=(), **members):
        body = json.dumps(raw.body(model, text, stream, **members)).encode()
        self.raw, self.size = raw, len(body)
        self.data = encoded("POST", raw.target(model, stream), raw.headers(key) | dict(fields), body)

    def at(self, gateway):
        """Its answer; of one that is cut off, what there is of it."""
        with wire.Connection(gateway.address) as connection:
            connection.send(self.data)
            try:
                return connection.answer("POST")
            except wire.Cut as cut:
                return cut.answer


class Crowd:
    """So many connections with one call on each."""

    def __init__(self, gateway, asked, count):
        self.stack = ExitStack()
        self.connections = [self.stack.enter_context(wire.Connection(gateway.address)) for _ in range(count)]
        for connection in self.connections:
            connection.send(asked.data)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def waiting(self):
        """How many have no byte of an answer yet."""
        poll = select.poll()
        for connection in self.connections:
            poll.register(connection.sock, select.POLLIN)
        return len(self.connections) - len(poll.poll(0))

    def answers(self):
        """All answers."""
        return [connection.answer("POST") for connection in self.connections]


def limited(stage, mocks, allowance, *, model=None, groups=None, consumers=None, **gateway):
    """A gateway whose consumer `alice` is under `allowance`; the alias of each mock is its kind."""
    providers = {kind: provider_entry(mock) for kind, mock in mocks.items()}
    options = {"prices": PLAIN} if model is None else model
    models = {kind: model_entry((kind, mock), **options) for kind, mock in mocks.items()}
    models = {name: {key: value for key, value in entry.items() if value is not None} for name, entry in models.items()}
    consumers = consumers or {"alice": consumer(KEY) | allowance}
    made = ai_configuration(providers, models, consumers=consumers, **gateway)
    return stage.gateway(made | ({"groups": groups} if groups else {}))


def spent(mock, prices=PLAIN):
    """What a provider would charge, by its own count."""
    return cost(mock.billed, prices)


def leave(gateway, call, word, provider_noticed, meanwhile=lambda: None):
    """Begins a stream and hangs up once `word` has come; returns when the provider has noticed.

    `meanwhile` is done while the stream stands.
    """
    with wire.Connection(gateway.address) as connection:
        connection.send(call.data)
        assert connection.head().status == 200
        while word not in connection.reader.pending:
            assert connection.reader.more(), "the stream ended"
        meanwhile()
    eventually(provider_noticed, why="the provider notices")


def calls_in_ledger(gateway, count, within=10.0, **query):
    """All calls that the ledger has, newest first, once there are so many."""
    return eventually(lambda: len(found := all_calls(gateway, **query)) >= count and found, within, f"{count} calls")


def all_calls(gateway, **query):
    """All pages of the ledger."""
    found, after = [], {}
    while True:
        answer = gateway.console("/api/v1/usage/calls", limit=100, **query, **after)
        assert answer.status == 200, answer.body
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


def usage_by(gateway, key, **query):
    """The sums of the ledger by a key."""
    answer = gateway.console("/api/v1/usage", by=key, **query)
    assert answer.status == 200, answer.body
    return {item["key"]: item for item in answer.json()["items"]}


def told(classes):
    """Tokens by class as the console tells them."""
    return {
        "input": classes["fresh"] + classes["read"] + classes["write"],
        "cache_read": classes["read"],
        "cache_write": classes["write"],
        "output": classes["text"] + classes["reasoning"],
        "reasoning": classes["reasoning"],
    }


NOTHING = dict.fromkeys(("fresh", "read", "write", "text", "reasoning"), 0)


# Who counts in each event of a stream, or in its first, and not only in the last.
COUNTS_AT_ONCE = ("claude", "gemini", "local")


def owed(kind, record, first_piece):
    """What one of a mock's records makes due, by class, and whether that is an estimate.

    A whole answer costs what the mock counted. Half a stream costs what the mock had told until then, and where that is
    nothing, four bytes a token of what was sent and of the first piece. Without any output nothing is due.
    """
    if record.outcome == "complete":
        if record.reply.usage_place != "none":
            return record.billed, False
        written_out = len(record.reply.text)
    elif record.outcome in ("broken", "disconnected") and record.pieces:
        if kind in COUNTS_AT_ONCE:
            return record.billed, False
        written_out = len(first_piece)
    else:
        return NOTHING, False
    return NOTHING | {"fresh": len(record.received.body) // 4, "text": -(-written_out // 4)}, True
