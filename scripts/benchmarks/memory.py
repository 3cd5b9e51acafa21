"""Memory, start-up and allocations: measurements that need no rounds."""

import mmap
import socket
import statistics
import struct
import subprocess
import time

from benchmarks import servers
from benchmarks.load import Client
from benchmarks.processes import BenchFault

MEBIBYTE = 1 << 20


def large_download(stage, server, size):
    """KiB above idle at the worst moment, while a large file goes to a client that reads nothing for a second first."""
    path = stage.folder / "blob" / "large.bin"
    if not path.exists():
        with open(path, "wb") as file:
            file.truncate(size)
    idle = settled_memory(server)
    server.program.reset_peak()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        fields = "".join(f"{name}: {value}\r\n" for name, value in server.headers.items())
        client.sendall(f"GET /blob/large.bin HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n".encode())
        time.sleep(1)
        scratch, received = bytearray(MEBIBYTE), 0
        while count := client.recv_into(scratch):
            received += count
    if received < size:
        raise BenchFault(f"{server.name}: of {size} bytes only {received} came through: {server.program.complaint()}")
    return server.program.peak_memory() - idle


def large_upload(server, size):
    """KiB above idle at the worst moment, while a large body goes up."""
    idle = settled_memory(server)
    server.program.reset_peak()
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as client:
        fields = "".join(f"{name}: {value}\r\n" for name, value in server.headers.items())
        client.sendall(
            f"PUT /sink/large.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n"
            f"Content-Type: application/octet-stream\r\n{fields}\r\n".encode()
        )
        block = bytes(MEBIBYTE)
        for _ in range(size // MEBIBYTE):
            client.sendall(block)
        answer = client.recv(65536)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise BenchFault(f"{server.name}: the upload was answered with {answer[:60]!r}")
    return server.program.peak_memory() - idle


def settled_memory(server):
    """KiB resident after half a second of rest."""
    time.sleep(0.5)
    return server.program.memory()


def idle_connections(server, number):
    """KiB per idle keep-alive connection, each of which has had one answer."""
    before = settled_memory(server)
    clients = []
    try:
        for _ in range(number):
            client = Client(server, "/items/1")
            clients.append(client)
            client.exchange()
        after = settled_memory(server)
    except OSError as error:
        raise BenchFault(f"{server.name}: only {len(clients)} of {number} connections could be opened: {error}") from error
    finally:
        for client in clients:
            client.close()
    return (after - before) / number


def start_times(stage, lane, times):
    """Seconds from exec to the ready line, and KiB resident after a second of rest, as medians of several starts."""
    seconds, resident = [], []
    for _ in range(times):
        server, taken = servers.parley(stage, lane)
        with server.program:
            seconds.append(taken)
            time.sleep(1)
            resident.append(server.program.memory())
    return statistics.median(seconds), statistics.median(resident)


def allocations(stage, start, number):
    """Allocations per exchange, on one connection, after as many to warm up. `start` gets the environment to use."""
    library = stage.folder / "allocations.so"
    if not library.exists():
        subprocess.run(
            ["clang", "-O2", "-shared", "-fPIC", "-fuse-ld=lld", "-o", library, servers.CONFIGURATIONS / "allocations.c"],
            check=True,
        )
    page = stage.folder / "allocations.count"
    page.write_bytes(bytes(mmap.PAGESIZE))
    server = start({"LD_PRELOAD": str(library), "ALLOCATIONS": str(page)})
    with server.program, open(page, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as count:
        client = Client(server, "/items/1")
        for _ in range(number):
            client.exchange()
        before, = struct.unpack_from("<Q", count)
        for _ in range(number):
            client.exchange()
        after, = struct.unpack_from("<Q", count)
        client.close()
    if before == 0:
        raise BenchFault(f"{server.name}: no allocation was counted at all, so the count means nothing")
    return (after - before) / number


def stripped_size(stage):
    """Bytes of the release binary without symbols."""
    path = stage.folder / "parley-stripped"
    subprocess.run(["llvm-objcopy", "--strip-all", servers.PARLEY, path], check=True)
    return path.stat().st_size
