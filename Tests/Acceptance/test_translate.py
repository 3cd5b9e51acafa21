"""Contract 8, level `translate` (standards: 12 and 15): If-Match in, the upstream's own compare-and-swap out."""

import hashlib
import json
import re

import pytest

from harness.casstores import Anywhere, CouchDB, Elasticsearch, Kubernetes
from harness.crew import together
from harness.gateway import configuration, conflict_field, run
from harness.items import as_json

STRONG = re.compile(r'"[\x21\x23-\x7e]*"\Z')
MAKERS = {
    "couchdb": CouchDB,
    "elasticsearch": Elasticsearch,
    "kubernetes": Kubernetes,
    "query": lambda: Anywhere("query"),
    "header": lambda: Anywhere("header"),
    "body": lambda: Anywhere("body"),
    "refuses-412": lambda: Anywhere("query", refusal=412),
}
CREATING = ["couchdb", "elasticsearch"]


def whole_configuration(stores):
    """One service for each store, told apart by a path prefix of its own."""
    whole = {"parley": 1, "upstreams": {}, "services": {}}
    for name, store in stores.items():
        route = {
            "path": f"/{name}{store.prefix}{{id}}",
            "rewrite": f"{store.prefix}{{id}}",
            "policies": {"conflict": {"level": "translate", "dialect": store.dialect}},
        }
        whole["upstreams"][name] = {"targets": [{"url": store.url}]}
        whole["services"][name] = {"upstream": name, "routes": {"thing": route}}
    return whole


@pytest.fixture(scope="module")
def stores(shared):
    return {name: shared.keep(make()) for name, make in MAKERS.items()}


@pytest.fixture(scope="module")
def gateway(shared, stores):
    return shared.gateway(whole_configuration(stores), arguments=["--loops", "3"])


@pytest.fixture(autouse=True)
def forget(stores):
    yield
    for store in stores.values():
        store.forget()
        store.versions = None


class Client:
    """A client of one document behind one kind of store."""

    def __init__(self, gateway, store, kind, name):
        self.gateway, self.store, self.kind, self.name = gateway, store, kind, name
        self.path = f"/{kind}{store.path(name)}"

    def read(self):
        """The content and its tag."""
        answer = self.gateway.ask("GET", self.path)
        assert answer.status == 200, (answer.status, answer.body[:300])
        assert STRONG.match(answer.headers["ETag"]), answer.headers["ETag"]
        return self.store.content(answer.json()), answer.headers["ETag"]

    def write(self, value, method="PUT", fields=(), body=None):
        """A write of content."""
        if body is None and method != "DELETE":
            body = as_json(self.store.document(value))
        named = {"Content-Type": "application/json", **dict(fields)} if body is not None else dict(fields)
        return self.gateway.ask(method, self.path, named, body)

    def put(self, value, tag, **more):
        """A write under a tag."""
        return self.write(value, fields={"If-Match": tag}, **more)


@pytest.fixture
def name(request):
    return "doc-" + hashlib.sha256(request.node.name.encode()).hexdigest()[:10]


@pytest.fixture(params=MAKERS)
def client(request, gateway, stores, name):
    made = Client(gateway, stores[request.param], request.param, name)
    made.store.put(name, {"n": "1"})
    made.store.forget()
    return made


@pytest.fixture(params=CREATING)
def creator(request, gateway, stores, name):
    return Client(gateway, stores[request.param], request.param, name)


def assert_stale(answer):
    """Fails unless a write was refused because of its condition."""
    assert answer.status == 412, (answer.status, answer.body[:400])
    assert conflict_field(answer)["kind"] == "stale-version"
    assert '</.well-known/parley/problems/stale-version>; rel="describedby"' in answer.headers["Link"]


# Tags


def test_a_read_has_a_strong_tag_that_names_the_upstreams_version(client):
    first, second = client.read(), client.read()
    assert first == second == ({"n": "1"}, first[1])
    client.store.put(client.name, {"n": "2"})
    changed = client.read()
    assert changed[0] == {"n": "2"} and changed[1] != first[1]
    client.store.put(client.name, {"n": "1"})
    assert client.read()[1] not in (first[1], changed[1]), "a version never returns, even if the content does"


def test_tags_of_different_documents_do_not_stand_for_each_other(client):
    other = Client(client.gateway, client.store, client.kind, client.name + "-other")
    client.store.put(other.name, {"n": "1"})
    client.store.put(other.name, {"n": "1"})
    if client.store.version(other.name) != client.store.version(client.name):
        assert client.put({"n": "2"}, other.read()[1]).status == 412
    assert client.store.value(client.name) == {"n": "1"}


