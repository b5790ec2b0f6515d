package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people get wrong: one line, an exit code, nothing torn, and a server that goes on. */
class BadInputTest {
  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    served.write("there", "there");
    served.write("tree/file", "file");
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(Served.isClean(served.path(""))).isTrue();
    assertThat(Served.isClean(local)).isTrue();
    assertThat(Program.in(local).run("ls", "--plaintext", served.url("/")).code())
        .isEqualTo(ExitCode.OK);
    served.close();
  }

  @Test
  void emptyNames() {
    for (List<String> words :
        List.of(
            List.of("put", "", served.url("/")),
            List.of("put", "-r", "", served.url("/")),
            List.of("get", served.url("/there"), ""),
            List.of("ls", "-i", "", served.url("/")),
            List.of("keygen", ""),
            List.of("-i", "", served.url("/")),
            List.of("-b", "", served.url("/")))) {
      Result result = Program.in(local).run(words.toArray(String[]::new));
      assertThat(result.code()).as(words.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(result.message()).startsWith("ferry").endsWith(": an empty text is no path");
    }
    assertThat(local).isEmptyDirectory();
  }

  @Test
  void missingFiles() throws IOException {
    Result get = Program.in(local).run("get", "--plaintext", "-q", served.url("/nix"));
    assertThat(get.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(get.message())
        .isEqualTo("ferry get: /nix: not found; see what is there with: ferry ls");
    assertThat(local).isEmptyDirectory();

    Result put = Program.in(local).run("put", "--plaintext", "-q", "nix", served.url("/"));
    assertThat(put.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(put.message()).startsWith("ferry put: nix: not found");

    assertThat(Program.in(local).run("get", "--plaintext", served.url("/there"), "no/such").code())
        .isEqualTo(ExitCode.LOCAL);
  }

  @Test
  void aMissingFileAmongOthersIsAFailureOfItsOwn() throws IOException {
    Files.writeString(local.resolve("a"), "a");

    Result put = Program.in(local).run("put", "--plaintext", "-q", "a", "nix", served.url("/tree"));
    assertThat(put.code()).isEqualTo(ExitCode.MIXED);
    assertThat(put.message()).startsWith("ferry put: nix: not found");
    assertThat(served.path("tree/a")).content().isEqualTo("a");
  }

  @Test
  void existingDifferentTargets() throws IOException {
    Files.writeString(local.resolve("there"), "another");

    Result get = Program.in(local).run("get", "--plaintext", "-q", served.url("/there"));
    assertThat(get.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(get.message())
        .startsWith("ferry get: there: exists already")
        .contains("--overwrite");
    assertThat(local.resolve("there")).content().isEqualTo("another");

    Result put = Program.in(local).run("put", "--plaintext", "-q", "there", served.url("/"));
    assertThat(put.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(put.message()).contains("there: exists already").contains("--overwrite");
    assertThat(served.path("there")).content().isEqualTo("there");
  }

  @Test
  void equalTargetsAreUnchangedWhateverTheirTime() throws IOException {
    Files.writeString(local.resolve("there"), "there");

    Result put = Program.in(local).run("put", "--plaintext", "there", served.url("/"));
    assertThat(put.code()).isEqualTo(ExitCode.OK);
    assertThat(put.message()).isEqualTo("ferry put: 1 unchanged");
  }

  @Test
  void foldersGivenAsFiles() throws IOException {
    Files.createDirectory(local.resolve("folder"));
    for (Result result :
        List.of(
            Program.in(local).run("get", "--plaintext", "-q", served.url("/tree")),
            Program.in(local).run("put", "--plaintext", "-q", "folder", served.url("/new")))) {
      assertThat(result.code()).isIn(ExitCode.REFUSED, ExitCode.LOCAL);
      assertThat(result.message()).contains("is a folder: -r");
    }
    Result cat = Program.in(local).run("cat", "--plaintext", served.url("/tree"));
    assertThat(cat.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(Program.in(local).run("sum", "--plaintext", served.url("/tree")).code())
        .isEqualTo(ExitCode.REFUSED);
    assertThat(served.path("new")).doesNotExist();
  }

  @Test
  void nobodyThere() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    Result result = Program.in(local).run("ls", "--plaintext", "ferry://127.0.0.1:" + free + "/");
    assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(result.message()).contains("127.0.0.1:" + free).contains("check host and port");

    Result unknown = Program.in(local).run("ls", "--plaintext", "ferry://no-such-host.invalid/");
    assertThat(unknown.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(unknown.message()).contains("no-such-host.invalid").contains("no such host");

    Result socket = Program.in(local).run("ls", "ferry+unix:" + local + "/none.sock::/");
    assertThat(socket.code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void somebodyElseThere() throws IOException {
    for (String greeting :
        List.of("SSH-2.0-OpenSSH_9.2p1\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "220 ftp\r\n")) {
      try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        Thread.ofVirtual().start(() -> answer(other, greeting));
        Result result =
            Program.in(local)
                .run("ls", "--plaintext", "ferry://127.0.0.1:" + other.getLocalPort() + "/");
        assertThat(result.code()).isEqualTo(ExitCode.PROTOCOL);
        assertThat(result.message()).contains("does not speak Ferry").contains("is this its port");
      }
    }
  }

  private static void answer(ServerSocket listener, String greeting) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The client has heard enough.
    }
  }

  @Test
  void somebodyWhoHangsUp() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> hangUp(other));
      Result result =
          Program.in(local)
              .run("ls", "--plaintext", "ferry://127.0.0.1:" + other.getLocalPort() + "/");
      assertThat(result.code()).isEqualTo(ExitCode.UNREACHABLE);
      assertThat(result.message())
          .contains("no Ferry server answered", "perhaps it turns this address away");
    }
  }

  private static void hangUp(ServerSocket listener) {
    try (Socket socket = listener.accept()) {
      socket.getInputStream().read();
    } catch (IOException _) {
      // That is what was wanted.
    }
  }

  @Test
  void linksAndPipesInATree() throws IOException {
    Files.createDirectories(local.resolve("A"));
    Files.writeString(local.resolve("A/f"), "f");
    Files.createSymbolicLink(local.resolve("A/link"), Path.of("f"));
    Processes.run(local, "mkfifo", "A/pipe");

    Result skip = Program.in(local).run("put", "-r", "--plaintext", "A", served.url("/skip"));
    assertThat(skip.code()).isEqualTo(ExitCode.OK);
    assertThat(skip.err()).contains("A/link: ", "A/pipe: ", "1 file", "2 skipped");
    assertThat(served.path("skip/link")).doesNotExist();

    Result fail =
        Program.in(local).run("put", "-r", "--plaintext", "--links=fail", "A", served.url("/fail"));
    assertThat(fail.code()).isEqualTo(ExitCode.MIXED);

    Result follow =
        Program.in(local)
            .run("put", "-r", "--plaintext", "--links=follow", "A", served.url("/follow"));
    assertThat(follow.code()).isEqualTo(ExitCode.OK);
    assertThat(served.path("follow/link")).isRegularFile().content().isEqualTo("f");

    Files.createSymbolicLink(served.path("tree/link"), Path.of("file"));
    Result get = Program.in(local).run("get", "-r", "--plaintext", served.url("/tree"));
    assertThat(get.code()).isEqualTo(ExitCode.OK);
    assertThat(get.err()).contains("/tree/link: ", "1 skipped");
    assertThat(local.resolve("tree/link")).doesNotExist();
  }

  @Test
  void linksAndPipesThatWereNamedThemselves() throws IOException {
    Files.createSymbolicLink(served.path("link"), Path.of("there"));
    Processes.run(local, "mkfifo", "pipe");

    Result get = Program.in(local).run("get", "--plaintext", "-q", served.url("/link"));
    assertThat(get.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(get.message()).startsWith("ferry get: /link: is a link");
    assertThat(Program.in(local).run("get", "--plaintext", served.url("/lin*")).code())
        .isEqualTo(ExitCode.OK);

    Result put = Program.in(local).run("put", "--plaintext", "-q", "pipe", served.url("/"));
    assertThat(put.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(put.message()).startsWith("ferry put: pipe: ");
  }

  @Test
  void linksAndPipesThatAPatternMatched() throws IOException {
    Files.writeString(local.resolve("afile"), "a");
    Files.createSymbolicLink(local.resolve("alink"), Path.of("afile"));
    Processes.run(local, "mkfifo", "apipe");
    Result put = Program.in(local).input("put a*\n").run("--plaintext", "-b", "-", served.url("/"));
    assertThat(put.code()).as(put.err()).isEqualTo(ExitCode.OK);
    assertThat(put.err()).contains("alink: is a link", "apipe: ", "2 skipped");
    assertThat(served.path("alink")).doesNotExist();

    Result follow =
        Program.in(local)
            .input("put --links follow a*\n")
            .run("--plaintext", "-b", "-", served.url("/"));
    assertThat(follow.code()).as(follow.err()).isEqualTo(ExitCode.OK);
    assertThat(served.path("alink")).isRegularFile();
  }

  @Test
  void unreadableFilesInATree() throws IOException {
    Files.createDirectories(local.resolve("A"));
    Files.writeString(local.resolve("A/good"), "good");
    Files.writeString(local.resolve("A/bad"), "bad");
    Files.setPosixFilePermissions(
        local.resolve("A/bad"), PosixFilePermissions.fromString("---------"));

    Process process = withoutOverride("put", "-r", "--plaintext", "-q", "A", served.url("/"));
    assertThat(Processes.exit(process)).isEqualTo(ExitCode.MIXED.number());
    assertThat(process.errorReader().lines())
        .containsExactly("ferry put: A/bad: no permission; check its permissions");
    assertThat(served.path("A/good")).content().isEqualTo("good");
    assertThat(served.path("A/bad")).doesNotExist();

    Process alone = withoutOverride("put", "--plaintext", "-q", "A/bad", served.url("/alone"));
    assertThat(Processes.exit(alone)).isEqualTo(ExitCode.LOCAL.number());
  }

  @Test
  void filesThatTheServerMayNotRead() throws Exception {
    served.write("A/good", "good");
    Path bad = served.write("A/bad", "bad");
    Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("---------"));
    List<String> words = new ArrayList<>(withoutOverride(bad));
    words.addAll(
        Processes.java(
            "dev.ferry.server.cli.Ferryd",
            "serve",
            "--root=" + served.path(""),
            "--state=" + folder.resolve("state"),
            "--listen=unix:" + folder.resolve("socket"),
            "--anonymous=read"));
    Process server =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(server.inputReader().readLine()).contains("ready");
      String url = "ferry+unix:" + folder.resolve("socket") + "::/A";

      Result tree = Program.in(local).run("get", "-r", "-q", url);
      assertThat(tree.code()).isEqualTo(ExitCode.MIXED);
      assertThat(tree.message())
          .isEqualTo("ferry get: /A/bad: no permission; ask whoever runs the server");
      assertThat(local.resolve("A/good")).content().isEqualTo("good");
      assertThat(local.resolve("A/bad")).doesNotExist();
      assertThat(Program.in(local).run("get", "-q", url + "/bad").code())
          .isEqualTo(ExitCode.REFUSED);
      assertThat(Program.in(local).run("cat", url + "/bad").code()).isEqualTo(ExitCode.REFUSED);
    } finally {
      server.destroy();
      Processes.exit(server);
    }
  }

  @Test
  void moreArgumentsThanOneJobTakes() throws IOException {
    List<String> put = new ArrayList<>(List.of("put", "--plaintext", "-q"));
    List<String> get = new ArrayList<>(List.of("get", "--plaintext", "-q"));
    for (int i = 0; i < 1500; i++) {
      Files.writeString(local.resolve("file" + i), "content " + i);
      put.add("file" + i);
      get.add(served.url("/many/file" + i));
    }
    put.add(served.url("/many/"));
    get.add("back/");

    assertThat(Program.in(local).run(put.toArray(String[]::new)).code()).isEqualTo(ExitCode.OK);
    assertThat(Program.in(local).run(get.toArray(String[]::new)).code()).isEqualTo(ExitCode.OK);
    assertThat(local.resolve("back/file1499")).content().isEqualTo("content 1499");
    String[] diff = {"diff", "-r", "-x", ".ferry-staging", served.path("many").toString(), "back"};
    assertThat(Processes.run(local, diff)).isZero();
  }

  private Process withoutOverride(String... arguments) throws IOException {
    List<String> words = new ArrayList<>(withoutOverride(local.resolve("A/bad")));
    words.addAll(Processes.command(arguments));
    return new ProcessBuilder(words).directory(local.toFile()).start();
  }

  /** Words before a command for which a file without permissions is not to be read. */
  private static List<String> withoutOverride(Path file) {
    return Files.isReadable(file) ? Processes.withoutOverride() : List.of();
  }
}
