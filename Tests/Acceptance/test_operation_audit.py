"""Contract 1, 5 and 6: what an operator is told of the data directory, of a reload, and by `parley explain`."""

import fcntl
import json
import os
import re
import resource
import select
import signal
import sqlite3
import stat
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from harness.gateway import as_yaml, binary, configuration, run
from harness.keys import consumer
from harness.locking import LOCKS, granted, lock, unlock
from harness.models import KEY, ai_configuration, mocks, model_entry, provider_entry
from harness.orders import OrderDesk, idempotent, send
from harness.patience import eventually
from harness.providers.raw import SURFACES
from harness.providers.reply import Trouble

CHAT = SURFACES["openai-chat"]
STORES = ("journal", "usage", "ledger", "locks")
BOB = "bob-0123456789abcdef"


@pytest.fixture
def desk(stage):
    return stage.keep(OrderDesk())


def serving(desk):
    """A route with keys, one with locks."""
    locking = {"conflict": {"level": "serialise", "locks": {"enabled": True}}}
    return configuration(
        desk,
        {
            "orders": {"path": "/orders", "policies": idempotent()},
            "item": {"path": "/items/{id}", "policies": locking},
        },
    )


# Files


def modes(folder):
    """The modes of all database files, by name."""
    return {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.glob("*.sqlite*")}


def assert_private(folder):
    """Fails unless nobody but the owner may read any file of any store."""
    found = modes(folder)
    assert {f"{name}.sqlite{side}" for name in STORES for side in ("", "-wal", "-shm")} <= set(found)
    assert set(found.values()) == {0o600}, {name: oct(mode) for name, mode in found.items()}


