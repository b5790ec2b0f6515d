package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.FrameCodec;
import dev.ferry.protocol.FrameHeader;
import dev.ferry.protocol.FrameType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the listener does when accepting fails. */
class ListenerTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final EventLog log = new EventLog(lines::add, InstantSource.system());
  private final List<SocketChannel> guests = new CopyOnWriteArrayList<>();
  private ServerSocketChannel door;

  @BeforeEach
  void open() throws IOException {
    door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void close() throws IOException {
    for (SocketChannel guest : guests) {
      guest.close();
    }
    door.close();
  }

  @Test
  void failureIsLoggedOnceAndTheNextConnectionServed() throws Exception {
    Queue<IOException> failures = new ArrayDeque<>(List.of(new IOException("Too many open files")));
    Listener listener =
        new Listener(
            () -> {
              if (!failures.isEmpty()) {
                throw failures.remove();
              }
              return door.accept();
            },
            new Reserve(true),
            guests::add,
            log);
    Thread thread = Thread.ofVirtual().start(listener);
    try (SocketChannel _ = SocketChannel.open(door.getLocalAddress())) {
      await().until(() -> guests.size() == 1);
    }
    door.close();
    thread.join();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("event=accept-failed msg=\"Too many open files\"");
    assertThat(lines.get(1)).contains("event=accept-works failures=1");
  }

  @Test
  void lastingFailureIsNotSpunOnAndLoggedOnce() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Listener listener =
        new Listener(
            () -> {
              tries.incrementAndGet();
              throw new IOException("No buffer space available");
            },
            new Reserve(true),
            guests::add,
            log);
    Thread thread = Thread.ofPlatform().start(listener);
    await().until(() -> tries.get() >= 8);
    listener.stop();
    thread.join();
    // Two tries, then pauses of 10, 20, 40, … ms: a spinning listener would have made thousands.
    assertThat(tries.get()).isLessThan(100);
    assertThat(lines).hasSize(1);
  }

  @Test
  void defectInTakingAGuestOverDropsTheGuestAlone() throws Exception {
    AtomicInteger count = new AtomicInteger();
    Listener listener =
        new Listener(
            door::accept,
            new Reserve(true),
            channel -> {
              if (count.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              guests.add(channel);
            },
            log);
    Thread thread = Thread.ofPlatform().start(listener);
    try (SocketChannel first = SocketChannel.open(door.getLocalAddress());
        SocketChannel _ = SocketChannel.open(door.getLocalAddress())) {
      assertThat(first.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      await().until(() -> guests.size() == 1);
    }
    door.close();
    thread.join();
    assertThat(lines).singleElement().asString().contains("event=defect");
  }

  @Test
  void withoutDescriptorsAConnectionIsToldThatTheServerIsFull() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Reserve reserve =
        new Reserve(
            () -> {
              if (opened.incrementAndGet() == 2) {
                throw new IOException("Too many open files");
              }
              return SocketChannel.open();
            },
            true);
    SocketChannel client = SocketChannel.open(door.getLocalAddress());
    assertThat(reserve.accept(door::accept)).isNull();
    ByteBuffer answer = ByteBuffer.allocate(1024);
    while (client.read(answer) >= 0) {
      // More may come.
    }
    answer.flip();
    FrameHeader header = FrameHeader.parse(answer, 4096);
    assertThat(header.type()).isEqualTo(FrameType.BUSY);
    assertThat(FrameCodec.decode(header.type(), answer))
        .isInstanceOfSatisfying(
            Frame.Busy.class, busy -> assertThat(busy.text()).startsWith("server full"));
    client.close();
    reserve.close();
  }

  @Test
  void defectInAcceptingIsLoggedAndTheNextConnectionServed() throws Exception {
    Queue<Error> defects =
        new ArrayDeque<>(List.of(new StackOverflowError("one"), new NoClassDefFoundError("two")));
    Listener listener =
        new Listener(
            () -> {
              if (!defects.isEmpty()) {
                throw defects.remove();
              }
              return door.accept();
            },
            new Reserve(true),
            guests::add,
            log);
    Thread thread = Thread.ofPlatform().start(listener);
    try (SocketChannel _ = SocketChannel.open(door.getLocalAddress())) {
      await().until(() -> guests.size() == 1);
    }
    door.close();
    thread.join();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).contains("level=error event=defect", "one");
    assertThat(lines.get(1)).contains("level=error event=defect", "two");
    assertThat(lines.get(2)).contains("event=accept-works failures=2");
  }

  @Test
  void closedDoorEndsTheListener() throws Exception {
    Listener listener =
        new Listener(
            () -> {
              throw new ClosedChannelException();
            },
            new Reserve(true),
            guests::add,
            log);
    listener.run();
    assertThat(lines).isEmpty();
  }
}
