"""Contract 8, key `merge` (standards: 11.5): stale writes whose changes do not overlap are rebased."""

import hashlib
import json
from base64 import b64encode
from urllib.parse import urlencode

import pytest

from harness.crew import together
from harness.documents import JSON_PATCH, MERGE_PATCH, DocumentStore, Fork, three_values
from harness.editing import put_with, tag_of
from harness.gateway import configuration, run
from harness.items import as_json
from harness.keys import consumer
from harness.patience import eventually

ALICE = "alice-has-a-long-key-0001"
PREVIEW = "/.well-known/parley/merge-preview"


def merging(**more):
    """The policy."""
    level = {name: more.pop(name) for name in ("history",) if name in more}
    return {"conflict": {"level": "serialise", **level, "merge": {"mode": "json", **more}}}


RICH = {
    "keyed": {"/lines": "id"},
    "sets": ["/tags"],
    "counters": ["/stock", "/deep/count"],
    "groups": [["/start", "/end"]],
    "atomic": ["/address"],
}


@pytest.fixture(scope="module")
def store(shared):
    return shared.keep(DocumentStore())


@pytest.fixture(scope="module")
def gateway(shared, store):
    return shared.gateway(
        configuration(
            store,
            {
                "item": {"path": "/items/{id}", "policies": merging()},
                "rich": {"path": "/rich/{id}", "policies": merging(**RICH)},
                "brief": {"path": "/brief/{id}", "policies": merging(history={"versions": 2, "keep": "1h"})},
                "thrice": {"path": "/thrice/{id}", "policies": merging(attempts=3)},
                "off": {
                    "path": "/off/{id}",
                    "policies": {"conflict": {"level": "serialise", "merge": {"mode": "off"}}},
                },
                "unset": {"path": "/unset/{id}", "policies": {"conflict": {"level": "serialise"}}},
                "guarded": {"path": "/guarded/{id}", "policies": {"key-auth": {}, **merging()}},
            },
            consumers={"alice": consumer(ALICE)},
        ),
        arguments=["--loops", "3"],
    )


@pytest.fixture(autouse=True)
def as_told(store):
    yield
    store.reset()


@pytest.fixture
def name(request):
    """A last segment of this test's own."""
    return hashlib.sha256(request.node.name.encode()).hexdigest()[:12]


