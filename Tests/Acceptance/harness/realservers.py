"""Servers that nobody here wrote."""

import contextlib
import logging
import os
import shutil
import socket
import threading
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from harness.gateway import spawn
from harness.patience import eventually


def free_port():
    """A loopback port that was free a moment ago, for servers that cannot take port 0."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def answers(port):
    """Whether a port accepts connections."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@contextlib.contextmanager
def nginx_dav(folder):
    """Debian's nginx with its DAV module: yields its URL and the folder it keeps files in."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    assert os.path.exists(program), "nginx is missing: apt-get install nginx"
    folder, port = Path(folder), free_port()
    files = folder / "files"
    files.mkdir(parents=True)
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
  types {{ application/json json; text/plain txt; }}
  server {{
    listen 127.0.0.1:{port};
    root {files};
    client_max_body_size 64m;
    location / {{ dav_methods PUT DELETE MKCOL COPY MOVE; create_full_put_path on; }}
  }}
}}
""")
    process = spawn([program, "-c", folder / "nginx.conf", "-p", folder, "-e", folder / "error.log"])
    try:
        eventually(lambda: answers(port), why="nginx listens")
        yield f"http://127.0.0.1:{port}", files
    finally:
        process.kill()
        process.wait()


class _Quiet(WSGIRequestHandler):
    def log(self, *_):
        """Says nothing."""


@contextlib.contextmanager
def wsgi(application):
    """Werkzeug's threaded server around a WSGI application: yields its URL."""
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


@contextlib.contextmanager
def radicale(folder):
    """Radicale, a CalDAV server that evaluates If-Match by itself: yields its URL."""
    from radicale import Application
    from radicale.config import load

    logging.getLogger("radicale").setLevel(logging.CRITICAL)
    settings = load()
    settings.update(
        {
            "auth": {"type": "none"},
            "rights": {"type": "owner_only"},
            "storage": {"filesystem_folder": str(folder)},
            "logging": {"level": "critical"},
        },
        "test",
        privileged=True,
    )
    with wsgi(Application(settings)) as url:
        yield url
