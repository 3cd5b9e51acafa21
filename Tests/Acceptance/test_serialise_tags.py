"""Contract 4, level serialise: the tags the gateway gives out, and what the upstream gets to see."""

import threading

import pytest

from harness import wire
from harness.editing import put_with as put
from harness.editing import tag_of
from harness.gateway import configuration

DAY, AFTER = "Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT"
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


def test_a_get_without_a_tag_gets_a_strong_one_that_is_stable(gateway, store, path):
    first = tag_of(gateway, path)
    assert tag_of(gateway, path) == first
    head = gateway.ask("HEAD", path)
    assert (head.headers["ETag"], head.headers["Content-Length"], head.body) == (first, "8", b"")
    store.put(path, {"n": 2})
    second = tag_of(gateway, path)
    assert second != first
    store.put(path, {"n": 1})
    assert tag_of(gateway, path) == first


def test_the_tag_depends_on_the_media_type(gateway, store, path):
    first = tag_of(gateway, path)
    store.put(path, {"n": 1}, type="application/vnd.other+json")
    assert tag_of(gateway, path) != first


def test_equal_bytes_at_two_resources_are_two_resources(gateway, store, path):
    store.put(path + "-b", {"n": 1})
    tag = tag_of(gateway, path + "-b")
    assert put(gateway, path, {"If-Match": tag_of(gateway, path)}).status == 200
    assert put(gateway, path + "-b", {"If-Match": tag}).status == 200


def test_a_derived_tag_is_the_same_after_a_restart(stage, gateway, store, path):
    other = stage.gateway(configuration(store, {"item": {"path": "/items/{id}", "policies": SERIALISE}}))
    assert tag_of(other, path) == tag_of(gateway, path)


def test_a_strong_tag_of_the_upstream_is_kept_and_a_weak_one_replaced(gateway, store, path):
    item = store.put(path, {"n": 1}, tags="strong")
    assert tag_of(gateway, path) == item.tag()
    item.tags = "weak"
    assert tag_of(gateway, path) != item.tag().removeprefix("W/")


def test_the_upstream_is_asked_for_plain_whole_and_unconditional_representations(gateway, store, path):
    tag = tag_of(gateway, path)
    store.upstream.forget()
    fields = {
        "Accept-Encoding": "gzip, br",
        "If-None-Match": '"other"',
        "If-Modified-Since": DAY,
        "Range": "bytes=0-1",
        "If-Range": tag,
        "If-Unmodified-Since": AFTER,
        "If-Match": tag,
        "Accept": "application/json",
    }
    gateway.ask("GET", path, fields)
    sent = store.upstream.only().headers
    assert sent["Accept-Encoding"] == "identity"
    assert sent["Accept"] == "application/json"
    for name in ("If-None-Match", "If-Modified-Since", "Range", "If-Range", "If-Unmodified-Since", "If-Match"):
        assert name not in sent, name


def test_head_is_read_as_get(gateway, store, path):
    gateway.ask("HEAD", path)
    assert store.upstream.only().method == "GET"


def test_a_write_carries_if_match_only_for_the_upstreams_own_strong_tag(gateway, store, path):
    derived = tag_of(gateway, path)
    assert put(gateway, path, {"If-Match": f'"zzz", {derived}'}).status == 200
    assert "If-Match" not in store.seen(path, "PUT")[0].headers
    native = store.put(path, {"n": 1}, tags="strong").tag()
    for fields, expected in (({"If-Match": f'"zzz", {native}'}, native), ({"If-Match": "*"}, None), ({}, None)):
        store.put(path, {"n": 1}, tags="strong")
        store.upstream.forget()
        assert put(gateway, path, fields).status == 200
        assert store.seen(path, "PUT")[0].headers.get("If-Match") == expected, fields


def test_writes_carry_no_other_condition_upstream(gateway, store, path):
    assert (
        put(
            gateway, path, {"If-None-Match": '"zzz"', "If-Unmodified-Since": AFTER, "If-Match": tag_of(gateway, path)}
        ).status
        == 200
    )
    sent = store.seen(path, "PUT")[0].headers
    for name in ("If-None-Match", "If-Unmodified-Since", "If-Match", "If-Modified-Since"):
        assert name not in sent, name


def test_event_streams_are_neither_buffered_nor_tagged(gateway, store, path):
    release = threading.Event()

    def stream(exchange):
        if exchange.request.path != path:
            return False
        exchange.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"9\r\ndata: 1\n\n\r\n"
        )
        exchange.wait(release)
        exchange.send(b"0\r\n\r\n")
        return True

    store.before_read = stream
    try:
        with gateway.connect(timeout=0.8) as client:
            client.send(wire.encoded("GET", path))
            assert "ETag" not in client.head().headers
            assert client.reader.line() == b"9"
    finally:
        release.set()
        store.before_read = None


def test_an_answer_unfinished_after_a_second_passes_untagged(gateway, store, path):
    release = threading.Event()

    def slow(exchange):
        if exchange.request.path != path:
            return False
        exchange.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{"n"')
        exchange.wait(release)
        exchange.send(b": 1}")
        return True

    store.before_read = slow
    try:
        with gateway.connect(timeout=5) as client:
            client.send(wire.encoded("GET", path))
            head = client.head()
            assert (head.status, "ETag" in head.headers) == (200, False)
            release.set()
            client.body(head)
            assert head.body == b'{"n": 1}'
    finally:
        release.set()
        store.before_read = None


def test_an_answer_above_the_body_limit_passes_untagged(gateway, store):
    store.put("/small/1", b"x" * 4096)
    assert "ETag" in gateway.ask("GET", "/small/1").headers
    store.put("/small/1", b"x" * 4097)
    answer = gateway.ask("GET", "/small/1")
    assert (answer.status, len(answer.body), "ETag" in answer.headers) == (200, 4097, False)


def test_a_write_above_the_body_limit_is_413(gateway, store):
    answer = gateway.ask("PUT", "/small/2", body=b"x" * 4097)
    assert (answer.status, answer.problem()["kind"]) == (413, "body-too-large")
    assert store.upstream.requests == []


def test_an_answer_that_comes_coded_all_the_same_passes_untagged(gateway, store, path):
    def coded(exchange):
        if exchange.request.path != path:
            return False
        exchange.reply(200, {"Content-Encoding": "gzip", "Content-Type": "application/json"}, b"\x1f\x8b\x08zip")
        return True

    store.before_read = coded
    try:
        answer = gateway.ask("GET", path, {"Accept-Encoding": "gzip"})
        assert ("ETag" in answer.headers, answer.body) == (False, b"\x1f\x8b\x08zip")
    finally:
        store.before_read = None
