"""Contract 1: subcommands, findings, exit codes."""

import re
import socket
import subprocess

import pytest

from harness.gateway import binary, configuration, run, spawn
from harness.patience import eventually

FINDING = re.compile(r"(.+):(\d+):(\d+): error: (.+)\Z")

GOOD = """\
parley: 1
upstreams:
  shop:
    targets: [ { url: "http://127.0.0.1:9001" } ]
services:
  shop:
    upstream: shop
    routes:
      items: { path: "/items/{id}" }
"""

# name: text, (line, column or None), a word of the message
BAD = {
    "unknown key": (GOOD.replace("upstream: shop", "upstreem: shop"), (7, 5), "upstream"),
    "unknown policy": (GOOD + "    policies: { rate-limt: {} }\n", (10, 17), "rate-limit"),
    "undefined upstream": (GOOD.replace("upstream: shop", "upstream: shpo"), (7, 15), "shop"),
    "bad duration": (
        GOOD.replace("shop:\n    targets", "shop:\n    timeouts: { connect: 2 parsecs }\n    targets", 1),
        (4, 26),
        "2 parsecs",
    ),
    "bad url": (GOOD.replace("http://127.0.0.1:9001", "ftp://127.0.0.1"), (4, None), "ftp"),
    "bad path": (GOOD.replace("/items/{id}", "/items/{id"), (9, None), "{id"),
    "relative path": (GOOD.replace('"/items/{id}"', '"items"'), (9, None), "/"),
    "overlapping routes": (GOOD + '      other: { path: "/items/{name}" }\n', (10, None), "items"),
    "bad level": (
        GOOD.replace('"/items/{id}" }', '"/items/{id}", policies: { conflict: { level: serialize } } }'),
        (9, None),
        "serialise",
    ),
    "no version": (GOOD.replace("parley: 1\n", ""), (None, None), "parley"),
    "other version": (GOOD.replace("parley: 1", "parley: 2"), (1, 9), "1"),
    "not yaml": (GOOD + "  : : [\n", (None, None), ""),
    "undefined variable": (GOOD.replace("127.0.0.1", "${SURELY_NOT_SET}"), (4, None), "SURELY_NOT_SET"),
    "bad key hash": (GOOD + "consumers:\n  alice: { keys: [ { hash: plain } ] }\n", (11, None), "sha256"),
    "twice the same key": (GOOD + "upstreams: {}\n", (10, None), "upstreams"),
    "resource without a GET route": (
        GOOD.replace(
            '"/items/{id}" }',
            '"/items/{id}", methods: [POST], policies: { conflict: { level: serialise, resource: "/orders/{id}" } } }',
        ),
        (9, None),
        "GET",
    ),
    "unknown parameter": (GOOD.replace('"/items/{id}" }', '"/items/{id}", rewrite: "/v2/{idd}" }'), (9, None), "id"),
    "levels of one resource differ": (
        GOOD.replace(
            '"/items/{id}" }',
            '"/items/{id}", methods: [GET], policies: { conflict: { level: serialise } } }\n'
            '      put: { path: "/items/{id}", methods: [PUT], policies: { conflict: { level: delegate } } }',
        ),
        (None, None),
        "level",
    ),
}


@pytest.fixture
def file(tmp_path):
    """A configuration file's path."""
    return tmp_path / "parley.yaml"


def check(file, text):
    """`parley check` over a text."""
    file.write_text(text)
    return run("check", file)


def test_check_sums_a_good_file_up_in_one_line(file):
    result = check(file, GOOD)
    assert (result.returncode, result.stderr) == (0, "")
    assert len(result.stdout.splitlines()) == 1 and result.stdout.strip()


@pytest.mark.parametrize("name", BAD)
def test_check_finds_an_error_and_says_where_and_what(file, name):
    text, (line, column), word = BAD[name]
    result = check(file, text)
    assert result.returncode == 1, (result.stdout, result.stderr)
    findings = [FINDING.match(entry) for entry in result.stderr.splitlines() if ": error: " in entry]
    assert findings and all(findings), result.stderr
    assert {match[1] for match in findings} == {str(file)}
    hits = [match for match in findings if word in result.stderr]
    if line:
        hits = [match for match in hits if int(match[2]) == line]
    if column:
        hits = [match for match in hits if int(match[3]) == column]
    assert hits, result.stderr