def test_the_upstreams_own_strong_tag_is_kept(gateway, stores, name):
    stores["couchdb"].put(name, {"n": "1"})
    client = Client(gateway, stores["couchdb"], "couchdb", name)
    assert client.read()[1] == f'"{stores["couchdb"].version(name)}"'


# Writes


def test_a_current_tag_becomes_the_upstreams_own_condition(client):
    _, tag = client.read()
    answer = client.put({"n": "2"}, tag)
    assert answer.status in (200, 201), answer.body
    assert client.store.conditional == [True], "the upstream was told which version is meant"
    content, fresh = client.read()
    assert content == {"n": "2"} and fresh != tag
    for field in ("ETag", "Parley-Version"):
        assert answer.headers.get(field) in (None, fresh), field
    assert "Parley-Conflict" not in answer.headers
    assert client.put({"n": "3"}, fresh).status in (200, 201)


def test_the_upstreams_refusal_comes_back_as_412(client):
    _, tag = client.read()
    client.store.put(client.name, {"n": "other"})
    assert_stale(client.put({"n": "2"}, tag))
    assert client.store.value(client.name) == {"n": "other"}
    assert client.store.conditional == [True]


def test_the_gateway_evaluates_nothing_itself(client):
    _, tag = client.read()
    client.store.upstream.forget()
    client.store.put(client.name, {"n": "other"})
    assert_stale(client.put({"n": "2"}, tag))
    assert client.store.upstream.requests[0].method == "PUT", "nothing is read before the write"
    assert len(client.store.writes()) == 1


def test_a_change_made_while_the_write_was_on_its_way_is_noticed(client):
    _, tag = client.read()

    def overtakes(exchange):
        client.store.before_write = None
        client.store.put(client.name, {"n": "overtook"})
        return False

    client.store.before_write = overtakes
    assert_stale(client.put({"n": "2"}, tag))
    assert client.store.value(client.name) == {"n": "overtook"}


def test_row_21_of_writers_that_name_the_same_version_exactly_one_succeeds(client):
    for turn in range(6):
        _, tag = client.read()
        answers = together(*[lambda me=me: client.put({"n": f"{turn}-{me}"}, tag) for me in range(5)])
        done = [me for me, answer in enumerate(answers) if answer.status < 300]
        assert len(done) == 1, [answer.status for answer in answers]
        assert client.store.value(client.name) == {"n": f"{turn}-{done[0]}"}
        for me, answer in enumerate(answers):
            assert me in done or answer.status == 412


def test_a_delete_is_conditional_too(client):
    _, old = client.read()
    client.store.put(client.name, {"n": "other"})
    if client.store.dialect == {"version": "/meta/version", "send": "/meta/version"}:
        assert client.write(None, "DELETE", {"If-Match": old}).status >= 400, "a version cannot be put into no body"
        assert client.store.value(client.name) == {"n": "other"}
        return
    assert_stale(client.write(None, "DELETE", {"If-Match": old}))
    assert client.store.value(client.name) == {"n": "other"}
    assert client.write(None, "DELETE", {"If-Match": client.read()[1]}).status in (200, 204)
    assert client.store.value(client.name) is None
    assert client.store.conditional == [True, True]


def test_a_patch_is_conditional_where_the_upstream_has_patches(gateway, stores, name):
    store = stores["kubernetes"]
    store.put(name, {"a": "1", "b": "1"})
    client = Client(gateway, store, "kubernetes", name)
    _, old = client.read()
    store.put(name, {"a": "2", "b": "1"})
    fields = {"Content-Type": "application/merge-patch+json"}
    patch = as_json({"data": {"b": "2"}})
    assert_stale(client.write(None, "PATCH", {**fields, "If-Match": old}, patch))
    assert client.write(None, "PATCH", {**fields, "If-Match": client.read()[1]}, patch).status == 200
    assert store.value(name) == {"a": "2", "b": "2"}
    assert store.conditional == [True, True]


@pytest.mark.parametrize("value", ['"invented"', '"0"', '"99999"', '""', '"9-abc"', '"1:1"', '"a&b=c"', '"../x"'])
def test_a_tag_that_names_no_version_is_412(client, value):
    assert client.put({"n": "2"}, value).status == 412
    assert client.store.value(client.name) == {"n": "1"}


def test_a_weak_tag_is_412(client):
    assert client.put({"n": "2"}, "W/" + client.read()[1]).status == 412
    assert client.store.value(client.name) == {"n": "1"}


@pytest.mark.parametrize("value", ["unquoted", '"open', '*, "a"', 'w/"a"'])
def test_a_malformed_condition_is_400(client, value):
    answer = client.put({"n": "2"}, value)
    assert (answer.status, answer.problem()["kind"]) == (400, "bad-request")
    assert client.store.writes() == []


