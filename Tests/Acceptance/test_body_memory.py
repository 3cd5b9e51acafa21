"""The memory for bodies that are taken whole comes back, however their requests end (contract 2, conflict-memory; body-memory)."""

import select

import pytest

from harness import wire
from harness.models import KEY, ai_configuration, mocks, one_of_each
from harness.providers.raw import SURFACES

MEMORY = 1 << 20
HALF = 300 * 1024


def broken(target, *fields):
    """A body of chunks whose second chunk breaks the grammar."""
    head = "".join(f"{field}\r\n" for field in ("Host: gateway.test", "Transfer-Encoding: chunked", *fields))
    return f"{target} HTTP/1.1\r\n{head}\r\n{HALF:x}\r\n".encode() + b" " * HALF + b"\r\nno size\r\n"


def break_off(gateway, request):
    """Sends a request that is refused for its body."""
    with wire.Connection(gateway.address) as connection:
        connection.send(request)
        assert connection.head().status == 400


def leave(gateway, request):
    """Leaves in the middle of a body."""
    with wire.Connection(gateway.address) as connection:
        connection.send(request[: -len(b"\r\nno size\r\n")])
        connection.reset()


@pytest.mark.parametrize("end", [break_off, leave])
def test_calls_of_models_give_it_back(stage, end):
    providers = mocks(stage)
    entries, models = one_of_each(providers)
    gateway = stage.gateway(ai_configuration(entries, models, **{"body-memory": "1MiB"}))
    for _ in range(3 * MEMORY // HALF):
        end(gateway, broken("POST /v1/chat/completions", f"Authorization: Bearer {KEY}"))
    answer = SURFACES["openai-chat"].ask(gateway, "m-openai", "hello" + " " * HALF, KEY, False)
    assert answer.status == 200, answer.body


def test_calls_beyond_it_are_told_to_come_again(stage):
    providers = mocks(stage)
    entries, models = one_of_each(providers)
    gateway = stage.gateway(ai_configuration(entries, models, **{"body-memory": "1MiB"}))

    def ask():
        return SURFACES["openai-chat"].ask(gateway, "m-openai", "hello" + " " * (2 * HALF), KEY, False)

    head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer {KEY}\r\nContent-Length: {2 * HALF + 1}\r\n\r\n"

    def hold():
        connection = wire.Connection(gateway.address)
        connection.send(head.encode() + b" " * (2 * HALF))
        return connection

    holder, refused = hold(), None
    for _ in range(1000):
        # What was sent has not always been read yet: then there is room for the call, or it is the holder that has none.
        answer = ask()
        if answer.status != 200:
            refused = answer
            break
        if select.select([holder.sock], [], [], 0)[0]:
            holder.close()
            holder = hold()
    assert refused is not None and refused.status == 503, refused
    assert refused.json()["error"]["message"].startswith("The memory for bodies"), refused.body
    holder.reset()
    answers = (ask() for _ in range(1000))
    assert next(answer for answer in answers if answer.status == 200)


@pytest.mark.parametrize("end", [break_off, leave])
def test_writes_that_take_a_turn_give_it_back(stage, end):
    store = stage.store()
    gateway = stage.gateway(
        {
            "parley": 1,
            "gateway": {"conflict-memory": "1MiB"},
            "upstreams": {"store": {"targets": [{"url": store.url}]}},
            "services": {
                "store": {
                    "upstream": "store",
                    "routes": {"item": {"path": "/items/{id}", "policies": {"conflict": {"level": "serialise"}}}},
                }
            },
        }
    )
    for _ in range(3 * MEMORY // HALF):
        end(gateway, broken("PUT /items/1", "Content-Type: application/json"))
    body = b'{"text":"' + b"x" * HALF + b'"}'
    answer = gateway.ask("PUT", "/items/1", [("Content-Type", "application/json")], body)
    assert answer.status < 300, answer.body
