"""A scripted upstream: a thread per connection, exact records of what came, and every kind of misbehaviour."""

import socket
import struct
import threading
from dataclasses import dataclass, field
from email.utils import formatdate

from harness.patience import eventually
from harness.wire import Cut, Fields, Reader, WireError


@dataclass
class Received:
    """One request as it came."""

    method: str
    target: str
    version: str
    headers: Fields
    head: bytes
    connection: int
    body: bytes = b""
    trailers: Fields = field(default_factory=Fields)
    complete: bool = False
    fault: str = None

    @property
    def path(self):
        """The target without its query."""
        return self.target.split("?")[0]


class Exchange:
    """One request in the hands of a script."""

    def __init__(self, upstream, sock, reader, request):
        self.upstream = upstream
        self.sock = sock
        self.reader = reader
        self.request = request
        self.finished = False

    def read_body(self, sink=None):
        """Reads the body to its end (once); answers whether it was complete."""
        request = self.request
        if request.complete or request.fault:
            return request.complete
        pieces = bytearray()
        take = sink or pieces.extend
        try:
            if "Transfer-Encoding" in request.headers:
                if "Content-Length" in request.headers or request.headers["Transfer-Encoding"] != "chunked":
                    raise WireError(f"framing the gateway must not send: {request.headers.lines}")
                request.trailers = self.reader.chunks(take)
            elif "Content-Length" in request.headers:
                self.reader.exactly(int(request.headers["Content-Length"]), take)
            request.complete = True
        except (Cut, WireError, OSError) as fault:
            request.fault = f"{type(fault).__name__}: {fault}"
        request.body = bytes(pieces)
        return request.complete

    def send(self, data):
        """Sends raw bytes."""
        self.sock.sendall(data)

    def reply(self, status=200, headers=(), body=b"", reason="Because"):
        """Reads the rest of the request and sends an answer with a Content-Length (unless it can have none)."""
        if not self.read_body():
            self.close()
            return
        self.send(answer_head(status, headers, body, reason, self.request.method))
        if self.request.method != "HEAD" and status not in (204, 304):
            self.send(body)

    def wait(self, event, within=25.0):
        """Holds the answer back until `event` is set or the upstream stops."""
        waited = threading.Event()
        end = within
        while end > 0 and not event.is_set() and not self.upstream.stopping.is_set():
            waited.wait(0.005)
            end -= 0.005
        return event.is_set()

    def gone(self, within=5.0):
        """Whether the gateway ends this connection within a while."""
        self.sock.settimeout(within)
        try:
            while self.sock.recv(65536):
                pass
            return True
        except ConnectionResetError:
            return True
        except TimeoutError:
            return False

    def close(self):
        """Ends the connection in the ordinary way."""
        self.finished = True
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def reset(self):
        """Ends the connection with a reset."""
        self.finished = True
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


def answer_head(status, headers=(), body=b"", reason="Because", method="GET"):
    """A status line and header section with Date and Content-Length."""
    lines = list(headers.items()) if isinstance(headers, dict) else list(headers)
    names = {name.lower() for name, _ in lines}
    if "date" not in names:
        lines.append(("Date", formatdate(usegmt=True)))
    if "content-length" not in names and status not in (204, 304):
        lines.append(("Content-Length", str(len(body))))
    text = f"HTTP/1.1 {status} {reason}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    return text.encode("latin-1")


def hello(exchange):
    """The default script: 200 and a word."""
    exchange.reply(200, {"Content-Type": "text/plain"}, b"hello")


class Upstream:
    """Listens on a free loopback port and runs `script(exchange)` for every request."""

    def __init__(self, script=hello, tls=None, port=0):
        self.script = script
        self.tls = tls
        self.requests = []
        self.connections = 0
        self.faults = []
        self.stopping = threading.Event()
        self.open = set()
        self.sockets = {}
        self.lock = threading.Lock()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", port))
        self.listener.listen(512)
        self.address = self.listener.getsockname()
        self.port = self.address[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Closes the port and every connection."""
        self.stopping.set()
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.listener.close()
        with self.lock:
            for sock in self.open:
                try:
                    sock.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def cut(self, connection):
        """Ends one connection, by its number."""
        with self.lock:
            self.sockets[connection].shutdown(socket.SHUT_RDWR)

    def wait_for(self, count, within=5.0):
        """The requests, once there are `count` of them."""
        eventually(lambda: len(self.requests) >= count, within, f"{count} requests upstream")
        return self.requests

    def only(self):
        """The one request that came; fails if there were none or several."""
        assert len(self.requests) == 1, [(r.method, r.target) for r in self.requests]
        return self.requests[0]

    def forget(self):
        """Drops the records."""
        self.requests = []

    def completed(self):
        """The requests that came whole."""
        return [request for request in self.requests if request.complete]

    def _accept(self):
        while not self.stopping.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                self.connections += 1
                number = self.connections
                self.open.add(sock)
                self.sockets[number] = sock
            threading.Thread(target=self._serve, args=(sock, number), daemon=True).start()

    def _serve(self, sock, number):
        plain = sock
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                sock = self.tls.wrap_socket(sock, server_side=True)
            self._converse(sock, number)
        except (OSError, Cut):
            pass
        except WireError as fault:
            self.faults.append(str(fault))
        finally:
            with self.lock:
                self.open.discard(plain)
                self.sockets.pop(number, None)
            sock.close()

    def _converse(self, sock, number):
        reader = Reader(sock)
        while not self.stopping.is_set():
            if not reader.pending and not reader.more():
                return
            line = reader.line()
            fields = reader.fields()
            method, target, version = line.decode("latin-1").split(" ")
            head = line + b"\r\n" + b"".join(f"{n}: {v}\r\n".encode("latin-1") for n, v in fields.lines)
            request = Received(method, target, version, fields, head, number)
            with self.lock:
                self.requests.append(request)
            exchange = Exchange(self, sock, reader, request)
            if fields.get("Expect", "").lower() == "100-continue":
                exchange.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.script(exchange)
            if exchange.finished or not exchange.read_body():
                return
            if fields.get("Connection", "").lower() == "close":
                return
