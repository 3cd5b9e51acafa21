"""Contract 8, end: `parley race`, `parley diagnose` and `parley lint`, with verdicts and exit codes."""

import json

import pytest

from harness.gateway import configuration, run

LEVEL = {"items": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise", "wait": "10s"}}}}


@pytest.fixture
def store(stage):
    """An API without concurrency control that keeps one counter."""
    store = stage.store()
    store.put("/items/1", {"n": 0, "log": []})
    return store


def test_race_proves_that_an_api_loses_updates(store):
    result = run("race", f"{store.url}/items/1", "--writers", 4, "--writes", 3, within=60)
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith("lost updates: ")
    assert "The shortest history that proves it:" in result.stdout
    assert "will send at most" in result.stderr


def test_race_finds_none_through_parley(store, stage):
    gateway = stage.gateway(configuration(store, LEVEL))
    result = run("race", f"{gateway.url}/items/1", within=60)
    assert (result.returncode, result.stdout.split("\n")[0]) == (0, "no lost update in 20 writes"), result.stderr
    assert store.value("/items/1")["n"] == 20


def test_race_sends_no_more_than_it_was_told(store):
    result = run("race", f"{store.url}/items/1", "--field", "/log", "--max-requests", 12, "--json", within=60)
    report = json.loads(result.stdout)
    assert sum(report["limit"].values()) <= 12
    assert len(store.seen("/items/1")) == sum(report["sent"].values()) <= 12


def test_race_that_shows_nothing_is_exit_3(store):
    result = run("race", f"{store.url}/items/1", "--field", "/missing", within=60)
    assert result.returncode == 3
    assert "there is no field /missing; the resource has /n, /log" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["race"],
        ["race", "nonsense"],
        ["race", "http://h/", "--field", "n"],
        ["race", "http://h/", "--header", "x"],
        ["diagnose"],
        ["lint"],
    ],
)
def test_wrong_usage_is_exit_2(arguments):
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")


@pytest.mark.parametrize("command", ["race", "diagnose", "lint"])
def test_help_has_an_example(command):
    result = run(command, "--help")
    assert result.returncode == 0 and "EXAMPLE" in result.stdout


def entry(method, status, caller, **sent):
    """An entry of a HAR."""
    headers = [{"name": "Authorization", "value": caller}]
    headers += [{"name": name.replace("_", "-"), "value": value} for name, value in sent.items()]
    return {
        "startedDateTime": "2026-01-31T12:00:00.000Z",
        "request": {"method": method, "url": "https://api.test/items/1", "headers": headers},
        "response": {"status": status, "headers": [], "content": {}},
    }


def test_diagnose_explains_a_stale_write(tmp_path):
    file = tmp_path / "a.har"
    entries = [entry("GET", 200, "a"), entry("PUT", 200, "b"), entry("PUT", 412, "a", If_Match='"1"')]
    file.write_text(json.dumps({"log": {"entries": entries}}))
    before = file.read_bytes()
    result = run("diagnose", file)
    assert result.returncode == 1
    assert "stale-version" in result.stdout and "entry 2: PUT by another client" in result.stdout
    assert file.read_bytes() == before


def test_diagnose_of_quiet_traffic_is_fine(tmp_path):
    file = tmp_path / "a.har"
    file.write_text(json.dumps({"log": {"entries": [entry("GET", 200, "a")]}}))
    result = run("diagnose", file, "--json")
    assert (result.returncode, json.loads(result.stdout)["conflicts"]) == (0, 0)


def test_diagnose_of_a_broken_archive_says_where(tmp_path):
    file = tmp_path / "a.har"
    file.write_text('{"log": {\n"entries": [}}')
    result = run("diagnose", file)
    assert (result.returncode, result.stdout) == (3, "")
    assert "line 2, column 13" in result.stderr


def test_lint_names_operations_with_their_places(tmp_path):
    file = tmp_path / "api.yaml"
    file.write_text(
        "openapi: 3.0.3\npaths:\n  /items/{id}:\n    put:\n      responses: { '200': { description: ok } }\n"
    )
    result = run("lint", file)
    assert result.returncode == 1
    assert result.stdout.startswith(f"{file}:4:5: error: PUT /items/{{id}}: ")
    assert "require-condition: true" in result.stdout
    report = json.loads(run("lint", file, "--json").stdout)
    assert report["findings"][0]["rule"] == "write-without-condition"


def test_lint_of_a_careful_description_is_fine(tmp_path):
    file = tmp_path / "api.json"
    write = {"parameters": [{"in": "header", "name": "If-Match"}], "responses": {"412": {"description": "stale"}}}
    file.write_text(json.dumps({"openapi": "3.1.0", "paths": {"/items/{id}": {"put": write}}}))
    result = run("lint", file)
    assert (result.returncode, result.stdout) == (0, f"{file}: fine (1 operation)\n")
