package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.StartException.Problem;
import dev.ferry.server.account.Registration;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a server does not start, and what it says then. */
class StartTest {
  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @Test
  void anIdentityThatOthersMayReadIsRefused(@TempDir Path state) throws IOException {
    IdentityFile.in(state);
    Files.setPosixFilePermissions(
        state.resolve("identity.pem"), PosixFilePermissions.fromString("rw-r-----"));
    assertRefused(
        FerryServer.serving(root).anonymous(Role.READER).state(state), Problem.STATE, "chmod 600");
  }

  @Test
  void withoutAccountsItHasToBeToldWhatAnyoneMayDo() {
    assertRefused(FerryServer.serving(root).plaintext(true), Problem.USAGE, "--anonymous read");
  }

  @Test
  void missingRootIsRefused() {
    assertRefused(fixture.on(root.resolve("no")), Problem.ROOT, "there is no such folder");
  }

  @Test
  void fileAsRootIsRefused() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");
    assertRefused(fixture.on(file), Problem.ROOT, "it is not a folder");
  }

  @Test
  void wholeMachineAndTheKernelsFoldersAreRefused() throws IOException {
    assertRefused(fixture.on(Path.of("/")), Problem.ROOT, "the whole machine");
    assertRefused(fixture.on(Path.of("/proc")), Problem.ROOT, "belongs to the kernel");
    assertRefused(fixture.on(Path.of("/sys/kernel")), Problem.ROOT, "belongs to the kernel");
    assertRefused(fixture.on(Path.of("/dev")), Problem.ROOT, "belongs to the kernel");
    Path link = Files.createSymbolicLink(root.resolve("link"), Path.of("/"));
    assertRefused(fixture.on(link), Problem.ROOT, "the whole machine");
    Files.delete(link);
  }

  @Test
  void memoryUsedAsADiskIsAFolderAsOthers() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "needs /dev/shm");
    Path folder = Files.createTempDirectory(memory, "ferry");
    try (FerryServer server = fixture.on(folder).start()) {
      assertThat(server.port()).isPositive();
    } finally {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException e) throws IOException {
              Files.delete(done);
              return FileVisitResult.CONTINUE;
            }
          });
    }
  }

  @Test
  void stateInsideTheRootIsRefused(@TempDir Path elsewhere) throws IOException {
    Path link = Files.createSymbolicLink(root.resolveSibling(root.getFileName() + "-link"), root);
    try {
      assertRefused(fixture.on(root).state(root), Problem.ROOT, "state folder");
      assertRefused(fixture.on(root).state(root.resolve("not/yet")), Problem.ROOT, "--state");
      assertRefused(fixture.on(root).state(link.resolve("state")), Problem.ROOT, "--state");
    } finally {
      Files.delete(link);
    }
    fixture.on(root).state(elsewhere.resolve("state")).start().close();
    Path inside = elsewhere.resolve("state/audit");
    assertRefused(fixture.on(inside), Problem.ROOT, "is a state folder of ferryd");
    assertRefused(fixture.on(root).state(root.getParent()), Problem.ROOT, "it is the state folder");
    assertRefused(
        fixture.on(elsewhere).otherState(inside), Problem.ROOT, "lies in it; serve a folder of it");
    fixture.on(elsewhere).otherState(elsewhere.resolve("none")).start().close();
  }

  @Test
  void portThatIsTakenIsRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Endpoint there = new Endpoint.Tcp("127.0.0.1", taken.getLocalPort());
      assertRefused(fixture.on(root).listen(there), Problem.ADDRESS, "cannot listen on " + there);
      assertRefused(fixture.on(root).listen(there), Problem.ADDRESS, "--listen HOST:PORT");
    }
  }

  @Test
  void hostThatDoesNotExistIsRefused() {
    Endpoint nowhere = new Endpoint.Tcp("no.such.host.invalid", 0);
    assertRefused(fixture.on(root).listen(nowhere), Problem.ADDRESS, "no such host is known");
    Endpoint star = new Endpoint.Tcp("*", 0);
    assertRefused(fixture.on(root).listen(star), Problem.ADDRESS, "0.0.0.0:PORT");
  }

  @Test
  void portZeroTakesAFreeOneAndSaysWhich() throws IOException {
    try (FerryServer one = fixture.on(root).start();
        FerryServer two = fixture.on(root).start()) {
      assertThat(one.port()).isPositive().isNotEqualTo(two.port());
      assertThat(one.endpoint()).isEqualTo(new Endpoint.Tcp("127.0.0.1", one.port()));
    }
  }

  @Test
  void portOfAClosedServerIsFreeAtOnce() throws IOException {
    Endpoint endpoint = new Endpoint.Tcp("127.0.0.1", 0);
    for (int i = 0; i < 300; i++) {
      try (FerryServer server = fixture.on(root).listen(endpoint).start()) {
        endpoint = server.endpoint();
      }
    }
  }

  @Test
  void whatWasAskedForIsSaidInBothLogs(@TempDir Path temp) throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), root);
    Path state = temp.resolve("state");
    fixture
        .on(link)
        .state(state)
        .registration(Registration.OPEN)
        .listen(new Endpoint.Tcp("0.0.0.0", 0))
        .start()
        .close();
    String real = root.toRealPath().toString();
    assertThat(fixture.lines("start"))
        .singleElement()
        .asString()
        .contains("root=" + real + " ", "encryption=none", "anonymous=write", "registration=open");
    assertThat(fixture.lines("plaintext"))
        .singleElement()
        .asString()
        .contains("level=warn", "nothing is encrypted");
    assertThat(Files.readAllLines(state.resolve("audit/000000000000000001.jsonl")).getFirst())
        .contains("\"root\":\"" + real + "\"", "\"encryption\":\"none\"")
        .contains("\"registration\":\"open\"");
  }

  @Test
  void plaintextOnLoopbackIsNoWarning() throws IOException {
    fixture.on(root).start().close();
    assertThat(fixture.lines("start")).singleElement().asString().contains("registration=off");
    assertThat(fixture.lines("plaintext")).isEmpty();
  }

  private static void assertRefused(ServerBuilder server, Problem problem, String why) {
    assertThatThrownBy(() -> server.start().close())
        .isInstanceOfSatisfying(
            StartException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessageContaining(why);
  }
}