MERGES = {
    "different members": ({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 2}),
    "members of one object": (
        {"o": {"a": 1, "b": {"c": 1, "d": 1}}},
        {"o": {"a": 1, "b": {"c": 2, "d": 1}}},
        {"o": {"a": 1, "b": {"c": 1, "d": 2}}},
        {"o": {"a": 1, "b": {"c": 2, "d": 2}}},
    ),
    "both add": ({"a": 1}, {"a": 1, "b": 1}, {"a": 1, "c": 1}, {"a": 1, "b": 1, "c": 1}),
    "they remove": ({"a": 1, "b": 1}, {"b": 1}, {"a": 1, "b": 2}, {"b": 2}),
    "I remove": ({"a": 1, "b": 1}, {"a": 1, "b": 2}, {"b": 1}, {"b": 2}),
    "both remove the same": ({"a": 1, "b": 1, "c": 1}, {"b": 2, "c": 1}, {"b": 1, "c": 2}, {"b": 2, "c": 2}),
    "both set the same": ({"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 1}, {"a": 2, "b": 1, "c": 2},
                          {"a": 2, "b": 2, "c": 2}),
    "both create one object": ({}, {"o": {"a": 1}}, {"o": {"b": 2}}, {"o": {"a": 1, "b": 2}}),
    "one number in two forms": (b'{"a":1,"b":1}', b'{"a":1.0,"b":2}', b'{"a":3,"b":1}', {"a": 3, "b": 2}),
    "members in another order": (b'{"a":{"x":1,"y":2},"b":1}', b'{"a":{"y":2,"x":1},"b":2}',
                                 b'{"b":1,"a":{"x":5,"y":2}}', {"a": {"x": 5, "y": 2}, "b": 2}),
    "null is a value": ({"a": None, "b": 1}, {"a": None, "b": 2}, {"a": 0, "b": 1}, {"a": 0, "b": 2}),
    "a list by one of them": ({"l": [1, 2], "b": 1}, {"l": [1, 2], "b": 2}, {"l": [2], "b": 1}, {"l": [2], "b": 2}),
    "strange names": ({"a/b": 1, "m~n": 1, "": 1}, {"a/b": 2, "m~n": 1, "": 1}, {"a/b": 1, "m~n": 2, "": 2},
                      {"a/b": 2, "m~n": 2, "": 2}),
    "an unchanged copy": ({"a": 1, "b": 1}, {"a": 2, "b": 1}, b'{"a" : 1, "b" : 1}', {"a": 2, "b": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", MERGES)
def test_changes_that_do_not_overlap_are_merged(gateway, store, name, case):
    base, theirs, mine, expected = MERGES[case]
    fork = Fork(gateway, store, f"/items/{name}", base, theirs)
    fork.assert_merged(fork.write(mine))
    assert fork.value == expected


RICH_MERGES = {
    "a set": ({"tags": ["a", "b"]}, {"tags": ["a", "b", "c"]}, {"tags": ["b", "d"]}, {"tags": ["b", "c", "d"]}),
    "a set both add to": ({"tags": ["a"]}, {"tags": ["a", "x"]}, {"tags": ["a", "x", "y"]}, {"tags": ["a", "x", "y"]}),
    "a counter": ({"stock": 10}, {"stock": 7}, {"stock": 9}, {"stock": 6}),
    "a deep counter": ({"deep": {"count": 1}}, {"deep": {"count": 5}}, {"deep": {"count": 0}}, {"deep": {"count": 4}}),
    "a whole group by one": ({"start": 1, "end": 2, "x": 1}, {"start": 1, "end": 2, "x": 2},
                             {"start": 5, "end": 6, "x": 1}, {"start": 5, "end": 6, "x": 2}),
    "an atomic object by one": ({"address": {"street": "a", "zip": 1}, "x": 1},
                                {"address": {"street": "a", "zip": 1}, "x": 2},
                                {"address": {"street": "b", "zip": 2}, "x": 1},
                                {"address": {"street": "b", "zip": 2}, "x": 2}),
    "different lines": (
        {"lines": [{"id": 1, "q": 1}, {"id": 2, "q": 1}]},
        {"lines": [{"id": 1, "q": 1}, {"id": 2, "q": 5}]},
        {"lines": [{"id": 1, "q": 7}, {"id": 2, "q": 1}]},
        {"lines": [{"id": 1, "q": 7}, {"id": 2, "q": 5}]},
    ),
    "different members of one line": (
        {"lines": [{"id": 1, "q": 1, "p": 1}]},
        {"lines": [{"id": 1, "q": 5, "p": 1}]},
        {"lines": [{"id": 1, "q": 1, "p": 7}]},
        {"lines": [{"id": 1, "q": 5, "p": 7}]},
    ),
    "a line removed": (
        {"lines": [{"id": "x"}, {"id": "y", "q": 1}, {"id": "z"}]},
        {"lines": [{"id": "x"}, {"id": "y", "q": 2}, {"id": "z"}]},
        {"lines": [{"id": "y", "q": 1}, {"id": "z"}]},
        {"lines": [{"id": "y", "q": 2}, {"id": "z"}]},
    ),
    "their order, with my line after its neighbour": (
        {"lines": [{"id": 1}, {"id": 2}]},
        {"lines": [{"id": 2}, {"id": 1}, {"id": 3}]},
        {"lines": [{"id": 1}, {"id": 4}, {"id": 2}]},
        {"lines": [{"id": 2}, {"id": 1}, {"id": 4}, {"id": 3}]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RICH_MERGES)
def test_sets_counters_groups_and_keyed_lists_are_merged_by_their_own_rules(gateway, store, name, case):
    base, theirs, mine, expected = RICH_MERGES[case]
    fork = Fork(gateway, store, f"/rich/{name}", base, theirs)
    fork.assert_merged(fork.write(mine))
    found = fork.value
    if "tags" in expected:
        assert len(found["tags"]) == len(set(found["tags"]))
        found["tags"].sort()
    assert found == expected


OVERLAPS = {
    "one member": ("/items", {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 1}, {"/a": (1, 3, 2)}),
    "several members": ("/items", {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 2, "c": 2}, {"a": 3, "b": 3, "c": 1},
                        {"/a": (1, 3, 2), "/b": (1, 3, 2)}),
    "a deep member": ("/items", {"o": {"a/b": 1}}, {"o": {"a/b": 2}}, {"o": {"a/b": 3}}, {"/o/a~1b": (1, 3, 2)}),
    "they remove what I change": ("/items", {"a": 1, "b": 1}, {"b": 1}, {"a": 2, "b": 1}, {"/a": (1, 2, None)}),
    "I remove what they change": ("/items", {"a": 1, "b": 1}, {"a": 2, "b": 1}, {"b": 1}, {"/a": (1, None, 2)}),
    "both create": ("/items", {"b": 1}, {"b": 1, "a": 2}, {"b": 1, "a": 3}, {"/a": (None, 3, 2)}),
    "a list": ("/items", {"l": [1]}, {"l": [1, 2]}, {"l": [0, 1]}, {"/l": ([1], [0, 1], [1, 2])}),
    "another type": ("/items", {"a": {"x": 1}}, {"a": "x"}, {"a": [1]}, {"/a": ({"x": 1}, [1], "x")}),
    "the whole document": ("/items", [1], [1, 2], [0, 1], {"": ([1], [0, 1], [1, 2])}),
    "a list on a route that has other sets": ("/rich", {"l": ["a"]}, {"l": ["a", "b"]}, {"l": ["a", "c"]},
                                              {"/l": (["a"], ["a", "c"], ["a", "b"])}),
    "a number that is no counter": ("/rich", {"n": 1}, {"n": 2}, {"n": 3}, {"/n": (1, 3, 2)}),
    "a counter that is no number": ("/rich", {"stock": 1}, {"stock": "two"}, {"stock": 3}, {"/stock": (1, 3, "two")}),
    "a counter that they removed": ("/rich", {"stock": 1, "x": 1}, {"x": 1}, {"stock": 3, "x": 1},
                                    {"/stock": (1, 3, None)}),
    "an atomic object": ("/rich", {"address": {"street": "a", "zip": 1}}, {"address": {"street": "a", "zip": 2}},
                         {"address": {"street": "b", "zip": 1}},
                         {"/address": ({"street": "a", "zip": 1}, {"street": "b", "zip": 1},
                                       {"street": "a", "zip": 2})}),
}  # fmt: skip


@pytest.mark.parametrize("case", OVERLAPS)
def test_an_overlap_is_412_with_the_three_values_of_every_pointer(gateway, store, name, case):
    where, base, theirs, mine, expected = OVERLAPS[case]
    fork = Fork(gateway, store, f"{where}/{name}", base, theirs)
    problem = fork.assert_refused(fork.write(mine))
    assert three_values(problem) == expected
    assert sorted(problem["overlap"]) == sorted(expected)


def test_members_of_a_group_move_together_or_not_at_all(gateway, store, name):
    fork = Fork(gateway, store, f"/rich/{name}", {"start": 1, "end": 9}, {"start": 5, "end": 9})
    problem = fork.assert_refused(fork.write({"start": 1, "end": 3}))
    assert problem["overlap"] and set(problem["overlap"]) <= {"/start", "/end"}


@pytest.mark.parametrize(
    "theirs, mine",
    [([{"id": 1, "q": 2}], [{"id": 1, "q": 3}]), ([], [{"id": 1, "q": 3}]), ([{"id": 1, "q": 2}], [])],
    ids=["both change", "they remove", "I remove"],
)
def test_one_line_changed_by_both_is_an_overlap(gateway, store, name, theirs, mine):
    fork = Fork(gateway, store, f"/rich/{name}", {"lines": [{"id": 1, "q": 1}]}, {"lines": theirs})
    problem = fork.assert_refused(fork.write({"lines": mine}))
    assert problem["overlap"] and all(pointer.startswith("/lines") for pointer in problem["overlap"])
    assert three_values(problem)


@pytest.mark.parametrize("lines", [[{"id": 1}, {"id": 1, "q": 1}], [{"q": 1}], [1], {"id": 1}])
def test_a_keyed_list_without_proper_keys_is_taken_as_a_whole(gateway, store, name, lines):
    fork = Fork(gateway, store, f"/rich/{name}", {"lines": [{"id": 1}]}, {"lines": [{"id": 1}, {"id": 2}]})
    fork.assert_refused(fork.write({"lines": lines}))


# What the upstream gets, and what the answer says


def test_the_upstream_gets_one_whole_merged_document(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    fork.assert_merged(fork.write({"a": 1, "b": 2}))
    (request,) = fork.written()
    assert (request.method, json.loads(request.body)) == ("PUT", {"a": 2, "b": 2})
    assert request.headers["Content-Type"].startswith("application/json")
    assert fork.base not in (request.headers.get("If-Match") or "")
    before = [r.method for r in store.upstream.requests].index("PUT")
    assert "GET" in [r.method for r in store.upstream.requests[:before]], "a merge is made with a fresh read"


def test_a_digest_of_what_the_client_sent_is_not_passed_on_as_that_of_the_merged_document(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    mine = as_json({"a": 1, "b": 2})
    digest = f"sha-256=:{b64encode(hashlib.sha256(mine).digest()).decode()}:"
    fork.assert_merged(fork.write(mine, Content_Digest=digest, Repr_Digest=digest))
    (request,) = fork.written()
    right = f"sha-256=:{b64encode(hashlib.sha256(request.body).digest()).decode()}:"
    for field in ("Content-Digest", "Repr-Digest"):
        assert request.headers.get(field) in (None, right)


def test_numbers_are_carried_digit_by_digit(gateway, store, name):
    base = b'{"id":12345678901234567890,"price":1.10,"tiny":1e-300,"a":1,"b":1}'
    fork = Fork(gateway, store, f"/items/{name}", base, base.replace(b'"a":1', b'"a":2'))
    fork.assert_merged(fork.write(base.replace(b'"b":1', b'"b":2')))
    (request,) = fork.written()
    assert b"12345678901234567890" in request.body
    assert json.loads(request.body) == json.loads(base) | {"a": 2, "b": 2}


def test_a_merged_put_has_no_etag_for_its_bytes_are_not_those_that_were_sent(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    answer = fork.write({"a": 1, "b": 2})
    fork.assert_merged(answer)
    assert "ETag" not in answer.headers
    again = put_with(gateway, fork.path, {"If-Match": answer.headers["Parley-Version"]}, {"a": 9, "b": 9})
    assert (again.status, "Conflict-Resolution" in again.headers) == (200, False)


def test_both_making_the_same_change_is_no_conflict(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1}, {"a": 2})
    answer = fork.write({"a": 2})
    assert answer.status in (200, 204), answer.body
    assert fork.value == {"a": 2}
    assert answer.headers.get("ETag") in (None, tag_of(gateway, fork.path))


def test_a_current_write_is_not_merged(gateway, store, name):
    path = f"/items/{name}"
    store.put(path, {"a": 1})
    answer = put_with(gateway, path, {"If-Match": tag_of(gateway, path)}, {"a": 2})
    assert (answer.status, "Conflict-Resolution" in answer.headers) == (200, False)
    unconditional = put_with(gateway, path, {}, {"b": 3})
    assert (unconditional.status, "Conflict-Resolution" in unconditional.headers) == (200, False)
    assert store.value(path) == {"b": 3}


def test_a_merge_is_journaled(gateway, store, name):
    fork = Fork(gateway, store, f"/guarded/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1}, X_API_Key=ALICE)
    fork.assert_merged(fork.write({"a": 1, "b": 2}, X_Request_Id=f"merge-{name}"))

    def look():
        return [entry for entry in gateway.conflicts(limit=100) if entry["request_id"] == f"merge-{name}"]

    entry = eventually(look, why="the journal's entry of the merge")[0]
    assert (entry["resolution"]["outcome"], entry["origin"]) == ("merged", "gateway")
    assert (entry["consumer"], entry["route"], entry["your_version"]) == ("alice", "guarded", fork.base)


def test_a_merge_over_several_versions_takes_them_all_into_account(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1, "c": 1}, {"a": 2, "b": 1, "c": 1})
    assert put_with(gateway, fork.path, {}, {"a": 2, "b": 2, "c": 1}).status == 200
    fork.theirs = tag_of(gateway, fork.path)
    fork.assert_merged(fork.write({"a": 1, "b": 1, "c": 2}))
    assert fork.value == {"a": 2, "b": 2, "c": 2}


def test_a_change_made_behind_the_gateways_back_is_merged_too(gateway, store, name):
    path = f"/items/{name}"
    store.put(path, {"a": 1, "b": 1})
    tag = tag_of(gateway, path)
    store.put(path, {"a": 2, "b": 1})
    answer = put_with(gateway, path, {"If-Match": tag}, {"a": 1, "b": 2})
    assert answer.status == 200 and answer.headers["Conflict-Resolution"].startswith(f"merged; base={tag}; theirs=")
    assert store.value(path) == {"a": 2, "b": 2}


def test_concurrent_editors_of_different_members_all_succeed_and_lose_nothing(gateway, store, name):
    for turn in range(8):
        path, crew = f"/items/{name}-{turn}", 6
        document = {f"m{number}": 0 for number in range(crew)}
        store.put(path, document)
        tag = tag_of(gateway, path)
        answers = together(
            *[
                lambda n=n: put_with(gateway, path, {"If-Match": tag}, {**document, f"m{n}": n + 1})
                for n in range(crew)
            ]
        )
        assert [answer.status for answer in answers] == [200] * crew
        assert store.value(path) == {f"m{number}": number + 1 for number in range(crew)}
        assert sum("Conflict-Resolution" in answer.headers for answer in answers) == crew - 1
        assert store.most_writing[path] == 1


def test_concurrent_editors_of_one_member_are_one_winner_and_the_rest_412(gateway, store, name):
    path = f"/items/{name}"
    store.put(path, {"a": 0, "b": 0})
    tag = tag_of(gateway, path)
    answers = together(
        *[lambda n=n: put_with(gateway, path, {"If-Match": tag}, {"a": n + 1, "b": 0}) for n in range(6)]
    )
    assert sorted(answer.status for answer in answers) == [200] + [412] * 5


# Attempts


def interfering(store, path, times):
    """Somebody else changes another member just before each of the first `times` writes arrives."""
    left = [times]

    def before(exchange):
        if exchange.request.path == path and left[0]:
            left[0] -= 1
            store.put(path, store.value(path) | {f"other{left[0]}": 1}, tags="strong")
        return False

    store.before_write = before


def strong_fork(gateway, store, path):
    """A stale editor of an item whose upstream has tags of its own and checks them."""
    store.check_conditions = True
    store.put(path, {"a": 1, "b": 1}, tags="strong")
    tag = tag_of(gateway, path)
    store.put(path, {"a": 2, "b": 1}, tags="strong")
    store.upstream.forget()
    return tag


def test_a_merge_that_is_overtaken_is_made_again_under_a_fresh_condition(gateway, store, name):
    path = f"/thrice/{name}"
    tag = strong_fork(gateway, store, path)
    interfering(store, path, 1)
    answer = put_with(gateway, path, {"If-Match": tag}, {"a": 1, "b": 2})
    assert answer.status == 200, answer.body
    assert store.value(path) == {"a": 2, "b": 2, "other0": 1}
    conditions = [request.headers["If-Match"] for request in store.seen(path, "PUT")]
    assert len(conditions) == len(set(conditions)) == 2 and tag not in conditions


def test_a_merge_is_given_up_after_its_attempts(gateway, store, name):
    path = f"/thrice/{name}"
    tag = strong_fork(gateway, store, path)
    interfering(store, path, 50)
    answer = put_with(gateway, path, {"If-Match": tag}, {"a": 1, "b": 2})
    assert answer.status == 412, answer.body
    assert len(store.seen(path, "PUT")) == 3
    assert store.value(path)["b"] == 1


# Patches

THING = {
    "name": "a",
    "status": "open",
    "list": [1, 2],
    "address": {"street": "x", "zip": 1},
    "text": "t",
}
SHIPPED = {**THING, "status": "shipped"}


def op(kind, path, *value, source=None):
    """One operation of a JSON Patch."""
    return {"op": kind, "path": path, **({"value": value[0]} if value else {}), **({"from": source} if source else {})}


FINE_PATCHES = {
    "replace": ([op("replace", "/name", "b")], SHIPPED, {**SHIPPED, "name": "b"}),
    "add": ([op("add", "/new", 1)], SHIPPED, {**SHIPPED, "new": 1}),
    "remove": ([op("remove", "/text")], SHIPPED, {k: v for k, v in SHIPPED.items() if k != "text"}),
    "into a list": ([op("add", "/list/0", 0)], SHIPPED, {**SHIPPED, "list": [0, 1, 2]}),
    "a test of something else": ([op("test", "/name", "a"), op("replace", "/name", "b")], SHIPPED,
                                 {**SHIPPED, "name": "b"}),
    "a neighbour": ([op("replace", "/address/street", "y")], {**THING, "address": {"street": "x", "zip": 2}},
                    {**THING, "address": {"street": "y", "zip": 2}}),
    "a name that only begins alike": ([op("replace", "/name", "b")], {**THING, "name2": 1},
                                      {**THING, "name": "b", "name2": 1}),
    "copy": ([op("copy", "/old", source="/name")], SHIPPED, {**SHIPPED, "old": "a"}),
}  # fmt: skip


@pytest.mark.parametrize("case", FINE_PATCHES)
def test_a_json_patch_that_touches_nothing_that_changed_is_rebased(gateway, store, name, case):
    patch, theirs, expected = FINE_PATCHES[case]
    fork = Fork(gateway, store, f"/items/{name}", THING, theirs)
    fork.assert_merged(fork.write(patch, "PATCH", JSON_PATCH))
    assert fork.value == expected


STALE_PATCHES = {
    "replaces it": ([op("replace", "/status", "closed")], SHIPPED, "/status"),
    "removes it": ([op("remove", "/status")], SHIPPED, "/status"),
    "tests it": ([op("test", "/status", "open"), op("replace", "/name", "b")], SHIPPED, "/status"),
    "copies it": ([op("copy", "/old", source="/status")], SHIPPED, "/status"),
    "moves it": ([op("move", "/old", source="/status")], SHIPPED, "/status"),
    "replaces what holds it": ([op("replace", "/address", {})], {**THING, "address": {"street": "x", "zip": 2}},
                               "/address"),
    "is within it": ([op("replace", "/address/zip", 3)], {**THING, "address": "none"}, "/address"),
    "adds to a list that changed": ([op("add", "/list/-", 3)], {**THING, "list": [9, 2]}, "/list"),
    "removes from a list that changed": ([op("remove", "/list/0")], {**THING, "list": [1, 9]}, "/list"),
    "does something else, too": ([op("replace", "/name", "b"), op("replace", "/status", "x")], SHIPPED, "/status"),
}  # fmt: skip


@pytest.mark.parametrize("case", STALE_PATCHES)
def test_a_json_patch_that_touches_what_changed_is_412(gateway, store, name, case):
    patch, theirs, pointer = STALE_PATCHES[case]
    fork = Fork(gateway, store, f"/items/{name}", THING, theirs)
    problem = fork.assert_refused(fork.write(patch, "PATCH", JSON_PATCH))
    assert problem["overlap"] and all(found.startswith(pointer) for found in problem["overlap"])


def test_a_json_patch_that_does_not_even_fit_the_version_it_names_is_not_applied(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", THING, SHIPPED)
    answer = fork.write([op("test", "/status", "shipped"), op("replace", "/name", "b")], "PATCH", JSON_PATCH)
    kind = answer.problem()["kind"]
    assert (answer.status, kind) in ((412, "stale-version"), (409, "edit"))
    assert fork.value == SHIPPED and fork.written() == []


FINE_MERGE_PATCHES = {
    "another member": ({"name": "b"}, SHIPPED, {**SHIPPED, "name": "b"}),
    "a removal": ({"text": None}, SHIPPED, {k: v for k, v in SHIPPED.items() if k != "text"}),
    "a neighbour": ({"address": {"street": "y"}}, {**THING, "address": {"street": "x", "zip": 2}},
                    {**THING, "address": {"street": "y", "zip": 2}}),
}  # fmt: skip


@pytest.mark.parametrize("case", FINE_MERGE_PATCHES)
def test_a_merge_patch_whose_leaves_have_not_changed_is_rebased(gateway, store, name, case):
    patch, theirs, expected = FINE_MERGE_PATCHES[case]
    fork = Fork(gateway, store, f"/items/{name}", THING, theirs)
    fork.assert_merged(fork.write(patch, "PATCH", MERGE_PATCH))
    assert fork.value == expected


STALE_MERGE_PATCHES = {
    "the same member": ({"status": "closed"}, SHIPPED, "/status"),
    "its removal": ({"status": None}, SHIPPED, "/status"),
    "one of several": ({"name": "b", "status": "closed"}, SHIPPED, "/status"),
    "a whole object": ({"address": "none"}, {**THING, "address": {"street": "x", "zip": 2}}, "/address"),
    "a member of what is gone": ({"address": {"zip": 3}}, {**THING, "address": "none"}, "/address"),
    "a list": ({"list": [3]}, {**THING, "list": [1]}, "/list"),
}  # fmt: skip


@pytest.mark.parametrize("case", STALE_MERGE_PATCHES)
def test_a_merge_patch_with_a_leaf_that_changed_is_412(gateway, store, name, case):
    patch, theirs, pointer = STALE_MERGE_PATCHES[case]
    fork = Fork(gateway, store, f"/items/{name}", THING, theirs)
    problem = fork.assert_refused(fork.write(patch, "PATCH", MERGE_PATCH))
    assert problem["overlap"] and all(found.startswith(pointer) for found in problem["overlap"])


@pytest.mark.parametrize("kind", ["application/vnd.somebodys-patch", "text/x-diff"])
def test_a_patch_in_an_unknown_language_is_never_rebased(gateway, store, name, kind):
    fork = Fork(gateway, store, f"/items/{name}", THING, SHIPPED)
    fork.assert_refused(fork.write(b'{"name": "b"}', "PATCH", kind))


# Never merged


def test_a_stale_delete_is_never_resolved(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", THING, SHIPPED)
    assert three_values(fork.assert_refused(fork.write(b"", "DELETE"))) == {}


@pytest.mark.parametrize("base", ['"invented"', '"AAAAAAAAAAAAAAAAAAAAAA"'])
def test_an_unknown_base_is_a_plain_412(gateway, store, name, base):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    fork.base = base
    problem = fork.assert_refused(fork.write({"a": 1, "b": 2}))
    assert (problem["changed"], problem["overlap"], three_values(problem)) == ([], [], {})


def test_a_base_that_history_has_forgotten_is_a_plain_412(gateway, store, name):
    fork = Fork(gateway, store, f"/brief/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    for number in range(6):
        assert put_with(gateway, fork.path, {}, {"a": number + 10, "b": 1}).status == 200
        fork.theirs = tag_of(gateway, fork.path)
    fork.before = store.items[fork.path].body
    store.upstream.forget()
    problem = fork.assert_refused(fork.write({"a": 1, "b": 2}))
    assert three_values(problem) == {}


@pytest.mark.parametrize("where", ["/off", "/unset"])
def test_nothing_is_merged_unless_it_was_asked_for(gateway, store, name, where):
    fork = Fork(gateway, store, f"{where}/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    fork.assert_refused(fork.write({"a": 1, "b": 2}))


@pytest.mark.parametrize("mine", [b"", b"{", b'{"a": 1, "b": 2} x', b"\xff\xfe", b'{"a": 1, "a": 2}', b"[" * 5000])
def test_what_is_not_proper_json_is_not_merged(gateway, store, name, mine):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    fork.assert_refused(fork.write(mine))


def test_text_is_not_merged(gateway, store, name):
    path = f"/items/{name}"
    store.put(path, b"one\ntwo\n", type="text/plain")
    tag = tag_of(gateway, path)
    store.put(path, b"ONE\ntwo\n", type="text/plain")
    answer = gateway.ask("PUT", path, {"If-Match": tag, "Content-Type": "text/plain"}, b"one\nTWO\n")
    assert (answer.status, store.items[path].body) == (412, b"ONE\ntwo\n")


# Who may see what


def test_values_are_not_shown_to_a_caller_who_may_not_read_them(gateway, store, name):
    path, secret = f"/items/{name}", "70000-a-year"
    whole = {"name": "a", "salary": secret}

    def redacts(exchange):
        if exchange.request.path != path or "Authorization" in exchange.request.headers:
            return False
        body = as_json({k: v for k, v in store.value(path).items() if k != "salary"})
        exchange.reply(200, {"Content-Type": "application/json", "ETag": store.items[path].tag()}, body)
        return True

    store.before_read = redacts
    store.put(path, whole, tags="strong")
    tag = tag_of(gateway, path, Authorization="Bearer head-of-staff")
    store.put(path, {**whole, "name": "b"}, tags="strong")
    for mine in ({"name": "c"}, {"name": "c", "salary": 1}, {"name": "a", "more": 1}):
        answer = put_with(gateway, path, {"If-Match": tag}, mine)
        assert answer.status == 412
        assert secret.encode() not in answer.body
        assert three_values(answer.problem()) == {}
    assert store.value(path) == {**whole, "name": "b"}


def test_nothing_is_shown_to_a_caller_whose_read_is_refused(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": "first-secret"}, {"a": "second-secret"})
    store.before_read = lambda exchange: exchange.reply(403, {"Content-Type": "text/plain"}, b"no") or True
    answer = fork.write({"a": 3})
    assert answer.status == 403
    assert b"secret" not in answer.body and fork.written() == []


# Preview and configuration


def test_the_preview_shows_what_changed_and_changes_nothing(gateway, store, name):
    fork = Fork(gateway, store, f"/items/{name}", {"a": 1, "b": 1}, {"a": 2, "b": 1})
    query = urlencode({"resource": fork.path, "base": fork.base})
    answer = gateway.ask("GET", f"{PREVIEW}?{query}")
    assert answer.status == 200, answer.body
    assert "json" in answer.headers["Content-Type"]
    assert b'"/a"' in answer.body and b'"/b"' not in answer.body
    assert answer.headers["Cache-Control"] == "no-store"
    assert fork.written() == []


def test_the_preview_authenticates_as_the_route_that_owns_the_resource(gateway, store, name):
    fork = Fork(gateway, store, f"/guarded/{name}", {"a": 1}, {"a": "a-secret"}, X_API_Key=ALICE)
    target = f"{PREVIEW}?{urlencode({'resource': fork.path, 'base': fork.base})}"
    refused = gateway.ask("GET", target)
    assert (refused.status, b"a-secret" in refused.body) == (401, False)
    assert gateway.ask("GET", target, {"X-API-Key": ALICE}).status == 200


def test_the_preview_of_nothing_is_an_error(gateway, store):
    assert gateway.ask("GET", PREVIEW).status == 400
    query = urlencode({"resource": "/no/such/route", "base": '"x"'})
    assert gateway.ask("GET", f"{PREVIEW}?{query}").status == 404


def checked(tmp_path, conflict):
    """`parley check` of a configuration with this policy."""
    file = tmp_path / "parley.yaml"
    routes = {"item": {"path": "/items/{id}", "policies": {"conflict": conflict}}}
    file.write_bytes(as_json(configuration("http://127.0.0.1:9", routes)))
    return run("check", file)


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "xml"}, {"kyed": {}}, {"atomic": ["p"]}, {"sets": ["tags"]}, {"groups": [["/a"], "/b"]}, {"attempts": 0}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_check_refuses_what_cannot_be_meant(tmp_path, wrong):
    fine = {"level": "serialise", "merge": {"mode": "json", **RICH, "attempts": 3}}
    assert checked(tmp_path, fine).returncode == 0
    done = checked(tmp_path, {"level": "serialise", "merge": {"mode": "json", **wrong}})
    assert (done.returncode, next(iter(wrong)) in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("level", ["observe", "delegate"])
def test_check_refuses_merging_where_the_gateway_is_not_the_authority(tmp_path, level):
    assert checked(tmp_path, {"level": "serialise", "merge": {"mode": "json"}}).returncode == 0
    done = checked(tmp_path, {"level": level, "merge": {"mode": "json"}})
    assert (done.returncode, "merge" in done.stderr) == (1, True)
