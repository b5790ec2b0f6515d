package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ferryd share}, by what it prints. */
class ShareCommandTest {
  @TempDir Path root;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int share(String... options) {
    return share(new Machine(true, Path.of("/root")), options);
  }

  private int share(Machine machine, String... options) {
    return new CommandLine(new ShareCommand(machine))
        .setParameterExceptionHandler(Ferryd::usage)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(options);
  }

  private int shareFor1s(String host) {
    return share(root.toString(), "--for", "1s", "--allow-root", "--host", host);
  }

  @Test
  void rootIsWarnedOfAsByServe() {
    assertThat(shareFor1s("localhost")).isZero();
    assertThat(err.toString().lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).contains("level=warn event=root msg="));
  }

  @Test
  void stateOfAServerOfOnesOwnIsNotShared() throws IOException {
    Path state = Files.createDirectories(root.resolve(".local/state/ferryd/audit")).getParent();
    Machine machine = new Machine(false, root);
    for (Path shared : List.of(root, state, state.resolve("audit"))) {
      assertThat(share(machine, shared.toString(), "--for", "1s", "--host", "localhost"))
          .isEqualTo(6);
    }
    assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("state folder"));
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void addressWithColonsIsPrintedInBrackets() {
    assertThat(shareFor1s("::1")).isZero();
    assertThat(out.toString()).contains(" ferry://[::1]:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a;b", "a b", "$(id)", "a/b", "-r", "a:9021", "", "ä"})
  void hostThatIsNoneIsUsage(String host) {
    assertThat(shareFor1s(host)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines()).singleElement().asString().contains("--host");
  }

  @Test
  void helpSaysWhatAnUploadAllows() {
    share("--help");
    assertThat(out.toString().replaceAll("\\s+", " "))
        .contains("also replace, rename and remove those there are");
  }
}
