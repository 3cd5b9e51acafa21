"""Contract 5: the console's endpoints, who may ask them, and what they say."""

import json
import re

import pytest

from harness import wire
from harness.gateway import configuration, metric
from harness.keys import consumer
from harness.patience import eventually

ALICE, BOB = "alice-has-a-long-key-0001", "bob-has-a-long-key-000002"
TOKEN = "console-token-of-length"


@pytest.fixture(scope="module")
def gateway(shared):
    def script(exchange):
        status = {"/state": 409, "/locked": 423}.get(exchange.request.path, 200)
        exchange.reply(status, {"Content-Type": "application/json"}, b"{}")

    upstream = shared.upstream(script)
    made = shared.gateway(
        configuration(
            upstream,
            {
                "all": "/{rest...}",
                "locked": "/locked",
                "keyed": {"path": "/keyed/{id}", "policies": {"key-auth": {}, "conflict": {"level": "serialise"}}},
                "limited": {
                    "path": "/limited",
                    "policies": {"rate-limit": {"quota": 1, "window": "24h", "by": "route"}},
                },
            },
            consumers={"alice": consumer(ALICE), "bob": consumer(BOB)},
        )
    )
    made.answers = [made.ask("PUT", "/state", body=b"") for _ in range(4)]
    made.answers += [made.ask("PUT", "/locked", body=b"") for _ in range(2)]
    for key in (ALICE, ALICE, BOB):
        made.answers.append(made.ask("PUT", "/keyed/7", {"X-API-Key": key, "If-Match": '"x"'}, b"{}"))
    for _ in range(3):
        made.ask("GET", "/limited")
    made.entries = [made.entry(answer) for answer in made.answers]
    return made


def test_health_and_readiness(gateway):
    assert gateway.console("/healthz").status == 200
    ready = gateway.console("/readyz")
    assert ready.status == 200
    assert isinstance(ready.json(), dict)


def test_pages_are_html_and_load_nothing_from_elsewhere(gateway):
    page = gateway.console("/")
    assert (page.status, page.headers["Content-Type"].split(";")[0]) == (200, "text/html")
    text = page.body.decode()
    assert "onflict" in text
    assert not re.findall(r'(?:src|href)="https?://', text)
    assert "shop" in text


def test_pages_do_not_render_what_clients_send_as_markup(gateway):
    gateway.entry(gateway.ask("PUT", "/state", {"X-Request-Id": "a", "User-Agent": "<script>alert(1)</script>"}, b""))
    gateway.ask("PUT", "/%3Cscript%3Ealert(1)%3C%2Fscript%3E", {"If-Match": '"<script>"'}, b"")
    assert b"<script>alert(1)" not in gateway.console("/").body


def test_conflicts_are_newest_first_and_filtered(gateway):
    everything = gateway.conflicts(limit=100)
    times = [entry["time"] for entry in everything]
    assert times == sorted(times, reverse=True)
    ids = {entry["id"] for entry in gateway.entries}
    assert ids <= {entry["id"] for entry in everything}

    def count(**query):
        return sum(entry["id"] in ids for entry in gateway.conflicts(limit=100, **query))

    assert (count(kind="locked"), count(route="locked"), count(route="all")) == (2, 2, 4)
    assert (count(consumer="alice"), count(consumer="bob"), count(resource="/keyed/7")) == (2, 1, 3)
    assert (count(service="shop"), count(service="none"), count(kind="uniqueness")) == (9, 0, 0)
    assert (count(since="1h"), count(until="1h")) == (9, 0)
    oldest = min(entry["time"] for entry in gateway.entries)
    assert (count(since=oldest), count(until="2020-01-01T00:00:00Z"), count(since="2999-01-01T00:00:00Z")) == (9, 0, 0)


def test_pages_of_conflicts_follow_a_cursor_without_loss_or_repetition(gateway):
    whole = [entry["id"] for entry in gateway.conflicts(limit=100)]
    seen, after = [], {}
    while True:
        page = gateway.console("/api/v1/conflicts", limit=2, **after).json()
        assert len(page["items"]) <= 2
        seen += [entry["id"] for entry in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == whole


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "none"},
        {"limit": "0"},
        {"limit": "-1"},
        {"since": "yesterday"},
        {"after": "nonsense"},
        {"until": "1x"},
        {"kind": "nonsense"},
    ],
)
def test_bad_queries_are_400_problems(gateway, query):
    answer = gateway.console("/api/v1/conflicts", **query)
    if query == {"kind": "nonsense"} and answer.status == 200:
        assert answer.json()["items"] == []
    else:
        assert answer.status == 400
        assert answer.problem()["kind"] == "bad-request"