def test_a_write_without_condition_is_left_alone(client):
    body = as_json(client.store.document({"n": "2"}))
    answer = client.write({"n": "2"}, body=body)
    (request,) = client.store.writes()
    assert request.body == body and "?" not in request.target
    assert client.store.conditional == [False]
    assert answer.status == (409 if client.kind == "couchdb" else 200)


def test_a_version_that_the_client_names_in_the_upstreams_own_manner_is_left_alone(client):
    client.read()
    old = {
        "couchdb": {"_rev": "1-stale", "n": "2"},
        "kubernetes": {**client.store.document({"n": "2"}), "metadata": {"resourceVersion": "1"}},
        "body": {"data": {"n": "2"}, "meta": {"version": 999}},
    }.get(client.kind)
    plain = "?expected=999"
    query = {"elasticsearch": "?if_seq_no=0&if_primary_term=99", "query": plain, "refuses-412": plain}
    target = client.path + query.get(client.kind, "")
    fields = {"Content-Type": "application/json", **({"X-Expected-Version": "999"} if client.kind == "header" else {})}
    body = as_json(old or client.store.document({"n": "2"}))
    answer = client.gateway.ask("PUT", target, fields, body)
    own = 412 if client.kind == "refuses-412" else 409
    assert answer.status == own, "no If-Match was translated, so no refusal is translated back"
    assert answer.json(), "the upstream's own body"
    assert client.store.value(client.name) == {"n": "1"}


@pytest.mark.parametrize(
    "status, body, kind",
    [
        (409, {"kind": "Status", "status": "Failure", "reason": "Conflict", "code": 409,
               "message": 'Apply failed with 1 conflict: conflict with "mgr" using v1: .data.n',
               "details": {"causes": [{"reason": "FieldManagerConflict", "field": ".data.n",
                                       "message": 'conflict with "mgr" using v1'}]}}, "field-ownership"),
        (409, {"kind": "Status", "status": "Failure", "reason": "AlreadyExists", "code": 409,
               "message": 'configmaps "x" already exists'}, "already-exists"),
    ],
)  # fmt: skip
def test_a_refusal_for_another_reason_is_not_made_a_412(gateway, stores, name, status, body, kind):
    store = stores["kubernetes"]
    store.put(name, {"n": "1"})
    client = Client(gateway, store, "kubernetes", name)
    _, tag = client.read()
    store.before_write = lambda exchange: (
        exchange.reply(status, {"Content-Type": "application/json"}, as_json(body)) or True
    )
    answer = client.put({"n": "2"}, tag)
    assert (answer.status, conflict_field(answer)["kind"]) == (status, kind)


def test_other_failures_pass_as_they_are(client):
    _, tag = client.read()
    for status in (400, 403, 404, 422, 500, 503):
        client.store.before_write = lambda exchange, status=status: (
            exchange.reply(status, {"Content-Type": "text/plain"}, b"for another reason") or True
        )
        answer = client.put({"n": "2"}, tag)
        assert (answer.status, answer.body) == (status, b"for another reason")


def test_a_refusal_is_journaled(client):
    _, tag = client.read()
    client.store.put(client.name, {"n": "other"})
    entry = client.gateway.entry(client.put({"n": "2"}, tag))
    assert (entry["kind"], entry["status"], entry["service"]) == ("stale-version", 412, client.kind)
    assert entry["your_version"] == tag


def test_the_rest_of_the_request_is_carried_as_it_was(client):
    _, tag = client.read()
    value = {"big": 12345678901234567890, "text": "\u00fc \u2028 \U0001f600", "deep": [[{"a/b~c": None}]], "exp": 1e-7}
    assert client.put(value, tag).status in (200, 201)
    assert client.store.value(client.name) == value
    (request,) = client.store.writes()
    if client.kind in ("kubernetes", "body"):
        sent = json.loads(request.body)
        assert sent.get("meta", {}).get("kept", True) is True
        assert client.kind == "body" or sent["metadata"]["labels"] == {"a": "b"}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"metadata": 5, "meta": 5}', b"[" * 5000])
@pytest.mark.parametrize("kind", ["kubernetes", "body"])
def test_a_version_that_cannot_be_put_in_is_no_unconditional_write(gateway, stores, name, kind, body):
    store = stores[kind]
    store.put(name, {"n": "1"})
    client = Client(gateway, store, kind, name)
    _, tag = client.read()
    assert 400 <= client.write(None, "PUT", {"If-Match": tag}, body).status < 500
    assert store.value(name) == {"n": "1"}
    assert False not in store.conditional


# Creating


