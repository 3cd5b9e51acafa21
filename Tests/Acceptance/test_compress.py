"""The policy `compress`: answers are coded on the way, and every condition still means what it says.

nginx stands beside it: it weakens the tag of what it codes, so that the tag a client has read can never be written with.
"""

import contextlib
import gzip
import os
import shutil
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness import wire
from harness.crew import together
from harness.gateway import configuration, conflict_field, spawn
from harness.items import as_json
from harness.patience import eventually
from harness.realservers import answers, free_port

SUFFIXES = {"gzip": "--gz", "br": "--br", "zstd": "--zs"}
POLICY = {"codings": ["gzip", "br", "zstd"], "min-length": "1KiB"}
TEXT = "the same words over and over, " * 200


class Documents:
    """An upstream that gives out strong tags and judges If-Match and If-None-Match by the book."""

    def __init__(self):
        self.lock = threading.Lock()
        self.documents = {}
        self.fields = {}

    def put(self, path, text=TEXT, tag="v1", **fields):
        """Sets a document behind everyone's back."""
        with self.lock:
            self.documents[path] = (as_json({"text": text}), f'"{tag}"')
            self.fields[path] = {name.replace("_", "-"): value for name, value in fields.items()}

    def __call__(self, exchange):
        request = exchange.request
        if not exchange.read_body():
            return
        with self.lock:
            status, fields, body = self.answer(request)
        exchange.reply(status, fields, body)

    def answer(self, request):
        """Judges and carries out one request."""
        body, tag = self.documents[request.path]
        named = self.members(request.headers.get("If-Match"))
        if named and named != ["*"] and tag not in named:
            return 412, {}, b""
        if request.method in ("GET", "HEAD"):
            held = [member.removeprefix("W/") for member in self.members(request.headers.get("If-None-Match"))]
            fields = {"ETag": tag, **self.fields[request.path]}
            if tag in held:
                return 304, fields, b""
            return 200, {"Content-Type": "application/json", "Accept-Ranges": "bytes", **fields}, body
        number = int(tag.strip('"').removeprefix("v").split("--")[0]) + 1
        self.documents[request.path] = (request.body, f'"v{number}"')
        return 200, {"ETag": f'"v{number}"'}, b""

    @staticmethod
    def members(value):
        """The members of a list of tags (none of these tags holds a comma)."""
        return [member.strip() for member in value.split(",")] if value else []


