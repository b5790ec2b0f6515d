"""W7: many sessions that do nothing."""
import select
import socket
import ssl
import struct
import time

LIMITS = {"MiB resident": (600, 300), "seconds for the logins": (15, 5)}
AT_ONCE = 32  # logins under way


def row(row, servers):
    """Opens the sessions, and measures what the server then holds."""
    _, (server,) = servers.fill("{ferryd}")
    before = resident(server)
    started = time.monotonic()
    cpu = server.cpu()
    open_ones = open_sessions(server, row.sessions)
    seconds = time.monotonic() - started
    measured = {"MiB resident": resident(server), "seconds for the logins": seconds}
    cpu = server.cpu() - cpu
    for one in open_ones:
        one.close()
    return {
        "name": row.name,
        "title": row.title,
        "figures": measured | {"MiB resident before": before, "server's CPU seconds": cpu},
        "limits": [
            {"kind": kind, "most": most, "of": what, "value": measured[what], "holds": measured[what] <= most}
            for what, pair in LIMITS.items()
            for kind, most in zip(("gate", "goal"), pair)
        ],
    }


def resident(server):
    """MiB."""
    line = next(line for line in open(server.proc() / "status") if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def open_sessions(server, count):
    """Sessions that were welcomed, each on its own connection."""
    address = server.values["ferryd"].removeprefix("ferry://").rsplit(":", 1)
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE  # the server is ours
    sessions, waiting = [], []
    while len(sessions) + len(waiting) < count or waiting:
        while len(waiting) < AT_ONCE and len(sessions) + len(waiting) < count:
            one = socket.create_connection((address[0], int(address[1])), timeout=30)
            one = trusting.wrap_socket(one)
            one.sendall(hello() + login())
            waiting.append(one)
        ready, _, _ = select.select(waiting, [], [], 30)
        if not ready:
            raise RuntimeError("ferryd does not answer")
        for one in ready:
            welcomed(one)
            waiting.remove(one)
            sessions.append(one)
    return sessions


# ---- as protocol-spec.md sections 3 and 5 say


def frame(kind, payload):
    return struct.pack(">IBBH", len(payload), kind, 0, 0) + payload


def text(words):
    return struct.pack(">H", len(words)) + words.encode()


def hello():
    return frame(0x01, b"FERY" + struct.pack(">HH", 1, 1) + text("ferry-bench") + struct.pack(">H", 0))


def login():
    """Anonymous."""
    return frame(0x02, b"\0" + text("") + text(""))


def welcomed(one):
    """Reads HELLO and WELCOME."""
    for kind in (0x01, 0x03):
        length, got, _, _ = struct.unpack(">IBBH", exactly(one, 8))
        exactly(one, length)
        if got != kind:
            raise RuntimeError(f"ferryd answered with a frame of type {got:#04x}")


def exactly(one, count):
    data = b""
    while len(data) < count:
        more = one.recv(count - len(data))
        if not more:
            raise RuntimeError("ferryd hung up")
        data += more
    return data
