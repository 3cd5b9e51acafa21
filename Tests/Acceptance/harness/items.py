"""An upstream that keeps documents and knows nothing of concurrency: the API that needs protection."""

import json
import threading
from dataclasses import dataclass
from hashlib import sha256

from harness.upstream import Upstream


@dataclass
class Item:
    """A stored representation and how the store speaks about it."""

    body: bytes
    type: str = "application/json"
    tags: str = "none"  # none | strong | weak: what ETag the store gives out
    modified: str = None  # Last-Modified, if any
    read_status: int = 200  # what a GET answers
    note: str = ""  # what a script may look at

    def tag(self):
        """The entity tag of the present bytes, in the store's manner."""
        mark = sha256(self.body).hexdigest()[:12]
        return {"none": None, "strong": f'"up-{mark}"', "weak": f'W/"up-{mark}"'}[self.tags]


def as_json(value):
    """Bytes as the tests write them."""
    return json.dumps(value).encode()


class ItemStore:
    """Documents by path, over a scripted upstream. The last write wins, and nothing is ever checked."""

    def __init__(self, check_conditions=False):
        self.items = {}
        self.lock = threading.Lock()
        self.check_conditions = check_conditions
        self.before_write = None  # called with the exchange before a write is applied; True: it took over
        self.after_write = None  # called after a write is applied, before it is answered; True: it took over
        self.before_read = None
        self.transform = lambda body: body
        self.writing = {}
        self.most_writing = {}
        self.writes = 0
        self.upstream = Upstream(self.serve)
        self.url = self.upstream.url

    def stop(self):
        """Stops the server."""
        self.upstream.stop()

    def put(self, path, value, **how):
        """Sets an item behind everyone's back."""
        body = value if isinstance(value, bytes) else as_json(value)
        self.items[path] = Item(body, **how)
        return self.items[path]

    def value(self, path):
        """The present value of an item."""
        return json.loads(self.items[path].body)

    def seen(self, path, *methods):
        """The requests that came for a path, of some methods or all."""
        return [r for r in self.upstream.requests if r.path == path and (not methods or r.method in methods)]

    def serve(self, exchange):
        """The script."""
        request = exchange.request
        if request.method in ("GET", "HEAD"):
            if not (self.before_read and self.before_read(exchange)):
                self.read(exchange)
        elif request.method == "OPTIONS":
            exchange.reply(204, {"Allow": "GET, PUT"})
        elif exchange.read_body():
            self.write(exchange)

    def read(self, exchange):
        """Answers a read."""
        item = self.items.get(exchange.request.path)
        if item is None:
            exchange.reply(404, {"Content-Type": "text/plain"}, b"nothing here")
            return
        fields = [("Content-Type", item.type)]
        if item.tag():
            fields.append(("ETag", item.tag()))
        if item.modified:
            fields.append(("Last-Modified", item.modified))
        if item.read_status != 200:
            exchange.reply(item.read_status, {"Content-Type": "text/plain", "Location": "/elsewhere"}, b"not now")
        else:
            exchange.reply(200, fields, item.body)

    def write(self, exchange):
        """Applies a write and answers it; counts how many writes to one path ran at once."""
        path = exchange.request.path.removesuffix("/cancel")
        with self.lock:
            self.writing[path] = self.writing.get(path, 0) + 1
            self.most_writing[path] = max(self.most_writing.get(path, 0), self.writing[path])
        try:
            if self.before_write and self.before_write(exchange):
                return
            status, body = self.apply(exchange.request, path)
            if self.after_write and self.after_write(exchange):
                return
        finally:
            with self.lock:
                self.writing[path] -= 1
        exchange.reply(status, {"Content-Type": "application/json"} if body else {}, body)

    def apply(self, request, path):
        """Changes the store; the status and body to answer with."""
        with self.lock:
            self.writes += 1
            item = self.items.get(path)
            if self.check_conditions and (named := request.headers.get("If-Match")):
                if item is None or item.tag() not in named:
                    return 412, b'{"error":"precondition failed"}'
            if request.method == "DELETE":
                return (204, b"") if self.items.pop(path, None) else (404, b"")
            if request.method == "PATCH":
                if item is None:
                    return 404, b""
                item.body = as_json(json.loads(item.body) | json.loads(request.body))
                return 200, item.body
            if request.method == "POST":
                if item is None:
                    return 404, b""
                item.body = as_json(json.loads(item.body) | {"status": "cancelled"})
                return 200, item.body
            body = self.transform(request.body)
            if item is None:
                self.items[path] = Item(body, request.headers.get("Content-Type", "application/json"))
                return 201, b""
            item.body = body
            return 200, b""
