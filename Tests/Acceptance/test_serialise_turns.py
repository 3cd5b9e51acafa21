"""Contract 4, level serialise: turns, who may write, and who is told what about whom."""

import threading
import time
from collections import Counter

import pytest

from harness import wire
from harness.crew import Meanwhile, together
from harness.editing import put, tag_of
from harness.gateway import configuration, conflict_field, metric
from harness.items import as_json
from harness.keys import consumer
from harness.patience import eventually, stays

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"


def serialise(**more):
    """The policy."""
    return {"conflict": {"level": "serialise", **more}}


@pytest.fixture
def store(stage):
    return stage.store()


@pytest.fixture
def gateway(stage, store):
    return stage.gateway(
        configuration(
            store,
            {
                "item": {"path": "/items/{id}", "policies": serialise()},
                "alias": {
                    "path": "/aliases/{id}",
                    "rewrite": "/items/{id}",
                    "policies": serialise(resource="/items/{id}"),
                },
                "narrow": {"path": "/narrow/{id}", "policies": serialise(wait="400ms", queue=1)},
                "order": {"path": "/orders/{id}", "policies": serialise()},
                "cancel": {
                    "path": "/orders/{id}/cancel",
                    "methods": ["POST"],
                    "policies": serialise(resource="/orders/{id}"),
                },
                "tenant": {
                    "path": "/tenants/doc",
                    "policies": serialise(resource="/tenants/doc?tenant={query.tenant}"),
                },
                "guarded": {"path": "/guarded/{id}", "policies": {"key-auth": {}, **serialise()}},
                "discreet": {"path": "/discreet/{id}", "policies": {"key-auth": {}, **serialise(reveal="none")}},
            },
            consumers={"alice": consumer(ALICE), "bob": consumer(BOB)},
        ),
        arguments=["--loops", "3"],
    )


class Hold:
    """Holds writes to one path in the upstream until it is released."""

    def __init__(self, store, path, methods=("PUT", "POST", "PATCH", "DELETE", "MOVE", "COPY")):
        self.release = threading.Event()
        self.began = 0

        def wait(exchange):
            if exchange.request.path == path and exchange.request.method in methods:
                self.began += 1
                exchange.wait(self.release)
            return False

        store.before_write = wait


@pytest.mark.parametrize("writers", [2, 8])
def test_row_21_of_writers_that_name_the_same_version_exactly_one_succeeds(gateway, store, writers):
    for turn in range(25):
        path = f"/items/race-{turn}"
        store.put(path, {"winner": None})
        tag = tag_of(gateway, path)
        answers = together(*[lambda me=me: put(gateway, path, {"winner": me}, If_Match=tag) for me in range(writers)])
        counts = Counter(answer.status for answer in answers)
        assert counts == {200: 1, 412: writers - 1}, counts
        winner = next(me for me, answer in enumerate(answers) if answer.status == 200)
        assert store.value(path) == {"winner": winner}
    assert len([r for r in store.upstream.requests if r.method == "PUT"]) == 25


def test_row_22_of_concurrent_creates_exactly_one_succeeds(gateway, store):
    for turn in range(25):
        path = f"/items/new-{turn}"
        answers = together(*[lambda me=me: put(gateway, path, {"me": me}, If_None_Match="*").status for me in range(6)])
        assert Counter(answers) == {201: 1, 412: 5}


def test_patch_and_delete_race_under_the_same_rule(gateway, store):
    for turn in range(15):
        path = f"/items/mixed-{turn}"
        store.put(path, {"a": 0})
        tag = tag_of(gateway, path)
        answers = together(
            *[
                lambda me=me: put(gateway, path, {"a": me + 1}, ("PATCH", "DELETE", "PUT")[me % 3], If_Match=tag).status
                for me in range(6)
            ]
        )
        assert sum(status < 300 for status in answers) == 1, answers
        assert set(answers) <= {200, 204, 404, 412}


def test_editors_that_read_change_and_write_lose_nothing(gateway, store):
    path, editors, rounds = "/items/counter", 6, 15
    store.put(path, {"count": 0})

    def edit():
        done = 0
        with gateway.connect() as client:
            while done < rounds:
                read = client.ask("GET", path)
                body = as_json({"count": read.json()["count"] + 1})
                answer = client.ask("PUT", path, {"If-Match": read.headers["ETag"]}, body)
                assert answer.status in (200, 412), answer.body
                done += answer.status == 200

    together(*[edit] * editors)
    assert store.value(path) == {"count": editors * rounds}
    assert store.most_writing[path] == 1


