"""The tools, against one another: what they report about the gateway can be believed."""

import json
import socket
import threading

import pytest

from harness import wire
from harness.crew import Meanwhile, together
from harness.items import ItemStore, as_json
from harness.keys import made_by_parley
from harness.upstream import Upstream


def test_the_client_reads_lengths_chunks_trailers_and_interim_answers():
    def script(exchange):
        exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        exchange.send(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + wire.chunked(b"one", b"two", trailers=[("Sum", "6")])
        )

    with Upstream(script) as upstream, wire.Connection(upstream.address) as client:
        answer = client.ask("GET", "/")
        assert (answer.body, answer.trailers["sum"], answer.interim[0].status) == (b"onetwo", "6", 103)
        assert client.ask("GET", "/again").status == 200
        assert [request.connection for request in upstream.requests] == [1, 1]


def test_the_client_sees_a_cut_body():
    def script(exchange):
        exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive5")
        exchange.close()

    with Upstream(script) as upstream, wire.Connection(upstream.address) as client:
        with pytest.raises(wire.Cut) as cut:
            client.ask("GET", "/")
        assert (cut.value.answer.status, cut.value.answer.body) == (200, b"five5")


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: \x01\r\n\r\n",
    ],
)
def test_the_client_forgives_nothing(head):
    with Upstream(lambda exchange: exchange.send(head)) as upstream, wire.Connection(upstream.address) as client:
        with pytest.raises(wire.WireError):
            client.ask("GET", "/")


def test_the_upstream_records_whole_and_broken_requests():
    with Upstream() as upstream:
        assert wire.ask(upstream.address, "POST", "/a", body=b"12345").body == b"hello"
        chunks = [("Transfer-Encoding", "chunked")]
        with wire.Connection(upstream.address) as client:
            client.send(wire.encoded("POST", "/b", chunks) + b"3\r\nabc\r\n")
        upstream.wait_for(2)
        with wire.Connection(upstream.address) as client:
            client.send(wire.encoded("POST", "/c", chunks) + b"zz\r\nabc\r\n")
            assert client.ended()
        whole, cut, broken = upstream.wait_for(3)
        assert whole.complete and whole.body == b"12345"
        assert not cut.complete and cut.body == b"abc"
        assert not broken.complete and "chunk size" in broken.fault


def test_the_item_store_loses_updates_when_nobody_protects_it():
    store = ItemStore()
    try:
        store.put("/n", {"count": 0})
        line = threading.Barrier(4)

        def edit():
            count = wire.ask(store.upstream.address, "GET", "/n").json()["count"]
            line.wait(10)
            return wire.ask(store.upstream.address, "PUT", "/n", body=as_json({"count": count + 1})).status

        assert together(edit, edit, edit, edit) == [200] * 4
        assert store.value("/n") == {"count": 1}
    finally:
        store.stop()


def test_meanwhile_hands_on_results_and_faults():
    assert Meanwhile(lambda: 7).result() == 7
    with pytest.raises(ZeroDivisionError):
        Meanwhile(lambda: 1 / 0).result()


def test_keys_have_a_checksum_of_six_digits():
    key = made_by_parley("b" * 34)
    assert len(key) == 7 + 34 + 6 and key.startswith("parley_" + "b" * 34)


def test_certificates_are_accepted_by_those_who_trust_their_authority(authority):
    with Upstream(tls=authority.server("shop.test", "127.0.0.1")) as upstream:
        answer = wire.ask(upstream.address, "GET", "/", tls=authority.client(), server_name="shop.test")
        assert answer.body == b"hello"
        with pytest.raises(OSError):
            wire.ask(upstream.address, "GET", "/", tls=authority.client(), server_name="other.test")


def test_a_stopped_upstream_refuses_connections():
    upstream = Upstream()
    upstream.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(upstream.address)
    assert json.loads(as_json({"a": 1})) == {"a": 1}
