"""Upstreams with a compare-and-swap of their own: CouchDB, Elasticsearch, Kubernetes, and APIs with a version field.

Each keeps documents by name and speaks of versions in its own manner (the standards' section 12). Only CouchDB looks at
If-Match. All are used as contexts.
"""

import json
import threading
from hashlib import sha256
from urllib.parse import parse_qs, unquote

from harness.upstream import Upstream

JSON = {"Content-Type": "application/json"}


class Refused(Exception):
    """A refusal: status and body."""

    def __init__(self, status, body):
        super().__init__(status)
        self.status, self.body = status, body


class VersionedStore:
    """What all of them share: documents with a count of changes, and a record of which writes were conditional."""

    prefix = "/things/"
    dialect = None

    def __init__(self):
        self.documents = {}  # name: (value, version as this store counts it)
        self.lock = threading.Lock()
        self.conditional = []  # for each write that was tried: whether it named a version
        self.before_write = None  # called with the exchange; True: it took over
        self.upstream = Upstream(self.serve)
        self.url = self.upstream.url

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.upstream.stop()

    def path(self, name):
        """Where a document is."""
        return self.prefix + name

    def forget(self):
        """Drops records and scripts."""
        self.conditional, self.before_write = [], None
        self.upstream.forget()

    def reads(self):
        """The reads that came."""
        return [r for r in self.upstream.requests if r.method in ("GET", "HEAD")]

    def writes(self):
        """The writes that came."""
        return [r for r in self.upstream.requests if r.method not in ("GET", "HEAD")]

    def put(self, name, value):
        """Changes a document behind everyone's back."""
        with self.lock:
            self.store(name, value)

    def value(self, name):
        """The present value of a document; None where there is none."""
        return self.documents[name][0] if name in self.documents else None

    def version(self, name):
        """The present version of a document; None where there is none."""
        return self.documents[name][1] if name in self.documents else None

    def store(self, name, value):
        """Sets a document, whose version moves on."""
        self.documents[name] = (value, (self.version(name) or 0) + 1)

    def serve(self, exchange):
        """The script."""
        request = exchange.request
        if not exchange.read_body():
            return
        writing = request.method not in ("GET", "HEAD")
        if writing and self.before_write and self.before_write(exchange):
            return
        name = unquote(request.path.rsplit("/", 1)[1])
        try:
            with self.lock:
                status, fields, body = (self.write if writing else self.read)(request, name)
        except Refused as refusal:
            status, fields, body = refusal.status, {}, refusal.body
        exchange.reply(status, {**JSON, **fields}, json.dumps(body, ensure_ascii=False).encode())

    def query(self, request):
        """The query's parameters, each of which may come once."""
        found = parse_qs(request.target.partition("?")[2], keep_blank_values=True, strict_parsing="?" in request.target)
        assert all(len(values) == 1 for values in found.values()), request.target
        return {name: values[0] for name, values in found.items()}

    def parsed(self, request):
        """The body as JSON."""
        try:
            return json.loads(request.body)
        except ValueError:
            raise Refused(400, {"error": "bad_request", "reason": "invalid JSON"}) from None


