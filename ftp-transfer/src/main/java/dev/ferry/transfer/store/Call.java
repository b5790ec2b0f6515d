package dev.ferry.transfer.store;

/** The system calls that are used, with their numbers on x86-64 and on 64-bit ARM. */
enum Call {
  CLOSE(3, 57),
  FCHMOD(91, 52),
  FLOCK(73, 32),
  FSTATFS(138, 44),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  GETDENTS64(217, 61),
  GETEUID(107, 175),
  LINKAT(265, 37),
  MKDIRAT(258, 34),
  PREAD64(17, 67),
  PWRITE64(18, 68),
  RENAMEAT2(316, 276),
  STATX(332, 291),
  SYNCFS(306, 267),
  UNLINKAT(263, 35),
  UTIMENSAT(280, 88),
  OPENAT2(437, 437),
  FACCESSAT2(439, 439);

  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

  /** Whether the numbers are known for this machine. */
  static final boolean KNOWN =
      System.getProperty("os.name").equals("Linux")
          && (ARM || System.getProperty("os.arch").equals("amd64"));

  /** Two open flags that differ between the machines. */
  static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;

  static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

  private final int x86;
  private final int arm;

  Call(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  long number() {
    return ARM ? arm : x86;
  }
}
