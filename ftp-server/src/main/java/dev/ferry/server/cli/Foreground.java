package dev.ferry.server.cli;

import dev.ferry.protocol.Printable;
import dev.ferry.server.FerryServer;
import dev.ferry.server.ServerBuilder;
import dev.ferry.server.StartException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A server as the work of a process: it serves until a signal, a defect or its time ends it. The
 * first SIGTERM or SIGINT drains, any further one cuts.
 */
final class Foreground {
  private final PrintWriter err;
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile int exitCode = ExitCodes.OK;

  /**
   * Serves nothing yet.
   *
   * @param err gets the log, and why the server cannot start
   */
  Foreground(PrintWriter err) {
    this.err = err;
  }

  /**
   * Starts the server and returns when it has ended.
   *
   * @param time how long it serves at most; null: for ever
   * @param ready is called when it listens
   * @return the exit code
   */
  int serve(ServerBuilder builder, Duration time, Consumer<FerryServer> ready)
      throws InterruptedException {
    FerryServer server;
    try {
      server = builder.log(err::println).onFailure(() -> end(ExitCodes.DEFECT)).start();
    } catch (StartException e) {
      err.println("ferryd: " + Printable.text(e.getMessage()));
      return ExitCodes.of(e.problem());
    }
    Signals.on("TERM", () -> signalled(server, ExitCodes.OK));
    Signals.on("INT", () -> signalled(server, ExitCodes.INTERRUPTED));
    ready.accept(server);
    if (time == null) {
      told.await();
    } else {
      told.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
    server.close();
    return exitCode;
  }

  private void signalled(FerryServer server, int code) {
    if (stopping.compareAndSet(false, true)) {
      end(code);
    } else {
      server.cut();
    }
  }

  private void end(int code) {
    exitCode = code;
    told.countDown();
  }
}
