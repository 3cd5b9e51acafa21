"""The key `reads` of the policy `conflict`: reads that need not ask the upstream, and never show what a write has ended."""

import hashlib
import threading

import pytest

from harness.crew import Meanwhile
from harness.editing import put_with
from harness.gateway import configuration, metric, run
from harness.items import as_json
from harness.patience import eventually


def reading(**reads):
    """The policies of a route."""
    return {"conflict": {"level": "serialise", "reads": reads}}


@pytest.fixture(scope="module")
def store(shared):
    return shared.store()


@pytest.fixture(scope="module")
def gateway(shared, store):
    return shared.gateway(
        configuration(
            store,
            {
                "long": {"path": "/long/{id}", "policies": reading(fresh="1h")},
                "action": {
                    "path": "/long/{id}/cancel",
                    "methods": ["POST"],
                    "policies": {"conflict": {"level": "serialise", "resource": "/long/{id}"}},
                },
                "brief": {"path": "/brief/{id}", "policies": reading(fresh="200ms")},
                "shared": {"path": "/shared/{id}", "policies": reading(coalesce=True)},
                "plain": {"path": "/plain/{id}", "policies": {"conflict": {"level": "serialise"}}},
            },
        ),
        arguments=["--loops", "3"],
    )


@pytest.fixture(autouse=True)
def forget(store):
    store.before_write = store.before_read = None
    store.upstream.forget()


@pytest.fixture
def name(request):
    return hashlib.sha256(request.node.name.encode()).hexdigest()[:12]


@pytest.fixture
def path(store, name):
    store.put(f"/long/{name}", {"n": 1})
    return f"/long/{name}"