def test_one_conflict_by_id(gateway):
    entry = gateway.entries[0]
    assert gateway.console(f"/api/v1/conflicts/{entry['id']}").json() == entry
    for name in ("nonsense", "00000000-0000-7000-8000-000000000000", "..%2f..", "'%20or%201=1"):
        assert gateway.console(f"/api/v1/conflicts/{name}").status == 404, name


def test_summaries_count_by_what_is_asked(gateway):
    def summary(by):
        answer = gateway.console("/api/v1/conflicts/summary", by=by, since="1h").json()
        assert answer["by"] == by and "since" in answer
        counts = [item["count"] for item in answer["items"]]
        assert counts == sorted(counts, reverse=True)
        return {item["key"]: item["count"] for item in answer["items"]}

    assert summary("kind")["locked"] == 2
    assert summary("consumer")["alice"] == 2
    assert summary("resource")["/keyed/7"] == 3
    assert any(key.endswith("locked") and count == 2 for key, count in summary("route").items())
    assert gateway.console("/api/v1/conflicts/summary", by="nonsense").status == 400


def test_status_tells_version_configuration_and_upstreams(gateway):
    status = gateway.status()
    assert status["version"] and status["uptime_s"] >= 0
    assert {"source", "digest", "loaded_at", "last_error"} <= set(status["configuration"])
    assert status["configuration"]["source"].endswith("parley.yaml")
    text = json.dumps(status["upstreams"])
    assert "shop" in text and "http://127.0.0.1:" in text and "health" in text


def test_metrics_have_the_promised_names_and_bounded_labels(gateway):
    answer = gateway.console("/metrics")
    assert answer.headers["Content-Type"].startswith("text/plain")
    text = answer.body.decode()
    for name in (
        "parley_requests_total",
        "parley_request_duration_seconds_bucket",
        "parley_request_duration_seconds_count",
        "parley_upstream_duration_seconds_sum",
        "parley_conflicts_total",
        "parley_write_wait_seconds_count",
        "parley_write_queue",
        "parley_rate_limited_total",
        "parley_connections",
        "parley_journal_lag_seconds",
        "parley_journal_dropped_total",
        "process_cpu_seconds_total",
        "process_resident_memory_bytes",
    ):
        assert metric(text, name) is not None, name
    assert metric(text, "parley_requests_total", service="shop", route="all", method="PUT", status="409") >= 4
    assert metric(text, "parley_conflicts_total", service="shop", route="locked", kind="locked", origin="upstream") == 2
    assert metric(text, "parley_conflicts_total", kind="stale-version", origin="gateway", resolution="refused") == 3
    assert metric(text, "parley_rate_limited_total", service="shop", route="limited") == 2
    assert "/keyed/7" not in text and "/state" not in text
    sides = set(re.findall(r'parley_connections\{side="(\w+)"\}', text))
    assert len(sides) == 2


def test_odd_methods_do_not_grow_the_labels(gateway):
    for number in range(30):
        gateway.ask(f"ODD{number}", "/x")

    def labels():
        return {name for name in re.findall(r'method="([^"]*)"', gateway.console("/metrics").body.decode())}

    assert len({name for name in labels() if name.startswith("ODD")}) <= 1


def test_histograms_are_cumulative(gateway):
    text = gateway.console("/metrics").body.decode()
    buckets = re.findall(
        r'parley_request_duration_seconds_bucket\{[^}]*route="all"[^}]*le="([^"]+)"[^}]*\} (\S+)', text
    )
    counts = [float(count) for _, count in buckets]
    assert len(counts) > 3 and counts == sorted(counts) and buckets[-1][0] == "+Inf"
    assert counts[-1] == metric(text, "parley_request_duration_seconds_count", route="all", service="shop")


@pytest.mark.parametrize(
    "host, status",
    [
        ("localhost", 200),
        ("127.0.0.1", 200),
        ("[::1]", 200),
        ("localhost:8081", 200),
        ("evil.test", 421),
        ("127.0.0.1.evil.test", 421),
        ("localhost.evil.test", 421),
    ],
)
def test_only_local_hosts_are_answered_without_a_token(gateway, host, status):
    for path in ("/api/v1/status", "/", "/metrics"):
        assert gateway.console(path, host=host).status == status


