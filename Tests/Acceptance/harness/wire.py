"""A strict HTTP/1.1 client over a raw socket: bytes out, parsed answers in, and nothing forgiven."""

import json
import re
import socket
import struct
from dataclasses import dataclass, field

STATUS_LINE = re.compile(rb"HTTP/1\.[01] ([1-9][0-9]{2}) ([\t\x20-\x7e\x80-\xff]*)\Z")
FIELD_LINE = re.compile(
    rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*"
    rb"[\x21-\x7e\x80-\xff])?)?)[ \t]*\Z"
)
CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,16})(;[\t\x20-\x7e\x80-\xff]*)?\Z")


class WireError(AssertionError):
    """The peer sent something that is not HTTP."""


class Cut(Exception):
    """The peer ended the connection before the message was complete; `answer` holds what came."""

    def __init__(self, message, answer=None):
        super().__init__(message)
        self.answer = answer


@dataclass
class Fields:
    """Header or trailer fields in the order they came."""

    lines: list = field(default_factory=list)

    def all(self, name):
        """Every value of a name."""
        return [value for key, value in self.lines if key.lower() == name.lower()]

    def get(self, name, default=None):
        """All values of a name, joined by comma; `default` where there is none."""
        values = self.all(name)
        return ", ".join(values) if values else default

    def __getitem__(self, name):
        values = self.all(name)
        if not values:
            raise AssertionError(f"no field {name} among {self.lines}")
        return ", ".join(values)

    def __contains__(self, name):
        return bool(self.all(name))

    def names(self):
        """The names in lower case."""
        return [key.lower() for key, _ in self.lines]


@dataclass
class Answer:
    """One final answer, with the interim ones that came before it."""

    status: int
    reason: str
    version: str
    headers: Fields
    body: bytes = b""
    trailers: Fields = field(default_factory=Fields)
    interim: list = field(default_factory=list)
    framing: str = "none"

    def json(self):
        """The body as JSON."""
        return json.loads(self.body)

    def problem(self):
        """The body as a problem document, its media type and status checked."""
        kind = self.headers.get("Content-Type", "")
        assert kind.split(";")[0].strip() == "application/problem+json", f"{self.status} {kind}: {self.body[:300]!r}"
        document = self.json()
        assert document["status"] == self.status, document
        return document


def encoded(method, target, headers=(), body=None, version="HTTP/1.1", host="gateway.test"):
    """A request as bytes; Host and Content-Length are added where they are missing."""
    lines = list(headers.items()) if isinstance(headers, dict) else list(headers)
    names = {name.lower() for name, _ in lines}
    if "host" not in names and host is not None:
        lines.insert(0, ("Host", host))
    if body is not None and not names & {"content-length", "transfer-encoding"}:
        lines.append(("Content-Length", str(len(body))))
    head = f"{method} {target} {version}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    return head.encode("latin-1") + (body or b"")


def chunked(*pieces, trailers=()):
    """Pieces in chunked coding, ended, with trailer fields."""
    coded = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces if piece)
    return coded + b"0\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in trailers) + b"\r\n"


class Reader:
    """Reads lines, counted bytes and chunked bodies from a socket; end of stream is told apart from a reset."""

    def __init__(self, sock):
        self.sock = sock
        self.pending = bytearray()
        self.ended = False
        self.was_reset = False

    def more(self):
        """Reads once; False at the end of the stream."""
        if self.ended:
            return False
        try:
            piece = self.sock.recv(65536)
        except (ConnectionResetError, BrokenPipeError):
            self.was_reset = True
            piece = b""
        except OSError as problem:
            if "EOF occurred" not in str(problem):
                raise
            piece = b""
        if not piece:
            self.ended = True
            return False
        self.pending += piece
        return True

    def line(self, limit=65536):
        """One line without its CRLF; a bare CR or LF is an error."""
        start = 0
        while (end := self.pending.find(b"\n", start)) < 0:
            start = len(self.pending)
            if start > limit:
                raise WireError("line too long")
            if not self.more():
                raise Cut(f"ended within a line: {bytes(self.pending)!r}")
        line = bytes(self.pending[: end + 1])
        del self.pending[: end + 1]
        if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            raise WireError(f"bare CR or LF: {line!r}")
        return line[:-2]

    def fields(self):
        """A field section up to its empty line."""
        lines = []
        while line := self.line():
            match = FIELD_LINE.match(line)
            if not match:
                raise WireError(f"not a field line: {line!r}")
            lines.append((match[1].decode(), match[2].decode("latin-1")))
        return Fields(lines)

    def exactly(self, count, sink):
        """Passes `count` bytes to `sink`."""
        left = count
        while left:
            if not self.pending and not self.more():
                raise Cut(f"ended {left} bytes before the end of the body")
            piece = bytes(self.pending[:left])
            del self.pending[: len(piece)]
            left -= len(piece)
            sink(piece)

    def chunks(self, sink):
        """Passes a chunked body to `sink` and returns its trailers."""
        while True:
            match = CHUNK_LINE.match(line := self.line())
            if not match:
                raise WireError(f"not a chunk size: {line!r}")
            size = int(match[1], 16)
            if size == 0:
                return self.fields()
            self.exactly(size, sink)
            if end := self.line():
                raise WireError(f"chunk data runs on: {end!r}")

    def rest(self, sink):
        """Passes everything up to the end of the stream to `sink`."""
        while True:
            if self.pending:
                sink(bytes(self.pending))
                self.pending.clear()
            if not self.more():
                return


