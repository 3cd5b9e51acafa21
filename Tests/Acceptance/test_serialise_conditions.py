"""Contract 4, level serialise: how conditions are judged (rows of the standards' case table by number)."""

import pytest

from harness.editing import put_with as put
from harness.editing import tag_of
from harness.gateway import configuration
from harness.keys import consumer

KEY = "a-key-of-sufficient-length"
DAY = "Sun, 06 Nov 1994 08:49:37 GMT"
BEFORE, AFTER = "Sat, 05 Nov 1994 08:49:37 GMT", "Mon, 07 Nov 1994 08:49:37 GMT"
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
                "strict": {
                    "path": "/strict/{id}",
                    "policies": {"conflict": {"level": "serialise", "require-condition": True}},
                },
                "any": {
                    "path": "/any/{id}",
                    "policies": {"conflict": {"level": "serialise", "require-condition": "any"}},
                },
                "guarded": {"path": "/guarded/{id}", "policies": {"key-auth": {}, **SERIALISE}},
            },
            consumers={"alice": consumer(KEY)},
        )
    )


@pytest.fixture(autouse=True)
def forget(store):
    store.upstream.forget()


def test_row_1_and_2_the_current_tag_succeeds_and_another_is_412(gateway, store, path):
    tag = tag_of(gateway, path)
    assert put(gateway, path, {"If-Match": '"B"'}).status == 412
    assert store.value(path) == {"n": 1}
    assert put(gateway, path, {"If-Match": tag}).status == 200
    assert store.value(path) == {"n": 2}
    assert put(gateway, path, {"If-Match": tag}).status == 412
    assert len(store.seen(path, "PUT")) == 1


def test_row_3_a_weak_tag_never_matches(gateway, path):
    assert put(gateway, path, {"If-Match": "W/" + tag_of(gateway, path)}).status == 412


def test_row_4_lists_may_hold_commas_in_quotes_and_empty_members(gateway, path):
    assert put(gateway, path, {"If-Match": f'"B", "x,y" ,, {tag_of(gateway, path)}'}).status == 200


def test_several_lines_of_if_match_are_one_list(gateway, path):
    fields = [("If-Match", '"B"'), ("If-Match", tag_of(gateway, path))]
    assert gateway.ask("PUT", path, fields, b"{}").status == 200


def test_row_5_a_star_needs_something_there(gateway, store, path):
    assert put(gateway, path, {"If-Match": "*"}).status == 200
    answer = put(gateway, path + "-missing", {"If-Match": "*"})
    assert (answer.status, path + "-missing" in store.items) == (412, False)


def test_row_6_a_quoted_star_is_a_tag(gateway, path):
    assert put(gateway, path, {"If-Match": '"*"'}).status == 412


@pytest.mark.parametrize("field", ["If-Match", "If-None-Match"])
@pytest.mark.parametrize("value", ['*, "A"', "*, *", "A", '"A', 'w/"A"', '"A" "B"', '"a b"', "W/A", '"A";"B"'])
def test_row_7_a_malformed_condition_of_a_write_is_400(gateway, store, path, field, value):
    answer = put(gateway, path, {field: value})
    assert (answer.status, answer.problem()["kind"]) == (400, "bad-request")
    assert store.value(path) == {"n": 1}


def test_row_8_what_is_not_there_is_404_to_all_but_put(gateway, path):
    for method in ("DELETE", "PATCH"):
        assert put(gateway, path + "-missing", {"If-Match": '"A"'}, method=method).status == 404
    assert gateway.ask("GET", path + "-missing", {"If-Match": '"A"'}).status == 404


def test_row_9_a_create_that_finds_something_is_412_already_exists(gateway, store, path):
    answer = put(gateway, path, {"If-None-Match": "*"})
    assert (answer.status, answer.problem()["kind"]) == (412, "already-exists")
    assert put(gateway, path + "-new", {"If-None-Match": "*"}).status == 201
    assert store.value(path + "-new") == {"n": 2}


