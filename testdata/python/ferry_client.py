#!/usr/bin/python3
"""A small Ferry client, written from protocol-spec.md alone: an example for people who write their own.

    ferry_client.py HOST PORT list PATH | get PATH LOCALFILE-OR-DIR | put LOCAL PATH

It speaks plaintext as anonymous, sends and fetches files and whole folders, and never replaces anything. It needs
Python 3.11 and xxhash (python3-xxhash in Debian). Numbers in brackets, like (7.3), are sections of the protocol.

One thread is enough, and there is no deadlock, because nothing waits but Wire.step(): it waits until there is something
to read, or something to write and room for it. So the server's frames are read even while ours are stuck.
"""
import contextlib, itertools, os, select, socket, stat, struct, sys, tempfile, time, types
from xxhash import xxh3_128_digest as xxh3

HELLO, LOGIN, WELCOME, BUSY, ERROR, ALIVE, LIST, ITEMS, LIST_END = *range(0x01, 0x07), 0x10, 0x21, 0x22
GET, PUT, JOB, ENTRY, ENTRY_ERROR, DATA, JOB_END, WANT, RESULT, JOB_DONE, ABORT = range(0x30, 0x3B)
KNOWN = {*range(HELLO, ALIVE + 1), *range(LIST, 0x18), *range(0x20, 0x25), *range(GET, ABORT + 1)}
FILE, FOLDER, ASK, ALL, DONE, SKIPPED, FAILED = 0, 1, 0, 1, 0, 2, 3
NAMES = dict(zip((*range(1, 6), *range(10, 27)), """PROTOCOL VERSION LOGIN-REFUSED TIMEOUT DRAINING NO-PERMISSION NOT-FOUND
    EXISTS NOT-A-FOLDER IS-A-FOLDER NOT-EMPTY BAD-NAME NOT-REGULAR LINK NO-SPACE QUOTA IO SOURCE-CHANGED BAD-HASH CANCELLED
    UNSUPPORTED INTERNAL""".split()))
CODES = {name: code for code, name in NAMES.items()}

class Failure(Exception):  # of a code, or the name of a code (9)
    def __init__(self, code, text=""):
        self.code = CODES.get(code, code)
        super().__init__(": ".join(filter(None, (NAMES.get(self.code, f"code {code}"), text))))

def printable(text):  # what the other side sends is foreign: no control characters (4.1)
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(text))
def warn(*parts): print("ferry_client", *map(printable, parts), sep=": ", file=sys.stderr)

# Values (4), one letter each: B H I Q are u8 u16 u32 u64, q is i64, s string, p path, b bytes8, h hash, * the rest.
def pack(layout, *values):
    return b"".join(value if letter in "h*"
                    else pack("H*", len(value.encode()), value.encode()) if letter == "s"
                    else pack("B" + "s" * len(value), len(value), *value) if letter == "p"
                    else pack("B*", len(value), value) if letter == "b"
                    else struct.pack(">" + letter, value) for letter, value in zip(layout, values, strict=True))

class Fields:
    """The fields of one payload, taken in order."""
    def __init__(self, data): self.data, self.at = data, 0
    def read(self, layout): return [self.one(letter) for letter in layout]
    def one(self, letter):
        match letter:
            case "s": return str(self.take(self.one("H")), "utf-8")
            case "p": return self.read("s" * self.one("B"))
            case "b": return self.take(self.one("B"))
            case "h": return self.take(16)
            case "*": return self.take(len(self.data) - self.at)
        return struct.unpack(">" + letter, self.take(struct.calcsize(">" + letter)))[0]
    def take(self, length):
        self.at += length
        if self.at > len(self.data): raise Failure("PROTOCOL", "a payload is too short")
        return self.data[self.at - length:self.at]
    def end(self):
        if self.at < len(self.data): raise Failure("PROTOCOL", "a payload is too long")

def check(names):  # 4.1
    if len(names) > 128 or len("/".join(names).encode()) > 4095 or any(not 1 <= len(name.encode()) <= 255 or
            name in (".", "..") or name.startswith(".ferry-staging") or {*name} & {"/", "\0"} for name in names): raise Failure("BAD-NAME")
    return names
