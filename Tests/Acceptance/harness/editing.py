"""What an editor does: read a document with its tag, and write it back."""

import re

from harness.items import as_json

STRONG = re.compile(r'"[\x21\x23-\x7e]*"\Z')


def tag_of(gateway, path, **fields):
    """The strong tag that a GET gives out; underscores in field names stand for hyphens."""
    answer = gateway.ask("GET", path, _named(fields))
    assert answer.status == 200, (answer.status, answer.body[:300])
    assert STRONG.match(answer.headers["ETag"]), answer.headers["ETag"]
    return answer.headers["ETag"]


def put_with(gateway, path, fields=(), value=None, method="PUT"):
    """A write of JSON with header fields."""
    body = as_json({"n": 2} if value is None else value)
    return gateway.ask(method, path, {"Content-Type": "application/json", **dict(fields)}, body)


def put(gateway, path, value, method="PUT", **fields):
    """A write of JSON; underscores in field names stand for hyphens."""
    return put_with(gateway, path, _named(fields), value, method)


def _named(fields):
    return {name.replace("_", "-"): value for name, value in fields.items()}
