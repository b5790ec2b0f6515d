"""What is served: random files, made when a row asks for them."""
import os
import random

KIB, MIB, GIB = 1 << 10, 1 << 20, 1 << 30


class Data:
    """Names a source by its path below the served folder, and knows the bytes in it."""

    def __init__(self, folder, small=False):
        self.served = folder / "served"
        self.served.mkdir()
        self.served.chmod(0o755)
        self.random = random.Random(9021)
        self.small = small
        self.bytes = {}

    def make(self, name):
        if name in self.bytes:
            return
        match name:
            case "large":
                self.file(name, 64 * MIB if self.small else GIB)
            case "medium":
                self.file(name, 16 * MIB if self.small else 256 * MIB)
            case "tiny":
                self.file(name, 4 * KIB)
            case "many":
                self.tree(name, folders=20, files=50 if self.small else 500)
            case "few":
                self.tree(name, folders=20, files=5 if self.small else 50)

    def file(self, name, size):
        with open(self.served / name, "wb") as out:
            for _ in range(0, size, MIB):
                out.write(self.random.randbytes(min(size, MIB)))
        self.bytes[name] = size

    def tree(self, name, folders, files):
        for folder in range(folders):
            os.makedirs(self.served / name / str(folder))
            for number in range(files):
                (self.served / name / str(folder) / f"file-{number:03}").write_bytes(self.random.randbytes(4 * KIB))
        self.bytes[name] = folders * files * 4 * KIB
