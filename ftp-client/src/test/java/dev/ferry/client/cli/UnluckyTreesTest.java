package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FileKind;
import dev.ferry.client.ItemResult;
import dev.ferry.client.JobListener;
import dev.ferry.client.JobReport;
import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.client.Rules;
import dev.ferry.client.cli.Program.Result;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees of which something cannot be brought over: the rest goes on, and a second run does it. */
class UnluckyTreesTest {
  private static final int SMALL = 300_000;
  private static final int LARGE = 6 << 20;

  @TempDir private Path folder;
  private Path served;
  private Path local;
  private Path mounted;
  private ServerProcess server;

  @BeforeEach
  void start() throws IOException {
    served = Files.createDirectory(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
  }

  @AfterEach
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
    if (mounted != null) {
      Processes.run(folder, "umount", mounted.toString());
    }
  }

  private void serve(List<String> before) throws IOException {
    server = ServerProcess.start(served, folder.resolve("log"), before);
  }

  private void mount(Path where, String options) throws IOException {
    String[] words = {"mount", "-t", "tmpfs", "-o", options, "ferry-test", where.toString()};
    assumeTrue(Processes.run(folder, words) == 0, "mounting a small file system takes root");
    mounted = where;
  }

  private static void tree(Path top) throws IOException {
    Files.createDirectories(top.resolve("sub"));
    Files.write(top.resolve("a"), new byte[SMALL]);
    Files.write(top.resolve("large"), new byte[LARGE]);
    Files.write(top.resolve("sub/c"), new byte[SMALL]);
  }

  private Result run(String verb, String... more) {
    String[] put = {"put", "-r", "--plaintext", "--json", "tree", server.url("/")};
    String[] get = {"get", "-r", "--plaintext", "--json", server.url("/tree")};
    assertThat(more).isEmpty();
    return Program.in(local).run(verb.equals("put") ? put : get);
  }

  private static void assertFailedAlone(Result result, String name, String code) {
    assertThat(result.code()).as(result.out() + result.err()).isEqualTo(ExitCode.MIXED);
    assertThat(result.lines())
        .filteredOn(line -> line.contains("\"status\":\"failed\""))
        .singleElement()
        .asString()
        .contains(name + "\"")
        .contains("\"code\":\"" + code + "\"");
  }

  private void assertRestIsDone(String verb, Path from, Path to, int unchanged) throws IOException {
    Result again = run(verb);
    assertThat(again.code()).as(again.out() + again.err()).isEqualTo(ExitCode.OK);
    assertThat(again.lines().getLast()).contains("\"unchanged\":" + unchanged + ",");
    assertThat(Processes.run(folder, "diff", "-r", from.toString(), to.toString())).isZero();
    assertThat(to.resolveSibling(".ferry-staging")).satisfies(UnluckyTreesTest::isEmptyOrMissing);
  }

  private static void isEmptyOrMissing(Path staging) {
    if (Files.exists(staging)) {
      assertThat(staging).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get"})
  void aFullDiskFailsWhatDoesNotFit(String verb) throws IOException {
    Path from = verb.equals("put") ? local : served;
    Path to = verb.equals("put") ? served : local;
    mount(to, "size=3m");
    tree(from.resolve("tree"));
    serve(List.of());

    assertFailedAlone(run(verb), "large", "NO-SPACE");

    assertThat(to.resolve("tree/large")).doesNotExist();
    Processes.run(folder, "mount", "-o", "remount,size=40m", to.toString());
    assertRestIsDone(verb, from.resolve("tree"), to.resolve("tree"), 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get"})
  void aDiskThatIsFullForEverythingHasItsOwnCode(String verb) throws IOException {
    Path from = verb.equals("put") ? local : served;
    mount(verb.equals("put") ? served : local, "size=3m");
    Files.write(from.resolve("tree"), new byte[LARGE]);
    serve(List.of());
    assertThat(run(verb).code()).isEqualTo(verb.equals("put") ? ExitCode.REFUSED : ExitCode.LOCAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"put", "get"})
  void aFolderInTheWayFailsOneFile(String verb) throws IOException {
    Path from = verb.equals("put") ? local : served;
    Path to = verb.equals("put") ? served : local;
    tree(from.resolve("tree"));
    Files.createDirectories(to.resolve("tree/large"));
    serve(List.of());

    assertFailedAlone(run(verb), "large", "IS-A-FOLDER");

    Files.delete(to.resolve("tree/large"));
    assertRestIsDone(verb, from.resolve("tree"), to.resolve("tree"), 4);
  }

  @Test
  void aFolderThatMayNotBeWrittenFailsWhatGoesThere() throws IOException {
    tree(local.resolve("tree"));
    Path closed = Files.createDirectories(served.resolve("tree/sub"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    serve(Files.isWritable(closed) ? Processes.withoutOverride() : List.of());

    assertFailedAlone(run("put"), "c", "NO-PERMISSION");

    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertRestIsDone("put", local.resolve("tree"), served.resolve("tree"), 4);
  }

  @Test
  void aSourceThatVanishesFailsAlone() throws IOException {
    tree(local.resolve("tree"));
    serve(List.of());
    List<ItemResult> failed = new CopyOnWriteArrayList<>();
    JobListener deleting =
        new JobListener() {
          @Override
          public boolean wantsTotals() {
            return true;
          }

          @Override
          public void announced(String path, FileKind kind, long size) {
            if (path.endsWith("large")) {
              try {
                Files.delete(local.resolve("tree/large"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }

          @Override
          public void ended(ItemResult item) {
            if (item.status() == ItemResult.Status.FAILED) {
              failed.add(item);
            }
          }
        };
    PutRequest request =
        new PutRequest(
            List.of(new LocalSource("tree", local.resolve("tree"))),
            RemotePath.of(TreePath.ROOT),
            true,
            Rules.STANDARD);
    try (FerryClient client =
        FerryClient.connect(
            new Endpoint.Tcp("127.0.0.1", server.port()), ClientOptions.withoutEncryption())) {
      JobReport report = client.put(request, deleting);
      assertThat(report.done()).isEqualTo(4);
    }
    assertThat(failed)
        .singleElement()
        .matches(item -> item.path().equals("tree/large"))
        .matches(item -> item.problem().local())
        .matches(item -> item.problem().reason().is(ErrorCode.NOT_FOUND));
  }

  @Test
  void aNameThatIsTooLongFailsByItself() throws IOException {
    Files.writeString(local.resolve("tree"), "x");
    serve(List.of());
    String url = server.url("/" + "n".repeat(256));
    Result result = Program.in(local).run("put", "--plaintext", "tree", url);
    assertThat(result.code()).as(result.err()).isIn(ExitCode.USAGE, ExitCode.REFUSED);
    assertThat(result.message()).contains("256 bytes long, the limit is 255");
  }
}
