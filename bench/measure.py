"""Runs the tools of a row by turns, and compares what they brought."""
import os
import pathlib
import resource
import shlex
import shutil
import statistics
import subprocess
import sys
import time

import sessions

GIB = 1 << 30


def row(row, data, servers, tools, runs):
    """All figures of a row, as they go into the JSON."""
    if row.sessions:
        return sessions.row(row, servers)
    data.make(row.source)
    jobs = [Job(row, number, tool, data, servers) for number, tool in enumerate(row.tools) if not tools or tool in tools]
    for turn in range(runs):
        for job in jobs:
            if turn == 0 or job.tool not in row.once:
                job.run()
    for server in servers.started.values():
        server.stop()
    servers.started.clear()
    return result(row, data, servers, jobs)


class Job:
    """One tool in one row."""

    def __init__(self, row, number, tool, data, servers):
        self.row, self.tool, self.network = row, tool, servers.network
        self.source = data.served / row.source
        self.here = servers.folder / "here" / str(number)
        self.up = data.served / "up" / str(number)
        self.line, self.servers = servers.fill(row.tools[tool], here=self.here, up=f"up/{number}")
        self.seconds, self.from_request, self.client_cpu, self.server_cpu, self.client_resident = [], [], [], [], []
        self.empty()
        if row.again:
            run(self.command())

    def command(self):
        return [*self.network.client_prefix, *shlex.split(self.line)]

    def empty(self):
        for folder in (self.here, self.up):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)

    def run(self):
        before = sum(server.cpu() for server in self.servers)
        started, clock = time.monotonic(), time.time()
        usage = run(self.command())
        self.seconds.append(time.monotonic() - started)
        self.client_cpu.append(usage.ru_utime + usage.ru_stime)
        self.client_resident.append(usage.ru_maxrss / 1024)
        self.server_cpu.append(sum(server.cpu() for server in self.servers) - before)
        for server in self.servers:
            if (request := server.first_request(clock)) is not None:
                # It was on its way for half a round trip.
                self.from_request.append(self.seconds[-1] - (request - clock) + self.network.delay)
        if self.row.source != "tiny":
            self.compare()

    def compare(self):
        target = (self.up if self.row.upload else self.here) / self.row.source
        differs = subprocess.run(["diff", "-r", self.source, target], capture_output=True, text=True)
        if differs.returncode != 0:
            sys.exit(f"bench: {self.tool} brought something else: {differs.stdout[:500]}{differs.stderr[:500]}")
        if not self.row.again:
            self.empty()


def run(command):
    """Runs a command to its end, and returns what it and its children used."""
    with open(os.devnull) as nothing, open(os.devnull, "w") as away:
        process = subprocess.Popen(command, stdin=nothing, stdout=away)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: exit code {process.returncode} of {shlex.join(map(str, command))}")
    return usage


def result(row, data, servers, jobs):
    size = data.bytes[row.source]
    per_gib = GIB / size if pathlib.Path(data.served / row.source).is_file() and row.source != "tiny" else None
    tools = {job.tool: figures(job) for job in jobs}
    if "the link" in row.limits:
        bits = 8 * size
        tools["the link"] = {"median": bits / (row.link.rate * 1e6), "computed": True}
    return {
        "name": row.name,
        "title": row.title,
        "bytes": size,
        "per_gib": per_gib,
        "tools": tools,
        "limits": [
            limit
            for other, pair in row.limits.items()
            if other in tools and "ferry" in tools
            for kind, most in zip(("gate", "goal"), pair)
            if most is not None
            for limit in [judged(kind, most, other, tools, row)]
        ],
    }


def figures(job):
    return {
        "command": job.row.tools[job.tool],
        "median": statistics.median(job.seconds),
        "seconds": rounded(job.seconds),
        "from_request": rounded(job.from_request),
        "client_cpu": statistics.median(job.client_cpu),
        "server_cpu": statistics.median(job.server_cpu),
        "client_mib": above_ours(max(job.client_resident)),
        "server_mib": above_ours(max((server.resident for server in job.servers), default=0)),
    }


def above_ours(mib):
    """The system counts what a process was forked from as its own, so what is not above ours is unknown: None."""
    return mib if mib > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + 1 else None


def judged(kind, most, other, tools, row):
    """A limit, and what came of it."""
    ferry = tools["ferry"]
    from_request = kind == "goal" and row.goal_from_request and bool(ferry["from_request"])
    took = statistics.median(ferry["from_request"]) if from_request else ferry["median"]
    ratio = took / tools[other]["median"]
    return {"kind": kind, "most": most, "of": other, "from_request": from_request, "ratio": ratio, "holds": ratio <= most}


def rounded(seconds):
    return [round(value, 4) for value in seconds]
