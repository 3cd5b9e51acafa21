"""An upstream of people and teams: it keeps no field unique, and deletes a team under its members when told to."""

import json
import threading
from urllib.parse import parse_qsl, unquote

from harness.items import as_json
from harness.upstream import Upstream

JSON = {"Content-Type": "application/json"}


class Directory:
    """Collections of numbered documents, filtered by the query's exact values; use it as a context."""

    def __init__(self):
        self.collections = {}  # "users": {"1": {...}}
        self.count = 0
        self.lock = threading.Lock()
        self.before_write = None  # called with the exchange; True: it took over
        self.after_write = None
        self.before_read = None
        self.fold_case = set()  # fields that filters compare without regard to case
        self.upstream = Upstream(self.serve)
        self.url = self.upstream.url

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.upstream.stop()

    def reset(self):
        """Empties everything."""
        self.collections, self.fold_case = {}, set()
        self.before_write = self.after_write = self.before_read = None
        self.upstream.forget()

    def add(self, collection, value):
        """Adds a document behind everyone's back; its path."""
        with self.lock:
            self.count += 1
            name = str(self.count)
            path = f"/{collection}/{name}"
            links = {"id": self.count, "href": path, "self": path, "url": path, "_links": {"self": {"href": path}}}
            self.collections.setdefault(collection, {})[name] = {**value, **links}
            return path

    def find(self, collection, **fields):
        """The documents with these values."""
        return [
            one
            for one in self.collections.get(collection, {}).values()
            if all(self.folded(key, one.get(key)) == self.folded(key, value) for key, value in fields.items())
        ]

    def folded(self, key, value):
        """A value as filters compare it."""
        return str(value).casefold() if key in self.fold_case else str(value)

    def writes(self):
        """The writes that came."""
        return [request for request in self.upstream.requests if request.method != "GET"]

    def lookups(self):
        """The filtered reads that came."""
        return [request for request in self.upstream.requests if request.method == "GET" and "?" in request.target]

    def serve(self, exchange):
        """The script."""
        request = exchange.request
        if not exchange.read_body():
            return
        collection, _, name = unquote(request.path).strip("/").partition("/")
        if request.method == "GET":
            if not (self.before_read and self.before_read(exchange)):
                self.read(exchange, collection, name)
        elif not (self.before_write and self.before_write(exchange)):
            self.write(exchange, collection, name)

    def read(self, exchange, collection, name):
        """Answers a read of one document, or of those that the query describes."""
        if name:
            found = self.collections.get(collection, {}).get(name)
            exchange.reply(200 if found else 404, JSON, as_json(found))
        else:
            fields = dict(parse_qsl(exchange.request.target.partition("?")[2], keep_blank_values=True))
            exchange.reply(200, JSON, as_json({"items": self.find(collection, **fields)}))

    def write(self, exchange, collection, name):
        """Does as it is told."""
        if exchange.request.method == "DELETE":
            gone = self.collections.get(collection, {}).pop(name, None)
            status, fields, body = (204 if gone else 404), {}, b""
        else:
            path = self.add(collection, json.loads(exchange.request.body))
            status, fields, body = 201, {**JSON, "Location": path}, as_json({"made": path})
        if not (self.after_write and self.after_write(exchange)):
            exchange.reply(status, fields, body)
