"""An upstream whose POSTs have effects that can be counted: each makes one more order."""

import json
import threading

from harness.items import as_json
from harness.keys import consumer
from harness.patience import eventually
from harness.upstream import Upstream

LONG_AGO = "Sun, 06 Nov 1994 08:49:37 GMT"
JSON = {"Content-Type": "application/json"}
ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
SOMEBODY = {"Authorization": "Basic c29tZWJvZHk6eA=="}
CONSUMERS = {"alice": consumer(ALICE), "bob": consumer(BOB)}
CONFLICT_MEMBERS = {
    "type",
    "title",
    "status",
    "detail",
    "instance",
    "kind",
    "origin",
    "request_id",
    "resource",
    "your_version",
    "current_version",
    "retryable",
    "retry_after_ms",
    "changed",
    "overlap",
    "resolutions",
}


class OrderDesk:
    """Takes orders at any path and numbers them; use it as a context."""

    def __init__(self, port=0):
        self.orders = []
        self.lock = threading.Lock()
        self.instead = None  # called with the exchange before the order is taken; True: it took over
        self.afterwards = None  # called after it is taken and before the answer; True: it took over
        self.upstream = Upstream(self.serve, port=port)
        self.url = self.upstream.url

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Stops the server."""
        self.upstream.stop()

    def forget(self):
        """Drops orders, records and scripts."""
        self.orders, self.instead, self.afterwards = [], None, None
        self.upstream.forget()

    def calls(self, *methods):
        """The requests that came, of some methods or all but GET."""
        return [r for r in self.upstream.requests if (r.method in methods if methods else r.method != "GET")]

    def serve(self, exchange):
        """The script."""
        request = exchange.request
        if not exchange.read_body():
            return
        if request.method == "GET":
            exchange.reply(200, JSON, as_json(len(self.orders)))
            return
        if self.instead and self.instead(exchange):
            return
        with self.lock:
            self.orders.append(request.body)
            number = len(self.orders)
        if self.afterwards and self.afterwards(exchange):
            return
        fields = [
            ("Content-Type", "application/vnd.order+json"),
            ("Location", f"/orders/{number}"),
            ("Set-Cookie", f"session={number}; Secure"),
            ("Date", LONG_AGO),
            ("X-Number", str(number)),
        ]
        exchange.reply(201, fields, b'{ "order" :  %d }\n' % number)


class Gate:
    """Holds every order back, before or after it is taken, until `open()`."""

    def __init__(self, desk, moment="afterwards"):
        self.release, self.held = threading.Event(), 0
        setattr(desk, moment, self._hold)

    def _hold(self, exchange):
        self.held += 1
        exchange.wait(self.release)
        return False

    def reached(self, count=1):
        """Returns once `count` orders are held."""
        eventually(lambda: self.held >= count, why=f"{count} orders reach the upstream")

    def open(self):
        """Lets everything go on."""
        self.release.set()


def idempotent(**more):
    """The policy `conflict` with idempotency keys."""
    return {"conflict": {"idempotency": {"required": True, **more}}}


def send(gateway, key, value=None, path="/orders", method="POST", who=SOMEBODY, **fields):
    """One order under a key (none where it is None); bytes are sent as they are."""
    body = value if isinstance(value, bytes) else as_json({"n": 1} if value is None else value)
    named = {name.replace("_", "-"): text for name, text in fields.items()}
    keyed = {} if key is None else {"Idempotency-Key": key}
    return gateway.ask(method, path, {**JSON, **who, **keyed, **named}, body)


def is_replay(answer):
    """Whether an answer says that it is a repetition."""
    return answer.headers.get("Idempotent-Replayed") == "true"


def assert_replays(first, second):
    """Fails unless the second answer is the first one again."""
    assert is_replay(second), (second.status, second.headers.lines, second.body[:300])
    assert not is_replay(first)
    assert (second.status, second.body) == (first.status, first.body)
    for name in ("Content-Type", "Location", "Content-Encoding", "X-Number"):
        assert second.headers.get(name) == first.headers.get(name), name


def assert_conflict(answer, status, kind, retryable=False):
    """Fails unless the gateway refused with a conflict of this kind; its problem document."""
    problem = answer.problem()
    assert (answer.status, problem["kind"], problem["origin"]) == (status, kind, "gateway"), problem
    assert CONFLICT_MEMBERS <= set(problem), CONFLICT_MEMBERS - set(problem)
    assert problem["retryable"] is retryable
    assert problem["type"] == f"/.well-known/parley/problems/{kind}"
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert answer.headers["Parley-Conflict"].startswith(f"{kind};id=")
    assert answer.headers["Parley-Conflict"].endswith(";origin=gateway")
    assert f'</.well-known/parley/problems/{kind}>; rel="describedby"' in answer.headers["Link"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not is_replay(answer)
    return problem


def assert_bad_key(answer):
    """Fails unless a key was refused with 400."""
    problem = answer.problem()
    assert (answer.status, problem["kind"], problem["origin"]) == (400, "bad-request", "gateway"), problem
    return json.dumps(problem)
