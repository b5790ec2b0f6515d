package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.client.cli.FaultyDisk.Fault;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.FerryServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server whose disk fails at one call of an upload, at every call in turn. */
class FaultyDiskTest {
  /** Larger than what is not continued, and its last chunk is a short one. */
  private static final int LARGE = (1 << 20) + 10;

  private static final int MOST_CALLS = 200;

  @TempDir private Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private Path served;
  private Path local;
  private FerryServer server;

  @BeforeEach
  void start() throws IOException {
    served = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectories(folder.resolve("local"));
    fill(local.resolve("tree"), "new");
    Files.createDirectories(local.resolve("tree/folder/empty"));
    server =
        FerryServer.serving(served)
            .anonymous(Role.WRITER)
            .plaintext(true)
            .drain(Duration.ZERO)
            .layer(disk::over)
            .start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void fill(Path tree, String with) throws IOException {
    Files.createDirectories(tree.resolve("folder"));
    Files.writeString(tree.resolve("large"), with.repeat(LARGE / with.length()));
    Files.writeString(tree.resolve("folder/small"), with);
  }

  private Result put() {
    return Program.in(local)
        .run("put", "-r", "--plaintext", "--json", "--overwrite=always", "tree", url());
  }

  private String url() {
    return "ferry://127.0.0.1:" + server.port() + "/";
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFileIsOldOrNewAndTheServerGoesOn(Fault fault) throws IOException {
    put();
    int descriptors = descriptors().size();
    int call = 0;
    do {
      call++;
      assertThat(call).isLessThan(MOST_CALLS);
      Processes.run(folder, "rm", "-rf", served.resolve("tree").toString());
      fill(served.resolve("tree"), "old");
      disk.arm(fault, call);
      Result result = put();
      boolean fired = disk.fired();
      disk.arm(null, 1);
      if (!fired) {
        break;
      }
      String what = "call %d: %s%s".formatted(call, result.out(), result.err());
      assertThat(result.code()).as(what).isIn(ExitCode.OK, ExitCode.MIXED, ExitCode.REFUSED);
      if (result.code() != ExitCode.OK) {
        assertThat(result.out()).as(what).contains("\"code\":\"" + fault.code() + "\"");
      }
      for (String name : List.of("large", "folder/small")) {
        Path there = served.resolve("tree").resolve(name);
        String now = Files.readString(there);
        int length = name.equals("large") ? LARGE / 3 : 1;
        assertThat(now.equals("old".repeat(length)) || now.equals("new".repeat(length)))
            .as("%s of %s", name, what)
            .isTrue();
      }
      assertThat(put().code()).as(what).isEqualTo(ExitCode.OK);
      assertThat(served.resolve("tree/large")).hasSameTextualContentAs(local.resolve("tree/large"));
      assertThat(served.resolve("tree/folder/small")).hasContent("new");
      assertThat(Served.isClean(served)).as(what).isTrue();
    } while (true);
    assertThat(call).isGreaterThan(15);
    await().untilAsserted(() -> assertThat(descriptors()).hasSizeLessThanOrEqualTo(descriptors));
  }

  /** What this process has open; the JVM opens its own files when it likes. */
  private static List<String> descriptors() throws IOException {
    Path all = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(all), "there is no /proc");
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> links = Files.newDirectoryStream(all)) {
      for (Path link : links) {
        try {
          open.add(Files.readSymbolicLink(link).toString());
        } catch (NoSuchFileException _) {
          // Closed meanwhile.
        }
      }
    }
    open.removeIf(name -> name.endsWith(".jar") || name.startsWith("/dev/"));
    return open;
  }
}
