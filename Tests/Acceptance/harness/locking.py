"""What a client does with locks: WebDAV's methods and the JSON face."""

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from harness.items import as_json

LOCKS = "/.well-known/parley/locks"
TOKEN = re.compile(r"<((?:urn:uuid|opaquelocktoken):[^<>\s]+)>\Z")


def lockinfo(scope="exclusive", owner="<D:href>mailto:editor@example.com</D:href>"):
    """The body of a LOCK."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:{scope}/></D:lockscope>'
        f"<D:locktype><D:write/></D:locktype><D:owner>{owner}</D:owner></D:lockinfo>"
    ).encode()


def lock(gateway, path, scope="exclusive", timeout="Second-600", body=None, **fields):
    """A LOCK; underscores in field names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    if timeout:
        named["Timeout"] = timeout
    body = lockinfo(scope) if body is None else body
    return gateway.ask("LOCK", path, {"Content-Type": "application/xml", **named}, body)


def granted(answer):
    """The token of a LOCK that was granted."""
    assert answer.status in (200, 201), (answer.status, answer.body[:500])
    match = TOKEN.match(answer.headers["Lock-Token"])
    assert match, answer.headers["Lock-Token"]
    return match[1]


def refresh(gateway, path, token, timeout="Second-600", **fields):
    """A LOCK without a body."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    return gateway.ask("LOCK", path, {"If": f"(<{token}>)", "Timeout": timeout, **named})


def unlock(gateway, path, token=None, **fields):
    """An UNLOCK."""
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    if token is not None:
        named["Lock-Token"] = f"<{token}>"
    return gateway.ask("UNLOCK", path, named)


@dataclass
class Active:
    """One activelock of a lockdiscovery."""

    scope: str
    type: str
    depth: str
    owner: str
    timeout: str
    token: str
    root: str


def discovered(answer):
    """The locks that an answer's lockdiscovery names."""
    assert "xml" in answer.headers["Content-Type"], answer.headers.lines
    root = ElementTree.fromstring(answer.body)
    assert root.tag == "{DAV:}prop", root.tag
    found = []
    for lock_ in root.findall("{DAV:}lockdiscovery/{DAV:}activelock"):
        owner = lock_.find("{DAV:}owner")
        found.append(
            Active(
                lock_.find("{DAV:}lockscope")[0].tag.removeprefix("{DAV:}"),
                lock_.find("{DAV:}locktype")[0].tag.removeprefix("{DAV:}"),
                lock_.findtext("{DAV:}depth"),
                "" if owner is None else "".join(owner.itertext()),
                lock_.findtext("{DAV:}timeout"),
                lock_.findtext("{DAV:}locktoken/{DAV:}href").strip(),
                lock_.findtext("{DAV:}lockroot/{DAV:}href").strip(),
            )
        )
    return found


def seconds(active):
    """The timeout of an activelock in seconds."""
    match = re.fullmatch(r"Second-(\d+)", active.timeout)
    assert match, active.timeout
    return int(match[1])


def call(gateway, method, target=LOCKS, value=None, **fields):
    """A request to the JSON face."""
    named = {name.replace("_", "-"): text for name, text in fields.items()}
    if value is not None:
        named["Content-Type"] = "application/json"
    body = value if isinstance(value, bytes) or value is None else as_json(value)
    return gateway.ask(method, target, named, body)


def take(gateway, resource, timeout="600s", owner="an editor", **fields):
    """A lock taken through the JSON face."""
    return call(gateway, "POST", LOCKS, {"resource": resource, "timeout": timeout, "owner": owner}, **fields)


def taken(answer):
    """The document of a lock that was taken: at least `id`, `token`, `resource`, `fence`."""
    assert answer.status == 201, (answer.status, answer.body[:500])
    document = answer.json()
    assert {"id", "token", "resource", "fence"} <= set(document), document
    assert isinstance(document["fence"], int) and document["fence"] > 0
    assert answer.headers["Location"].endswith(f"{LOCKS}/{document['id']}")
    return document