def test_check_reports_everything_at_once_with_suggestions(file):
    text = GOOD.replace("upstream: shop", "upstreem: shop").replace("path:", "pth:").replace("url:", "ulr:")
    result = check(file, text)
    lines = {int(match[1]) for match in re.finditer(r":(\d+):\d+: error: ", result.stderr)}
    assert {4, 7, 9} <= lines
    for name in ("upstream", "path", "url"):
        assert re.search(rf"\b{name}\b", result.stderr), result.stderr


def test_check_of_a_missing_file_says_so(tmp_path):
    result = run("check", tmp_path / "none.yaml")
    assert result.returncode in (1, 2) and "none.yaml" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01",
        "a: &a [*a]",
        "- " * 5000,
        "{" * 10000,
        "parley: 1\n" + "x: y\n" * 20000,
        "parley: [1",
        '"\\ud800"',
        "parley: 99999999999999999999999999",
    ],
)
def test_check_survives_any_text(file, text):
    result = check(file, text)
    assert result.returncode == 1
    assert result.stderr.strip()


def test_environment_variables_are_filled_in(file):
    file.write_text(GOOD.replace("127.0.0.1:9001", "${SHOP_HOST}:9001"))
    assert run("check", file, env={"SHOP_HOST": "shop.internal"}).returncode == 0


def test_the_whole_configuration_of_the_contract_is_accepted(file, authority):
    cert, key = authority.issue("shop.internal", file="contract")
    file.write_text(f"""\
parley: 1
gateway:
  trusted-proxies: [10.0.0.0/8, "fd00::/8"]
  timeouts: {{ head: 10s, body: 20s, keep-alive: 75s }}
  body-limit: none
  conflict-memory: 128MiB
  access-log: {{ to: off, sample: 1.0 }}
  journal: {{ keep: 30d, size: 1GiB }}
  tls: {{ certificates: [ {{ cert: {cert}, key: {key} }} ] }}
upstreams:
  shop:
    targets: [ {{ url: "https://127.0.0.1:9001/base", weight: 1 }} ]
    host: target
    balance: consistent-hash
    hash-on: cookie session
    timeouts: {{ connect: 2s, response: 30s, idle: 60s, keep-alive: 30s }}
    retries: {{ attempts: 1 }}
    health: {{ path: /health, interval: 5s, timeout: 1s, healthy: 2, unhealthy: 3 }}
    tls: {{ ca: {authority.ca}, server-name: shop.internal, verify: true }}
consumers:
  alice: {{ keys: [ {{ hash: "sha256:{"0" * 64}" }} ], groups: [writers] }}
services:
  shop:
    upstream: shop
    policies: {{}}
    routes:
      items:
        path: /items/{{id}}
        methods: [GET, HEAD, PUT, PATCH, DELETE]
        hosts: [api.example.com, "*.example.org"]
        rewrite: /v2/items/{{id}}
        policies:
          key-auth: {{ groups: [writers] }}
          rate-limit: {{ quota: 100, window: 1s, burst: 20, by: consumer }}
          cors: {{ origins: [https://app.example.com], credentials: true }}
          headers: {{ request: {{ set: {{ X-Env: prod }}, remove: [X-Debug] }},
                      response: {{ set: {{}}, remove: [Server] }} }}
          conflict: {{ level: serialise, require-condition: true, wait: 2s, queue: 64, settle: 1s, body-limit: 1MiB,
                      history: {{ versions: 8, keep: 1h }}, reveal: consumers, explain: describe,
                      messages: {{ stale-version: {{ title: Stale, detail: "{{{{your_version}}}}" }} }},
                      rules: [ {{ when: {{ status: 500, body: duplicate key }}, kind: uniqueness }} ] }}
      old:
        path: /old/{{id}}
        policies: {{ redirect: {{ to: "https://example.com/{{id}}", status: 308 }} }}
      cancel:
        path: /items/{{id}}/cancel
        hosts: [api.example.com, "*.example.org"]
        methods: [POST]
        policies: {{ conflict: {{ level: serialise, resource: "/items/{{id}}" }} }}
""")
    result = run("check", file)
    assert result.returncode == 0, result.stderr


def test_version_names_build_and_licences():
    result = run("version")
    assert result.returncode == 0
    assert re.search(r"\d+\.\d+", result.stdout) and "Apache" in result.stdout