def remote(path): return check([name for name in path.split("/") if name])
def chunk_size(size): return next((chunk for chunk in (256 * 1024 << n for n in range(7)) if chunk << 20 >= size), 32 << 20)  # 8.1
def chunk_length(size, offset): return max(0, min(chunk_size(size), size - offset))
def content_hash(size, hashes): return xxh3(pack("Q*", size, b"".join(hashes)))  # 8.1
def fingerprint(status): return struct.pack(">QQqq", status.st_dev, status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
def dress(target, entry):
    with contextlib.suppress(OSError): os.utime(target, ns=(entry.time, entry.time)), os.chmod(target, entry.mode)
def code_and_text(problem): return pack("Hs", getattr(problem, "code", CODES["IO"]), printable(problem)[:250])

class Wire:
    """Frames over a socket (3). The greeting and the first request leave in one flight."""
    def __init__(self, host, port):
        self.socket = socket.create_connection((host, port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.input, self.output, self.limit, self.chunk = bytearray(), bytearray(), 4096, 256 * 1024
        self.sent = self.heard = time.monotonic()
        self.send(HELLO, "*HHsH", b"FERY", 1, 1, "ferry-python/1", 0)
        self.send(LOGIN, "BsH", 0, "", 0)
    def greet(self):
        magic, lowest, highest = self.receive(HELLO)[1].read("IHH")
        if magic != 0x46455259 or not lowest <= 1 <= highest: raise Failure("VERSION", "no Ferry that speaks version 1")
        self.receive(WELCOME)
        self.limit = 1 << 20
    def send(self, kind, layout, *values):
        self.output += pack("IBBH*", len(payload := pack(layout, *values)), kind, 0, 0, payload)
    def step(self, wait=True):  # writes what there is room for, reads what came; with wait, waits up to 1 s for either
        readable, writable, _ = select.select([self.socket], [self.socket] * bool(self.output), [], 1 if wait else 0)
        now = time.monotonic()
        if writable:
            del self.output[:self.socket.send(self.output[:1 << 18])]
            self.sent = now
        elif now - self.sent > 8 and not self.output: self.send(ALIVE, "")  # 5.4
        if readable:
            data = self.socket.recv(1 << 18)
            if not data: raise ConnectionError("the server closed the connection")
            self.input += data
            self.heard = now
        elif now - self.heard > 30: raise ConnectionError("the server was silent for 30 s")
    def frame(self):  # the next frame as type and fields, or None if it has not arrived whole
        while len(self.input) >= 8:
            length, kind, flags, reserved = struct.unpack(">IBBH", self.input[:8])
            if flags > 1 or reserved or length > (self.chunk + 64 if kind == DATA else self.limit):
                raise Failure("PROTOCOL", f"a frame header of {self.input[:8].hex()}")
            if len(self.input) < 8 + length: return None
            fields = Fields(bytes(self.input[8:8 + length]))
            del self.input[:8 + length]
            if kind == ERROR: raise Failure(*fields.read("HBs")[::2])
            if kind == BUSY: raise Failure("DRAINING", "the server is busy: " + fields.read("BHs")[2])
            if kind != ALIVE and not (flags and kind not in KNOWN): return kind, fields  # else: to be skipped (11)
    def receive(self, *kinds):
        while not (frame := self.frame()): self.step()
        if frame[0] not in kinds: raise Failure("PROTOCOL", f"a frame of type {frame[0]:#04x} out of place")
        return frame

def list_folder(wire, path):  # 6.1
    wire.send(LIST, "Bp", 0, remote(path))
    wire.greet()
    while (frame := wire.receive(ITEMS, LIST_END))[0] == ITEMS:
        for _ in range(frame[1].one("H")):
            names, kind, size, modified, _, _ = frame[1].read("pBQqHH")
            when, name = time.strftime("%F %R", time.gmtime(modified // 10**9)), printable("/".join(names))
            print(f"{'-dl?'[kind & 3]} {size:>13,} {when} {name}")

class Download:
    """A GET: the server sends, we receive (7, 8). Nothing is at the target, so we may ask for all (7.1)."""
    def __init__(self, wire, path, local):
        names = remote(path)
        self.top = names[-1:]  # how every path begins (7.3)
        self.place = os.path.join(local, *self.top) if names and os.path.isdir(local) else local.rstrip("/")
        if os.path.lexists(self.place): raise Failure("EXISTS", self.place)
        self.wire, self.announced, self.ended, self.tally, self.bytes = wire, 0, False, [0] * 4, 0
        self.files, self.folders = {}, {}  # files by number, whose content is still to come; folders by path
        wire.send(GET, "BBBHBp", ALL, 1, 0, 1, 0, names)
    def run(self):
        with tempfile.TemporaryDirectory(prefix=".ferry-", dir=os.path.dirname(self.place) or ".") as self.staging:
            while self.files or not self.ended:
                kind, fields = self.wire.receive(ENTRY, ENTRY_ERROR, DATA, JOB_END, ABORT)
                if kind == ENTRY: self.entry(*fields.read("IHpBQqHb"))
                elif kind == ENTRY_ERROR: self.entry_error(*fields.read("IBHsHp"))
                elif kind == DATA: self.data(*fields.read("IBQh"), fields)
                elif kind == JOB_END: self.ended = fields.read("IQ")[0] == self.announced
                else: raise self.finish() or Failure(*fields.read("Hs"))
                fields.end()
        self.finish()
    def finish(self):
        for folder in reversed(self.folders.values()): dress(folder.target, folder)
        self.wire.send(JOB_DONE, "IIIIQ", *self.tally, self.bytes)
    def entry(self, number, argument, names, kind, size, modified, mode, fingerprint):
        if (number, argument, names[:len(self.top)]) != (self.announced, 0, self.top) or kind > FOLDER or size >> 63 or mode > 0o777:
            raise Failure("PROTOCOL", "a wrong ENTRY, or one that was not asked for")
        self.announced, self.wire.chunk, below = number + 1, max(self.wire.chunk, chunk_size(size)), tuple(names[len(self.top):])
        target = os.path.join(self.place, *below)
        entry = types.SimpleNamespace(number=number, target=target, size=size, time=modified, mode=mode, hashes={}, over=False)
        if kind == FILE: self.files[number] = entry
        try:  # nothing is written but into folders made here, so no link can lead elsewhere
            check(names)
            if below and below[:-1] not in self.folders: raise Failure("NOT-FOUND", "its folder was not made")
            if kind == FOLDER:
                os.mkdir(target, 0o700)
                self.folders[below] = entry
                self.result(entry, DONE)
        except (Failure, OSError) as problem: self.result(entry, FAILED, problem)
    def entry_error(self, number, status, code, text, argument, names):
        if number > self.announced or status not in (SKIPPED, FAILED): raise Failure("PROTOCOL", "a wrong ENTRY-ERROR")
        file = self.files.pop(number, None)
        if number == self.announced or file and not file.over:
            self.tally[status] += 1
            warn("/".join(names), Failure(code, text))
        self.announced = max(self.announced, number + 1)
    def data(self, number, last, offset, digest, fields):
        whole, data = fields.one("h") if last else None, fields.one("*")
        file = (self.files.pop if last else self.files.get)(number, None)
        if not file or last > 1 or data and offset % chunk_size(file.size) or len(data) != chunk_length(file.size, offset):
            raise Failure("PROTOCOL", "DATA that was not asked for, or a wrong chunk")
        if file.over: return  # content goes on to its end even after our RESULT (7.5)
        staged = os.path.join(self.staging, str(number))
        try:
            if xxh3(data) != digest: raise Failure("BAD-HASH", f"the chunk at {offset}")
            if data: file.hashes[offset] = digest
            with open(os.open(staged, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as output:
                output.seek(offset)
                self.bytes += output.write(data)
            if not last: return
            if content_hash(file.size, [file.hashes[at] for at in sorted(file.hashes)]) != whole: raise Failure("BAD-HASH")
            if os.path.lexists(file.target): raise Failure("EXISTS")
            dress(staged, file)
            os.rename(staged, file.target)
            self.result(file, DONE)
        except (Failure, OSError) as problem: self.result(file, FAILED, problem)
    def result(self, entry, status, problem=None):
        entry.over = True
        self.tally[status] += 1
        if problem: warn(entry.target, problem)
        self.wire.send(RESULT, "HIIB*", 1, entry.number, 1, status, code_and_text(problem) if problem else b"")

class Upload:
    """A PUT: we send, the server receives (7, 8). Content that the server wants goes before further names."""
    def __init__(self, wire, local, path):
        name = os.path.basename(os.path.abspath(local))
        self.wire, self.mode, self.announced, self.size, self.tally = wire, ASK, 0, 0, None
        self.open, self.content, self.unsent = {}, {}, []  # by number: entries without RESULT; generators that send content
        self.walker = self.walk(local, [name] if name else [])
        wire.send(PUT, "BBBpHs", path.endswith("/"), 0, 1, remote(path), 1, name)
    def run(self):
        while not self.tally:
            self.wire.step(wait=len(self.wire.output) > 1 << 20 or not self.advance())
            while not self.tally and (frame := self.wire.frame()): self.handle(*frame)
    def advance(self):  # sends a chunk, or else an entry; false if neither is to be sent now
        number, content = next(iter(self.content.items()), (None, None))
        if content:
            if next(content, self) is self: self.content.pop(number, None)
        elif more := self.walker and len(self.open) < 65536:
            if next(self.walker, self) is self: self.walker = self.wire.send(JOB_END, "IQ", self.announced, self.size)
        return content or more
    def walk(self, local, names):  # announces a file or folder and all below it, one with each step
        try: check(names)
        except (Failure, UnicodeError) as problem: return self.unsent.append(warn(local, problem))  # the wire cannot name it
        entry, below = types.SimpleNamespace(number=self.announced, local=local, names=names, size=0), []
        self.announced += 1
        try:
            status = os.lstat(local)
            entry.folder, entry.state = stat.S_ISDIR(status.st_mode), fingerprint(status)
            if entry.folder: below = sorted(os.listdir(local))
            elif stat.S_ISREG(status.st_mode): entry.size = status.st_size
            else: raise Failure("LINK" if stat.S_ISLNK(status.st_mode) else "NOT-REGULAR")
        except (Failure, OSError) as problem: return (yield self.fail(entry, problem))
        self.wire.send(ENTRY, "IHpBQqHb", entry.number, 0, names, entry.folder, entry.size, status.st_mtime_ns,
                       status.st_mode & 0o777, entry.state)
        self.size, self.open[entry.number] = self.size + entry.size, entry
        if self.mode == ALL: self.want(entry, [(0, entry.size)])
        yield
        for name in below: yield from self.walk(os.path.join(local, name), names + [name])
    def want(self, entry, ranges):
        if entry.folder: return
        chunk = chunk_size(entry.size)
        wanted = {at for begin, length in ranges for at in range(begin, min(begin + length, entry.size), chunk)}
        self.content[entry.number] = itertools.chain(self.content.get(entry.number, ()), self.stream(entry, chunk, wanted))
    def stream(self, entry, chunk, wanted):  # reads all, for the content hash; sends the last wanted chunk at the very end
        hashes, held = [], (entry.size, xxh3(b""), b"")
        try:
            with open(os.open(entry.local, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
                for offset in range(0, entry.size, chunk):
                    data = file.read(chunk)
                    if len(data) < chunk_length(entry.size, offset): raise Failure("SOURCE-CHANGED")
                    hashes.append(xxh3(data))
                    if offset in wanted:
                        if held[2]: self.wire.send(DATA, "IBQh*", entry.number, 0, *held)
                        held = offset, hashes[-1], data
                    yield
                if fingerprint(os.fstat(file.fileno())) != entry.state: raise Failure("SOURCE-CHANGED")
            self.wire.send(DATA, "IBQhh*", entry.number, 1, *held[:2], content_hash(entry.size, hashes), held[2])
        except (Failure, OSError) as problem: self.fail(entry, problem)
    def fail(self, entry, problem):
        self.open.pop(entry.number, None), self.content.pop(entry.number, None)
        status = SKIPPED if str(problem) in ("LINK", "NOT-REGULAR") else FAILED
        if str(problem) != "CANCELLED": warn(entry.local, problem)
        self.wire.send(ENTRY_ERROR, "IB*Hp", entry.number, status, code_and_text(problem), 0, entry.names)
    def handle(self, kind, fields):
        if kind == JOB:
            self.mode = fields.one("B")
            for entry in self.open.values() if self.mode == ALL else (): self.want(entry, [(0, entry.size)])
        elif kind == WANT:
            for _ in range(fields.one("H")):
                number, count = fields.read("IH")
                ranges = [(0, 1 << 63)] if count == 0xFFFF else [fields.read("QQ") for _ in range(count)]
                if number in self.open: self.want(self.open[number], ranges)
        elif kind == RESULT:
            for _ in range(fields.one("H")):
                first, count, status = fields.read("IIB")
                problem = Failure(*fields.read("Hs")) if status == FAILED else None
                for number in range(first, min(first + count, self.announced)):
                    entry = self.open.pop(number, None)
                    if entry and problem: warn(entry.local, problem)
                    if number in self.content: self.fail(entry, Failure("CANCELLED"))  # ends the content (7.5)
        elif kind == JOB_DONE: self.tally = [*fields.read("III"), fields.one("I") + len(self.unsent), fields.one("Q")]
        elif kind == ABORT: raise self.wire.send(ABORT, "Hs", CODES["CANCELLED"], "") or Failure(*fields.read("Hs"))
        else: raise Failure("PROTOCOL", f"a frame of type {kind:#04x} out of place")
        fields.end()

def main(host, port, verb, *paths):
    wire = Wire(host, int(port))
    try:
        if verb == "list": return list_folder(wire, *paths)
        job = {"get": Download, "put": Upload}[verb](wire, *paths)
        wire.greet()
        job.run()
        print("{} done, {} unchanged, {} skipped, {} failed".format(*job.tally))
        return 1 if job.tally[FAILED] else 0
    finally:
        with contextlib.suppress(OSError):
            while wire.output: wire.step()

if __name__ == "__main__":
    if len(sys.argv) != {"list": 5, "get": 6, "put": 6}.get(sys.argv[3] if len(sys.argv) > 3 else None): sys.exit(__doc__)
    try: sys.exit(main(*sys.argv[1:]))
    except (Failure, OSError, ValueError) as problem: sys.exit(f"ferry_client: {printable(problem)}")
