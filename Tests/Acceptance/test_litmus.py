"""Contract 8, key `locks`: litmus, the WebDAV test suite, against a DAV server directly and through the gateway.

litmus was written by others for any DAV server. Its suite `locks` asks for everything that RFC 4918 says about locks.
"""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.gateway import spawn
from harness.patience import eventually
from harness.realservers import answers, free_port

SUITES = "basic copymove props locks http"
MODULES = "/usr/lib/apache2/modules"


@contextmanager
def apache(folder):
    """Apache with mod_dav: yields its port."""
    program = shutil.which("apache2") or "/usr/sbin/apache2"
    assert os.path.exists(program), "apache2 is missing: apt-get install apache2-bin"
    port, root = free_port(), folder / "root"
    root.mkdir()
    folder.chmod(0o755)
    root.chmod(0o777)
    (folder / "locks").mkdir()
    (folder / "locks").chmod(0o777)
    modules = {"mpm_event": "mpm_event", "authz_core": "authz_core", "dav": "dav", "dav_fs": "dav_fs"}
    (folder / "apache.conf").write_text(
        "\n".join(f"LoadModule {name}_module {MODULES}/mod_{file}.so" for name, file in modules.items())
        + f"""
ServerRoot {folder}
ServerName localhost
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
User www-data
Group www-data
DocumentRoot {root}
DavLockDB {folder}/locks/db
<Directory {root}>
  Dav On
  Require all granted
</Directory>
"""
    )
    process = spawn([program, "-f", folder / "apache.conf", "-D", "FOREGROUND"])
    try:
        eventually(lambda: answers(port), why="Apache listens")
        yield port
    finally:
        process.terminate()
        process.wait(10)


def litmus(port, folder):
    """Runs all suites: the tests run and the failed ones, by suite."""
    program = shutil.which("litmus")
    assert program, "litmus is missing: apt-get install litmus"
    done = subprocess.run(
        [program, "-k", f"http://127.0.0.1:{port}/"],
        cwd=folder,
        env={**os.environ, "TESTS": SUITES},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    found = re.findall(r"summary for `(\w+)': of (\d+) tests run: \d+ passed, (\d+) failed", done.stdout)
    assert len(found) == len(SUITES.split()), done.stdout + done.stderr
    failures = [line for line in done.stdout.splitlines() if "FAIL" in line]
    return {name: (int(ran), int(failed)) for name, ran, failed in found}, failures


@pytest.fixture
def upstream():
    # Apache gives up its rights, so what it serves must lie where everybody may go.
    with tempfile.TemporaryDirectory(prefix="parley-dav-") as folder, apache(Path(folder)) as port:
        yield port


def configured(port, conflict):
    """A gateway for the whole of a DAV server."""
    route = {"path": "/{rest...}", "policies": {"conflict": conflict}}
    return {
        "parley": 1,
        "upstreams": {"dav": {"targets": [{"url": f"http://127.0.0.1:{port}"}], "host": "preserve"}},
        "services": {"dav": {"upstream": "dav", "routes": {"all": route}}},
    }


@pytest.mark.timeout(120)
def test_litmus_passes_directly(upstream, tmp_path):
    results, failures = litmus(upstream, tmp_path)
    assert failures == [] and results["locks"][0] >= 35


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "conflict",
    [{"level": "observe"}, {"level": "delegate"}, {"level": "observe", "locks": {"enabled": True}}],
    ids=["the upstream's locks, observe", "the upstream's locks, delegate", "the gateway's locks"],
)
def test_litmus_passes_through_the_gateway(stage, upstream, tmp_path, conflict):
    gateway = stage.gateway(configured(upstream, conflict))
    results, failures = litmus(gateway.address[1], tmp_path)
    assert failures == [] and results["locks"][0] >= 35