def test_an_alias_of_a_resource_shares_its_turns_and_versions(gateway, store):
    for turn in range(15):
        path = f"/items/shared-{turn}"
        store.put(path, {"n": 0})
        tag = tag_of(gateway, path)
        assert tag_of(gateway, f"/aliases/shared-{turn}") == tag
        answers = together(
            *[
                lambda base=base: put(gateway, f"/{base}/shared-{turn}", {"n": 1, "by": base}, If_Match=tag).status
                for base in ("items", "aliases", "items", "aliases")
            ]
        )
        assert Counter(answers) == {200: 1, 412: 3}


def test_a_post_with_a_resource_takes_its_turn(gateway, store):
    store.put("/orders/7", {"status": "open"})
    hold = Hold(store, "/orders/7/cancel")
    cancelling = Meanwhile(lambda: gateway.ask("POST", "/orders/7/cancel", body=b"{}"))
    eventually(lambda: hold.began == 1)
    writing = Meanwhile(lambda: put(gateway, "/orders/7", {"status": "shipped"}))
    stays(lambda: not store.seen("/orders/7", "PUT"), why="the writer waits for its turn")
    hold.release.set()
    assert cancelling.result().status == 200
    assert writing.result().status == 200
    assert store.most_writing["/orders/7"] == 1


def test_a_condition_of_a_post_is_judged_against_its_resource(gateway, store):
    store.put("/orders/8", {"status": "open"})
    tag = tag_of(gateway, "/orders/8")
    assert gateway.ask("POST", "/orders/8/cancel", {"If-Match": '"B"'}, b"{}").status == 412
    assert store.value("/orders/8") == {"status": "open"}
    answer = gateway.ask("POST", "/orders/8/cancel", {"If-Match": tag}, b"{}")
    assert answer.status == 200
    assert answer.headers["Parley-Version"] == tag_of(gateway, "/orders/8") != tag
    assert gateway.ask("POST", "/orders/8/cancel", {"If-Match": tag}, b"{}").status == 412


def test_a_query_value_may_be_part_of_the_resource(gateway, store):
    store.put("/tenants/doc", {"n": 1})
    hold = Hold(store, "/tenants/doc")
    first = Meanwhile(lambda: put(gateway, "/tenants/doc?tenant=a&x=1", {"n": 2}))
    eventually(lambda: hold.began == 1)
    other = Meanwhile(lambda: put(gateway, "/tenants/doc?tenant=b", {"n": 3}))
    eventually(lambda: hold.began == 2, why="another tenant's write goes ahead")
    same = Meanwhile(lambda: put(gateway, "/tenants/doc?x=2&tenant=a", {"n": 4}))
    stays(lambda: hold.began == 2, why="a write of the same tenant waits")
    hold.release.set()
    assert [one.result().status for one in (first, other, same)] == [200, 200, 200]


def test_writes_to_different_resources_do_not_wait_for_each_other(gateway, store):
    store.put("/items/slow", {})
    hold = Hold(store, "/items/slow")
    slow = Meanwhile(lambda: put(gateway, "/items/slow", {"n": 1}))
    eventually(lambda: hold.began)
    assert Meanwhile(lambda: put(gateway, "/items/quick", {"n": 1})).result(within=2).status == 201
    assert gateway.ask("GET", "/items/slow").status == 200, "reads wait for nobody"
    hold.release.set()
    assert slow.result().status == 200


def test_escapes_and_dots_do_not_make_another_resource(gateway, store):
    store.put("/items/a-b", {"n": 0})
    hold = Hold(store, "/items/a-b")
    first = Meanwhile(lambda: put(gateway, "/items/a-b", {"n": 1}))
    eventually(lambda: hold.began == 1)
    second = Meanwhile(lambda: put(gateway, "/x/../items/%61%2db", {"n": 2}))
    stays(lambda: hold.began == 1)
    hold.release.set()
    assert [first.result().status, second.result().status] == [200, 200]


