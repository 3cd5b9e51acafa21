"""Contract 4, level serialise: what a refusal explains, what follows a write, and what the read before it decides."""

from email.utils import formatdate

import pytest

from harness import wire
from harness.crew import Meanwhile
from harness.editing import put_with as put
from harness.editing import tag_of
from harness.gateway import configuration, conflict_field

DAY = "Sun, 06 Nov 1994 08:49:37 GMT"
SERIALISE = {"conflict": {"level": "serialise"}}


@pytest.fixture(scope="module")
def store(shared):
    return shared.store()


@pytest.fixture(scope="module")
def gateway(shared, store):
    return shared.gateway(
        configuration(
            store,
            {
                "item": {"path": "/items/{id}", "policies": SERIALISE},
                "small": {
                    "path": "/small/{id}",
                    "policies": {"conflict": {"level": "serialise", "body-limit": "4KiB"}},
                },
            },
        )
    )


@pytest.fixture(autouse=True)
def forget(store):
    store.upstream.forget()


def test_a_stale_write_is_explained(gateway, store, path):
    first = tag_of(gateway, path)
    assert put(gateway, path, {"If-Match": first}).status == 200
    second = tag_of(gateway, path)
    answer = put(gateway, path, {"If-Match": first}, {"n": 3})
    problem = answer.problem()
    assert (answer.status, problem["kind"], problem["origin"]) == (412, "stale-version", "gateway")
    assert problem["type"] == "/.well-known/parley/problems/stale-version"
    assert (problem["your_version"], problem["current_version"]) == (first, second)
    assert problem["resource"].endswith(path)
    assert problem["retryable"] is False
    assert "retry_after_ms" in problem
    assert [entry["pointer"] for entry in problem["changed"]] == ["/n"]
    assert problem["overlap"] == ["/n"]
    reread = problem["resolutions"][0]
    assert {"rel", "method", "href", "headers"} <= set(reread)
    assert any(entry["method"] == "GET" and entry["href"].endswith(path) for entry in problem["resolutions"])
    named = conflict_field(answer)
    assert (named["kind"], named["origin"]) == ("stale-version", "gateway")
    assert answer.headers["Link"] == '</.well-known/parley/problems/stale-version>; rel="describedby"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_changes_elsewhere_do_not_overlap(gateway, store, path):
    store.put(path, {"name": "a", "status": "open", "tags": ["x"], "deep": {"a/b": 1}})
    first = tag_of(gateway, path)
    assert (
        put(
            gateway, path, {"If-Match": first}, {"name": "a", "status": "closed", "tags": ["x"], "deep": {"a/b": 2}}
        ).status
        == 200
    )
    problem = put(
        gateway, path, {"If-Match": first}, {"name": "b", "status": "open", "tags": ["x"], "deep": {"a/b": 1}}
    ).problem()
    assert sorted(entry["pointer"] for entry in problem["changed"]) == ["/deep/a~1b", "/status"]
    assert problem["overlap"] == []


def test_a_tag_that_was_never_given_out_explains_nothing(gateway, path):
    problem = put(gateway, path, {"If-Match": '"invented"'}).problem()
    assert (problem["changed"], problem["overlap"], problem["your_version"]) == ([], [], '"invented"')


def test_a_successful_write_names_its_version(gateway, store, path):
    answer = put(gateway, path, {"If-Match": tag_of(gateway, path)})
    assert answer.headers["Parley-Version"] == tag_of(gateway, path)
    assert answer.headers["ETag"] == answer.headers["Parley-Version"]
    answer = put(gateway, path, {"If-Match": answer.headers["ETag"]}, {"n": 7}, method="PATCH")
    assert answer.headers["Parley-Version"] == tag_of(gateway, path)


def test_a_put_whose_bytes_were_changed_gets_no_etag(gateway, store, path):
    store.transform = lambda body: body + b"\n" if b"changed" in body else body
    answer = put(gateway, path, {"If-Match": tag_of(gateway, path)}, {"changed": True})
    assert "ETag" not in answer.headers
    assert answer.headers["Parley-Version"] == tag_of(gateway, path)


def test_a_deleted_resource_has_no_version(gateway, store, path):
    answer = put(gateway, path, {"If-Match": tag_of(gateway, path)}, method="DELETE")
    assert (answer.status, "Parley-Version" in answer.headers, path in store.items) == (204, False, False)


def test_parley_version_is_absent_where_the_read_after_it_failed(gateway, store, path):
    tag = tag_of(gateway, path)
    reads = [0]

    def fails_second(exchange):
        if exchange.request.path != path:
            return False
        reads[0] += 1
        if reads[0] == 2:
            exchange.reply(500, {}, b"oops")
            return True
        return False

    store.before_read = fails_second
    try:
        answer = put(gateway, path, {"If-Match": tag})
        assert (answer.status, "Parley-Version" in answer.headers) == (200, False)
    finally:
        store.before_read = None


