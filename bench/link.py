"""Where client and server meet: loopback, or a long link between two network namespaces (wanlink.c)."""
import contextlib
import os
import pathlib
import subprocess
from dataclasses import dataclass, field


@dataclass
class Network:
    server_address: str = "127.0.0.1"
    delay: float = 0.0  # seconds, one way
    client_prefix: list = field(default_factory=list)
    server_prefix: list = field(default_factory=list)
    link: subprocess.Popen = None  # the process that passes packets on


@contextlib.contextmanager
def between(link, folder):
    """The network of a row: a link as in rows.py, or none."""
    if link is None:
        yield Network()
        return
    source, program = pathlib.Path(__file__).with_name("wanlink.c"), pathlib.Path(folder) / "wanlink"
    subprocess.run(["gcc", "-O2", "-o", program, source], check=True)
    spaces = [f"ferry-bench-{os.getpid()}-{side}" for side in ("client", "server")]
    with contextlib.ExitStack() as undo:
        for space in spaces:
            subprocess.run(["ip", "netns", "add", space], check=True)
            undo.callback(subprocess.run, ["ip", "netns", "delete", space])
        command = [program, *spaces, link.round_trip / 2, link.loss, link.rate]
        process = subprocess.Popen([str(word) for word in command], stdout=subprocess.PIPE, text=True)
        undo.callback(lambda: (process.kill(), process.wait()))
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("the link did not come up")
        into = [["ip", "netns", "exec", space] for space in spaces]
        yield Network("10.99.0.2", link.round_trip / 2000, *into, process)