def test_a_full_queue_and_a_long_wait_are_contended(gateway, store):
    path = "/narrow/1"
    store.put(path, {"n": 0})
    hold = Hold(store, path)
    working = Meanwhile(lambda: put(gateway, path, {"n": 1}))
    eventually(lambda: hold.began == 1)
    started = time.monotonic()
    waiting = Meanwhile(lambda: put(gateway, path, {"n": 2}))
    eventually(lambda: queue_length(gateway, "narrow") == 1, why="one writer queues")
    refused = put(gateway, path, {"n": 3})
    assert time.monotonic() - started < 0.4, "a full queue refuses at once"
    timed_out = waiting.result()
    assert 0.3 < time.monotonic() - started < 2
    for answer in (refused, timed_out):
        problem = answer.problem()
        assert (answer.status, problem["kind"], problem["retryable"]) == (409, "contended", True)
        assert int(answer.headers["Retry-After"]) >= 0
        assert problem["retry_after_ms"] is not None
        assert conflict_field(answer)["kind"] == "contended"
    hold.release.set()
    assert working.result().status == 200
    assert store.value(path) == {"n": 1}


def queue_length(gateway, route):
    """The gauge of writers in a queue."""
    return metric(gateway.console("/metrics").body.decode(), "parley_write_queue", route=route)


def test_turns_are_first_come_first_served(gateway, store):
    path = "/items/fair"
    store.put(path, {"n": 0})
    hold = Hold(store, path)
    crew = []
    for number in range(5):
        crew.append(Meanwhile(lambda number=number: put(gateway, path, {"n": number})))
        if number == 0:
            eventually(lambda: hold.began == 1)
        else:
            eventually(lambda: queue_length(gateway, "item") == number)
    hold.release.set()
    assert [member.result().status for member in crew] == [200] * 5
    assert [request.body for request in store.seen(path, "PUT")] == [as_json({"n": number}) for number in range(5)]


def test_a_client_that_leaves_its_place_in_the_queue_writes_nothing(gateway, store):
    path = "/items/left"
    store.put(path, {"n": 0})
    hold = Hold(store, path)
    working = Meanwhile(lambda: put(gateway, path, {"n": 1}))
    eventually(lambda: hold.began == 1)
    with gateway.connect() as client:
        client.send(wire.encoded("PUT", path, body=as_json({"n": 2})))
        eventually(lambda: queue_length(gateway, "item") == 1)
        client.reset()
    eventually(lambda: queue_length(gateway, "item") == 0, why="the place is given up")
    hold.release.set()
    assert working.result().status == 200
    assert put(gateway, path, {"n": 3}).status == 200
    assert [request.body for request in store.seen(path, "PUT")] == [as_json({"n": 1}), as_json({"n": 3})]


def test_changes_name_who_made_them_and_when(gateway, store):
    path = "/guarded/1"
    store.put(path, {"name": "a", "status": "open"})
    first = tag_of(gateway, path, X_API_Key=ALICE)
    assert (
        put(
            gateway, path, {"name": "a", "status": "closed"}, If_Match=first, X_API_Key=BOB, X_Request_Id="bobs-request"
        ).status
        == 200
    )
    answer = put(gateway, path, {"name": "b", "status": "open"}, If_Match=first, X_API_Key=ALICE)
    change = answer.problem()["changed"][0]
    assert (change["pointer"], change["by"], change["request_id"]) == ("/status", "bob", "bobs-request")
    assert change["at"].endswith("Z") and "T" in change["at"]
    entry = gateway.entry(answer)
    assert entry["consumer"] == "alice"
    assert entry["competing"]["consumer"] == "bob"
    assert entry["competing"]["request_id"] == "bobs-request"
    assert entry["competing"]["changed"] == ["/status"]


def test_changes_of_several_writes_are_all_named(gateway, store):
    path = "/guarded/2"
    store.put(path, {"a": 0, "b": 0, "c": 0})
    first = tag_of(gateway, path, X_API_Key=ALICE)
    assert put(gateway, path, {"a": 1}, "PATCH", X_API_Key=BOB, X_Request_Id="one").status == 200
    assert put(gateway, path, {"b": 1}, "PATCH", X_API_Key=BOB, X_Request_Id="two").status == 200
    changed = put(gateway, path, {"a": 5}, If_Match=first, X_API_Key=ALICE).problem()["changed"]
    assert {entry["pointer"] for entry in changed} == {"/a", "/b"}