class Connection:
    """A client's connection to the gateway, the console, or anything else that listens."""

    def __init__(self, address, tls=None, server_name=None, timeout=15.0, receive_buffer=None):
        self.sock = socket.socket()
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.settimeout(timeout)
        self.sock.connect(address)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self.sock = tls.wrap_socket(self.sock, server_hostname=server_name)
        self.reader = Reader(self.sock)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        """Ends the connection in the ordinary way."""
        self.sock.close()

    def reset(self):
        """Ends the connection with a reset."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def finish_sending(self):
        """Half-closes: no more bytes will come from here."""
        self.sock.shutdown(socket.SHUT_WR)

    def send(self, data):
        """Sends bytes; a peer that has already hung up is no error, for its answer may still be readable."""
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def ask(self, method, target, headers=(), body=None, version="HTTP/1.1", host="gateway.test"):
        """Sends one request and reads its answer."""
        self.send(encoded(method, target, headers, body, version, host))
        return self.answer(to=method)

    def answer(self, to="GET", sink=None):
        """Reads one answer to a request with the method `to`; raises `Cut` where it does not end properly."""
        interim = []
        while True:
            answer = self.head()
            if answer.status >= 200 or answer.status == 101:
                break
            interim.append(answer)
        answer.interim = interim
        self.body(answer, to, sink)
        return answer

    def head(self):
        """Reads one status line and header section."""
        line = self.reader.line()
        match = STATUS_LINE.match(line)
        if not match:
            raise WireError(f"not a status line: {line!r}")
        fields = self.reader.fields()
        return Answer(int(match[1]), match[2].decode("latin-1"), line[:8].decode(), fields)

    def body(self, answer, to="GET", sink=None):
        """Reads the body that belongs to `answer`, by the strictest reading of RFC 9112 section 6.3."""
        pieces = bytearray()
        take = sink or pieces.extend
        lengths, codings = answer.headers.all("Content-Length"), answer.headers.all("Transfer-Encoding")
        if len(lengths) > 1 or (lengths and codings) or len(codings) > 1:
            raise WireError(f"ambiguous framing: {lengths} {codings}")
        bodiless = to == "HEAD" or answer.status in (204, 304) or answer.status < 200
        if answer.status == 204 and (lengths or codings):
            raise WireError(f"204 with framing fields {lengths} {codings}")
        try:
            if bodiless:
                answer.framing = "none"
            elif codings:
                if codings[0].lower() != "chunked":
                    raise WireError(f"unexpected coding {codings[0]!r}")
                answer.framing = "chunked"
                answer.trailers = self.reader.chunks(take)
            elif lengths:
                if not re.fullmatch(r"[0-9]+", lengths[0]):
                    raise WireError(f"bad length {lengths[0]!r}")
                answer.framing = "length"
                self.reader.exactly(int(lengths[0]), take)
            else:
                answer.framing = "close"
                self.reader.rest(take)
                if self.reader.was_reset:
                    raise Cut("reset within a body that ends with the connection")
        except Cut as cut:
            answer.body = bytes(pieces)
            raise Cut(str(cut), answer) from None
        answer.body = bytes(pieces)

    def ended(self):
        """Whether the peer ends the connection without a further byte; fails if it says more."""
        leftover = bytearray()
        self.reader.rest(leftover.extend)
        assert not leftover, f"unexpected bytes before the end: {bytes(leftover)!r}"
        return True

    def silent(self, during=0.2):
        """Whether nothing comes for a while, with the connection open."""
        before = self.sock.gettimeout()
        self.sock.settimeout(during)
        try:
            return not self.reader.pending and self.reader.more() is None
        except TimeoutError:
            return True
        finally:
            self.sock.settimeout(before)


def ask(address, method, target, headers=(), body=None, **options):
    """One request on a connection of its own."""
    tls, name = options.pop("tls", None), options.pop("server_name", None)
    with Connection(address, tls=tls, server_name=name) as connection:
        return connection.ask(method, target, headers, body, **options)
