"""nginx with its DAV module, Flask, and Radicale behind the gateway: the promise holds for things we did not write."""

import threading
from collections import Counter
from urllib.parse import urlsplit

import pytest
from flask import Flask, jsonify, request

from harness import wire
from harness.crew import together
from harness.gateway import configuration, conflict_field
from harness.items import as_json
from harness.realservers import nginx_dav, radicale, wsgi


def address_of(url):
    """Host and port of a URL."""
    return urlsplit(url).hostname, urlsplit(url).port


# nginx


@pytest.fixture(scope="module")
def dav(shared, tmp_path_factory):
    return shared.keep(nginx_dav(tmp_path_factory.mktemp("nginx")))


@pytest.fixture(scope="module")
def dav_gateway(shared, dav):
    return shared.gateway(
        configuration(
            dav[0],
            {
                "file": {"path": "/files/{path...}", "policies": {"conflict": {"level": "serialise"}}},
                "passed": {"path": "/passed/{path...}", "policies": {"conflict": {"level": "delegate"}}},
            },
        )
    )


def test_nginx_keeps_its_own_strong_tags(dav, dav_gateway):
    assert dav_gateway.ask("PUT", "/files/tags.json", body=b'{"n":1}').status == 201
    native = wire.ask(address_of(dav[0]), "GET", "/files/tags.json").headers["ETag"]
    assert dav_gateway.ask("GET", "/files/tags.json").headers["ETag"] == native
    assert dav_gateway.ask("GET", "/files/tags.json", {"If-None-Match": native}).status == 304


def test_nginx_alone_ignores_if_match_and_behind_the_gateway_it_is_protected(dav, dav_gateway):
    direct = address_of(dav[0])
    wire.ask(direct, "PUT", "/files/doc.txt", body=b"one")
    assert wire.ask(direct, "PUT", "/files/doc.txt", {"If-Match": '"stale"'}, b"lost").status in (201, 204)
    tag = dav_gateway.ask("GET", "/files/doc.txt").headers["ETag"]
    refused = dav_gateway.ask("PUT", "/files/doc.txt", {"If-Match": '"stale"'}, b"refused")
    assert (refused.status, refused.problem()["kind"]) == (412, "stale-version")
    assert (dav[1] / "files/doc.txt").read_bytes() == b"lost"
    written = dav_gateway.ask("PUT", "/files/doc.txt", {"If-Match": tag}, b"a longer text")
    assert written.status in (200, 201, 204)
    assert dav_gateway.ask("GET", "/files/doc.txt").headers["ETag"] == written.headers["Parley-Version"]
    assert dav_gateway.ask("PUT", "/files/doc.txt", {"If-None-Match": "*"}, b"x").status == 412


def test_of_concurrent_writers_to_nginx_exactly_one_succeeds(dav, dav_gateway):
    for turn in range(8):
        path = f"/files/race-{turn}.txt"
        dav_gateway.ask("PUT", path, body=b"s")
        tag = dav_gateway.ask("GET", path).headers["ETag"]
        answers = together(
            *[
                lambda me=me: dav_gateway.ask("PUT", path, {"If-Match": tag}, b"w" * (10 + turn * 8 + me)).status
                for me in range(6)
            ]
        )
        assert sum(status < 300 for status in answers) == 1 and set(answers) <= {201, 204, 412}, answers


def test_move_and_copy_and_delete_work_through_the_gateway(dav, dav_gateway):
    dav_gateway.ask("PUT", "/files/a.txt", body=b"content of a")
    assert dav_gateway.ask("COPY", "/files/a.txt", {"Destination": "/files/b.txt"}).status in (201, 204)
    assert dav_gateway.ask("GET", "/files/b.txt").body == b"content of a"
    tag = dav_gateway.ask("GET", "/files/a.txt").headers["ETag"]
    assert dav_gateway.ask("MOVE", "/files/a.txt", {"Destination": "/files/c.txt", "If-Match": '"stale"'}).status == 412
    assert dav_gateway.ask("MOVE", "/files/a.txt", {"Destination": "/files/c.txt", "If-Match": tag}).status in (
        201,
        204,
    )
    assert dav_gateway.ask("GET", "/files/a.txt").status == 404
    assert dav_gateway.ask("DELETE", "/files/c.txt", {"If-Match": '"stale"'}).status == 412
    assert dav_gateway.ask("DELETE", "/files/c.txt").status == 204
    assert dav_gateway.ask("DELETE", "/files/c.txt", {"If-Match": '"x"'}).status == 404


def test_a_missing_collection_is_told_apart(dav_gateway):
    answer = dav_gateway.ask("MKCOL", "/files/none/such/", {})
    if answer.status == 409:
        assert conflict_field(answer)["kind"] == "parent-missing"


def test_large_files_pass_delegate_untouched(dav, dav_gateway):
    body = bytes(range(256)) * 4096 * 8
    assert dav_gateway.ask("PUT", "/passed/large.bin", body=body).status == 201
    answer = dav_gateway.ask("GET", "/passed/large.bin")
    assert answer.body == body
    part = dav_gateway.ask("GET", "/passed/large.bin", {"Range": "bytes=256-511", "If-Range": answer.headers["ETag"]})
    assert (part.status, part.body) == (206, body[:256])
    assert dav_gateway.ask("GET", "/passed/large.bin", {"If-None-Match": answer.headers["ETag"]}).status == 304
    assert dav_gateway.ask("GET", "/passed/large.bin", {"If-Match": '"stale"'}).status == 412


