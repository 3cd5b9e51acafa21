"""Contract 2: TLS on the gateway port, and towards upstreams."""

import shutil
import signal
import ssl

import pytest

from harness import wire
from harness.certificates import Authority
from harness.gateway import as_yaml, configuration
from harness.patience import eventually

ROUTES = {"all": "/{rest...}"}


def served_name(connection):
    """The name in the certificate that the server showed."""
    return dict(entry[0] for entry in connection.sock.getpeercert()["subject"])["commonName"]


@pytest.fixture
def secured(stage, authority, tmp_path):
    """A gateway with certificates for two names, and the folder they lie in."""
    certificates = []
    for name in ("one.test", "two.test"):
        files = [shutil.copy(path, tmp_path) for path in authority.issue(name, "127.0.0.1", file=name)]
        certificates.append({"cert": files[0], "key": files[1]})
    upstream = stage.upstream()
    gateway = stage.gateway(
        configuration(upstream, ROUTES, gateway={"timeouts": {"head": "1s"}, "tls": {"certificates": certificates}})
    )
    return gateway, upstream, certificates


def test_the_gateway_port_speaks_tls_and_chooses_the_certificate_by_name(secured, authority):
    gateway, upstream, _ = secured
    assert gateway.scheme == "https"
    for name in ("one.test", "two.test"):
        with gateway.connect(tls=authority.client(), server_name=name) as client:
            assert served_name(client) == name
            assert client.sock.selected_alpn_protocol() == "http/1.1"
            assert client.ask("GET", "/x", host=name).body == b"hello"
    assert upstream.requests[0].headers["X-Forwarded-Proto"] == "https"


def test_unknown_names_get_the_first_certificate(secured, authority):
    gateway, _, _ = secured
    context = authority.client()
    context.check_hostname = False
    with gateway.connect(tls=context, server_name="other.test") as client:
        assert served_name(client) == "one.test"
        assert client.ask("GET", "/x").status == 200


@pytest.mark.parametrize("ends", [True, False], ids=["and leaves", "and stays"])
@pytest.mark.parametrize(
    "garbage", [b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"\x16\x03\x01\xff\xff" + b"\x00" * 99, b"\x16", b""]
)
def test_a_client_that_does_not_finish_its_handshake_is_cut_off(secured, authority, garbage, ends):
    gateway, upstream, _ = secured
    with gateway.connect(timeout=5) as client:
        client.send(garbage)
        if ends:
            client.finish_sending()
        client.reader.rest(lambda piece: None)
    assert upstream.requests == []
    assert gateway.ask("GET", "/x", tls=authority.client(), server_name="one.test").status == 200


def test_tls_1_2_is_spoken(secured, authority):
    gateway, _, _ = secured
    context = authority.client()
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert gateway.ask("GET", "/x", tls=context, server_name="one.test").status == 200


def test_certificates_are_read_again_on_reload(secured, authority, tmp_path):
    gateway, _, certificates = secured
    fresh = authority.issue("one.test", "fresh.test", file="fresh")
    shutil.copy(fresh[0], certificates[0]["cert"])
    shutil.copy(fresh[1], certificates[0]["key"])
    gateway.signal(signal.SIGHUP)

    def names():
        with gateway.connect(tls=authority.client(), server_name="one.test") as client:
            return ("DNS", "fresh.test") in client.sock.getpeercert()["subjectAltName"]

    eventually(names, why="the fresh certificate is served")


def test_locations_name_the_public_origin_with_its_scheme(secured, authority):
    gateway, upstream, _ = secured
    upstream.script = lambda exchange: exchange.reply(201, {"Location": f"{upstream.url}/items/7"})
    answer = gateway.ask("POST", "/x", body=b"", tls=authority.client(), server_name="one.test", host="one.test")
    assert answer.headers["Location"] == "https://one.test/items/7"


def upstream_over_tls(stage, authority, names, options, days=1):
    """A gateway in front of an https upstream with a certificate for these names."""
    upstream = stage.upstream(tls=authority.server(*names, days=days))
    return upstream, stage.gateway(configuration(upstream, ROUTES, tls=options))


def test_files_are_looked_for_beside_the_configuration_that_names_them(stage, authority, tmp_path):
    shutil.copy(authority.ca, tmp_path / "beside.pem")
    upstream = stage.upstream(tls=authority.server("127.0.0.1"))
    file = tmp_path / "parley.yaml"
    file.write_text(as_yaml(configuration(upstream, ROUTES, tls={"ca": "beside.pem"})))
    gateway = stage.gateway(None, arguments=["--config", file])
    assert gateway.folder != tmp_path
    assert gateway.ask("GET", "/x").body == b"hello"


def test_an_https_upstream_is_verified_against_its_own_authority(stage, authority):
    upstream, gateway = upstream_over_tls(stage, authority, ["127.0.0.1"], {"ca": authority.ca})
    with gateway.connect() as client:
        for _ in range(3):
            assert client.ask("GET", "/x").body == b"hello"
    assert upstream.connections <= 2


def test_server_name_is_sent_and_verified(stage, authority):
    seen = []
    context = authority.server("shop.internal")
    context.sni_callback = lambda sock, name, _: seen.append(name)
    upstream = stage.upstream(tls=context)
    gateway = stage.gateway(configuration(upstream, ROUTES, tls={"ca": authority.ca, "server-name": "shop.internal"}))
    assert gateway.ask("GET", "/x").body == b"hello"
    assert seen == ["shop.internal"]


@pytest.mark.parametrize("why", ["strange authority", "wrong name", "expired"])
def test_a_certificate_that_does_not_verify_is_unreachable_with_the_reason(stage, authority, tmp_path, why):
    options = {"ca": authority.ca}
    names, days = ["127.0.0.1"], 1
    if why == "strange authority":
        options["ca"] = Authority(tmp_path / "stranger", "Stranger").ca
    elif why == "wrong name":
        options["server-name"] = "other.internal"
    else:
        days = -1
    upstream, gateway = upstream_over_tls(stage, authority, names, options, days)
    answer = gateway.ask("GET", "/x")
    assert answer.status == 502
    problem = answer.problem()
    assert problem["kind"] == "upstream-unreachable"
    assert "certificate" in problem["detail"].lower(), problem["detail"]
    assert upstream.requests == []


def test_without_verification_any_certificate_will_do(stage, authority):
    _, gateway = upstream_over_tls(stage, authority, ["elsewhere.test"], {"verify": False})
    assert gateway.ask("GET", "/x").body == b"hello"


def test_https_towards_a_server_without_tls_is_unreachable(stage):
    upstream = stage.upstream()
    gateway = stage.gateway(configuration(f"https://127.0.0.1:{upstream.port}", ROUTES))
    answer = gateway.ask("GET", "/x")
    assert (answer.status, answer.problem()["kind"]) == (502, "upstream-unreachable")


def test_large_bodies_pass_tls_on_both_sides(stage, authority, tmp_path):
    cert, key = authority.issue("one.test", file="large")
    upstream = stage.upstream(
        lambda exchange: exchange.read_body() and exchange.reply(200, {}, exchange.request.body),
        tls=authority.server("127.0.0.1"),
    )
    gateway = stage.gateway(
        configuration(
            upstream, ROUTES, gateway={"tls": {"certificates": [{"cert": cert, "key": key}]}}, tls={"ca": authority.ca}
        )
    )
    body = bytes(range(256)) * 4096 * 4
    answer = wire.ask(gateway.address, "POST", "/x", body=body, tls=authority.client(), server_name="one.test")
    assert answer.body == body
