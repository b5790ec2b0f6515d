package dev.ferry.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ferry.protocol.Frame;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.link.LinkTimes;
import dev.ferry.transfer.login.Binding;
import dev.ferry.transfer.login.Credential;
import dev.ferry.transfer.login.Scram;
import dev.ferry.transfer.login.Token;
import dev.ferry.transfer.tls.TlsContext;
import dev.ferry.transfer.tls.TlsEngine;
import dev.ferry.transfer.tls.TlsProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A real process among many strangers. {@code -Dferry.flood=N} says how many connect and do not log
 * in, {@code -Dferry.flood.logins=N} how many log in at the same time.
 */
class FloodTest {
  private static final int STRANGERS = Integer.getInteger("ferry.flood", 400);
  private static final int LOGINS = Integer.getInteger("ferry.flood.logins", 100);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofSeconds(90);

  /** What the machine itself may have begun meanwhile: compilers, carriers of virtual threads. */
  private static final int OTHER_THREADS = 8;

  /** The same for descriptors: jars, and what wakes those carriers up. */
  private static final int OTHER_DESCRIPTORS = 4;

  @TempDir Path root;
  @TempDir Path state;
  @TempDir Path logs;
  private TlsContext tls;
  private Credential token;
  private FerrydProcess ferryd;
  private Endpoint there;

  @BeforeEach
  void prepare() throws IOException {
    tls = TlsProvider.preferred().client();
    StringWriter out = new StringWriter();
    CommandLine command = Ferryd.commandLine().setOut(new PrintWriter(out, true));
    String folder = state.toString();
    assertThat(command.execute("token", "create", "--role", "reader", "--state", folder)).isZero();
    token = new Credential.ByToken(Token.parse(out.toString().strip()));
  }

  @AfterEach
  void stop() throws Exception {
    ferryd.close();
    tls.close();
  }

  private void serve(String before) throws IOException {
    ferryd = FerrydProcess.serve(logs.resolve("err"), before, root, state, "--max-connections=64");
    there = ferryd.awaitReady();
  }

  /** An encrypted connection that has not said anything yet. */
  private Link connect() throws IOException {
    TlsEngine engine = tls.newEngine();
    SocketChannel channel;
    try {
      channel = there.connect(LONG);
    } catch (IOException e) {
      engine.release();
      throw e;
    }
    Link link = new Link(channel, "server", LinkTimes.STANDARD, engine);
    link.deadline(LONG, "did not answer");
    return link;
  }

  private static void greet(Link link, Credential credential) throws IOException {
    Credential.Exchange login = credential.begin(Binding.to(link.secure().fingerprint()));
    Visitor.greet(link, login);
  }

  /** Logs in, does something, leaves; returns how long that took. */
  private Duration visit() throws IOException {
    long began = System.nanoTime();
    try (Link link = connect()) {
      greet(link, token);
      Visitor.ping(link);
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void awaitCalm(int descriptors, int threads) {
    await()
        .atMost(LONG)
        .untilAsserted(
            () -> {
              assertThat(ferryd.descriptors()).isLessThanOrEqualTo(descriptors + OTHER_DESCRIPTORS);
              assertThat(ferryd.threads()).isLessThanOrEqualTo(threads + OTHER_THREADS);
            });
  }

  @Test
  void strangersKeepNobodyOutAndLeaveNothingBehind() throws IOException {
    serve(":");
    visit();
    visit();
    int descriptors = ferryd.descriptors();
    int threads = ferryd.threads();
    List<Duration> visits = new ArrayList<>();
    try (Crowd _ = new Crowd(there, STRANGERS)) {
      for (int i = 0; i < 20; i++) {
        visits.add(visit());
      }
    }
    visits.sort(null);
    System.out.printf(
        "%d strangers: a login took %d ms in the middle and %d ms at most; peak %d MiB%n",
        STRANGERS, visits.get(10).toMillis(), visits.get(19).toMillis(), ferryd.peakKib() >> 10);
    assertThat(visits.getLast()).isLessThan(SOON);
    awaitCalm(descriptors, threads);
  }

  @Test
  void processWithoutDescriptorsLivesOn() throws IOException {
    serve("ulimit -n 256");
    visit();
    int descriptors = ferryd.descriptors();
    int threads = ferryd.threads();
    try (Crowd _ = new Crowd(there, STRANGERS)) {
      await().atMost(LONG).until(() -> hasLogged("event=accept-failed"));
      assertThat(ferryd.isAlive()).isTrue();
    }
    awaitCalm(descriptors, threads);
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(this::visit, _ -> true);
    assertThat(hasLogged("event=defect")).isFalse();
  }

  private boolean hasLogged(String words) throws IOException {
    return ferryd.errors().stream().anyMatch(line -> line.contains(words));
  }

  @Test
  void loginsAtTheSameTimeTakeBoundedMemory() throws Exception {
    serve("export JAVA_TOOL_OPTIONS=-Xmx64m");
    try (Link other = connect()) {
      greet(other, token);
      int alone = pings(other, Duration.ofSeconds(1));
      AtomicInteger refused = new AtomicInteger();
      List<Thread> all = new ArrayList<>();
      for (int i = 0; i < LOGINS; i++) {
        String user = "user" + i;
        all.add(Thread.startVirtualThread(() -> guess(user, refused)));
      }
      int crowded = 0;
      long began = System.nanoTime();
      while (all.stream().anyMatch(Thread::isAlive)) {
        Visitor.ping(other);
        crowded++;
      }
      long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
      System.out.printf(
          "%d logins in %d ms: %d pings/s before, %d/s meanwhile; peak %d MiB%n",
          LOGINS, took, alone, crowded * 1000L / Math.max(1, took), ferryd.peakKib() >> 10);
      assertThat(refused).hasValue(LOGINS);
    }
    assertThat(visit()).isLessThan(SOON);
    assertThat(hasLogged("event=defect")).isFalse();
  }

  private static int pings(Link link, Duration time) throws IOException {
    int count = 0;
    for (long end = System.nanoTime() + time.toNanos(); System.nanoTime() < end; count++) {
      Visitor.ping(link);
    }
    return count;
  }

  private void guess(String user, AtomicInteger refused) {
    try (Link link = connect()) {
      link.secure();
      link.send(new Frame.Hello(1, 1, "test/1", List.of()));
      link.sendNow(new Frame.Login(Frame.Login.PASSWORD, user, Scram.nonce()));
      link.read();
      assertThat(link.read()).isInstanceOf(Frame.Challenge.class);
      link.sendNow(new Frame.Proof(Scram.nonce()));
      if (link.read() instanceof Frame.Failure) {
        refused.incrementAndGet();
      }
    } catch (IOException e) {
      System.out.println("a login failed: " + e.getMessage());
    }
  }
}