def test_row_9_if_none_match_star_creates_only_what_is_not_there(creator):
    fields = {"If-None-Match": "*"}
    assert creator.write({"n": "1"}, fields=fields).status == 201
    answer = creator.write({"n": "2"}, fields=fields)
    assert (answer.status, conflict_field(answer)["kind"]) == (412, "already-exists")
    assert creator.store.value(creator.name) == {"n": "1"}


def test_row_22_of_concurrent_creates_exactly_one_succeeds(creator):
    answers = together(*[lambda me=me: creator.write({"n": str(me)}, fields={"If-None-Match": "*"}) for me in range(6)])
    assert sorted(answer.status for answer in answers) == [201] + [412] * 5


def test_a_tag_for_something_that_is_gone_creates_nothing(client):
    _, tag = client.read()
    client.store.documents.pop(client.name)
    answer = client.put({"n": "2"}, tag)
    assert answer.status in (404, 412), answer.body
    assert client.store.value(client.name) is None


# Versions of any form


VERSIONS = {
    "a number": lambda count: 40 + count,
    "a large number": lambda count: 12345678901234567890 + count,
    "a word": lambda count: f"rev-{count}",
    "a date": lambda count: f"2026-01-01T00:00:{count:02d}+01:00",
    "with blanks and signs": lambda count: f"a b&c=d+e%20f#{count}",
    "base64": lambda count: f"AAAA/+{count}==",
}


@pytest.mark.parametrize("form", [*VERSIONS, "with quotes", "beyond ASCII"])
@pytest.mark.parametrize("kind", ["query", "header", "body"])
def test_versions_of_any_form_are_carried_there_and_back(gateway, stores, name, kind, form):
    store = stores[kind]
    if kind == "header" and form == "beyond ASCII":
        form = "a word"
    others = {"with quotes": lambda count: f'x"y\\z-{count}', "beyond ASCII": lambda count: f"\u00fc\u2713-{count}"}
    store.versions = (VERSIONS | others)[form]
    store.put(name, {"n": "1"})
    client = Client(gateway, store, kind, name)
    _, tag = client.read()
    assert client.put({"n": "2"}, tag).status == 200
    assert_stale(client.put({"n": "3"}, tag))
    assert client.put({"n": "4"}, client.read()[1]).status == 200
    assert (store.value(name), store.conditional) == ({"n": "4"}, [True, True, True])


@pytest.mark.parametrize("shown", [None, True, {"a": 1}, [1]], ids=str)
def test_what_is_no_version_gives_no_tag(gateway, stores, name, shown):
    store = stores["query"]
    store.versions = lambda count: shown
    store.put(name, {"n": "1"})
    answer = gateway.ask("GET", f"/query{store.path(name)}")
    assert (answer.status, "ETag" in answer.headers) == (200, False)
    assert store.content(answer.json()) == {"n": "1"}


def test_the_body_of_a_read_is_not_touched(client):
    answer = client.gateway.ask("GET", client.path)
    direct = json.loads(answer.body)
    assert client.store.content(direct) == {"n": "1"}
    head = client.gateway.ask("HEAD", client.path)
    assert head.status == 200 and head.headers.get("ETag") in (None, answer.headers["ETag"])


# Configuration


def checked(tmp_path, conflict):
    """`parley check` of a configuration with this policy."""
    routes = {"item": {"path": "/items/{id}", "policies": {"conflict": conflict}}}
    (tmp_path / "parley.yaml").write_bytes(as_json(configuration("http://127.0.0.1:9", routes)))
    return run("check", tmp_path / "parley.yaml")


@pytest.mark.parametrize("kind", MAKERS)
def test_check_accepts_every_dialect(tmp_path, stores, kind):
    done = checked(tmp_path, {"level": "translate", "dialect": stores[kind].dialect})
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": "translate"},
        {"level": "translate", "dialect": "couch"},
        {"level": "translate", "dialect": {"version": "no/pointer", "send": "query v"}},
        {"level": "translate", "dialect": {"version": "/v"}},
        {"level": "translate", "dialect": {"version": "/v", "send": "cookie v"}},
        {"level": "translate", "dialect": {"version": "/v", "send": "header not a field"}},
        {"level": "serialise", "dialect": "couchdb"},
        {"level": "translate", "dialect": "couchdb", "merge": {"mode": "json"}},
    ],
    ids=str,
)
def test_check_refuses_what_cannot_be_meant(tmp_path, wrong):
    assert checked(tmp_path, {"level": "translate", "dialect": "couchdb"}).returncode == 0
    done = checked(tmp_path, wrong)
    assert done.returncode == 1
    assert re.search(r"parley\.yaml:\d+:\d+: error: ", done.stderr), done.stderr