@contextlib.contextmanager
def nginx_that_codes(folder, url):
    """nginx as a reverse proxy with gzip on: yields its address."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    assert os.path.exists(program), "nginx is missing: apt-get install nginx"
    folder, port = Path(folder), free_port()
    folder.chmod(0o755)
    temporary = "\n".join(
        f"  {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(f"""\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
{temporary}
  gzip on;
  gzip_proxied any;
  gzip_types application/json;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass {url}; }}
  }}
}}
""")
    process = spawn([program, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"])
    try:
        eventually(lambda: answers(port), why="nginx listens")
        yield "127.0.0.1", port
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def documents():
    made = Documents()
    made.put("/items/1")
    return made


@pytest.fixture
def upstream(stage, documents):
    return stage.upstream(documents)


@pytest.fixture(params=["observe", "delegate", "serialise"])
def level(request):
    return request.param


@pytest.fixture
def gateway(stage, upstream, level):
    route = {"path": "/items/{id}", "policies": {"conflict": {"level": level}, "compress": POLICY}}
    return stage.gateway(configuration(upstream, {"item": route}))


def read_and_write(ask, coding="gzip"):
    """What an editor does: reads the document coded, and writes it under the tag received."""
    read = ask("GET", "/items/1", {"Accept-Encoding": coding})
    assert (read.status, read.headers["Content-Encoding"]) == (200, coding)
    tag = read.headers["ETag"]
    return tag, ask("PUT", "/items/1", {"If-Match": tag, "Content-Type": "application/json"}, as_json({"text": "new"}))


def decoded(gateway, coding):
    """The document as curl, which nobody here wrote, decodes it."""
    assert shutil.which("curl"), "curl is missing: apt-get install curl"
    command = ["curl", "--silent", "--fail", "--compressed", "--header", f"Accept-Encoding: {coding}"]
    return subprocess.run([*command, f"{gateway.url}/items/1"], capture_output=True, check=True, timeout=20).stdout


# Side by side


def test_behind_nginx_with_gzip_the_tag_received_can_never_be_written_with(upstream, documents, tmp_path):
    with nginx_that_codes(tmp_path, upstream.url) as address:
        assert urlsplit(upstream.url).hostname == address[0]
        tag, written = read_and_write(lambda *request: wire.ask(address, *request))
        assert tag == 'W/"v1"', "nginx weakens what it codes"
        assert written.status == 412, "and a weak tag never matches If-Match"
        assert documents.documents["/items/1"][1] == '"v1"', "nothing was written"


@pytest.mark.parametrize("coding", SUFFIXES)
def test_behind_parley_the_tag_received_is_the_one_to_write_with(gateway, documents, coding):
    tag, written = read_and_write(gateway.ask, coding)
    assert tag == f'"v1{SUFFIXES[coding]}"', "strong stays strong"
    assert written.status == 200
    assert documents.documents["/items/1"] == (as_json({"text": "new"}), '"v2"')
    stale = gateway.ask("PUT", "/items/1", {"If-Match": tag}, as_json({"text": "lost"}))
    assert (stale.status, conflict_field(stale)["kind"]) == (412, "stale-version")
    assert documents.documents["/items/1"][1] == '"v2"', "what is stale stays out"


def test_of_writers_who_read_in_different_codings_exactly_one_succeeds(gateway, documents):
    tags = [
        gateway.ask("GET", "/items/1", {"Accept-Encoding": coding}).headers["ETag"] for coding in [*SUFFIXES, "identity"]
    ]
    assert len(set(tags)) == 4
    statuses = together(
        *[lambda tag=tag: gateway.ask("PUT", "/items/1", {"If-Match": tag}, as_json({"by": tag})).status for tag in tags]
    )
    assert sorted(statuses) == [200, 412, 412, 412]


# What the upstream sees, and what the client gets


def test_every_member_of_a_list_leads_back(gateway, upstream, level):
    fields = {"If-Match": '"old--gz", W/"v1--br" ,"v1--gz"'}
    assert gateway.ask("PUT", "/items/1", fields, as_json({})).status == 200
    sent = [request for request in upstream.requests if request.method == "PUT"][0].headers.get("If-Match")
    assert sent == ('"v1"' if level == "serialise" else '"old", W/"v1" ,"v1"')


def test_a_webdav_condition_leads_back(gateway, upstream, level):
    if level == "serialise":
        gateway.ask("PUT", "/items/1", {"If-Match": '"v1"'}, as_json({}))
        return
    gateway.ask("PUT", "/items/1", {"If": '</items/1> (Not <urn:uuid:1--gz> ["v1--gz"])'}, as_json({}))
    assert upstream.only().headers["If"] == '</items/1> (Not <urn:uuid:1--gz> ["v1"])'


def test_a_client_that_holds_the_coded_bytes_may_keep_them(gateway):
    tag = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip"}).headers["ETag"]
    kept = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert (kept.status, kept.headers["ETag"]) == (304, tag)
    assert "accept-encoding" in kept.headers["Vary"].lower()
    elsewhere = gateway.ask("GET", "/items/1", {"If-None-Match": tag})
    assert (elsewhere.status, elsewhere.headers["ETag"]) == (200, '"v1"'), "it does not take gzip, so it must not keep it"


def test_no_piece_of_the_plain_bytes_is_put_behind_coded_ones(gateway, documents):
    tag = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip"}).headers["ETag"]
    for name in ("If-Range", "If-Match"):
        whole = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip", "Range": "bytes=10-19", name: tag})
        assert (whole.status, whole.headers["ETag"]) == (200, tag)
        assert gzip.decompress(whole.body) == documents.documents["/items/1"][0]


@pytest.mark.parametrize("coding", SUFFIXES)
def test_what_is_coded_decodes_to_what_the_upstream_sent(gateway, documents, coding):
    assert decoded(gateway, coding) == documents.documents["/items/1"][0]


def test_the_head_of_a_coded_answer_is_true(gateway, documents):
    documents.put("/items/1", Content_Digest="sha-256=:AAAA:", Repr_Digest="sha-256=:AAAA:", Vary="Origin")
    read = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip"})
    assert [name.strip().lower() for name in read.headers["Vary"].split(",")] == ["origin", "accept-encoding"]
    for name in ("Content-Digest", "Repr-Digest"):
        assert read.headers.get(name) != "sha-256=:AAAA:", "a digest of other bytes"
    assert read.headers.get("Accept-Ranges", "none") == "none"
    head = gateway.ask("HEAD", "/items/1", {"Accept-Encoding": "gzip"})
    for name in ("ETag", "Content-Encoding", "Vary", "Content-Type"):
        assert head.headers[name] == read.headers[name]
    assert head.headers.get("Content-Length") in (None, str(len(read.body)))


@pytest.mark.parametrize(
    "fields, accept",
    [
        ({}, "gzip;q=0"),
        ({}, "gzip;q=nonsense"),
        ({"Cache_Control": "no-transform"}, "gzip"),
        ({"Content_Type": "image/png"}, "gzip"),
    ],
)
def test_what_must_not_be_coded_is_left_as_it_came(gateway, documents, fields, accept):
    documents.put("/items/1", **fields)
    read = gateway.ask("GET", "/items/1", {"Accept-Encoding": accept})
    assert "Content-Encoding" not in read.headers
    assert (read.headers["ETag"], read.body) == ('"v1"', documents.documents["/items/1"][0])


def test_a_short_answer_is_left_as_it_came(gateway, documents):
    documents.put("/items/1", text="short")
    read = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip"})
    assert ("Content-Encoding" in read.headers, read.headers["ETag"]) == (False, '"v1"')


def test_an_upstreams_tag_that_looks_like_ours_is_never_taken_for_one(gateway, documents):
    documents.put("/items/1", tag="v1--gz")
    plain = gateway.ask("GET", "/items/1").headers["ETag"]
    coded = gateway.ask("GET", "/items/1", {"Accept-Encoding": "gzip"}).headers["ETag"]
    assert (plain, coded) == ('"v1--gz--id"', '"v1--gz--gz"')
    assert gateway.ask("PUT", "/items/1", {"If-Match": '"v1--gz"'}, as_json({})).status == 412, "that is v1, coded"
    assert gateway.ask("PUT", "/items/1", {"If-Match": plain}, as_json({})).status == 200
