"""The servers: each started when a command line names it, with its configuration in a folder of the row.

A server is ended by its own process, which then tells the most memory that it or one of its children had.
"""
import os
import pathlib
import re
import signal
import socket
import string
import subprocess
import threading
import time
from datetime import datetime

START_SECONDS = 30


class Servers:
    """Those of one row. Fills in what a command line says in braces."""

    def __init__(self, folder, served, network):
        self.folder, self.served, self.network = pathlib.Path(folder), served, network
        self.started = {}
        self.values = {"served": str(served)}

    def fill(self, line, **more):
        """The command line with its values, and the servers that it talks to."""
        fields = {name for _, name, _, _ in string.Formatter().parse(line) if name}
        makers = {"ferryd": Ferryd, "ferryd_plain": PlainFerryd, "vsftpd": Vsftpd, "rsyncd": Rsyncd, "ssh": Sshd}
        used = [makers[name] for name in makers if name in fields]
        for maker in used:
            if maker not in self.started:
                self.started[maker] = maker(self)
                self.values |= self.started[maker].values
        return line.format(**self.values, **more), [self.started[maker] for maker in used]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for server in self.started.values():
            server.stop()


class Server:
    """One process that listens; it and its descendants count as the server."""

    def __init__(self, servers):
        self.folder, self.network = servers.folder, servers.network
        self.host, self.port = servers.network.server_address, free_port()
        self.served = servers.served
        self.values = {}
        self.resident = None  # MiB at the most, known when stopped
        self.start(servers)

    def launch(self, *command, **options):
        self.process = subprocess.Popen([*self.network.server_prefix, *map(str, command)], **options)

    def wait_for_port(self):
        """Until something accepts connections, in whatever namespace that is."""
        port = f":{self.port:04X} "
        until = time.monotonic() + START_SECONDS
        while port not in (self.proc() / "net/tcp").read_text() or self.process.poll() is not None:
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(f"{type(self).__name__} did not start")
            time.sleep(0.01)

    def proc(self):
        return pathlib.Path("/proc") / str(self.process.pid)

    def file(self, name, text):
        (self.folder / name).write_text(text)
        return self.folder / name

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        guard = threading.Timer(60, self.process.kill)
        guard.start()
        self.resident = os.wait4(self.process.pid, 0)[2].ru_maxrss / 1024
        guard.cancel()
        self.process.returncode = 0

    # ---- what it has used so far

    def cpu(self):
        """Seconds, its ended children included; it waits until it is as idle as before its first client."""
        until = time.monotonic() + 5
        while (children := descendants(self.process.pid)) and time.monotonic() < until:
            time.sleep(0.005)
        return sum(cpu_of(pid) for pid in [self.process.pid, *children])

    def first_request(self, since):
        """When the first request of a client came in, in seconds since 1970; only Ferry tells."""
        return None


class Ferryd(Server):
    options = ()

    def start(self, servers):
        self.log = self.folder / f"{type(self).__name__}.log"
        ready = self.serve(self.options)
        if not ready:
            raise RuntimeError("ferryd did not start: " + self.log.read_text())
        # ferryd ready on HOST:PORT fingerprint SHA256:…, or plaintext
        address, *fingerprint = ready.removeprefix("ferryd ready on ").split()
        self.values = self.named(f"ferry://{address}", fingerprint[-1])

    def named(self, url, fingerprint):
        return {"ferryd": url, "trust": f"--fingerprint {fingerprint}"}

    def serve(self, options):
        """The line that says it is ready, or nothing."""
        self.launch(
            *f"ferryd serve --root {self.served} --state {self.folder}/{type(self).__name__}".split(),
            *f"--listen {self.host}:0 --anonymous write --max-connections 2000 --allow-root".split(),
            *options,
            stdout=subprocess.PIPE,
            stderr=open(self.log, "w"),
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            self.process.wait()
        return line

    def first_request(self, since):
        """A client logs in and asks in one flight, which the log tells to the millisecond."""
        for line in self.log.read_text().splitlines():
            if (found := re.match(r"time=(\S+) .*event=login ", line)) is not None:
                when = datetime.fromisoformat(found[1]).timestamp()
                if when >= since:
                    return when
        return None


class PlainFerryd(Ferryd):
    options = ("--plaintext",)

    def named(self, url, _):
        return {"ferryd_plain": url}


class Vsftpd(Server):
    def start(self, servers):
        settings = {
            "listen": "YES",
            "listen_address": self.host,
            "listen_port": self.port,
            "background": "NO",
            "anonymous_enable": "YES",
            "local_enable": "NO",
            "anon_root": self.served,
            "no_anon_password": "YES",
            "use_sendfile": "YES",
            "one_process_model": "YES",  # else the CPU time of a session is lost to its parent
            "connect_from_port_20": "NO",
            "secure_chroot_dir": self.empty(),
            "seccomp_sandbox": "NO",
            "isolate_network": "NO",
            "xferlog_enable": "NO",
        }
        text = "".join(f"{key}={value}\n" for key, value in settings.items())
        self.launch("vsftpd", self.file("vsftpd.conf", text))
        self.wait_for_port()
        self.values = {"vsftpd": f"ftp://{self.host}:{self.port}"}

    def empty(self):
        folder = self.folder / "empty"
        folder.mkdir()
        return folder


class Rsyncd(Server):
    def start(self, servers):
        settings = f"""
            address = {self.host}
            port = {self.port}
            use chroot = no
            [served]
            path = {self.served}
            read only = no
            {"uid = root" if os.geteuid() == 0 else ""}
            """
        self.launch("rsync", "--daemon", "--no-detach", "--config", self.file("rsyncd.conf", settings))
        self.wait_for_port()
        self.values = {"rsyncd": f"rsync://{self.host}:{self.port}/served"}


class Sshd(Server):
    def start(self, servers):
        for key in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / key], check=True)
        os.makedirs("/run/sshd", exist_ok=True)
        server = f"""
            Port {self.port}
            ListenAddress {self.host}
            HostKey {self.folder}/host
            AuthorizedKeysFile {self.folder}/user.pub
            StrictModes no
            PidFile none
            Subsystem sftp internal-sftp
            """
        client = f"""
            Host there
            HostName {self.host}
            Port {self.port}
            IdentityFile {self.folder}/user
            IdentitiesOnly yes
            StrictHostKeyChecking no
            UserKnownHostsFile /dev/null
            LogLevel ERROR
            """
        log = self.folder / "sshd.log"
        self.launch("/usr/sbin/sshd", "-D", "-f", self.file("sshd_config", server), "-E", log)
        self.wait_for_port()
        self.values = {"ssh": f"-F {self.file('ssh_config', client)}"}


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def descendants(pid):
    """Those that are alive."""
    found = []
    try:
        for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                found += [int(child), *descendants(child)]
    except (FileNotFoundError, ProcessLookupError):
        pass  # it has just ended
    return found


def cpu_of(pid):
    """Seconds of a process and of its children that have ended."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