class CouchDB(VersionedStore):
    """A revision in the body, the query, or If-Match; a write to what exists must name the current one."""

    prefix, dialect = "/db/", "couchdb"

    def store(self, name, value):
        """Sets a document, whose revision grows by one."""
        count = int((self.version(name) or "0-").split("-")[0]) + 1
        mark = sha256(json.dumps([name, count, value]).encode()).hexdigest()[:32]
        self.documents[name] = (value, f"{count}-{mark}")

    def document(self, value):
        """What a client sends."""
        return value

    def content(self, document):
        """What a client sees, without what the store adds."""
        return {key: value for key, value in document.items() if key not in ("_id", "_rev")}

    def read(self, request, name):
        """Status, fields and body of a read."""
        if name not in self.documents:
            raise Refused(404, {"error": "not_found", "reason": "missing"})
        value, revision = self.documents[name]
        return 200, {"ETag": f'"{revision}"'}, {"_id": name, "_rev": revision, **value}

    def write(self, request, name):
        """Status, fields and body of a write."""
        body = {} if request.method == "DELETE" else self.parsed(request)
        named = {body.get("_rev"), self.query(request).get("rev"), self.header(request)} - {None}
        self.conditional.append(bool(named))
        if len(named) > 1:
            raise Refused(400, {"error": "bad_request", "reason": "Document rev from request body and query differ"})
        if (named.pop() if named else None) != self.version(name):
            raise Refused(409, {"error": "conflict", "reason": "Document update conflict."})
        if request.method == "DELETE":
            if name not in self.documents:
                raise Refused(404, {"error": "not_found", "reason": "missing"})
            _, revision = self.documents.pop(name)
            return 200, {}, {"ok": True, "id": name, "rev": f"{int(revision.split('-')[0]) + 1}-deleted"}
        self.store(name, self.content(body))
        revision = self.version(name)
        return 201, {"ETag": f'"{revision}"'}, {"ok": True, "id": name, "rev": revision}

    def header(self, request):
        """If-Match as CouchDB reads it: with quotes or without."""
        value = request.headers.get("If-Match")
        return value.strip('"') if value else None


class Elasticsearch(VersionedStore):
    """A sequence number and a primary term in the query, both or neither; unknown parameters are refused."""

    prefix, dialect = "/index/_doc/", "elasticsearch"
    term = 3

    def __init__(self):
        super().__init__()
        self.sequence = -1

    def store(self, name, value):
        """Sets a document under the next sequence number."""
        self.sequence += 1
        self.documents[name] = (value, self.sequence)

    def document(self, value):
        """What a client sends."""
        return value

    def content(self, document):
        """What a client sees, without what the store adds."""
        return document["_source"]

    def known(self, name):
        """What every answer says of a document."""
        return {"_index": "index", "_id": name, "_seq_no": self.version(name), "_primary_term": self.term}

    def read(self, request, name):
        """Status, fields and body of a read."""
        if name not in self.documents:
            raise Refused(404, {"_index": "index", "_id": name, "found": False})
        return 200, {}, {**self.known(name), "_version": 1, "found": True, "_source": self.value(name)}

    def write(self, request, name):
        """Status, fields and body of a write."""
        query = self.query(request)
        expected, term = query.pop("if_seq_no", None), query.pop("if_primary_term", None)
        create = query.pop("op_type", "index") == "create" or "/_create/" in request.path
        self.conditional.append(expected is not None or create)
        if query or (expected is None) != (term is None):
            raise Refused(400, {"error": {"type": "illegal_argument_exception", "reason": str(query)}, "status": 400})
        current = self.version(name)
        if create and current is not None:
            self.conflict(f"[{name}]: version conflict, document already exists (current version [1])")
        if expected is not None and (expected, term) != (str(current), str(self.term)):
            self.conflict(
                f"[{name}]: version conflict, required seqNo [{expected}], primary term [{term}]. "
                f"current document has seqNo [{current}] and primary term [{self.term}]"
            )
        if request.method == "DELETE":
            if current is None:
                raise Refused(404, {"_index": "index", "_id": name, "result": "not_found"})
            known = self.known(name)
            del self.documents[name]
            return 200, {}, {**known, "result": "deleted"}
        self.store(name, self.parsed(request))
        done = "created" if current is None else "updated"
        return (201 if current is None else 200), {}, {**self.known(name), "result": done}

    def conflict(self, reason):
        """A refusal."""
        raise Refused(409, {"error": {"type": "version_conflict_engine_exception", "reason": reason}, "status": 409})


