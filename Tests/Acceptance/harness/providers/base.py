"""What all mock providers share: sockets, records, streams, and the ways to misbehave."""

import gzip
import json
import select
import socket
import threading
import traceback
from collections import Counter
from urllib.parse import parse_qs, urlsplit

from harness.patience import eventually
from harness.providers.looking import Fault, parsed
from harness.providers.records import Record, Violation
from harness.providers.reply import Reply, Trouble
from harness.providers.script import play
from harness.upstream import Upstream, answer_head

JSON = "application/json"
SSE = "text/event-stream; charset=utf-8"
NDJSON = "application/x-ndjson"


class Gone(Exception):
    """The client has hung up."""


class MockProvider:
    """A provider on a free loopback port. Subclasses speak a dialect.

    `keys` are the API keys that it takes; the value says what is wrong with one (a `Trouble`), or None. `forbidden` are
    secrets that must never reach it. `always` overrides every answer, `queue` the next ones. `permit` names top-level
    fields that are let through although no vendor knows them.
    """

    kind = None
    media = SSE
    default_keys = ()
    model = None

    def __init__(self, keys=None, forbidden=()):
        self.keys = dict.fromkeys(self.default_keys) if keys is None else dict(keys)
        self.forbidden = tuple(forbidden)
        self.permit = set()
        self.always, self.queue = None, []
        self.violations, self.records = [], []
        self.billed = Counter()
        self.disconnects = 0
        self.gate = threading.Event()
        self.lock = threading.Lock()
        self.upstream = Upstream(self._serve)
        self.root = self.upstream.url

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it; whoever waits at the gate is let go."""
        self.gate.set()
        self.upstream.stop()

    @property
    def url(self):
        """What the configuration of a gateway names."""
        return self.root

    @property
    def key(self):
        """A key that it takes; None where it wants none."""
        return next((key for key, trouble in self.keys.items() if trouble is None), None)

    @property
    def requests(self):
        """What came, as it came."""
        return self.upstream.requests

    def forget(self):
        """Drops all records, and stops misbehaving."""
        with self.lock:
            self.violations, self.records = [], []
            self.billed, self.disconnects = Counter(), 0
            self.always, self.queue = None, []
            self.gate.clear()
        self.upstream.forget()

    def settled(self, count=1, within=5.0):
        """The records, once there are `count` and all have ended."""

        def ended():
            return len(self.records) >= count and all(record.outcome != "running" for record in self.records)

        eventually(ended, within, f"{count} calls of {self.kind} have ended")
        return self.records

    # What a dialect says for itself.

    def routes(self):
        """Pairs of (method, pattern of the path, handler(exchange, match))."""
        raise NotImplementedError

    def authorise(self, request):
        """Raises a `Fault` where the key is missing or wrong; answers the key."""
        raise NotImplementedError

    def error(self, status, message, fault=None, trouble=None):
        """The status, headers and body of an error."""
        raise NotImplementedError

    def midstream(self, question):
        """The event that tells of an error within a stream."""
        raise NotImplementedError

    # Serving.

    def _serve(self, exchange):
        if not exchange.read_body():
            return
        operation = exchange.request.method + " " + exchange.request.path
        try:
            self._dispatch(exchange)
        except Fault as fault:
            with self.lock:
                self.violations.append(Violation(operation, fault.message, fault.field, fault.code))
            self._refuse(exchange, fault.status, fault.message, fault=fault)
        except Gone:
            exchange.close()
        except OSError:
            raise
        except Exception as problem:  # a mock that fails must not look like a gateway that does
            with self.lock:
                self.violations.append(Violation(operation, "the mock itself failed: " + traceback.format_exc()))
            self._refuse(exchange, 500, f"the mock itself failed: {problem}")

    def _dispatch(self, exchange):
        request = exchange.request
        self._check_head(request)
        trouble = self.keys.get(self.authorise(request))
        path = urlsplit(request.target).path
        for method, pattern, handler in self.routes():
            match = pattern.fullmatch(path)
            if match and method == request.method:
                if trouble:
                    return self._refuse(exchange, trouble.status, trouble.message, trouble=trouble)
                return handler(exchange, match)
        raise Fault(f"Invalid URL ({request.method} {request.target})", status=404, code="no_such_route")

    def _check_head(self, request):
        for name, value in request.headers.lines:
            for secret in self.forbidden:
                if secret in value:
                    raise Fault(f"a consumer's key reached the provider in {name}", name, code="leak")
        for secret in self.forbidden:
            if secret in request.target:
                raise Fault("a consumer's key reached the provider in the URL", code="leak")
        for name in ("Authorization", "Content-Type", "x-api-key", "x-goog-api-key"):
            if len(request.headers.all(name)) > 1:
                raise Fault(f"{name} was sent twice", name)
        if request.method == "POST":
            media = request.headers.get("Content-Type", "").split(";")[0].strip().lower()
            if media != JSON:
                raise Fault(f"the content type is {media!r}, not {JSON}", "Content-Type", status=415)

    def query(self, request):
        """The parameters of the URL."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(request.target).query).items()}

    def body(self, exchange, known):
        """The JSON body, with those top-level fields at most."""
        value = parsed(exchange.request.body)
        if not isinstance(value, dict):
            raise Fault("the body is not an object")
        for name in value:
            if name not in known and name not in self.permit:
                raise Fault(f"Unknown parameter: '{name}'.", name, code="unknown_parameter")
        return value

    def check_model(self, model, where="model"):
        """Refuses a model that it does not have."""
        if model != self.model:
            raise Fault(
                f"The model `{model}` does not exist or you do not have access to it.", where, 404, "model_not_found"
            )

    def answer(self, exchange, question, whole, events):
        """Plays the scenario: `whole(question, reply)` makes a unary body, `events(question, reply)` a stream."""
        record = Record(question, received=exchange.request)
        with self.lock:
            self.records.append(record)
            override = self.queue.pop(0) if self.queue else self.always
        try:
            record.reply = self._reply(question, override)
            if record.reply.trouble:
                trouble = record.reply.trouble
                self._settle(record, "failed")
                self._refuse(exchange, trouble.status, quoting(trouble.message, question), trouble=trouble)
            elif question.stream and not record.reply.garbage:
                self._stream(exchange, record, events(question, record.reply))
            else:
                self._whole(exchange, record, whole(question, record.reply))
        except (Gone, BrokenPipeError, ConnectionResetError):
            self._settle(record, "disconnected")
            with self.lock:
                self.disconnects += 1
            raise
        except Fault:
            self._settle(record, "refused")
            raise

    def _reply(self, question, override):
        if isinstance(override, Trouble):
            return Reply(trouble=override)
        return override or play(question, self.kind)

    def _settle(self, record, outcome):
        """Ends a record, and bills what a vendor would bill: nothing before there was output."""
        with self.lock:
            record.outcome = outcome
            if outcome in ("refused", "failed") or record.reply is None:
                return
            usage = record.reply.usage.seen_by(self.kind).classes()
            if outcome != "complete":
                usage |= {"text": record.pieces, "reasoning": 0}
            record.billed = usage
            self.billed.update(usage)

    def _whole(self, exchange, record, value):
        body = record.reply.garbage or encoded(value)
        headers = {"Content-Type": "text/html" if record.reply.garbage else JSON} | self.headers()
        if record.reply.gzip:
            body = gzip.compress(body)
            headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        if record.reply.waits:
            self._wait(exchange)
        self._settle(record, "complete")
        exchange.reply(200, headers, body, "OK")

    def _stream(self, exchange, record, events):
        reply = record.reply
        head = {
            "Content-Type": self.media,
            "Transfer-Encoding": "chunked",
            "Cache-Control": "no-cache",
        } | self.headers()
        if reply.waits == "call":
            self._wait(exchange)
        text = answer_head(200, head | {"content-length": "0"}, b"", "OK")
        exchange.send(text.replace(b"content-length: 0\r\n", b""))
        if reply.waits == "head":
            self._wait(exchange)
        for event in events:
            data = self.framed(event, reply)
            if event.piece and record.pieces == 1:
                if reply.breaks:
                    return self._break(exchange, record)
                if reply.waits == "within":
                    self._send(exchange, data[: len(data) // 2])
                    data = data[len(data) // 2 :]
                if reply.waits in (True, "within"):
                    self._wait(exchange)
            self._send(exchange, data, reply.write_size)
            record.pieces += event.piece
            if reply.noise and event.piece:
                self._send(exchange, self.noise())
        self._settle(record, "complete")
        exchange.send(b"0\r\n\r\n")

    def _break(self, exchange, record):
        self._settle(record, "broken")
        if record.reply.breaks == "error":
            self._send(exchange, self.framed(self.midstream(record.question), record.reply))
        if record.reply.breaks == "reset":
            return exchange.reset()
        exchange.send(b"0\r\n\r\n")

    def _wait(self, exchange):
        """Until the gate opens, or the client hangs up."""
        while not self.gate.is_set() and not self.upstream.stopping.is_set():
            readable, _, _ = select.select([exchange.sock], [], [], 0.005)
            if readable:
                try:
                    if not exchange.sock.recv(1, socket.MSG_PEEK):
                        raise Gone
                except ConnectionResetError:
                    raise Gone from None
                self.gate.wait(0.005)

    def _send(self, exchange, data, size=None):
        """Sends chunks, each in a write of its own."""
        size = size or len(data) or 1
        for start in range(0, len(data), size):
            piece = data[start : start + size]
            exchange.send(b"%x\r\n%s\r\n" % (len(piece), piece))

    def _refuse(self, exchange, status, message, fault=None, trouble=None):
        status, headers, body = self.error(status, message, fault, trouble)
        if trouble and trouble.retry_after is not None:
            headers = {"retry-after": str(trouble.retry_after)} | headers
        exchange.reply(status, {"Content-Type": JSON} | self.headers() | headers, encoded(body), "No")

    def headers(self):
        """What the vendor adds to every answer."""
        return {"x-request-id": "req_mock"}

    def framed(self, event, reply):
        """An event as Server-Sent Events."""
        if event.raw is not None:
            return event.raw
        end = b"\r\n" if reply.crlf else b"\n"
        name = b"event: " + event.name.encode() + end if event.name else b""
        data = event.data if isinstance(event.data, bytes) else encoded(event.data)
        return name + b"data: " + data + end + end

    def noise(self):
        """What a client must overlook."""
        return b": keep-alive\n\n"

    def simple(self, exchange, value, status=200):
        """An answer that is no model's."""
        exchange.reply(status, {"Content-Type": JSON} | self.headers(), encoded(value), "OK")


def encoded(value):
    """JSON as bytes, with characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def quoting(message, question):
    """An error's message as vendors write them: with the words that it is about."""
    return f"{message}: {question.text!r}" if question.text else message


def bearer(request):
    """The token of an Authorization field; None where there is none."""
    value = request.headers.get("Authorization", "")
    return value[7:] if value.startswith("Bearer ") else None
