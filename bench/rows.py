"""The rows: what is measured, and with which command lines.

{…} in a command line is filled in by servers.py, which starts just the servers that are named, or by measure.py:

    {here}            the client's folder, a different one for each tool
    {up}              the same for uploads, as seen from the served folder
    {served}          the served folder itself
    {ferryd}          ferry://HOST:PORT, encrypted; {trust} are the options it takes
    {ferryd_plain}    the same without encryption
    {vsftpd}          ftp://HOST:PORT
    {rsyncd}          rsync://HOST:PORT/served
    {ssh}             the options that lead ssh, scp and sftp to the host named "there"

All clients are anonymous or log in with a key.
"""
from dataclasses import dataclass, field

RSYNC_SSH = 'rsync -e "ssh {ssh}"'


@dataclass
class Link:
    """Round trip in milliseconds, loss in per cent, rate in Mbit/s."""

    round_trip: float
    loss: float
    rate: float = 1000


@dataclass
class Row:
    name: str
    title: str
    tools: dict  # name to command line; "ferry" is the one that is judged
    limits: dict  # name of another tool to (gate, goal): Ferry's median over that tool's; None: no such limit
    source: str = ""  # what is transferred
    upload: bool = False
    again: bool = False  # everything is there already
    link: Link | None = None
    goal_from_request: bool = True  # the goal counts from the first request, the gate always from process start
    once: list = field(default_factory=list)  # tools that are so slow that one run must do
    sessions: int = 0  # W7: how many


ROWS = [
    Row(
        "W1",
        "get one file of 1 GiB, no encryption",
        source="large",
        tools={
            "ferry": "ferry get -q --plaintext {ferryd_plain}/large {here}/",
            "curl": "curl -q -s -o {here}/large {vsftpd}/large",
            "rsync daemon": "rsync {rsyncd}/large {here}/",
            "lftp": "lftp -c 'get -O {here} {vsftpd}/large'",
        },
        limits={"curl": (1.2, 0.9)},
    ),
    Row(
        "W2",
        "get one file of 1 GiB, encrypted",
        source="large",
        tools={
            "ferry": "ferry get -q {trust} {ferryd}/large {here}/",
            "scp aes128-gcm": "scp -q {ssh} -c aes128-gcm@openssh.com there:{served}/large {here}/",
            "sftp": "sftp -q {ssh} there:{served}/large {here}/",
            "rsync over ssh": RSYNC_SSH + " there:{served}/large {here}/",
        },
        limits={"scp aes128-gcm": (0.8, 0.5), "sftp": (1.0, None)},
    ),
    Row(
        "W3",
        "get 10,000 files of 4 KiB in 20 folders, encrypted",
        source="many",
        tools={
            "ferry": "ferry get -q -r {trust} {ferryd}/many {here}/",
            "rsync over ssh": RSYNC_SSH + " -a there:{served}/many {here}/",
            "tar over ssh": "sh -c 'ssh {ssh} there tar -C {served} -c many | tar -C {here} -x'",
            "scp": "scp -q -r {ssh} there:{served}/many {here}/",
            "sftp": "sftp -q -r {ssh} there:{served}/many {here}/",
            "lftp (plain)": "lftp -c 'mirror -P4 {vsftpd}/many {here}/many'",
            "rsync daemon (plain)": "rsync -a {rsyncd}/many {here}/",
            "ferry (plain)": "ferry get -q -r --plaintext {ferryd_plain}/many {here}/",
        },
        limits={"rsync over ssh": (1.5, 0.9), "sftp": (0.5, None)},
    ),
    Row(
        "W4",
        "the same again, nothing changed",
        source="many",
        again=True,
        tools={
            "ferry": "ferry get -q -r {trust} {ferryd}/many {here}/",
            "rsync over ssh": RSYNC_SSH + " -a there:{served}/many {here}/",
            "rsync daemon (plain)": "rsync -a {rsyncd}/many {here}/",
            "ferry (plain)": "ferry get -q -r --plaintext {ferryd_plain}/many {here}/",
        },
        limits={"rsync over ssh": (2.0, 1.0)},
    ),
    Row(
        "W6a",
        "link of 1 Gbit/s, 50 ms round trip: get 256 MiB",
        source="medium",
        link=Link(50, 0),
        tools={
            "ferry": "ferry get -q {trust} {ferryd}/medium {here}/",
            "lftp pget -n4": "lftp -c 'pget -n4 -O {here} {vsftpd}/medium'",
            "curl": "curl -q -s -o {here}/medium {vsftpd}/medium",
            "rsync daemon (plain)": "rsync {rsyncd}/medium {here}/",
            "rsync over ssh": RSYNC_SSH + " there:{served}/medium {here}/",
            "sftp": "sftp -q {ssh} there:{served}/medium {here}/",
        },
        limits={"the link": (1.4, 1.15)},
    ),
    Row(
        "W6b",
        "link of 1 Gbit/s, 50 ms round trip: get 1,000 files of 4 KiB",
        source="few",
        link=Link(50, 0),
        tools={
            "ferry": "ferry get -q -r {trust} {ferryd}/few {here}/",
            "rsync over ssh": RSYNC_SSH + " -a there:{served}/few {here}/",
            "lftp mirror -P4": "lftp -c 'mirror -P4 {vsftpd}/few {here}/few'",
            "sftp": "sftp -q -r {ssh} there:{served}/few {here}/",
        },
        once=["lftp mirror -P4", "sftp"],
        limits={"rsync over ssh": (0.8, 0.5)},
    ),
    Row(
        "W6c",
        "link of 1 Gbit/s, 100 ms round trip, 0.1 % loss: get 256 MiB",
        source="medium",
        link=Link(100, 0.1),
        tools={
            "ferry": "ferry get -q {trust} {ferryd}/medium {here}/",
            "lftp pget -n4": "lftp -c 'pget -n4 -O {here} {vsftpd}/medium'",
            "curl": "curl -q -s -o {here}/medium {vsftpd}/medium",
            "rsync daemon (plain)": "rsync {rsyncd}/medium {here}/",
            "rsync over ssh": RSYNC_SSH + " there:{served}/medium {here}/",
            "scp": "scp -q {ssh} there:{served}/medium {here}/",
        },
        limits={"lftp pget -n4": (0.8, 0.5)},
    ),
    Row(
        "W6d",
        "the same link: put 256 MiB",
        source="medium",
        upload=True,
        link=Link(100, 0.1),
        tools={
            "ferry": "ferry put -q {trust} {served}/medium {ferryd}/{up}/",
            "rsync daemon (plain)": "rsync {served}/medium {rsyncd}/{up}/",
            "rsync over ssh": RSYNC_SSH + " {served}/medium there:{served}/{up}/",
            "sftp": "sh -c 'echo put {served}/medium {served}/{up}/ | sftp -q -b - {ssh} there'",
        },
        limits={"rsync daemon (plain)": (0.4, 0.2)},
    ),
    Row(
        "W7",
        "1,000 idle encrypted sessions",
        sessions=1000,
        tools={},
        limits={},
    ),
    Row(
        "W8",
        "one command from start to exit, encrypted",
        source="tiny",
        goal_from_request=False,
        tools={
            "ferry": "ferry stat {trust} {ferryd}/tiny",
            "sftp": "sftp -q -b /dev/null {ssh} there",
            "ferry (plain)": "ferry stat --plaintext {ferryd_plain}/tiny",
            "ferry --version": "ferry --version",
        },
        limits={"sftp": (2.0, 1.3)},
    ),
]