@pytest.mark.parametrize("command", ["demo", "serve", "check", "explain", "conflicts", "version"])
def test_help_of_every_command_has_an_example(command):
    result = run(command, "--help")
    assert result.returncode == 0
    assert re.search(rf"parley {command}", result.stdout) and "example" in result.stdout.lower()


@pytest.mark.parametrize(
    "arguments",
    [
        ("frobnicate",),
        ("serve", "--nonsense"),
        ("check",),
        ("explain", "GET"),
        ("serve", "--loops", "none"),
        ("serve", "--loops", "0"),
        ("conflicts", "--since", "soon"),
        ("serve", "--gateway", "no-port"),
        ("serve", "--gateway", "127.0.0.1:99999"),
    ],
)
def test_wrong_usage_is_exit_2(arguments, tmp_path):
    result = run(*arguments, cwd=tmp_path)
    assert result.returncode == 2, (result.stdout, result.stderr)
    assert result.stderr.strip()


def serve(file, *more, env=None, data=None):
    """`parley serve` that is expected to fail."""
    arguments = [
        "serve",
        "--config",
        file,
        "--data",
        data or file.parent / "data",
        "--gateway",
        "127.0.0.1:0",
        "--console",
        "127.0.0.1:0",
        *more,
    ]
    return run(*arguments, env=env)


def test_serve_without_a_configuration_is_exit_2_with_a_hint(tmp_path):
    result = run("serve", cwd=tmp_path)
    assert result.returncode == 2
    assert "parley.yaml" in result.stderr and "--config" in result.stderr
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_serve_reads_parley_yaml_of_the_working_directory(tmp_path):
    (tmp_path / "parley.yaml").write_text(GOOD)
    process = spawn(
        [binary(), "serve", "--gateway", "127.0.0.1:0", "--console", "127.0.0.1:0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout.readline().startswith(b"ready gateway=http://127.0.0.1:")
        eventually(lambda: (tmp_path / "parley-data").is_dir())
    finally:
        process.kill()
        process.wait()


def test_serve_refuses_a_bad_configuration_with_its_findings(file):
    file.write_text(BAD["unknown key"][0])
    result = serve(file)
    assert result.returncode in (1, 3)
    assert ":7:5: error: " in result.stderr and result.stdout == ""


@pytest.mark.parametrize("option", ["--gateway", "--console"])
def test_a_port_that_is_taken_is_exit_3_with_one_plain_line(file, option):
    file.write_text(GOOD)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        arguments = {"--gateway": "127.0.0.1:0", "--console": "127.0.0.1:0", option: f"127.0.0.1:{port}"}
        result = run(
            "serve", "--config", file, "--data", file.parent / "data", *[p for pair in arguments.items() for p in pair]
        )
    assert (result.returncode, result.stdout) == (3, "")
    line = result.stderr.splitlines()[-1]
    assert str(port) in line and option in line
    assert "address already in use" in line.lower() and "errno" not in line and "bind(" not in line


def test_an_unwritable_data_directory_is_exit_3(file):
    file.write_text(GOOD)
    blocked = file.parent / "a-file"
    blocked.write_text("not a directory")
    for data in (blocked, blocked / "below", "/proc/parley"):
        result = serve(file, data=data)
        assert (result.returncode, result.stdout) == (3, ""), result.stderr
        assert str(data) in result.stderr


def test_a_second_server_on_the_same_data_is_exit_3(stage, file):
    first = stage.gateway(GOOD)
    result = serve(first.file, data=first.data)
    assert (result.returncode, result.stdout) == (3, "")
    assert str(first.data) in result.stderr
    assert first.console("/healthz").status == 200


def test_a_public_console_needs_a_token(file):
    file.write_text(GOOD)
    result = run(
        "serve", "--config", file, "--data", file.parent / "data", "--gateway", "127.0.0.1:0", "--console", "0.0.0.0:0"
    )
    assert result.returncode in (2, 3) and "PARLEY_CONSOLE_TOKEN" in result.stderr
    assert result.stdout == ""


def test_the_ready_line_is_all_that_stdout_ever_gets(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(upstream, {"all": "/{rest...}"}))
    for _ in range(5):
        assert gateway.ask("GET", "/x").status == 200
    gateway.reconfigure("nonsense: [")
    eventually(lambda: gateway.status()["configuration"]["last_error"])
    assert len(gateway.lines) == 1
