package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Source;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A defect ends its own session, is logged, and leaves the server standing. */
class DefectTest {
  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();

  @ParameterizedTest
  @ValueSource(strings = {"virtual", "platform", "pool:1"})
  void defectInARequestEndsTheSessionWithInternal(String threads) throws IOException {
    try (FerryServer server =
        fixture.on(root).threads(SessionThreads.parse(threads)).layer(Broken::new).start()) {
      for (String name : List.of("exception", "error")) {
        try (RawClient client = RawClient.login(server)) {
          client.send(new Frame.Stat(List.of(name)));
          assertThat(client.end()).isEqualTo(ErrorCode.INTERNAL);
        }
        await()
            .ignoreExceptions()
            .until(
                () -> {
                  try (RawClient next = RawClient.login(server)) {
                    return next.ask(new Frame.Ping()).equals(new Frame.Ok(0));
                  }
                });
      }
    }
    assertThat(fixture.lines("defect"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("level=error", "Broken.stat"));
  }

  @Test
  void defectInAJobIsLogged() throws IOException {
    Files.writeString(root.resolve("file"), "hello");
    try (FerryServer server = fixture.on(root).layer(Broken::new).start();
        RawClient client = RawClient.login(server)) {
      client.send(
          new Frame.Get(
              Frame.Mode.ALL, false, false, List.of(new Frame.SourcePath(false, List.of("file")))));
      client.end();
      await().until(() -> !fixture.lines("defect").isEmpty());
      try (RawClient next = RawClient.login(server)) {
        assertThat(next.ask(new Frame.Ping())).isEqualTo(new Frame.Ok(0));
      }
    }
    assertThat(fixture.lines("defect"))
        .singleElement()
        .asString()
        .contains("level=error", "Broken.open");
  }

  @Test
  void defectInOneTickOfTheClockIsLoggedAndTheNextOneComes() throws IOException {
    AtomicBoolean thrown = new AtomicBoolean();
    ServerBuilder builder = fixture.on(root).times(ServerFixture.times(30, 60_000, 30_000));
    builder.log(
        line -> {
          if (line.contains(" event=ended ") && thrown.compareAndSet(false, true)) {
            throw new NoClassDefFoundError("a defect");
          }
          fixture.log.add(line);
        });
    try (FerryServer server = builder.start()) {
      try (RawClient first = RawClient.connect(server)) {
        first.end();
      }
      try (RawClient second = RawClient.connect(server)) {
        assertThat(second.end()).isEqualTo(ErrorCode.TIMEOUT);
      }
    }
    assertThat(fixture.lines("defect")).singleElement().asString().contains("a defect");
  }

  private static final class Broken extends TreeLayer {
    Broken(Tree tree) {
      super(tree);
    }

    @Override
    public Attributes stat(TreePath path) throws IOException {
      switch (path.name()) {
        case "exception" -> throw new IllegalStateException("a defect");
        case "error" -> throw new StackOverflowError("a defect");
        default -> {
          return super.stat(path);
        }
      }
    }

    @Override
    public Source open(TreePath path) {
      throw new IllegalStateException("a defect");
    }
  }
}