def test_row_10_a_matching_if_none_match_of_a_read_is_304(gateway, path):
    answer = gateway.ask("GET", path)
    tag = answer.headers["ETag"]
    with gateway.connect() as client:
        for value in (tag, "W/" + tag, "*", f'"other", {tag}'):
            for method in ("GET", "HEAD"):
                got = client.ask(method, path, {"If-None-Match": value})
                assert (got.status, got.body, got.headers["ETag"]) == (304, b"", tag), value
        assert client.ask("GET", path, {"If-None-Match": '"other"'}).body == answer.body
        assert client.ask("GET", path, {"If-None-Match": "malformed"}).status == 200


def test_a_304_carries_the_fields_of_the_200_that_it_needs(gateway, store, path):
    tag = tag_of(gateway, path)

    def cached(exchange):
        if exchange.request.path != path:
            return False
        exchange.reply(
            200,
            {
                "Content-Type": "application/json",
                "Cache-Control": "max-age=5",
                "Vary": "Accept",
                "Expires": DAY,
                "Content-Location": "/there",
            },
            store.items[path].body,
        )
        return True

    store.before_read = cached
    try:
        got = gateway.ask("GET", path, {"If-None-Match": tag})
        assert got.status == 304
        assert (
            got.headers["Cache-Control"],
            got.headers["Vary"],
            got.headers["Expires"],
            got.headers["Content-Location"],
        ) == ("max-age=5", "Accept", DAY, "/there")
        assert "Date" in got.headers
    finally:
        store.before_read = None


def test_row_11_a_matching_if_none_match_of_a_write_is_412(gateway, store, path):
    tag = tag_of(gateway, path)
    for value in (tag, "W/" + tag):
        assert put(gateway, path, {"If-None-Match": value}, method="DELETE").status == 412
    assert path in store.items
    assert put(gateway, path, {"If-None-Match": '"other"'}, method="DELETE").status == 204


def test_row_12_if_modified_since_is_ignored_beside_if_none_match(gateway, store, path):
    store.put(path, {"n": 1}, modified=DAY)
    assert gateway.ask("GET", path, {"If-Modified-Since": DAY}).status == 304
    assert gateway.ask("GET", path, {"If-Modified-Since": AFTER}).status == 304
    assert gateway.ask("GET", path, {"If-Modified-Since": BEFORE}).status == 200
    assert gateway.ask("GET", path, {"If-None-Match": '"B"', "If-Modified-Since": AFTER}).status == 200
    assert gateway.ask("GET", path, {"If-Modified-Since": "yesterday"}).status == 200


def test_dates_are_read_in_all_three_forms(gateway, store, path):
    store.put(path, {"n": 1}, modified=DAY)
    for date in ("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"):
        assert gateway.ask("GET", path, {"If-Modified-Since": date}).status == 304, date


def test_row_13_if_unmodified_since_is_ignored_beside_if_match(gateway, store, path):
    store.put(path, {"n": 1}, modified=DAY)
    assert put(gateway, path, {"If-Match": tag_of(gateway, path), "If-Unmodified-Since": BEFORE}).status == 200


def test_row_14_if_unmodified_since_is_judged_where_there_is_a_date(gateway, store, path):
    store.put(path, {"n": 1}, modified=DAY)
    assert put(gateway, path, {"If-Unmodified-Since": BEFORE}).status == 412
    assert store.value(path) == {"n": 1}
    for number, value in enumerate((DAY, AFTER, "no date", f"{BEFORE}, {BEFORE}")):
        assert put(gateway, path, {"If-Unmodified-Since": value}, {"n": number}).status == 200, value
    store.put(path, {"n": 1})
    assert put(gateway, path, {"If-Unmodified-Since": BEFORE}).status == 200


def test_row_15_if_modified_since_of_a_write_is_ignored(gateway, store, path):
    store.put(path, {"n": 1}, modified=DAY)
    assert put(gateway, path, {"If-Modified-Since": AFTER}).status == 200


def test_row_16_both_conditions_are_judged(gateway, path):
    tag = tag_of(gateway, path)
    assert put(gateway, path, {"If-Match": tag, "If-None-Match": tag}).status == 412
    assert put(gateway, path, {"If-Match": tag, "If-None-Match": '"B"'}).status == 200