# Flask


def item_api():
    """A Flask API that keeps counters and knows nothing of concurrency."""
    application, items = Flask("items"), {}

    @application.get("/items/<name>")
    def read(name):
        return jsonify(items.get(name, {"count": 0}))

    @application.put("/items/<name>")
    def write(name):
        items[name] = request.get_json()
        return jsonify(items[name])

    application.items = items
    return application


def edit(address, path, rounds, line=None, conditional=False):
    """An editor: reads, adds one, writes back; all editors meet at `line`. Answers how often it succeeded."""
    done = 0
    while done < rounds:
        read = wire.ask(address, "GET", path)
        if line:
            line.wait(10)
        fields = {"Content-Type": "application/json"}
        if conditional:
            fields["If-Match"] = read.headers["ETag"]
        status = wire.ask(address, "PUT", path, fields, as_json({"count": read.json()["count"] + 1})).status
        assert status in (200, 412)
        done += status == 200
        if line:
            line.wait(10)
    return done


def test_flask_alone_loses_updates_and_behind_the_gateway_it_loses_none(stage):
    application = item_api()
    url = stage.keep(wsgi(application))
    gateway = stage.gateway(
        configuration(
            url,
            {
                "item": {
                    "path": "/items/{id}",
                    "policies": {"conflict": {"level": "serialise", "require-condition": True}},
                }
            },
        )
    )
    line = threading.Barrier(4)
    assert sum(together(*[lambda: edit(address_of(url), "/items/direct", 5, line)] * 4)) == 20
    assert application.items["direct"]["count"] == 5, "15 of 20 updates are lost without anybody being told"
    assert sum(together(*[lambda: edit(gateway.address, "/items/guarded", 10, conditional=True)] * 4)) == 40
    assert application.items["guarded"]["count"] == 40
    assert gateway.ask("PUT", "/items/guarded", body=b"{}").status == 428


# Radicale

EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//EN\r
BEGIN:VEVENT\r
UID:{uid}\r
DTSTAMP:20240101T000000Z\r
DTSTART:20240101T100000Z\r
SUMMARY:{summary}\r
END:VEVENT\r
END:VCALENDAR\r
"""
CALENDAR = (
    b'<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
    b"<D:displayname>c</D:displayname></D:prop></D:set></C:mkcalendar>"
)
ADA = {"Authorization": "Basic YWRhOmFkYQ=="}


@pytest.fixture(scope="module", params=["delegate", "serialise"])
def calendars(request, shared, tmp_path_factory):
    url = shared.keep(radicale(tmp_path_factory.mktemp("radicale")))
    gateway = shared.gateway(
        configuration(url, {"dav": {"path": "/{path...}", "policies": {"conflict": {"level": request.param}}}})
    )
    assert gateway.ask("MKCALENDAR", "/ada/c/", {**ADA, "Content-Type": "application/xml"}, CALENDAR).status == 201
    return gateway, url


def event(gateway, name, summary, **fields):
    """Writes an event."""
    headers = {
        **ADA,
        "Content-Type": "text/calendar",
        **{key.replace("_", "-"): value for key, value in fields.items()},
    }
    return gateway.ask("PUT", f"/ada/c/{name}.ics", headers, EVENT.format(uid=name, summary=summary).encode())


def test_radicales_own_tags_are_kept_and_its_refusals_understood(calendars):
    gateway, url = calendars
    assert event(gateway, "one", "first", If_None_Match="*").status == 201
    answer = gateway.ask("GET", "/ada/c/one.ics", ADA)
    native = wire.ask(address_of(url), "GET", "/ada/c/one.ics", ADA).headers["ETag"]
    assert answer.headers["ETag"] == native
    again = event(gateway, "one", "again", If_None_Match="*")
    assert (again.status, conflict_field(again)["kind"]) == (412, "already-exists")
    assert event(gateway, "one", "second", If_Match=native).status in (200, 201, 204)
    stale = event(gateway, "one", "third", If_Match=native)
    assert (stale.status, conflict_field(stale)["kind"]) == (412, "stale-version")
    assert b"SUMMARY:second" in gateway.ask("GET", "/ada/c/one.ics", ADA).body


def test_of_concurrent_writers_to_radicale_exactly_one_succeeds(calendars):
    gateway, _ = calendars
    for turn in range(3):
        name = f"race{turn}"
        event(gateway, name, "start")
        tag = gateway.ask("GET", f"/ada/c/{name}.ics", ADA).headers["ETag"]
        answers = together(
            *[lambda me=me: event(gateway, name, f"writer {me}", If_Match=tag).status for me in range(5)]
        )
        counts = Counter("well" if status < 300 else status for status in answers)
        assert counts == {"well": 1, 412: 4}, counts


def test_reports_and_propfinds_pass(calendars):
    gateway, _ = calendars
    event(gateway, "found", "findme")
    body = b'<?xml version="1.0"?><D:propfind xmlns:D="DAV:"><D:prop><D:getetag/></D:prop></D:propfind>'
    answer = gateway.ask("PROPFIND", "/ada/c/", {**ADA, "Depth": "1", "Content-Type": "application/xml"}, body)
    assert answer.status == 207 and b"found.ics" in answer.body
