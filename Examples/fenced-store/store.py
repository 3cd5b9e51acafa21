"""A store that checks fencing numbers: what an upstream has to do for the level `fenced`. Python's library only.

    GET, PUT, DELETE   /notes/ID    a JSON document, guarded by the numbers in Parley-Fence
    GET, PUT, DELETE   /plain/ID    the same without a guard, for comparison
    GET                /refused     the writes that were refused because they came too late

A write with `Store-Late: SECONDS` lies about for that long before it is looked at, as in a queue or a slow database.
"""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

documents, highest, refused = {}, {}, []
lock = threading.Lock()  # in a real store: one transaction that compares the number, keeps it, and writes


def passes(path, fence, is_write):
    """Whether a request may go on. The highest number of a resource is kept, whatever request brought it."""
    if not path.startswith("/notes/"):
        return True
    if fence is None:
        return not is_write  # a write without a number went past the gateway
    if fence < highest.get(path, 0):
        return False
    highest[path] = fence  # from here on nobody with a lower number writes: a read shuts the door, too
    return True


class Store(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"

    def handle_one(self):
        """Reads the request, then judges and carries it out in one step."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        is_write = self.command != "GET"
        if is_write:
            time.sleep(float(self.headers.get("Store-Late", 0)))
        field = self.headers.get("Parley-Fence", "")
        fence = int(field) if field.isascii() and field.isdigit() else None
        with lock:
            if not passes(self.path, fence, is_write):
                if fence is None:
                    return self.answer(403, {"error": "this document is written through the gateway only"})
                refused.append({"path": self.path, "fence": fence, "highest": highest[self.path]})
                return self.answer(409, {"error": "this write comes too late", "highest": highest[self.path]})
            return self.answer(*self.act(body))

    do_GET = do_PUT = do_DELETE = handle_one

    def act(self, body):
        """What the request does: a status and a document."""
        if self.path == "/refused":
            return 200, refused
        known = self.path in documents
        if self.command == "PUT":
            documents[self.path] = json.loads(body)
            return 200 if known else 201, documents[self.path]
        if not known:
            return 404, {"error": "there is nothing"}
        if self.command == "DELETE":
            return 200, documents.pop(self.path)
        return 200, documents[self.path]

    def answer(self, status, value):
        """Sends an answer, if anybody still wants it."""
        body = json.dumps(value).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        """Says nothing."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 9001), Store).serve_forever()