@pytest.mark.parametrize("path, fields", [("/items/quiet", {}), ("/discreet/1", {"X_API_Key": ALICE})])
def test_the_other_writer_is_not_named_to_strangers_or_where_it_is_forbidden(gateway, store, path, fields):
    store.put(path, {"status": "open"})
    first = tag_of(gateway, path, **fields)
    other = {"X_API_Key": BOB} if fields else {}
    assert put(gateway, path, {"status": "closed"}, If_Match=first, **other).status == 200
    change = put(gateway, path, {"status": "lost"}, If_Match=first, **fields).problem()["changed"][0]
    assert change["pointer"] == "/status"
    assert change.get("by") is None


def test_a_move_takes_the_turns_of_both_ends(gateway, store):
    store.put("/items/from", {"n": 1})
    store.put("/items/to", {"n": 2})
    hold = Hold(store, "/items/from", methods=("MOVE",))
    moving = Meanwhile(lambda: gateway.ask("MOVE", "/items/from", {"Destination": "/items/to"}))
    eventually(lambda: hold.began == 1)
    at_source = Meanwhile(lambda: put(gateway, "/items/from", {"n": 3}))
    at_destination = Meanwhile(lambda: put(gateway, "/items/to", {"n": 4}))
    stays(lambda: not store.seen("/items/from", "PUT") and not store.seen("/items/to", "PUT"))
    hold.release.set()
    moving.result()
    assert [at_source.result().status, at_destination.result().status] == [200, 200]


def test_moves_in_opposite_directions_do_not_block_each_other_for_ever(gateway, store):
    store.put("/items/left", {"n": 1})
    store.put("/items/right", {"n": 2})
    for _ in range(10):
        together(
            *[
                lambda pair=pair: gateway.ask(
                    "MOVE", f"/items/{pair[0]}", {"Destination": f"http://gateway.test/items/{pair[1]}"}
                )
                for pair in (("left", "right"), ("right", "left")) * 2
            ],
            within=10,
        )


def test_plain_posts_take_no_turn(gateway, store):
    store.put("/items/list", {"n": 1})
    hold = Hold(store, "/items/list")
    crew = [Meanwhile(lambda: gateway.ask("POST", "/items/list", body=b"{}")) for _ in range(3)]
    eventually(lambda: hold.began == 3)
    hold.release.set()
    assert [member.result().status for member in crew] == [200] * 3
    assert store.seen("/items/list", "GET") == []


def test_turns_survive_a_reload(stage, store):
    config = configuration(store, {"item": {"path": "/items/{id}", "policies": serialise()}})
    gateway = stage.gateway(config)
    path = "/items/1"
    store.put(path, {"n": 0})
    tag = tag_of(gateway, path)
    hold = Hold(store, path)
    first = Meanwhile(lambda: put(gateway, path, {"n": 1}, If_Match=tag))
    eventually(lambda: hold.began == 1)
    digest = gateway.status()["configuration"]["digest"]
    config["upstreams"]["shop"]["timeouts"] = {"response": "20s"}
    gateway.reconfigure(config)
    eventually(lambda: gateway.status()["configuration"]["digest"] != digest)
    second = Meanwhile(lambda: put(gateway, path, {"n": 2}, If_Match=tag))
    stays(lambda: hold.began == 1)
    hold.release.set()
    assert [first.result().status, second.result().status] == [200, 412]


def test_the_wait_of_a_write_is_measured_and_journaled(gateway, store):
    path = "/items/waited"
    store.put(path, {"n": 0})
    tag = tag_of(gateway, path)
    hold = Hold(store, path)
    first = Meanwhile(lambda: put(gateway, path, {"n": 1}))
    eventually(lambda: hold.began == 1)
    second = Meanwhile(lambda: put(gateway, path, {"n": 2}, If_Match=tag))
    eventually(lambda: queue_length(gateway, "item") == 1)
    stays(lambda: True, during=0.1)
    hold.release.set()
    assert first.result().status == 200
    answer = second.result()
    assert answer.status == 412
    resolution = gateway.entry(answer)["resolution"]
    assert resolution["outcome"] == "refused" and resolution["wait_ms"] >= 80
    text = gateway.console("/metrics").body.decode()
    assert metric(text, "parley_write_wait_seconds_count", route="item") >= 2
