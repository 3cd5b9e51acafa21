"""An upstream that keeps JSON documents and understands both languages of patches."""

import json

from harness.editing import tag_of
from harness.items import ItemStore, as_json

JSON_PATCH, MERGE_PATCH = "application/json-patch+json", "application/merge-patch+json"


class Impossible(Exception):
    """A patch that cannot be applied."""


def merge_patch(target, patch):
    """RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merge_patch(result.get(name), value)
    return result


def _steps(pointer):
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _descend(document, steps):
    for step in steps:
        try:
            document = document[int(step)] if isinstance(document, list) else document[step]
        except (KeyError, IndexError, ValueError, TypeError):
            raise Impossible(step) from None
    return document


def _add(document, pointer, value):
    *before, last = _steps(pointer)
    parent = _descend(document, before)
    if isinstance(parent, list):
        parent.insert(len(parent) if last == "-" else int(last), value)
    else:
        parent[last] = value


def _remove(document, pointer):
    *before, last = _steps(pointer)
    parent = _descend(document, before)
    _descend(parent, [last])
    return parent.pop(int(last) if isinstance(parent, list) else last)


def json_patch(document, operations):
    """RFC 6902, as far as the tests go: no operation on the whole document."""
    document = json.loads(json.dumps(document))
    for step in operations:
        path = step["path"]
        if step["op"] == "test":
            if _descend(document, _steps(path)) != step["value"]:
                raise Impossible(path)
        elif step["op"] == "remove":
            _remove(document, path)
        elif step["op"] == "add":
            _add(document, path, step["value"])
        elif step["op"] == "replace":
            _remove(document, path)
            _add(document, path, step["value"])
        elif step["op"] == "move":
            _add(document, path, _remove(document, step["from"]))
        else:
            _add(document, path, json.loads(json.dumps(_descend(document, _steps(step["from"])))))
    return document


class DocumentStore(ItemStore):
    """The store, with patches applied as their media types say; use it as a context."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def reset(self):
        """Back to a store that does as it is told."""
        self.before_write = self.after_write = self.before_read = None
        self.check_conditions = False
        self.upstream.forget()

    def apply(self, request, path):
        """Changes the store; the status and body to answer with."""
        kind = request.headers.get("Content-Type", "").split(";")[0]
        if request.method != "PATCH" or kind not in (JSON_PATCH, MERGE_PATCH) or path not in self.items:
            return super().apply(request, path)
        with self.lock:
            self.writes += 1
            item = self.items[path]
            named = request.headers.get("If-Match")
            if self.check_conditions and named and item.tag() not in named:
                return 412, b'{"error":"precondition failed"}'
            patch, present = json.loads(request.body), json.loads(item.body)
            try:
                item.body = as_json((json_patch if kind == JSON_PATCH else merge_patch)(present, patch))
            except Impossible as fault:
                return 409, as_json({"error": "patch failed", "at": str(fault)})
            return 200, item.body


class Fork:
    """Two editors who began with the same version: one has written already, the other is about to."""

    def __init__(self, gateway, store, path, base, theirs, **fields):
        self.gateway, self.store, self.path, self.fields = gateway, store, path, fields
        store.put(path, base)
        self.base = tag_of(gateway, path, **fields)
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        body = theirs if isinstance(theirs, bytes) else as_json(theirs)
        fields_of_first = {"Content-Type": "application/json", "If-Match": self.base, **named}
        assert gateway.ask("PUT", path, fields_of_first, body).status == 200
        self.theirs = tag_of(gateway, path, **fields)
        assert self.theirs != self.base
        self.before = store.items[path].body
        self.named = named
        store.upstream.forget()

    def write(self, mine, method="PUT", kind="application/json", **fields):
        """The second editor's write, whose tag is stale."""
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        everything = {"If-Match": self.base, "Content-Type": kind, **self.named, **named}
        body = mine if isinstance(mine, bytes) else as_json(mine)
        return self.gateway.ask(method, self.path, everything, body)

    @property
    def value(self):
        """What the store holds now."""
        return self.store.value(self.path)

    def written(self):
        """The writes that reached the store since the fork."""
        return self.store.seen(self.path, "PUT", "PATCH", "DELETE", "POST")

    def assert_merged(self, answer):
        """Fails unless the answer says that a merge was made, of which versions, and what version came of it."""
        assert answer.status in (200, 204), (answer.status, answer.body[:600])
        assert answer.headers["Conflict-Resolution"] == f"merged; base={self.base}; theirs={self.theirs}"
        assert answer.headers["Parley-Version"] == tag_of(self.gateway, self.path, **self.fields)
        assert "Parley-Conflict" not in answer.headers

    def assert_refused(self, answer):
        """Fails unless the write was refused as stale and nothing was written; its problem document."""
        problem = answer.problem()
        assert (answer.status, problem["kind"], problem["origin"]) == (412, "stale-version", "gateway"), problem
        assert (problem["your_version"], problem["current_version"]) == (self.base, self.theirs)
        assert problem["retryable"] is False and "Conflict-Resolution" not in answer.headers
        assert self.store.items[self.path].body == self.before and self.written() == []
        return problem


def three_values(problem):
    """Pointer to (base, mine, theirs), from whichever member of the problem holds entries of that form; {} if none."""
    found = {}
    for member in problem.values():
        for entry in member if isinstance(member, list) else []:
            if isinstance(entry, dict) and "pointer" in entry and {"base", "mine", "theirs"} & set(entry):
                found[entry["pointer"]] = tuple(entry.get(name) for name in ("base", "mine", "theirs"))
    return found
