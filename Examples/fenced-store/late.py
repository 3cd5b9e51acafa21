"""A write that takes effect long after everybody gave up on it: what becomes of the next writer's work?

    python3 late.py http://127.0.0.1:8080
"""

import json
import sys
import time
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

GATEWAY = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
OPEN = build_opener(ProxyHandler({})).open


def ask(method, path, text=None, **fields):
    """A request: its status, its document, and its tag."""
    headers = {name.replace("_", "-"): value for name, value in fields.items()}
    body = None if text is None else json.dumps({"text": text}).encode()
    if body:
        headers["Content-Type"] = "application/json"
    try:
        answer = OPEN(Request(GATEWAY + path, body, headers, method=method), timeout=30)
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, json.loads(answer.read() or b"null"), answer.headers["ETag"]


def late_write(path):
    """Ada's write lies about for 4 s; Bob writes as soon as he may; what is there in the end?"""
    ask("PUT", path, "first", If_None_Match="*")
    tag = ask("GET", path)[2]
    status, problem, _ = ask("PUT", path, "Ada's, late", If_Match=tag, Store_Late="4")
    print(f"  Ada writes:   {status}, outcome {problem['outcome']}")
    deadline = time.monotonic() + 3.5
    while time.monotonic() < deadline:
        status, problem, _ = ask("PUT", path, "Bob's", If_Match=tag)
        if status != 409:
            break
        time.sleep(0.2)
    print(f"  Bob writes:   {status}, after the quarantine")
    time.sleep(max(0.0, deadline - time.monotonic()) + 1)
    print(f"  in the end:   {ask('GET', path)[1]['text']}")


name = str(time.time_ns())
print("serialise")
late_write(f"/plain/{name}")
print("fenced")
late_write(f"/notes/{name}")
print(f"  refused late: {len(ask('GET', '/refused')[1])}")