class Kubernetes(VersionedStore):
    """A resourceVersion in the body's metadata, or in the preconditions of a DELETE; without one nothing is checked."""

    prefix, dialect = "/api/v1/namespaces/default/configmaps/", "kubernetes"

    def __init__(self):
        super().__init__()
        self.revision = 1000

    def store(self, name, value):
        """Sets an object under the next revision of all."""
        self.revision += 7
        self.documents[name] = (value, str(self.revision))

    def document(self, value):
        """What a client sends."""
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x", "labels": {"a": "b"}}, "data": value}

    def content(self, document):
        """What a client sees, without what the store adds."""
        return document["data"]

    def whole(self, name):
        """An object as the server shows it."""
        metadata = {"name": name, "namespace": "default", "uid": "u-1", "resourceVersion": self.version(name)}
        return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": self.value(name)}

    def read(self, request, name):
        """Status, fields and body of a read."""
        if name not in self.documents:
            self.fail(404, "NotFound", f'configmaps "{name}" not found')
        return 200, {}, self.whole(name)

    def write(self, request, name):
        """Status, fields and body of a write."""
        body = self.parsed(request) if request.body else {}
        holder = body.get("preconditions" if request.method == "DELETE" else "metadata") or {}
        expected = holder.get("resourceVersion")
        self.conditional.append(expected is not None)
        if expected is not None and not isinstance(expected, str):
            self.fail(400, "BadRequest", "resourceVersion must be a string")
        if name not in self.documents:
            self.fail(404, "NotFound", f'configmaps "{name}" not found')
        if expected is not None and expected != self.version(name):
            self.fail(
                409,
                "Conflict",
                f'Operation cannot be fulfilled on configmaps "{name}": the object has been modified; please apply '
                "your changes to the latest version and try again",
            )
        if request.method == "DELETE":
            del self.documents[name]
            return 200, {}, {"kind": "Status", "apiVersion": "v1", "status": "Success", "code": 200}
        before = self.value(name) if request.method == "PATCH" else {}
        self.store(name, before | body["data"])
        return 200, {}, self.whole(name)

    def fail(self, code, reason, message):
        """A refusal as a Status."""
        status = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": message, "reason": reason}
        raise Refused(code, {**status, "details": {"kind": "configmaps"}, "code": code})


class Anywhere(VersionedStore):
    """A version in `/meta/version` of what is read, expected back in a query parameter, a field or the same place."""

    def __init__(self, way, refusal=409):
        super().__init__()
        self.way, self.refusal = way, refusal
        send = {"query": "query expected", "header": "header X-Expected-Version", "body": "/meta/version"}[way]
        self.dialect = {"version": "/meta/version", "send": send}
        self.versions = None  # a function from the count of changes to the version shown

    def shown(self, name):
        """The version as it is shown."""
        count = self.version(name)
        return self.versions(count) if self.versions else count

    def document(self, value):
        """What a client sends."""
        return {"data": value, "meta": {"kept": True}}

    def content(self, document):
        """What a client sees, without what the store adds."""
        return document["data"]

    def read(self, request, name):
        """Status, fields and body of a read."""
        if name not in self.documents:
            raise Refused(404, {"error": "not found"})
        return 200, {}, {"data": self.value(name), "meta": {"version": self.shown(name), "kept": True}}

    def write(self, request, name):
        """Status, fields and body of a write."""
        body = self.parsed(request) if request.body else {}
        current = self.shown(name)
        if self.way == "query":
            expected = self.query(request).get("expected")
        elif self.way == "header":
            expected = request.headers.get("X-Expected-Version")
        else:
            expected = body.get("meta", {}).get("version")
        as_text = self.way != "body"
        self.conditional.append(expected is not None)
        if expected is not None and expected != (str(current) if as_text else current):
            raise Refused(self.refusal, {"error": f"expected {expected!r}, but it is {current!r}"})
        if request.method == "DELETE":
            self.documents.pop(name, None)
            return 200, {}, {}
        assert as_text or type(expected) in (type(current), type(None)), "the version keeps its type"
        created = name not in self.documents
        self.store(name, body["data"])
        return (201 if created else 200), {}, {"data": body["data"], "meta": {"version": self.shown(name)}}