@pytest.mark.parametrize(
    "status, conditional, unconditional",
    [
        (401, 401, 200),
        (403, 403, 200),
        (500, 503, 503),
        (503, 503, 503),
        (302, 409, 200),
        (206, 409, 200),
        (429, 409, 200),
    ],
)
def test_a_read_that_does_not_show_the_version_decides(gateway, store, path, status, conditional, unconditional):
    store.items[path].read_status = status
    answer = put(gateway, path, {"If-Match": '"A"'})
    assert answer.status == conditional
    assert len(store.seen(path, "PUT")) == 0
    if conditional in (409, 503):
        problem = answer.problem()
        assert (problem["kind"], problem["retryable"]) == ("unversioned", conditional == 503)
        assert ("Retry-After" in answer.headers) == (conditional == 503)
    answer = put(gateway, path)
    assert answer.status == unconditional
    assert len(store.seen(path, "PUT")) == (1 if unconditional == 200 else 0)


def test_a_read_without_an_answer_is_503(gateway, store, path):
    store.before_read = lambda exchange: exchange.request.path == path and (exchange.close() or True)
    try:
        for fields in ({"If-Match": '"A"'}, {}):
            answer = put(gateway, path, fields)
            assert (answer.status, answer.problem()["kind"]) == (503, "unversioned")
            assert "Retry-After" in answer.headers
    finally:
        store.before_read = None
    assert store.seen(path, "PUT") == []


def test_where_nothing_is_there(gateway, store, path):
    missing = path + "-missing"
    assert put(gateway, missing, {"If-Match": '"A"'}).status == 412
    assert missing not in store.items
    assert put(gateway, missing, {"If-None-Match": '"A"'}).status == 201
    del store.items[missing]
    assert put(gateway, missing).status == 201
    del store.items[missing]
    answer = put(gateway, missing, {"If-Match": '"A"'}, method="DELETE")
    assert (answer.status, answer.body) == (404, b"nothing here")


def test_a_representation_too_large_to_be_versioned_is_unversioned(gateway, store):
    store.put("/small/3", b"x" * 5000)
    answer = put(gateway, "/small/3", {"If-Match": '"A"'})
    assert (answer.status, answer.problem()["kind"]) == (409, "unversioned")
    assert put(gateway, "/small/3").status == 200


def test_the_read_is_made_as_the_caller(gateway, store, path):
    gateway.ask("GET", path, {"Accept": "application/json;q=0.9"})
    tag = tag_of(gateway, path, Accept="application/json;q=0.9")
    store.upstream.forget()
    put(gateway, path, {"If-Match": tag, "Authorization": "Basic eDp5", "Cookie": "session=7", "Accept": "text/x"})
    read = store.seen(path, "GET")[0].headers
    assert (read["Authorization"], read["Cookie"], read["Accept"]) == (
        "Basic eDp5",
        "session=7",
        "application/json;q=0.9",
    )
    assert "no-cache" in read["Cache-Control"]
    assert ("Content-Length" in read, "Content-Type" in read) == (False, False)
    store.upstream.forget()
    put(gateway, path, {"If-Match": '"unknown"'})
    accept = store.seen(path, "GET")[0].headers["Accept"].replace(" ", "")
    assert accept.startswith("application/json") and accept.endswith("*/*;q=0.1")


def test_the_number_of_upstream_requests_of_a_write_is_three(gateway, store, path):
    tag = tag_of(gateway, path)
    store.upstream.forget()
    put(gateway, path, {"If-Match": tag})
    assert [request.method for request in store.seen(path)] == ["GET", "PUT", "GET"]


def test_a_write_behind_the_gateways_back_is_noticed_at_the_next_read(gateway, store, path):
    first = tag_of(gateway, path)
    store.put(path, {"n": 99})
    second = tag_of(gateway, path)
    entry = gateway.journal(kind="out-of-band-write", resource=path)[0]
    assert (entry["status"], entry["origin"], entry["current_version"]) == (None, "gateway", second)
    assert first != second
    tag_of(gateway, path)
    assert len(gateway.journal(kind="out-of-band-write", resource=path)) == 1


def test_a_write_through_the_gateway_is_not_out_of_band(gateway, store, path):
    for number in range(3):
        put(gateway, path, {"If-Match": tag_of(gateway, path)}, {"n": number + 10})
    put(gateway, path, {"If-Match": '"x"'})
    gateway.journal(kind="stale-version", resource=path)
    assert gateway.conflicts(kind="out-of-band-write", resource=path) == []


def test_a_slow_body_holds_no_turn(gateway, store, path):
    with gateway.connect() as slow:
        slow.send(wire.encoded("PUT", path, {"Content-Length": "8"}) + b'{"n"')
        slow.silent(0.05)
        quick = Meanwhile(lambda: put(gateway, path))
        assert quick.result(within=1.5).status == 200
        slow.send(b": 4}")
        assert slow.answer().status == 200
    assert store.value(path) == {"n": 4}


def test_a_write_cut_off_within_its_body_does_nothing(gateway, store, path):
    with gateway.connect() as client:
        client.send(wire.encoded("PUT", path, {"Content-Length": "8"}) + b'{"n"')
        client.reset()
    assert put(gateway, path).status == 200
    assert [request.body for request in store.seen(path, "PUT")] == [b'{"n": 2}']


def test_tags_of_dated_answers_do_not_depend_on_the_date(gateway, store, path):
    store.put(path, {"n": 1}, modified=formatdate(usegmt=True))
    first = tag_of(gateway, path)
    store.items[path].modified = DAY
    assert tag_of(gateway, path) == first