def test_unknown_paths_are_404_and_methods_405(gateway):
    assert gateway.console("/api/v1/nonsense").status == 404
    assert gateway.console("/nonsense").status == 404
    for path, method, allowed in (
        ("/api/v1/conflicts", "DELETE", "GET, HEAD"),
        ("/api/v1/locks", "POST", "GET, HEAD"),
        ("/api/v1/locks/opaque", "POST", "DELETE"),
        ("/api/v1/locks/opaque", "GET", "DELETE"),
    ):
        answer = gateway.console(path, method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, allowed), path


def test_a_token_guards_every_path_but_healthz(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}), env={"PARLEY_CONSOLE_TOKEN": TOKEN})
    assert gateway.console("/healthz").status == 200
    good = {"Authorization": f"Bearer {TOKEN}"}
    for path in ("/", "/readyz", "/metrics", "/api/v1/status", "/api/v1/conflicts"):
        assert gateway.console(path).status == 401, path
        assert gateway.console(path, headers={"Authorization": f"Bearer {TOKEN}x"}).status == 401, path
        assert gateway.console(path, headers={"Authorization": f"Basic {TOKEN}"}).status == 401, path
        assert gateway.console(path, headers=good).status == 200, path
        assert gateway.console(path, headers=good, host="console.example.com").status == 200, path


def test_a_public_console_is_allowed_with_a_token(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(
        configuration(upstream, {"all": "/{rest...}"}),
        env={"PARLEY_CONSOLE_TOKEN": TOKEN},
        arguments=["--console", "0.0.0.0:0"],
    )
    assert gateway.lines[0].startswith("ready gateway=http://127.0.0.1:")


def test_the_console_survives_nonsense(gateway):
    for data in (
        b"\x00\xff\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ):
        with wire.Connection(gateway.console_address) as client:
            client.send(data)
            client.finish_sending()
            client.reader.rest(lambda piece: None)
    assert gateway.console("/healthz").status == 200


def test_upstream_health_shows_in_the_status(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(500))
    gateway = stage.gateway(
        configuration(
            [upstream, stage.upstream()],
            {"all": "/{rest...}"},
            health={"path": "/health", "interval": "200ms", "timeout": "150ms", "unhealthy": 2},
        )
    )
    eventually(
        lambda: (
            "unhealthy" in json.dumps(gateway.status()["upstreams"])
            or "false" in json.dumps(gateway.status()["upstreams"])
        )
    )


def test_the_status_counts_what_was_sent_to_a_target_and_what_failed(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}))
    for _ in range(3):
        assert gateway.ask("GET", "/x").status == 200
    upstream.script = lambda exchange: exchange.send(b"nonsense\r\n\r\n")
    assert gateway.ask("GET", "/x").status == 502
    [target] = gateway.status()["upstreams"][0]["targets"]
    assert (target["requests"], target["failures"], target["active_requests"]) == (4, 1, 0)
    assert "refused" in target["last_error"]


def test_reads_of_a_serialised_write_count_against_a_dead_target(stage):
    dead = stage.upstream()
    dead.stop()
    route = {"path": "/{rest...}", "policies": {"conflict": {"level": "serialise"}}}
    gateway = stage.gateway(configuration(dead, {"all": route}))
    assert gateway.ask("PUT", "/x", body=b"a").status == 503
    [target] = gateway.status()["upstreams"][0]["targets"]
    assert target["failures"] == 1 and "connection" in target["last_error"].lower()


def test_readiness_names_an_upstream_without_healthy_targets_or_stays_quiet_about_it(stage):
    upstream = stage.upstream(lambda exchange: exchange.reply(500))
    gateway = stage.gateway(
        configuration(
            upstream,
            {"all": "/{rest...}"},
            health={"path": "/health", "interval": "200ms", "timeout": "150ms", "unhealthy": 2},
        )
    )
    upstream.wait_for(4)
    assert gateway.console("/readyz").status == 200, "traffic can still be served: the last target is never ejected"


def test_the_access_log_is_one_object_a_line(stage, tmp_path):
    log = tmp_path / "access.log"
    upstream = stage.upstream()
    gateway = stage.gateway(
        configuration(upstream, {"all": "/{rest...}"}, gateway={"access-log": {"to": str(log), "sample": 1.0}})
    )
    answer = gateway.ask("GET", "/a%20b?c=d", {"User-Agent": 'x"y'})
    lines = eventually(lambda: log.exists() and log.read_text().splitlines())
    entry = json.loads(lines[0])
    text = json.dumps(entry)
    assert len(lines) == 1
    assert answer.headers["X-Request-Id"] in text and "/a%20b" in text and "GET" in text and "200" in text
