package dev.ferry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launchers in a tree of their own, between a Maven and a JDK that are scripts: this one prints
 * what it was started with, that one leaves empty jars and counts its runs.
 */
class LauncherTest {
  @TempDir Path folder;
  private Path tree;
  private Path source;

  @BeforeEach
  void layOutATree() throws IOException {
    tree = Files.createDirectory(folder.resolve("a tree with 船"));
    Files.createDirectory(tree.resolve("bin"));
    for (String file : List.of("ferry", "ferryd", "launch.sh")) {
      Files.copy(Path.of("../bin", file), tree.resolve("bin").resolve(file));
      assertThat(tree.resolve("bin").resolve(file).toFile().setExecutable(true)).isTrue();
    }
    source = Files.createDirectories(tree.resolve("ftp-server/src/main")).resolve("Source.java");
    Files.writeString(source, "");
    script(
        "tools/mvn",
        """
        echo run >>"$PWD/runs"
        [ ! -e broken ] || { echo "[ERROR] broken"; exit 1; }
        mkdir -p ftp-client/target/launch/lib
        touch ftp-client/target/launch/lib/ftp-client-1.jar
        touch ftp-client/target/launch/lib/ftp-server-1.jar
        """);
    jdk("jdk", "25.0.3");
  }

  @Test
  void runsFromAnyFolderThroughALinkAndKeepsArguments() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("linked"), tree.resolve("bin/ferry"));
    Outcome outcome = launch(link, Map.of(), "put", "two words", "");
    assertThat(outcome.code).isZero();
    assertThat(outcome.out).contains("<-Dferry.home=" + tree + ">").endsWith("<put><two words><>");
    assertThat(outcome.out)
        .containsPattern("<-cp><" + tree + "/target/[^>]*/ftp-client-1.jar>.*[.]Ferry><put>");
  }

  @Test
  void theServersLauncherStartsTheServer() throws Exception {
    Outcome outcome = launch(tree.resolve("bin/ferryd"), Map.of(), "serve");
    assertThat(outcome.out).contains(".Ferryd><serve>");
  }

  @Test
  void buildsOnFirstUseAndSaysSoInOneLine() throws Exception {
    assertThat(ferry().err).hasLineCount(1).startsWith("ferry: building Ferry");
    assertThat(ferry().err).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aRunOfTheDemoMakesTheCacheThatEveryProgramStartsWith() throws Exception {
    String cache = tree + "/target/launch/build-[^>]*/classes.aot>";
    assertThat(ferry().out).containsPattern("<-XX:AOTCache=" + cache);
    assertThat(launch(tree.resolve("bin/ferryd"), Map.of()).out)
        .containsPattern("<-XX:AOTCache=" + cache);
    assertThat(tree.resolve("target/launch/build.log"))
        .content()
        .containsPattern("<-XX:AOTCacheOutput=" + cache)
        .endsWith("<demo>");
  }

  @Test
  void aCacheThatIsMissingOrBrokenHarmsNothingAndIsNotSpokenOf() throws Exception {
    ferry();
    Path jar = jars().getFirst().resolveSibling("ftp-client-1.jar");
    Path cache = jar.resolveSibling("classes.aot");
    linkToTheRealClasses(jar);
    Map<String, String> real = Map.of("FERRY_JAVA_HOME", System.getProperty("java.home"));
    for (int length : List.of(-1, 0, 10, 100_000)) {
      if (length >= 0) {
        Files.write(cache, new byte[length]);
      }
      Outcome outcome = launch(tree.resolve("bin/ferry"), real, "--version");
      assertThat(outcome.out).startsWith("ferry ");
      assertThat(outcome.err).isEmpty();
      assertThat(outcome.code).isZero();
    }
  }

  /** Makes it a jar that holds nothing but the class path of this test. */
  private static void linkToTheRealClasses(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    String path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
  }

  @Test
  void buildsAgainWhenASourceIsNewerOrGone() throws Exception {
    ferry();
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    ferry();
    assertThat(builds()).isEqualTo(2);
    Files.delete(source);
    ferry();
    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void aRunningProgramKeepsItsJarsThroughTheNextBuild() throws Exception {
    ferry();
    List<Path> jars = jars();
    Files.delete(source);
    ferry();
    assertThat(jars).hasSize(2).allMatch(Files::exists);
    assertThat(jars()).hasSize(4);
  }

  @Test
  void aFailedBuildIsOneLineWithTheLogAndIsTriedAgain() throws Exception {
    Files.createFile(tree.resolve("broken"));
    Outcome outcome = ferry();
    assertThat(outcome.code).isEqualTo(70);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err.lines().skip(1))
        .containsExactly(
            "ferry: the build failed; its log is " + tree + "/target/launch/build.log");
    assertThat(tree.resolve("target/launch/build.log")).content().contains("[ERROR] broken");
    Files.delete(tree.resolve("broken"));
    assertThat(ferry().code).isZero();
  }

  @Test
  void severalAtOnceBuildOnce() throws Exception {
    List<Process> started =
        List.of(start("ferry"), start("ferryd"), start("ferry"), start("ferryd"));
    for (Process process : started) {
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void passesOverAnOlderJdkForTheOneOnThePath() throws Exception {
    jdk("old", "17.0.15");
    Files.createSymbolicLink(folder.resolve("tools/java"), folder.resolve("jdk/bin/java"));
    Map<String, String> environment = Map.of("FERRY_JAVA_HOME", "", "JAVA_HOME", folder + "/old");
    Outcome outcome = launch(tree.resolve("bin/ferry"), environment, "help");
    assertThat(outcome.out).contains(":" + folder + "/jdk/bin/java:");
  }

  @Test
  void refusesAJdkThatWasNamedButIsTooOld() throws Exception {
    jdk("old", "17.0.15");
    Map<String, String> environment = Map.of("FERRY_JAVA_HOME", folder + "/old");
    Outcome outcome = launch(tree.resolve("bin/ferry"), environment, "help");
    assertThat(outcome.code).isEqualTo(70);
    assertThat(outcome.err).hasLineCount(1).contains(folder + "/old");
  }

  @Test
  void givesTheJdkALocaleInWhichItOpensEveryName() throws Exception {
    assertThat(launch(tree.resolve("bin/ferry"), Map.of("LC_ALL", "C")).out).contains("UTF-8:");
    assertThat(launch(tree.resolve("bin/ferry"), Map.of("LC_ALL", "xx_XX.UTF-8")).out)
        .contains("C.UTF-8:");
  }

  private record Outcome(int code, String out, String err) {}

  private Outcome ferry() throws Exception {
    return launch(tree.resolve("bin/ferry"), Map.of());
  }

  private Outcome launch(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    ProcessBuilder builder = prepare(launcher, arguments);
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Process start(String program) throws IOException {
    return prepare(tree.resolve("bin").resolve(program))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private ProcessBuilder prepare(Path launcher, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments)).toList());
    builder.directory(folder.toFile());
    builder.environment().put("PATH", folder + "/tools:" + System.getenv("PATH"));
    builder.environment().put("FERRY_JAVA_HOME", folder + "/jdk");
    return builder;
  }

  private void jdk(String name, String version) throws IOException {
    script(name + "/bin/javac", "");
    script(
        name + "/bin/java",
        """
        printf '%s:%s:' "${LC_ALL:-}" "$0"
        printf '<%s>' "$@"
        """);
    Files.writeString(folder.resolve(name, "release"), "JAVA_VERSION=\"%s\"\n".formatted(version));
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text, UTF_8);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private int builds() throws IOException {
    return Files.readAllLines(tree.resolve("runs")).size();
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.walk(tree.resolve("target"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
