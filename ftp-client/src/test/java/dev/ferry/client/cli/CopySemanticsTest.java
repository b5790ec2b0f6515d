package dev.ferry.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ferry.client.cli.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where things go: what {@code cp -r} makes of the same arguments is the measure. */
class CopySemanticsTest {
  @TempDir private Path folder;
  private Path sources;
  private Path copied;
  private Path transferred;

  @BeforeEach
  void prepare() throws IOException {
    sources = Files.createDirectory(folder.resolve("sources"));
    Files.createDirectories(sources.resolve("A/sub/deep"));
    Files.createDirectories(sources.resolve("A/empty"));
    Files.writeString(sources.resolve("A/.hidden"), "hidden");
    Files.writeString(sources.resolve("A/f"), "f");
    Files.writeString(sources.resolve("A/sub/deep/上海 \"x\"\t\\.txt"), "g");
    Files.writeString(sources.resolve("x"), "x");
    Files.writeString(sources.resolve("y"), "y");
    copied = target("copied");
    transferred = target("transferred");
  }

  private Path target(String name) throws IOException {
    Path target = Files.createDirectory(folder.resolve(name));
    Files.createDirectories(target.resolve("dir/A/sub"));
    Files.writeString(target.resolve("dir/A/sub/there"), "before");
    Files.writeString(target.resolve("file"), "before");
    return target;
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments("A", "new"),
        arguments("A", "dir"),
        arguments("A", "dir/"),
        arguments("A", ""),
        arguments("A/", "new"),
        arguments("A/", "dir"),
        arguments("A/.", "new"),
        arguments("A/.", "dir"),
        arguments("A/./", "dir"),
        arguments("A/sub/..", "dir"),
        arguments("A/sub", "dir/A"),
        arguments("A/sub", "dir/A/sub"),
        arguments("A/empty", "new"),
        arguments(".", "new"),
        arguments(".", "dir"),
        arguments("x", "new"),
        arguments("x", "dir"),
        arguments("x", "dir/"),
        arguments("x", "file"),
        arguments("x", "dir/new"),
        arguments("x A", "dir"),
        arguments("x y", "dir"),
        arguments("A A/sub", "dir"),
        arguments("x A/.", "dir"),
        arguments("A/f A/sub/deep", "dir/"),
        // What cannot be.
        arguments("x", "missing/new"),
        arguments("A", "missing/new"),
        arguments("x", "file/"),
        arguments("x y", "new"),
        arguments("x y", "file"),
        arguments("A", "file"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void putsWhereCopyPuts(String names, String target) throws IOException {
    int expected = copy(names, target);
    try (Served served = Served.at(transferred)) {
      List<String> words = new ArrayList<>(List.of("put", "-r", "--overwrite", "always"));
      words.addAll(List.of("--plaintext", "-q"));
      words.addAll(List.of(names.split(" ")));
      words.add(served.url("/" + target));
      compare(expected, Program.in(sources).run(words.toArray(String[]::new)));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void getsWhereCopyGets(String names, String target) throws IOException {
    int expected = copy(names, target);
    try (Served served = Served.at(sources)) {
      List<String> words = new ArrayList<>(List.of("get", "-r", "--overwrite", "always"));
      words.addAll(List.of("--plaintext", "-q"));
      for (String name : List.of(names.split(" "))) {
        words.add(served.url("/" + name));
      }
      words.add(target.isEmpty() ? "." : target);
      compare(expected, Program.in(transferred).run(words.toArray(String[]::new)));
    }
  }

  private int copy(String names, String target) throws IOException {
    List<String> words = new ArrayList<>(List.of("cp", "-r"));
    words.addAll(List.of(names.split(" ")));
    words.add(copied + "/" + target);
    return Processes.run(sources, words.toArray(String[]::new));
  }

  private void compare(int expected, Result result) throws IOException {
    assertThat(result.code() == ExitCode.OK).as(result.err()).isEqualTo(expected == 0);
    assertThat(
            Processes.run(
                folder,
                "diff",
                "-r",
                "-x",
                ".ferry-staging",
                copied.toString(),
                transferred.toString()))
        .as("diff -r")
        .isZero();
    assertThat(Served.isClean(transferred)).isTrue();
  }

  @Test
  void aTrailingSlashMakesTheFolderAndItsParents() throws IOException {
    try (Served served = Served.at(transferred)) {
      Result put =
          Program.in(sources).run("put", "-r", "--plaintext", "A", "x", served.url("/one/two/"));
      assertThat(put.code()).as(put.err()).isEqualTo(ExitCode.OK);
      assertThat(transferred.resolve("one/two/A/f")).exists();
      assertThat(transferred.resolve("one/two/x")).exists();
      Result get =
          Program.in(copied)
              .run("get", "-r", "--plaintext", served.url("/one/two/A/"), "three/four/");
      assertThat(get.code()).as(get.err()).isEqualTo(ExitCode.OK);
      assertThat(copied.resolve("three/four/A/.hidden")).exists();
    }
  }

  @Test
  void getsIntoTheCurrentFolderWithoutDest() throws IOException {
    try (Served served = Served.at(sources)) {
      assertThat(Program.in(copied).run("get", "--plaintext", served.url("/x")).code())
          .isEqualTo(ExitCode.OK);
      assertThat(copied.resolve("x")).content().isEqualTo("x");
    }
  }

  @Test
  void takesFilesThatMatchAPattern() throws IOException {
    try (Served served = Served.at(sources)) {
      Result get =
          Program.in(copied)
              .run("get", "-r", "--plaintext", served.url("/?"), served.url("/*"), "dir");
      assertThat(get.code()).isEqualTo(ExitCode.MIXED);
      assertThat(get.err()).contains("/?: not found");
      assertThat(copied.resolve("dir/x")).exists();
      assertThat(copied.resolve("dir/A/f")).exists();
    }
  }
}