def test_row_17_if_match_of_a_read_is_judged(gateway, path):
    answer = gateway.ask("GET", path, {"If-Match": '"B"'})
    assert (answer.status, answer.problem()["kind"]) == (412, "stale-version")
    assert gateway.ask("GET", path, {"If-Match": tag_of(gateway, path)}).status == 200
    assert gateway.ask("GET", path, {"If-Match": "*"}).status == 200


def test_row_18_a_stranger_gets_401_before_any_condition(gateway, store):
    store.put("/guarded/1", {"n": 1})
    assert put(gateway, "/guarded/1", {"If-Match": '"B"'}).status == 401
    assert put(gateway, "/guarded/1", {"If-Match": '"B"', "X-API-Key": KEY}).status == 412
    assert all("X-API-Key" not in request.headers for request in store.upstream.requests)


def test_row_19_options_ignores_conditions(gateway, path):
    assert gateway.ask("OPTIONS", path, {"If-Match": '"B"', "If-None-Match": "*"}).status == 204


def test_row_20_ranges_and_if_range(gateway, store, path):
    store.put(path, b"0123456789", type="text/plain", modified=DAY)
    tag = tag_of(gateway, path)
    part = gateway.ask("GET", path, {"Range": "bytes=2-4", "If-Range": tag})
    assert (part.status, part.body, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
    assert part.headers["ETag"] == tag
    for value in ('"B"', "W/" + tag, AFTER, BEFORE):
        whole = gateway.ask("GET", path, {"Range": "bytes=2-4", "If-Range": value})
        assert (whole.status, whole.body) == (200, b"0123456789"), value
    assert gateway.ask("GET", path, {"Range": "bytes=2-4", "If-Range": DAY}).status in (200, 206)


@pytest.mark.parametrize(
    "value, status, body",
    [
        ("bytes=0-0", 206, b"0"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=8-100", 206, b"89"),
        ("bytes=-100", 206, b"0123456789"),
        ("bytes=10-", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=4-2", 200, b"0123456789"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
        ("bytes=x", 200, b"0123456789"),
    ],
)
def test_the_gateway_answers_single_ranges_itself(gateway, store, path, value, status, body):
    store.put(path, b"0123456789", type="text/plain")
    answer = gateway.ask("GET", path, {"Range": value})
    assert answer.status == status
    if status == 416:
        assert answer.headers["Content-Range"] == "bytes */10"
    else:
        assert answer.body == body
    assert "Range" not in store.upstream.only().headers


def test_row_23_a_tag_received_with_compression_on_is_good_for_a_write(gateway, path):
    tag = gateway.ask("GET", path, {"Accept-Encoding": "gzip, deflate, br"}).headers["ETag"]
    assert gateway.ask("PUT", path, {"If-Match": tag, "Accept-Encoding": "gzip"}, b'{"n": 5}').status == 200


def test_row_29_a_route_that_demands_a_condition_answers_428_before_any_read(gateway, store):
    store.put("/strict/1", {"n": 1})
    for fields in (
        {},
        {"If-Unmodified-Since": BEFORE},
        {"If-Match": "*"},
        {"If-Match": 'W/"A"'},
        {"If-None-Match": '"A"'},
    ):
        for method in ("PUT", "PATCH", "DELETE"):
            answer = put(gateway, "/strict/1", fields, method=method)
            assert (answer.status, answer.problem()["kind"]) == (428, "precondition-missing"), (fields, method)
    assert store.upstream.requests == []
    problem = put(gateway, "/strict/1").problem()
    assert problem["retryable"] is False and problem["resolutions"]
    tag = tag_of(gateway, "/strict/1")
    assert put(gateway, "/strict/1", {"If-Match": tag}).status == 200
    assert put(gateway, "/strict/2", {"If-None-Match": "*"}).status == 201


def test_a_star_counts_as_a_condition_where_any_will_do(gateway, store):
    store.put("/any/1", {"n": 1})
    assert put(gateway, "/any/1").status == 428
    assert put(gateway, "/any/1", {"If-Match": "*"}).status == 200