def test_no_file_of_a_store_is_for_others_even_in_a_folder_that_is(stage, desk, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(0o755)
    gateway = stage.gateway(serving(desk), data=data)
    assert send(gateway, '"one"').status == 201
    assert_private(data)
    gateway.kill()
    (data / "usage.sqlite.corrupt-1700000000-wal").write_bytes(b"moved aside by an earlier version")
    for file in data.glob("*.sqlite*"):
        file.chmod(0o644)
    gateway.start()
    assert_private(data)


# Health of providers


def test_providers_at_one_address_do_not_share_their_troubles(stage):
    mock = mocks(stage, "openai")["openai"]
    spare = mocks(stage, "local")["local"]
    entries = {name: provider_entry(mock) for name in ("one", "other")} | {"spare": provider_entry(spare)}
    models = {
        "a": model_entry(("one", mock)),
        "b": model_entry(("other", mock), ("spare", spare), strategy="priority"),
    }
    gateway = stage.gateway(ai_configuration(entries, models))
    mock.always = Trouble(500)
    for _ in range(6):
        assert CHAT.ask(gateway, "a", "hello", KEY, False).status >= 500
    mock.always = None
    answer = CHAT.ask(gateway, "b", "hello", KEY, False)
    assert (answer.status, answer.headers["Parley-Provider"]) == (200, "other")


# Readiness and the log


def degraded(gateway):
    """The parts that readiness names."""
    answer = gateway.console("/readyz")
    assert answer.status == 200
    return answer.json()["degraded"]


def lines(gateway, part):
    """What the log says of a store."""
    told = [json.loads(line) for line in gateway.errors().splitlines() if line.startswith("{")]
    return [line["detail"] for line in told if line["message"] == part]


def alter(gateway, store, statement):
    """Changes a store's tables behind the gateway's back."""
    with closing(sqlite3.connect(gateway.data / f"{store}.sqlite", timeout=10)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_damaged_ledger_is_named_kept_and_used_again_once_it_is_gone(stage, desk, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    wreck = data / "ledger.sqlite"
    wreck.write_bytes(b"this is no database" * 100)
    gateway = stage.gateway(serving(desk), data=data)
    assert degraded(gateway) == ["ledger"]
    for _ in range(3):
        refused = send(gateway, '"one"')
        assert refused.status == 503
        detail = refused.problem()["detail"]
        assert str(data) not in detail and "sqlite" not in detail, "a client was told where files are"
    assert desk.calls() == []
    [told] = lines(gateway, "ledger")
    assert str(wreck) in told and "moved aside" not in told
    for word in ("damaged", "Stop the server", "-wal", "start again", "every key is forgotten"):
        assert word in told, told
    assert wreck.read_bytes().startswith(b"this is no database"), "promises were replaced"
    wreck.unlink()
    assert send(gateway, '"one"').status == 201
    assert degraded(gateway) == []
    assert len(lines(gateway, "ledger")) == 2 and "again" in lines(gateway, "ledger")[1]


def test_locks_that_cannot_be_kept_are_named_until_they_can(stage, desk):
    gateway = stage.gateway(serving(desk))
    alter(gateway, "locks", "ALTER TABLE held_lock RENAME TO away")
    for _ in range(2):
        refused = lock(gateway, "/items/1")
        assert refused.status == 503
        assert "sqlite" not in refused.problem()["detail"] and "away" not in refused.problem()["detail"]
        assert degraded(gateway) == ["locks"]
    alter(gateway, "locks", "ALTER TABLE away RENAME TO held_lock")
    token = granted(lock(gateway, "/items/1"))
    assert unlock(gateway, "/items/1", token).status == 204
    assert degraded(gateway) == []
    begun, ended = lines(gateway, "locks")
    assert str(gateway.data / "locks.sqlite") in begun and "again" in ended


def test_usage_that_cannot_be_written_is_named_until_it_can(stage):
    providers = mocks(stage, "openai")
    entries = {"openai": provider_entry(providers["openai"])}
    gateway = stage.gateway(ai_configuration(entries, {"m": model_entry(("openai", providers["openai"]))}))
    alter(gateway, "usage", "ALTER TABLE call_block RENAME TO away")
    assert CHAT.ask(gateway, "m", "hello", KEY, False).status == 200
    eventually(lambda: degraded(gateway) == ["usage"])
    alter(gateway, "usage", "ALTER TABLE away RENAME TO call_block")
    eventually(lambda: degraded(gateway) == [])
    begun, ended = lines(gateway, "usage")
    assert str(gateway.data / "usage.sqlite") in begun and "again" in ended


def starts_badly(tmp_path, desk, command=()):
    """What a server says that cannot start."""
    file = tmp_path / "parley.yaml"
    file.write_text(as_yaml(serving(desk)))
    ports = ("--gateway", "127.0.0.1:0", "--console", "127.0.0.1:0")
    result = subprocess.run(
        [*command, binary(), "serve", "--config", str(file), "--data", str(tmp_path / "data"), *ports],
        capture_output=True,
        text=True,
        timeout=20,
        stdin=subprocess.DEVNULL,
    )
    assert result.returncode == 3, result.stderr
    return result.stderr


def test_damaged_locks_are_never_said_to_mend_themselves(tmp_path, desk):
    (tmp_path / "data").mkdir()
    wreck = tmp_path / "data" / "locks.sqlite"
    wreck.write_bytes(b"this is no database" * 100)
    told = starts_badly(tmp_path, desk)
    assert str(wreck) in told and "moved aside" not in told
    for word in ("damaged", "Stop the server", "start again", "every lock is forgotten", "fencing numbers"):
        assert word in told, told
    assert wreck.exists()


def test_a_disk_that_takes_nothing_at_the_start_is_told_with_its_remedy(tmp_path, desk):
    # No file may grow, and the signal that would say so is not heard: writes fail as on a broken disk.
    told = starts_badly(tmp_path, desk, ("sh", "-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"))
    assert "locks.sqlite" in told and "disk" in told and "start again" in told, told
    assert "goes on by itself" not in told


# parley explain


@pytest.fixture(scope="module")
def ai(shared):
    """A gateway with models, prompts and locks."""
    desk, found = shared.keep(OrderDesk()), mocks(shared, "openai", "claude")
    providers = {"first": provider_entry(found["openai"]), "second": provider_entry(found["claude"])}
    models = {
        "fast": model_entry(("first", found["openai"])),
        "slow": model_entry(("second", found["claude"])),
    }
    prompt = {"key-auth": {}, "prompt": {"model": "fast", "template": "Say {{n}}", "variables": {"n": {}}}}
    policy = {"level": "serialise", "locks": {"enabled": True}}
    config = ai_configuration(
        providers,
        models,
        consumers={"alice": consumer(KEY), "bob": consumer(BOB) | {"models": ["slow"]}},
        services={
            "ai": {"llm": {}, "policies": {"key-auth": {}}, "routes": {"say": {"path": "/say", "policies": prompt}}},
            "shop": {
                "upstream": "shop",
                "routes": {
                    "orders": {"path": "/orders", "policies": idempotent(required=True)},
                    "item": {"path": "/items/{id}", "policies": {"conflict": policy}},
                    "plain": {"path": "/plain"},
                },
            },
        },
    )
    config["upstreams"] = {"shop": {"targets": [{"url": desk.url}]}}
    gateway = shared.gateway(config)
    gateway.first, gateway.second = found["openai"].url, found["claude"].url
    return gateway


def explained(gateway, method, target, *fields, who=None):
    """What `parley explain` says."""
    arguments = [part for field in fields for part in ("--header", field)]
    result = run("explain", method, target, "--config", gateway.file, *arguments, *(("--as", who) if who else ()))
    assert result.stdout, result.stderr
    return result.stdout


def verdict(text):
    """The status of the gateway's own answer; None if it would be forwarded."""
    line = text.splitlines()[1]
    assert not line.endswith(" to "), line
    match = re.search(r"with (\d+)", line)
    assert match or "would be forwarded to http://127.0.0.1:" in line, line
    return int(match[1]) if match else None


WHO = f"X-API-Key: {KEY}"


@pytest.mark.parametrize(
    "method, target, fields, body",
    [
        ("GET", f"/v1/models?key={KEY}", (), None),
        ("GET", "/v1/models?key=nobody", (), None),
        ("GET", "/v1/models", (), None),
        ("GET", "/v1/models", (WHO,), None),
        ("GET", "/v1/models/fast", (WHO,), None),
        ("GET", "/v1/models/none", (WHO,), None),
        ("GET", "/v1/models/fast", (f"X-API-Key: {BOB}",), None),
        ("GET", "/v1beta/models", (WHO,), None),
        ("POST", "/v1beta/models/none:generateContent", (WHO,), b"{}"),
        ("GET", "/api/tags", (WHO,), None),
        ("GET", "/api/version", (WHO,), None),
        ("GET", "/say/openapi.json", (WHO,), None),
        ("POST", "/say", (f"X-API-Key: {BOB}", "Content-Type: application/json"), b'{"n": "x"}'),
        ("POST", "/say", (), b'{"n": "x"}'),
        ("GET", f"{LOCKS}", (), None),
        ("GET", f"{LOCKS}?resource=/items/1", (), None),
        ("GET", f"{LOCKS}?resource=/nowhere", (), None),
        ("DELETE", f"{LOCKS}", (), None),
        ("GET", "/.well-known/parley/merge-preview", (), None),
        ("GET", "/.well-known/parley/merge-preview?resource=/plain&base=%22a%22", (), None),
        ("GET", "/.well-known/parley/problems/overloaded", (), None),
        ("GET", "/.well-known/parley/nothing", (), None),
        ("POST", "/orders", (), b"{}"),
        ("POST", "/orders", ('Idempotency-Key: "a"',), b"{}"),
        ("POST", "/orders", ("Idempotency-Key: ", "Cookie: a=b"), b"{}"),
    ],
)
def test_explain_agrees_with_the_gateway(ai, method, target, fields, body):
    foretold = verdict(explained(ai, method, target, *fields))
    answer = ai.ask(method, target, [tuple(field.split(": ", 1)) for field in fields], body)
    assert foretold == answer.status, answer.body


def test_explain_names_the_targets_of_a_known_model(ai):
    text = explained(ai, "POST", "/v1beta/models/fast:generateContent", who="alice")
    assert f"would be forwarded to {ai.first}" in text and "first" in text
    assert ai.second not in text
    assert "conflict" not in text and "resource" not in text


def test_explain_names_all_that_a_body_may_lead_to(ai):
    text = explained(ai, "POST", "/v1/chat/completions", who="alice")
    assert f"would be forwarded to {ai.first}" in text and ai.second in text and "fast, slow" in text
    less = explained(ai, "POST", "/v1/chat/completions", who="bob")
    assert f"would be forwarded to {ai.second}" in less and ai.first not in less


def test_explain_of_a_prompt_names_its_model_and_its_policy(ai):
    text = explained(ai, "POST", "/say", who="alice")
    assert f"would be forwarded to {ai.first}" in text and ai.second not in text
    assert re.search(r"policies +key-auth, prompt\n", text), text
    assert "403 forbidden" in explained(ai, "POST", "/say", who="bob")


# Reload


def test_a_refused_reload_says_where_and_what(stage, desk):
    gateway = stage.gateway(serving(desk))
    gateway.reconfigure("parley: 1\nupstreams: { a: { targets: [] } }\nnonsense: 1\nfoolery: 2\n")
    told = eventually(lambda: gateway.status()["configuration"]["last_error"])
    assert f"{gateway.file}:2:" in told and "'upstreams.a.targets' is empty" in told and "2 more errors" in told
    ready = gateway.console("/readyz")
    assert (ready.status, ready.json()["degraded"]) == (200, ["configuration"])
    assert told in json.dumps(ready.json(), ensure_ascii=False)
    refusals = [json.loads(line) for line in gateway.errors().splitlines() if '"configuration refused' in line]
    assert refusals[-1]["reason"] == told
    gateway.signal(signal.SIGHUP)
    assert gateway.ask("GET", "/orders").status == 200


# Small things


def test_version_names_what_compresses():
    told = run("version").stdout
    assert all(name in told for name in ("zlib", "brotli", "zstd"))


def checked(tmp_path, text):
    """What `parley check` says of a file."""
    file = tmp_path / "parley.yaml"
    file.write_text(text)
    result = run("check", file)
    return result.returncode, result.stdout + result.stderr


def test_an_empty_list_that_must_be_there_is_not_to_be_left_out(tmp_path):
    code, told = checked(tmp_path, "parley: 1\nupstreams: { a: { targets: [] } }\n")
    assert code == 1 and "is empty; list at least one" in told and "leave the key out" not in told


@pytest.mark.parametrize("text", ["parley: 1\nupstreams: [1, 2\n", "parley: 1\nupstreams: [1, 2", "a: 'b\n\n\n"])
def test_an_error_at_the_end_points_into_the_file(tmp_path, text):
    code, told = checked(tmp_path, text)
    line, column = map(int, re.search(r"parley\.yaml:(\d+):(\d+): error", told).groups())
    written = text.split("\n")
    assert code == 1 and line <= len(written) and 1 <= column <= len(written[line - 1]), told


def test_a_duration_without_a_unit_is_quoted_with_its_remedy():
    result = run("serve", "--drain-delay", "5")
    assert result.returncode == 2
    assert "--drain-delay: '5' has no unit; write 5s for seconds or 5ms" in result.stderr, result.stderr


def test_the_folder_of_an_access_log_must_be_there(tmp_path):
    log = tmp_path / "missing" / "access.log"
    code, told = checked(tmp_path, f"parley: 1\ngateway: {{ access-log: {{ to: {log} }} }}\n")
    assert code == 1 and "there is no folder for the file" in told, told
    assert "make the folder, or name another file" in told


def test_an_access_log_that_cannot_be_opened_names_its_key_and_a_remedy(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "parley.yaml").write_text(f"parley: 1\ngateway: {{ access-log: {{ to: {tmp_path / 'folder'} }} }}\n")
    ports = ("--gateway", "127.0.0.1:0", "--console", "127.0.0.1:0")
    result = run("serve", "--config", tmp_path / "parley.yaml", "--data", tmp_path / "data", *ports)
    assert result.returncode == 3
    assert "gateway.access-log.to" in result.stderr and "name another file" in result.stderr, result.stderr


# What runs out


def noted(gateway, field, message):
    """One field of every line of the log with this message."""
    told = [json.loads(line) for line in gateway.errors().splitlines() if line.startswith("{")]
    return [line[field] for line in told if line["message"] == message]


def test_an_access_log_on_a_full_disk_is_told_and_its_lines_wait(stage, desk, tmp_path):
    config = serving(desk) | {"gateway": {"access-log": {"to": "/dev/full"}}}
    gateway = stage.gateway(config)
    assert send(gateway, '"one"').status == 201
    [told] = eventually(lambda: noted(gateway, "detail", "access log"))
    assert "No space left on device" in told
    file = tmp_path / "elsewhere.log"
    gateway.reconfigure(config | {"gateway": {"access-log": {"to": str(file)}}})
    gateway.signal(signal.SIGHUP)
    first = eventually(lambda: file.exists() and file.read_text().splitlines())[0]
    assert (json.loads(first)["path"], json.loads(first)["status"]) == ("/orders", 201)
    assert "written again" in eventually(lambda: noted(gateway, "detail", "access log")[1:])[0]
    assert "parley_access_log_dropped_total 0" in gateway.console("/metrics").body.decode()


def test_a_reader_of_the_access_log_that_stalls_holds_up_nothing(stage, desk, tmp_path):
    pipe = tmp_path / "access.pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
    gateway = stage.gateway(serving(desk) | {"gateway": {"access-log": {"to": str(pipe)}}})
    for number in range(40):
        assert send(gateway, f'"{number}"').status == 201
    eventually(lambda: select.select([reader], [], [], 0)[0], why="the first lines")
    for count in (1, 2):
        gateway.signal(signal.SIGHUP)
        eventually(lambda count=count: len(noted(gateway, "reason", "configuration loaded")) == count)
    assert gateway.console("/healthz").status == 200 and send(gateway, '"one"').status == 201
    read = b""
    while read.count(b"\n") < 41:
        eventually(lambda: select.select([reader], [], [], 0)[0], why="more lines")
        read += os.read(reader, 4096)
    assert [json.loads(line)["path"] for line in read.splitlines()] == ["/orders"] * 41
    for number in range(40):
        assert send(gateway, f'"{number}"').status == 201
    gateway.signal(signal.SIGTERM)
    assert gateway.ends() == 0
    os.close(reader)


def test_a_reload_to_an_access_log_that_cannot_be_opened_is_refused_whole(stage, desk, tmp_path):
    file = tmp_path / "access.log"
    config = serving(desk)
    gateway = stage.gateway(config | {"gateway": {"access-log": {"to": str(file)}}})
    altered = json.loads(json.dumps(config).replace("/orders", "/elsewhere")) | {"gateway": {"access-log": {"to": str(tmp_path)}}}
    gateway.reconfigure(altered)
    [reason] = eventually(lambda: noted(gateway, "reason", "configuration refused, the old one stays"))
    assert "gateway.access-log.to" in reason and "configuration" in degraded(gateway)
    assert send(gateway, '"one"').status == 201
    assert eventually(lambda: file.exists() and file.read_text().splitlines())


def test_clients_that_find_no_free_file_are_told_of_in_the_log_and_let_in_later(stage, desk):
    gateway = stage.gateway(serving(desk))
    assert send(gateway, '"one"').status == 201
    process = gateway.process.pid
    _, ceiling = resource.prlimit(process, resource.RLIMIT_NOFILE)
    used = len(list(Path(f"/proc/{process}/fd").iterdir()))
    resource.prlimit(process, resource.RLIMIT_NOFILE, (used + 3, ceiling))
    crowd = [gateway.connect() for _ in range(8)]
    assert "too many open files" in eventually(lambda: noted(gateway, "reason", "clients cannot be let in"))[0]
    assert "LimitNOFILE" in noted(gateway, "remedy", "clients cannot be let in")[0]
    for connection in crowd:
        connection.close()
    resource.prlimit(process, resource.RLIMIT_NOFILE, (ceiling, ceiling))
    assert send(gateway, '"two"').status == 201
