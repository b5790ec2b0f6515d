package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way where something goes, or cannot be named: said with the right advice. */
class AtTheTargetTest {
  @TempDir private Path folder;
  private Path local;
  private Served served;

  @BeforeEach
  void start() throws IOException {
    served = Served.at(folder.resolve("served"));
    local = Files.createDirectory(folder.resolve("local"));
    served.write("there", "there");
    Files.writeString(local.resolve("here"), "here");
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private Result ferry(String... words) {
    return Program.in(local).run(words);
  }

  @Test
  void linksAndFoldersAreNeverReplacedAndNobodyAdvisesThat() throws IOException {
    Files.createSymbolicLink(local.resolve("there"), Path.of("here"));
    Result get = ferry("get", "--plaintext", "-q", served.url("/there"), ".");
    assertThat(get.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(get.message())
        .startsWith("ferry get: there: a link of that name stands there; that is never replaced")
        .doesNotContain("--overwrite");

    Files.createSymbolicLink(served.path("link"), Path.of("there"));
    Files.createDirectories(served.path("folder/here"));
    Processes.run(local, "mkfifo", served.path("pipe").toString());
    for (String target : List.of("/link", "/pipe", "/folder")) {
      Result put = ferry("put", "--plaintext", "-q", "here", served.url(target));
      assertThat(put.code()).isEqualTo(ExitCode.REFUSED);
      assertThat(put.message())
          .contains("of that name stands there; that is never replaced")
          .doesNotContain("--overwrite");
    }
  }

  @Test
  void targetsThatCannotBeAreNamedWithOneAdvice() throws IOException {
    Result missing = ferry("put", "--plaintext", "-q", "here", served.url("/no/such"));
    assertThat(missing.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(missing.message()).startsWith("ferry put: /no/such: ").containsOnlyOnce(";");

    Files.createDirectory(served.path("real"));
    Files.createSymbolicLink(served.path("alias"), Path.of("real"));
    Result link = ferry("put", "--plaintext", "-q", "here", served.url("/alias/new"));
    assertThat(link.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(link.message()).startsWith("ferry put: /alias/new: is a link");
  }

  @Test
  void aFolderHereThatNobodyMayWriteToIsNoHindranceToWhatIsThereAlready() throws IOException {
    Path closed = Files.createDirectory(local.resolve("closed"));
    Files.writeString(closed.resolve("there"), "there");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
    served.write("new", "new");

    Process equal = withoutOverride("get", "--plaintext", served.url("/there"), "closed");
    assertThat(Processes.exit(equal)).isEqualTo(ExitCode.OK.number());
    assertThat(equal.errorReader().lines()).containsExactly("ferry get: 1 unchanged");

    Process other = withoutOverride("get", "--plaintext", "-q", served.url("/new"), "closed");
    assertThat(Processes.exit(other)).isEqualTo(ExitCode.LOCAL.number());
    assertThat(other.errorReader().lines())
        .containsExactly(
            "ferry get: closed/new: no permission; check the permissions of the folder it goes to");
  }

  private Process withoutOverride(String... arguments) throws IOException {
    List<String> words = new ArrayList<>();
    if (Files.isWritable(local.resolve("closed"))) {
      words.addAll(Processes.withoutOverride());
    }
    words.addAll(Processes.command(arguments));
    return new ProcessBuilder(words).directory(local.toFile()).start();
  }

  @Test
  void namesThatAreNoTextAreShownOnceEscapedAndRefusedAsNames() throws IOException {
    Files.createDirectory(local.resolve("A"));
    Processes.run(local, "sh", "-c", "echo x > \"$(printf 'A/bad\\377')\"");
    Result tree = ferry("put", "-r", "--plaintext", "-q", "A", served.url("/"));
    assertThat(tree.code()).isEqualTo(ExitCode.MIXED);
    assertThat(tree.message())
        .isEqualTo(
            "ferry put: A/bad\uFFFD: the name is not valid UTF-8;"
                + " with another name or a shorter path it goes along");

    Result alone = ferry("put", "--plaintext", "-q", "A/bad\uFFFD", served.url("/"));
    assertThat(alone.code()).isEqualTo(ExitCode.LOCAL);
    assertThat(alone.message()).isEqualTo(tree.message());
    Result json =
        ferry("put", "--plaintext", "--json", "-q", "A/bad\uFFFD", "here", served.url("/"));
    assertThat(json.code()).isEqualTo(ExitCode.MIXED);
    assertThat(json.out()).contains("\"code\":\"BAD-NAME\"");
  }

  @Test
  void reservedNamesAreNotLeftOutWithoutAWord() throws IOException {
    Files.createDirectories(local.resolve("A/sub/.ferry-staging-7"));
    Files.writeString(local.resolve("A/.ferry-staging"), "mine");
    Result put = ferry("put", "-r", "--plaintext", "A", served.url("/"));
    assertThat(put.code()).isEqualTo(ExitCode.OK);
    assertThat(put.err())
        .contains("A/.ferry-staging: the name is reserved for files in transfer")
        .contains("A/sub/.ferry-staging-7: the name", "2 skipped");

    Files.createDirectories(served.path(".ferry-staging"));
    Files.createDirectories(served.path("A/sub/.ferry-staging"));
    Result get = ferry("get", "-r", "--plaintext", served.url("/"), "back");
    assertThat(get.code()).isEqualTo(ExitCode.OK);
    assertThat(get.err()).contains("/A/sub/.ferry-staging: the name is reserved", "1 skipped");
  }

  @Test
  void anOutputThatCannotBeWrittenToIsSaidOnce() throws IOException {
    for (List<String> words :
        List.of(
            List.of("ls", served.url("/")),
            List.of("sum", served.url("/there")),
            List.of("get", "--json", served.url("/there"), "new"))) {
      List<String> command = new ArrayList<>(words);
      command.addAll(List.of("--plaintext", "-q"));
      Process process =
          new ProcessBuilder(Processes.command(command.toArray(String[]::new)))
              .directory(local.toFile())
              .redirectOutput(Path.of("/dev/full").toFile())
              .start();
      assertThat(Processes.exit(process)).isEqualTo(ExitCode.LOCAL.number());
      assertThat(process.errorReader().lines())
          .singleElement()
          .asString()
          .contains("cannot write to standard output");
    }
  }
}
