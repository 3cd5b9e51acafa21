"""Contract 1: `parley explain` and `parley conflicts`."""

import json
import subprocess

import pytest

from harness.crew import Meanwhile
from harness.gateway import as_yaml, binary, configuration, printed_json, run, spawn
from harness.keys import consumer
from harness.patience import eventually

KEY = "a-key-of-sufficient-length"


@pytest.fixture
def file(tmp_path):
    """A configuration file's path."""
    return tmp_path / "parley.yaml"


@pytest.fixture
def explained(file):
    """A configuration and `parley explain` over it."""
    file.write_text(
        as_yaml(
            configuration(
                "http://127.0.0.1:9001/base",
                {
                    "item": {
                        "path": "/items/{id}",
                        "methods": ["GET", "PUT"],
                        "rewrite": "/v2/{id}",
                        "policies": {
                            "key-auth": {"groups": ["writers"]},
                            "conflict": {"level": "serialise"},
                            "rate-limit": {"quota": 5, "window": "1s", "by": "consumer"},
                        },
                    },
                    "host": {"path": "/hosted", "hosts": ["a.test"]},
                },
                consumers={"alice": consumer(KEY, "writers"), "bob": consumer(KEY + "2")},
            )
        )
    )
    return lambda *arguments: run("explain", *arguments, "--config", file)


def test_explain_names_route_policies_and_target(explained):
    result = explained("PUT", "http://127.0.0.1:8080/items/a%2fb", "--as", "alice")
    assert result.returncode == 0, result.stderr
    for word in ("shop/item", "key-auth", "rate-limit", "serialise", "http://127.0.0.1:9001", "/base/v2/a%2Fb"):
        assert word in result.stdout, (word, result.stdout)


@pytest.mark.parametrize(
    "arguments, word",
    [
        (("GET", "http://localhost/nowhere"), "no-route"),
        (("DELETE", "http://localhost/items/1"), "method-not-allowed"),
        (("GET", "http://localhost/items/1"), "unauthenticated"),
        (("GET", "http://localhost/items/1", "--as", "bob"), "forbidden"),
        (("GET", "http://b.test/hosted"), "no-route"),
        (("GET", "http://localhost/items/%00"), "bad-request"),
    ],
)
def test_explain_says_why_a_request_would_be_refused(explained, arguments, word):
    result = explained(*arguments)
    assert word in result.stdout + result.stderr, (result.stdout, result.stderr)


def test_explain_takes_headers(explained):
    assert "shop/host" in explained("GET", "http://localhost/hosted", "--header", "Host: a.test").stdout
    assert "shop/host" in explained("GET", "http://a.test/hosted").stdout
    result = explained("GET", "http://localhost/items/1", "--header", f"X-API-Key: {KEY}")
    assert "shop/item" in result.stdout and "alice" in result.stdout


def test_explain_of_an_unknown_consumer_is_wrong_usage(explained):
    result = explained("GET", "http://localhost/items/1", "--as", "carol")
    assert result.returncode in (1, 2) and "carol" in result.stderr


@pytest.fixture
def quarrelsome(stage):
    """A gateway whose upstream refuses every write."""
    upstream = stage.upstream(lambda exchange: exchange.reply(423 if exchange.request.path == "/locked" else 409))
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}", "locked": "/locked"}))

    def conflicts(*arguments):
        result = run("conflicts", "--data", gateway.data, *arguments)
        assert result.returncode == 0, result.stderr
        return result.stdout

    return gateway, conflicts


def test_conflicts_prints_the_journal_beside_a_running_server(quarrelsome):
    gateway, conflicts = quarrelsome
    answers = [gateway.ask("PUT", path, body=b"") for path in ("/a", "/locked", "/b")]
    entries = [gateway.entry(answer) for answer in answers]
    printed = printed_json(conflicts("--json"))
    assert sorted(entry["id"] for entry in printed) == sorted(entry["id"] for entry in entries)
    by_id = {entry["id"]: entry for entry in entries}
    assert all(by_id[entry["id"]] == entry for entry in printed), "the console and the command say the same"
    assert [e["route"] for e in printed_json(conflicts("--json", "--kind", "locked"))] == ["locked"]
    assert len(printed_json(conflicts("--json", "--route", "shop/all"))) == 2
    assert len(printed_json(conflicts("--json", "--since", "1h"))) == 3
    assert conflicts("--json", "--kind", "uniqueness") == ""
    text = conflicts()
    assert "locked" in text and "/locked" in text and len(text.splitlines()) >= 3


def test_conflicts_follows(quarrelsome):
    gateway, _ = quarrelsome
    gateway.entry(gateway.ask("PUT", "/before", body=b""))
    process = spawn([binary(), "conflicts", "--data", gateway.data, "--follow", "--json"], stdout=subprocess.PIPE)
    try:
        resources = set()
        Meanwhile(lambda: [resources.add(json.loads(line)["resource"]) for line in process.stdout])
        number = iter(range(1000))
        eventually(
            lambda: gateway.ask("PUT", f"/after-{next(number)}", body=b"") and resources & {"/after-3", "/after-4"}, 8
        )
        assert gateway.console("/healthz").status == 200
    finally:
        process.terminate()
        process.wait(5)


def test_conflicts_works_without_a_server_and_without_a_journal(quarrelsome, tmp_path):
    gateway, conflicts = quarrelsome
    entry = gateway.entry(gateway.ask("PUT", "/a", body=b""))
    gateway.kill()
    assert [found["id"] for found in printed_json(conflicts("--json"))] == [entry["id"]]
    result = run("conflicts", "--data", tmp_path / "nothing")
    assert result.returncode in (0, 1, 3) and "nothing" in result.stderr + result.stdout
    assert not (tmp_path / "nothing").exists(), "a reader creates nothing"
