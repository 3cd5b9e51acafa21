"""An upstream that reads bodies and forgets them: the other end of a large upload. usage: sink.py PORT"""

import re
import socket
import sys
import threading


def answer(connection):
    """Serves one connection: reads a head, then a body of known length or in chunks, and says 200."""
    scratch = bytearray(1 << 20)
    with connection:
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                part = connection.recv(65536)
                if not part:
                    return
                pending += part
            head, _, pending = pending.partition(b"\r\n\r\n")
            length = re.search(rb"(?im)^content-length:\s*(\d+)", head)
            if length:
                left = int(length[1]) - len(pending)
                pending = b""
                while left > 0:
                    count = connection.recv_into(scratch, min(left, len(scratch)))
                    if not count:
                        return
                    left -= count
            elif re.search(rb"(?im)^transfer-encoding:\s*chunked", head):
                # The end of the last chunk is enough: the bodies sent here hold no such bytes.
                tail = pending
                while not tail.endswith(b"0\r\n\r\n"):
                    part = connection.recv(1 << 20)
                    if not part:
                        return
                    tail = (tail + part)[-8:]
                pending = b""
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def main():
    with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=128) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=answer, args=(connection,), daemon=True).start()


main()
