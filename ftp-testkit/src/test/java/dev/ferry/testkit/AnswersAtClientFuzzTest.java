package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.client.ClientOptions;
import dev.ferry.client.FerryClient;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.ListRequest;
import dev.ferry.client.LocalSource;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemotePath;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.TreePath;
import dev.ferry.protocol.WireVector.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a server answers, the client's calls end in a result or an {@link IOException}, and
 * nothing changes on this side but what was asked for: one name in the folder of a get.
 */
class AnswersAtClientFuzzTest {
  private static final RemotePath SOURCE = RemotePath.of(path());

  @TempDir Path temp;
  private FuzzingServer server;
  private Path target;
  private Path source;
  private Map<String, String> outside;

  @BeforeEach
  void start() throws IOException {
    server = new FuzzingServer(temp.resolve("s"));
    Path local = Snapshot.plant(temp.resolve("local"));
    outside = Snapshot.of(local);
    source = local.resolve("file");
    target = Files.createDirectory(temp.resolve("target"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static TreePath path() {
    try {
      return TreePath.of("a");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static Stream<byte[]> answers() {
    return Stream.concat(FuzzSeeds.of(false, State.READY), FuzzSeeds.of(false, State.JOB))
        .flatMap(said -> Stream.of(1, 2, 4, 5).map(call -> called(call, said)));
  }

  private static byte[] called(int call, byte[] said) {
    return ByteBuffer.allocate(said.length + 1).put((byte) call).put(said).array();
  }

  @MethodSource
  @FuzzTest
  void answers(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Snapshot.clear(target);
    Files.createSymbolicLink(target.resolve("link"), temp.resolve("local"));
    server.say(greeted(input));
    ClientOptions options = ClientOptions.withoutEncryption();
    try (FerryClient client = FerryClient.connect(server.endpoint(), options)) {
      call(input[0] & 7, client);
    } catch (IOException e) {
      assertThat(e).hasMessageNotContaining("null");
    }
    assertThat(Snapshot.of(temp.resolve("local"))).isEqualTo(outside);
    try (Stream<Path> names = Files.list(target)) {
      assertThat(names.map(name -> name.getFileName().toString())).isSubsetOf("link", "a");
    }
  }

  private void call(int number, FerryClient client) throws IOException {
    switch (number) {
      case 0 -> client.stat(path());
      case 1 -> client.list(new ListRequest(SOURCE, true, true), _ -> {});
      case 2 -> client.cat(path(), Channels.newChannel(OutputStream.nullOutputStream()), 0);
      case 3 -> client.checksum(path());
      case 4 ->
          client.get(
              new GetRequest(List.of(SOURCE), target, true, true, Scripted.RULES),
              JobListener.NONE);
      case 5 ->
          client.put(
              new PutRequest(List.of(new LocalSource("a", source)), SOURCE, true, Scripted.RULES),
              JobListener.NONE);
      default -> client.remove(path(), true);
    }
  }

  private static byte[] greeted(byte[] input) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    add(all, new Frame.Hello(1, 1, "fuzz/1", List.of()));
    add(all, new Frame.Welcome(Role.WRITER, "fuzz", 900, Bytes.NONE));
    all.write(input, 1, input.length - 1);
    return all.toByteArray();
  }

  private static void add(ByteArrayOutputStream out, Frame frame) {
    ByteBuffer bytes = FrameCodec.encode(frame);
    while (bytes.hasRemaining()) {
      out.write(bytes.get());
    }
  }
}
