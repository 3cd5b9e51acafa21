"""A small API on which every conflict can be tried: documents without versions, orders, payments. Python's library only.

    GET, PUT, PATCH (merge patch), DELETE   /COLLECTION/ID      a JSON document; the last write wins
    POST                                    /COLLECTION         makes a document, by its `id` or with the next number
    GET                                     /COLLECTION?a=b     {"items": those whose member a is b, in any case}
    POST                                    /COLLECTION/ID/ACT  sets the member `status` to ACT

A POST with an `id` that is taken gets a 500, as from an API that lets its database say so. Documents under /articles
carry `version`, which the API counts up itself, and a PUT with ?expected=N is refused with 409 if N is not the current one.
Two fields of a write bring trouble about: with `Lab-Wait: SECONDS` it waits before it writes, with `Lab-Hang-Up: yes` it
writes and then closes the connection without an answer. POST /reset forgets everything.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

FIRST = {
    "/pages/welcome": {"title": "Welcome", "views": 0},
    "/rooms/1": {"name": "Blue", "from": "09:00", "to": "10:00"},
    "/carts/1": {"lines": [{"id": "tea", "n": 1}, {"id": "milk", "n": 2}], "note": ""},
    "/orders/1": {"status": "open", "lines": 3},
    "/accounts/1": {"owner": "ada", "balance": 100},
    "/teams/red": {"name": "Red"},
    "/members/1": {"name": "ada", "team": "red"},
    "/articles/1": {"title": "First", "version": 1},
}
documents, numbers, lock = {}, {}, threading.Lock()


def reset():
    """Puts everything back to what it was at the start."""
    documents.clear()
    numbers.clear()
    documents.update(json.loads(json.dumps(FIRST)))


def merged(target, patch):
    """The target as a merge patch makes it (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


class Lab(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"

    def handle_one(self):
        """Reads the request, then answers it."""
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            value = json.loads(body) if body else None
        except ValueError:
            return self.answer(400, {"error": "the body is not JSON"})
        trouble = self.headers if self.command != "GET" else {}
        time.sleep(float(trouble.get("Lab-Wait", 0)))
        with lock:
            status, result, fields = self.act(parts.path, dict(parse_qsl(parts.query)), value)
        if trouble.get("Lab-Hang-Up"):
            self.close_connection = True
            return None
        return self.answer(status, result, fields)

    do_GET = do_PUT = do_PATCH = do_DELETE = do_POST = handle_one

    def act(self, path, query, value):
        """What the request does: a status, a document and fields."""
        steps = path.strip("/").split("/")
        if path == "/reset":
            reset()
            return 204, None, {}
        if len(steps) == 1:
            return self.collection(path, query, value)
        if self.command == "POST":
            return self.action("/" + "/".join(steps[:2]), steps[-1])
        if self.command != "PUT" and path not in documents:
            return 404, {"error": "there is nothing"}, {}
        if self.command == "GET":
            return 200, documents[path], {}
        if self.command == "DELETE":
            del documents[path]
            return 204, None, {}
        return self.write(path, query, value)

    def collection(self, path, query, value):
        """Lists a collection, or makes a document in it."""
        if self.command == "POST":
            if "id" not in value:
                numbers[path] = numbers.get(path, 0) + 1
                value = {"id": f"new-{numbers[path]}", **value}
            place = f"{path}/{value['id']}"
            if place in documents:
                return 500, {"error": "duplicate key value violates unique constraint"}, {}
            documents[place] = value
            return 201, value, {"Location": place}
        found = [
            {"href": place, **document}
            for place, document in documents.items()
            if place.startswith(path + "/")
            and all(str(document.get(name)).lower() == text.lower() for name, text in query.items())
        ]
        return 200, {"items": found}, {}

    def action(self, path, name):
        """Sets a document's status, which is a write of the document by another path."""
        if path not in documents:
            return 404, {"error": "there is nothing"}, {}
        documents[path]["status"] = name
        return 200, documents[path], {}

    def write(self, path, query, value):
        """Replaces or patches a document."""
        current = documents.get(path)
        if path.startswith("/articles/"):
            version = (current or {}).get("version", 0)
            if query.get("expected", str(version)) != str(version):
                return 409, {"error": "version_conflict", "message": f"the current version is {version}"}, {}
            value = {**value, "version": version + 1}
        documents[path] = merged(current, value) if self.command == "PATCH" else value
        return (200 if current else 201), documents[path], {}

    def answer(self, status, result, fields=()):
        """Sends an answer."""
        body = b"" if result is None else json.dumps(result).encode()
        self.send_response(status)
        for name, text in dict(fields).items():
            self.send_header(name, text)
        if result is not None:
            self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


if __name__ == "__main__":
    reset()
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9001), Lab).serve_forever()