def test_a_second_read_does_not_ask_the_upstream(gateway, store, path):
    first, second = gateway.ask("GET", path), gateway.ask("GET", path)
    assert (first.status, second.status) == (200, 200)
    assert (second.body, second.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert second.headers["Age"] == "0" and "Age" not in first.headers
    assert len(store.seen(path)) == 1


def test_a_conditional_read_is_answered_from_what_is_known(gateway, store, path):
    tag = gateway.ask("GET", path).headers["ETag"]
    answer = gateway.ask("GET", path, {"If-None-Match": f'"other", W/{tag}'})
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", tag)
    assert gateway.ask("GET", path, {"If-Match": '"stale"'}).status == 412
    part = gateway.ask("GET", path, {"Range": "bytes=0-1"})
    assert (part.status, part.body) == (206, as_json({"n": 1})[:2])
    head = gateway.ask("HEAD", path)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", tag)
    assert len(store.seen(path)) == 1


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_write_ends_what_was_read(gateway, store, path, method):
    tag = gateway.ask("GET", path).headers["ETag"]
    assert put_with(gateway, path, {"If-Match": tag}, {"n": 2}, method).status in (200, 204)
    answer = gateway.ask("GET", path, {"If-None-Match": tag})
    assert answer.status == (404 if method == "DELETE" else 200)
    assert method == "DELETE" or answer.json() == store.value(path)


def test_an_action_on_the_resource_ends_what_was_read(gateway, store, path):
    assert gateway.ask("GET", path).json() == {"n": 1}
    assert gateway.ask("POST", path + "/cancel", {"Content-Type": "application/json"}, b"{}").status == 200
    assert gateway.ask("GET", path).json()["status"] == "cancelled"


def test_a_write_with_an_unknown_outcome_ends_what_was_read(gateway, store, path):
    gateway.ask("GET", path)
    store.after_write = lambda exchange: exchange.close() or True
    try:
        assert put_with(gateway, path, {}, {"n": 2}).status == 502
    finally:
        store.after_write = None
    assert gateway.ask("GET", path).json() == {"n": 2}


def test_what_one_caller_read_is_not_given_to_another(gateway, store, path):
    for fields in ({}, {"Authorization": "Bearer a"}, {"Authorization": "Bearer b"}, {"Cookie": "s=1"}):
        assert gateway.ask("GET", path, fields).status == 200
    assert len(store.seen(path)) == 4
    assert gateway.ask("GET", path, {"Authorization": "Bearer b"}).status == 200
    assert len(store.seen(path)) == 4


def test_another_selection_is_another_read(gateway, store, path):
    for target, fields in ((path, {}), (path + "?x=1", {}), (path, {"Accept": "text/plain"})):
        assert gateway.ask("GET", target, fields).status == 200
    assert len(store.seen(path)) == 3


@pytest.mark.parametrize("fields", [{"Cache-Control": "no-cache"}, {"Pragma": "no-cache"}])
def test_a_client_that_wants_the_upstream_gets_it(gateway, store, path, fields):
    gateway.ask("GET", path)
    store.put(path, {"n": 7})
    assert gateway.ask("GET", path, fields).json() == {"n": 7}


@pytest.mark.parametrize("field", [("Cache-Control", "no-store"), ("Set-Cookie", "a=1"), ("Vary", "X-Mood")])
def test_what_may_not_be_used_again_is_read_each_time(gateway, store, path, field):
    def answers(exchange):
        exchange.reply(200, [("Content-Type", "application/json"), field], as_json({"n": 1}))
        return True

    store.before_read = answers
    for _ in range(3):
        assert gateway.ask("GET", path).status == 200
    assert len(store.seen(path)) == 3


def test_a_change_from_elsewhere_is_seen_once_the_time_is_over(gateway, store, name):
    path = f"/brief/{name}"
    store.put(path, {"n": 1})
    assert gateway.ask("GET", path).json() == {"n": 1}
    store.put(path, {"n": 2})
    eventually(lambda: gateway.ask("GET", path).json() == {"n": 2}, why="200 ms pass")


class Held:
    """Holds the first read back in the upstream until it is released."""

    def __init__(self, store):
        self.release, self.began, self.store = threading.Event(), 0, store
        store.before_read = self.wait

    def wait(self, exchange):
        self.began += 1
        if self.began == 1:
            body = self.store.items[exchange.request.path].body
            exchange.wait(self.release)
            exchange.reply(200, {"Content-Type": "application/json"}, body)
            return True
        return False


def connections(gateway):
    """How many clients the gateway has."""
    return metric(gateway.console("/metrics").body.decode(), "parley_connections", side="client")


def test_equal_reads_at_once_are_one_read(gateway, store, name):
    path = f"/shared/{name}"
    store.put(path, {"n": 1})
    held = Held(store)
    first = Meanwhile(lambda: gateway.ask("GET", path))
    eventually(lambda: held.began == 1)
    others = [Meanwhile(lambda: gateway.ask("GET", path)) for _ in range(5)]
    eventually(lambda: connections(gateway) >= 6, why="all have asked")
    held.release.set()
    answers = [one.result() for one in (first, *others)]
    assert {(answer.status, answer.body) for answer in answers} == {(200, as_json({"n": 1}))}
    assert len(store.seen(path)) < 6, "some did not ask"
    before = len(store.seen(path))
    assert gateway.ask("GET", path).status == 200
    assert len(store.seen(path)) == before + 1, "nothing is kept where nothing is fresh"


def test_a_read_after_a_write_does_not_join_an_earlier_one(gateway, store, name):
    path = f"/shared/{name}"
    store.put(path, {"n": 1})
    held = Held(store)
    early = Meanwhile(lambda: gateway.ask("GET", path))
    eventually(lambda: held.began == 1)
    assert put_with(gateway, path, {}, {"n": 2}).status == 200
    assert gateway.ask("GET", path).json() == {"n": 2}, "while the early read is still on its way"
    held.release.set()
    assert early.result().status == 200
    assert gateway.ask("GET", path).json() == {"n": 2}


def test_those_who_wait_read_for_themselves_when_the_first_one_fails(gateway, store, name):
    path = f"/shared/{name}"
    store.put(path, {"n": 1})
    release = threading.Event()
    began = []

    def fails_once(exchange):
        began.append(1)
        if len(began) == 1:
            exchange.wait(release)
            exchange.reply(500, {"Content-Type": "text/plain"}, b"oops")
            return True
        return False

    store.before_read = fails_once
    first = Meanwhile(lambda: gateway.ask("GET", path))
    eventually(lambda: len(began) == 1)
    second = Meanwhile(lambda: gateway.ask("GET", path))
    release.set()
    assert first.result().status == 500
    assert second.result().json() == {"n": 1}


def test_routes_that_do_not_say_so_read_each_time(gateway, store, name):
    path = f"/plain/{name}"
    store.put(path, {"n": 1})
    for _ in range(3):
        assert gateway.ask("GET", path).status == 200
    assert len(store.seen(path)) == 3


@pytest.mark.parametrize("level", ["observe", "delegate"])
def test_check_refuses_it_where_writes_do_not_end_what_was_read(tmp_path, level):
    routes = {"item": {"path": "/i/{id}", "policies": {"conflict": {"level": level, "reads": {"fresh": "1s"}}}}}
    (tmp_path / "parley.yaml").write_bytes(as_json(configuration("http://127.0.0.1:9", routes)))
    done = run("check", tmp_path / "parley.yaml")
    assert (done.returncode, "'reads' is impossible" in done.stderr) == (1, True), done.stderr
