package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.server.ServerTimes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What {@code ferryd} refuses, with which words and which exit code. */
class FerrydTest {
  @TempDir Path root;
  @TempDir Path ownState;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(CommandLine command, List<String> args) {
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(args.toArray(String[]::new));
  }

  private int ferryd(String... args) {
    return run(Ferryd.commandLine(), List.of(args));
  }

  /** With a state folder of its own, unless the options name another one. */
  private int serve(String... options) {
    List<String> args = new ArrayList<>(List.of("serve", "--root", root.toString()));
    args.addAll(List.of(options));
    if (!args.contains("--state")) {
      args.addAll(List.of("--state", ownState.toString()));
    }
    return run(Ferryd.commandLine(), args);
  }

  private void assertOneError(String words) {
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines().filter(line -> line.startsWith("ferryd: ")))
        .singleElement()
        .asString()
        .contains(words);
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    assertThat(ferryd()).isEqualTo(2);
    assertOneError("ferryd serve");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bogus | unknown command 'bogus'; see: ferryd --help",
        "srve | unknown command 'srve'; did you mean 'serve'?",
        "hlep | unknown command 'hlep'; did you mean 'help'?",
        "user lits | unknown command 'lits'; did you mean 'list'?",
        "serve --bogus | unknown option '--bogus'; see: ferryd serve --help",
        "serve --plain-text x | unknown option '--plain-text'; did you mean '--plaintext'?",
        "serve --rot=/x | unknown option '--rot'; did you mean '--root'?",
        "serve --root /x y | unexpected 'y'; see: ferryd serve --help",
        "serve | missing required option: '--root=DIR'; see: ferryd serve --help",
        "serve --root /x --key k | missing required argument(s): --certificate=FILE; see: ferryd"
            + " serve --help",
        "user add | missing required parameter: 'NAME'; see: ferryd user add --help",
        "help bogus | unknown subcommand 'bogus'"
      })
  void whatIsNotUnderstoodIsSaidInOneLine(String words, String line) {
    assertThat(ferryd(words.split(" "))).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().startsWith("ferryd: " + line);
  }

  @Test
  void folderWithALineBreakInItsNameMakesNoSecondLine() throws IOException {
    Path bad = Files.writeString(root.resolve("a\nferryd: all is well"), "");
    assertThat(ferryd("fingerprint", "--state", bad + "/x")).isEqualTo(6);
    assertThat(serve("--anonymous", "read", "--listen", "unix:" + bad + "/s")).isEqualTo(3);
    assertThat(err.toString().lines().filter(line -> line.startsWith("ferryd: "))).hasSize(2);
    assertThat(err.toString()).doesNotContain("\nferryd: all");
  }

  @Test
  void helpIsACommandToo() {
    assertThat(ferryd("help", "serve")).isZero();
    assertThat(out.toString()).startsWith("Usage: ferryd serve").contains("--root=DIR");
    out.getBuffer().setLength(0);
    assertThat(ferryd("help")).isZero();
    assertThat(out.toString()).startsWith("Usage: ferryd ").contains("serve", "audit");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void versionIsPrinted() {
    assertThat(ferryd("--version")).isZero();
    assertThat(out.toString()).startsWith("ferryd ");
  }

  /** Picocli warns there about texts that are no formats. */
  @Test
  void helpWritesNothingOnStandardError() throws Exception {
    Path err = ownState.resolve("err");
    try (FerrydProcess help = FerrydProcess.start(err, List.of("serve", "--help"))) {
      assertThat(help.exitCode()).isZero();
    }
    assertThat(err).isEmptyFile();
  }

  @Test
  void helpNamesEveryOption() {
    assertThat(ferryd("serve", "--help")).isZero();
    assertThat(out.toString())
        .contains("--root", "--listen", "--state", "--anonymous", "--plaintext", "--executor")
        .contains("--max-connections", "--max-logins", "--max-per-source", "--max-per-user")
        .contains(
            "--max-penalty",
            "--max-session",
            "--reserve",
            "--limit-loopback",
            "--durability",
            "--drain",
            "--allow-root");
  }

  @Test
  void emptyNameIsNotTheCurrentFolder() {
    assertThat(ferryd("serve", "--root", "", "--anonymous", "read")).isEqualTo(2);
    assertOneError("--root");
    err.getBuffer().setLength(0);
    assertThat(ferryd("share", "", "--host", "localhost")).isEqualTo(2);
    assertOneError("the name is empty");
    err.getBuffer().setLength(0);
    assertThat(ferryd("user", "list", "--state", "")).isEqualTo(2);
    assertOneError("--state");
  }

  @Test
  void missingRootIsNamed() {
    assertThat(ferryd("serve", "--plaintext", "--anonymous", "read")).isEqualTo(2);
    assertOneError("--root");
  }

  @Test
  void fingerprintMakesAnIdentityOnce(@TempDir Path state) {
    assertThat(ferryd("fingerprint", "--state", state.resolve("new").toString())).isZero();
    assertThat(ferryd("fingerprint", "--state", state.resolve("new").toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2).allMatch(line -> line.matches("SHA256:[A-Za-z0-9+/]{43}"));
    assertThat(lines.getFirst()).isEqualTo(lines.getLast());
  }

  @Test
  void saysWhatItUses() {
    assertThat(ferryd("--version", "-v")).isZero();
    assertThat(out.toString()).contains("ferryd ").contains("TLS by ");
  }

  @ParameterizedTest
  @CsvSource({
    "--listen, 9021",
    "--listen, localhost:99999",
    "--listen, ::1:9021",
    "--listen, unix:",
    "--anonymous, admin",
    "--executor, pool:0",
    "--executor, fibers",
    "--durability, maybe",
    "--max-connections, 0",
    "--max-connections, many",
    "--max-logins, 0",
    "--max-per-source, 1000001",
    "--max-per-user, -1",
    "--max-penalty, 86401",
    "--max-session, 1h",
    "--reserve, -1",
    "--reserve, 1 GiB",
    "--reserve, 8388608T",
    "--drain, -1",
    "--frobnicate, 1"
  })
  void wrongValueIsUsage(String option, String value) {
    assertThat(serve("--plaintext", "--anonymous", "read", option, value)).isEqualTo(2);
    assertOneError(option);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/proc", "/sys/kernel", "/dev/null", "/no/such/folder"})
  void badRootIsItsOwnExitCode(String bad) {
    assertThat(ferryd("serve", "--root", bad, "--plaintext", "--anonymous", "read")).isEqualTo(6);
    assertOneError("cannot serve " + bad);
  }

  @Test
  void stateInTheRootIsRefused() {
    assertThat(serve("--plaintext", "--anonymous", "read", "--state", root + "/state"))
        .isEqualTo(6);
    assertOneError("--state");
  }

  @Test
  void portThatIsTakenIsItsOwnExitCode() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      assertThat(serve("--plaintext", "--anonymous", "read", "--listen", address)).isEqualTo(3);
      assertOneError("cannot listen on " + address);
    }
  }

  @Test
  void fileThatIsNoSocketIsLeftAlone() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "precious");
    assertThat(serve("--anonymous", "read", "--listen", "unix:" + file)).isEqualTo(3);
    assertOneError("is no socket");
    assertThat(file).hasContent("precious");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:0", "192.0.2.1:0", "[::]:0"})
  void rootServesOtherMachinesOnlyWhenItIsToldTo(String address) {
    CommandLine command =
        new CommandLine(
                new ServeCommand(new Machine(true, Path.of("/root")), UnaryOperator.identity()))
            .setParameterExceptionHandler(Ferryd::usage);
    String folder = root.toString();
    List<String> args =
        List.of("--root", folder, "--plaintext", "--anonymous", "read", "--listen", address);
    assertThat(run(command, args)).isEqualTo(2);
    assertOneError("--allow-root");
  }

  @Test
  void serverThatCannotGoOnEndsWithTheCodeOfADefect() throws Exception {
    StringWriter shown = new StringWriter();
    PrintWriter log =
        new PrintWriter(shown, true) {
          @Override
          public void println(String line) {
            if (line.contains(" event=ended ") || line.contains(" event=defect ")) {
              throw new NoClassDefFoundError("a log that cannot be written");
            }
            super.println(line);
          }
        };
    Path socket = root.resolve("socket");
    ServerTimes hasty = ServerTimes.STANDARD.withLogin(Duration.ofMillis(20));
    CommandLine command =
        new CommandLine(new ServeCommand(Machine.here(), builder -> builder.times(hasty)));
    command.setOut(new PrintWriter(out, true)).setErr(log);
    Path served = Files.createDirectory(root.resolve("served"));
    FutureTask<Integer> code =
        new FutureTask<>(
            () ->
                command.execute(
                    "--root=" + served,
                    "--state=" + ownState,
                    "--listen=unix:" + socket,
                    "--anonymous=read",
                    "--drain=1"));
    Thread.ofPlatform().start(code);
    await().until(() -> out.toString().contains("ready"));
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(70);
    }
    assertThat(shown.toString())
        .containsPattern("level=error event=broken thread=ferry-clock .*cannot be written")
        .contains("event=stop");
  }

  @Test
  void homeIsWhatTheVariableSays() {
    assertThat(Machine.home("/own", "/record")).isEqualTo(Path.of("/own"));
    assertThat(Machine.home("own", "/record")).isEqualTo(Path.of("/record"));
    assertThat(Machine.home("", "/record")).isEqualTo(Path.of("/record"));
    assertThat(Machine.home(null, "/record")).isEqualTo(Path.of("/record"));
  }

  @Test
  void stateOfRootIsTheSystems() {
    assertThat(new Machine(true, Path.of("/root")).state()).isEqualTo(Path.of("/var/lib/ferryd"));
    assertThat(new Machine(false, Path.of("/home/a")).state())
        .isEqualTo(Path.of("/home/a/.local/state/ferryd"));
  }
}
