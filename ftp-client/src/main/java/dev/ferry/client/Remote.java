package dev.ferry.client;

import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.RefusedException;
import dev.ferry.transfer.link.ConnectionLostException;
import dev.ferry.transfer.link.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * A server by its address: connects when it is needed, and again after a connection was lost. A
 * call that was under way then begins anew, after a pause. A server that cannot be reached in the
 * first place is not tried again.
 *
 * <p>One thread makes calls; {@link #cancel()} and {@link #close()} may come from others.
 */
public final class Remote implements AutoCloseable {
  /** How often an item is tried again whose source changed or whose content did not verify. */
  private static final int PUT_OFF = 3;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final Endpoint endpoint;
  private final Retries retries;
  private final Logins logins;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** With what the login is tried, or was done; written by the thread of the calls. */
  private volatile ClientOptions options;

  private boolean chosen;

  // Guarded by the lock.
  private FerryClient client;
  private Dialling dialling;
  private boolean cancelled;

  /** Something to do with a connection, perhaps several times. */
  @FunctionalInterface
  public interface Call<T> {
    T run(FerryClient client) throws IOException;
  }

  /**
   * How often to try again.
   *
   * @param number how many tries follow the first one; counted anew when an item of a job was done
   * @param listener hears of each before its pause
   */
  public record Retries(IntSupplier number, RetryListener listener) {
    /** No second try. */
    public static final Retries NONE = new Retries(() -> 0, (_, _, _, _) -> {});
  }

  /** Hears that a try follows. */
  @FunctionalInterface
  public interface RetryListener {
    /**
     * A try follows, after a pause.
     *
     * @param attempt from 1
     * @param of how many there may be
     * @param pause how long it is waited before
     * @param why what ended the last one
     */
    void retrying(int attempt, int of, Duration pause, IOException why);
  }

  /** Logs in with what the options say. Does nothing yet. */
  public Remote(Endpoint endpoint, ClientOptions options, Retries retries) {
    this(endpoint, options, retries, Logins.only(options.credential()));
  }

  /** Logs in with what is given when it is needed. Does nothing yet. */
  public Remote(Endpoint endpoint, ClientOptions options, Retries retries, Logins logins) {
    this.endpoint = endpoint;
    this.options = options;
    this.retries = retries;
    this.logins = logins;
  }

  /** Where it connects to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** How it connects, and logs in once it has. */
  public ClientOptions options() {
    return options;
  }

  /** Whether there is a connection, as far as this side knows. */
  public boolean isConnected() {
    lock.lock();
    try {
      return client != null && client.isOpen();
    } finally {
      lock.unlock();
    }
  }

  /** What the server lets this side do; null before its first reply. */
  public Role role() {
    lock.lock();
    try {
      return client == null ? null : client.role();
    } finally {
      lock.unlock();
    }
  }

  /** Names the latest request in the logs of both ends (spec 5.2); null without a connection. */
  public String lastRequest() {
    lock.lock();
    try {
      return client == null ? null : client.lastRequest();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a call that may be repeated; see {@link FerryClient} for what it throws. */
  public <T> T call(Call<T> call) throws IOException {
    return call(call, () -> 0);
  }

  /** Brings files and folders here; see {@link FerryClient#get}. */
  public JobReport get(GetRequest request, JobListener listener) throws IOException {
    GetTarget target = GetTarget.find(request);
    if (!isConnected()) {
      dial(); // It comes about while the way into the kernel is found, which takes 40 ms.
    }
    try (Download download = Download.prepare(request, target, listener)) {
      return repeat(download);
    }
  }

  /** Brings files and folders there; see {@link FerryClient#put}. */
  public JobReport put(PutRequest request, JobListener listener) throws IOException {
    try (Upload upload = Upload.prepare(request, listener)) {
      return repeat(upload);
    }
  }

  /** Runs a job, and again for items whose source changed or whose content did not verify. */
  private JobReport repeat(Repeatable job) throws IOException {
    for (int attempt = 1; true; attempt++) {
      job.putOff(attempt <= PUT_OFF);
      JobReport report = call(job::run, job::finished);
      ErrorCode why = report.aborted() == null ? job.begin() : null;
      if (why == null) {
        return report;
      }
      Duration pause = pause(attempt);
      retries
          .listener()
          .retrying(attempt, PUT_OFF, pause, new RefusedException(why, why.meaning()));
      sleep(pause);
    }
  }

  private <T> T call(Call<T> call, LongSupplier finished) throws IOException {
    setCancelled(false);
    boolean lost = false;
    int attempt = 0;
    while (true) {
      long before = finished.getAsLong();
      IOException why;
      try {
        return call.run(client());
      } catch (LoginRefusedException e) {
        options = options.with(logins.next(e));
        continue;
      } catch (ConnectionLostException e) {
        lost = true;
        why = e;
      } catch (CannotConnectException | ServerBusyException e) {
        if (!lost) {
          throw e;
        }
        why = e;
      }
      attempt = finished.getAsLong() > before ? 1 : attempt + 1;
      if (attempt > retries.number().getAsInt()) {
        throw why;
      }
      Duration pause = pause(attempt);
      retries.listener().retrying(attempt, retries.number().getAsInt(), pause, why);
      sleep(pause);
    }
  }

  private static Duration pause(int attempt) {
    long millis = FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 10);
    millis += ThreadLocalRandom.current().nextLong(millis / 4);
    return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE.toMillis()));
  }

  private void sleep(Duration pause) throws CancelledException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && !cancelled) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      cancelled = true;
    } finally {
      lock.unlock();
    }
    throwIfCancelled();
  }

  private FerryClient client() throws IOException {
    lock.lock();
    try {
      if (client != null && client.isOpen()) {
        return client;
      }
    } finally {
      lock.unlock();
    }
    Dialling first = dial(); // May ask about the server itself: nobody is asked twice.
    FerryClient fresh;
    try {
      fresh = first.await();
    } catch (UnknownServerException e) {
      if (!options.trust().learn(endpoint, e.identity())) {
        throw e;
      }
      fresh = dial().await();
    }
    lock.lock();
    try {
      client = fresh;
    } finally {
      lock.unlock();
    }
    throwIfCancelled();
    return fresh;
  }

  /** The one that is under way, or a new one. */
  private Dialling dial() throws IOException {
    if (!chosen) {
      options = options.with(logins.first());
      chosen = true;
    }
    lock.lock();
    try {
      if (dialling == null) {
        dialling = new Dialling();
        Thread.ofPlatform().daemon().name("ferry-dial").start(dialling::run);
      }
      return dialling;
    } finally {
      lock.unlock();
    }
  }

  /** Cancels the call that is under way, if any; see {@link FerryClient#cancel()}. */
  public void cancel() {
    FerryClient running;
    Dialling waiting;
    lock.lock();
    try {
      cancelled = true;
      running = client;
      waiting = dialling;
      dialling = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.cancel();
    }
    if (running != null) {
      running.cancel();
    }
  }

  private void setCancelled(boolean value) {
    lock.lock();
    try {
      cancelled = value;
    } finally {
      lock.unlock();
    }
  }

  private void throwIfCancelled() throws CancelledException {
    lock.lock();
    try {
      if (cancelled) {
        throw new CancelledException();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection, if there is one. */
  @Override
  public void close() {
    Dialling waiting;
    lock.lock();
    try {
      waiting = dialling;
      dialling = null;
      if (client != null) {
        client.close();
      }
    } finally {
      lock.unlock();
    }
    if (waiting != null) {
      waiting.cancel();
    }
  }

  /**
   * Connects in a thread of its own: neither a name server that does not answer nor a connection
   * that does not come about can be interrupted, but both can be left alone. It is a platform
   * thread: a virtual one that waits for a socket leaves the JVM with a thread in epoll, for which
   * it waits 0.3 s when it exits.
   */
  private final class Dialling {
    private final CompletableFuture<FerryClient> result = new CompletableFuture<>();

    /** Waits for it to come about. */
    FerryClient await() throws IOException {
      try {
        Duration limit = options.connectLimit().plus(options.credential().patience());
        return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      } catch (TimeoutException e) {
        result.cancel(false);
        throw CannotConnectException.noAnswer(endpoint, options.connectLimit(), e);
      } catch (InterruptedException _) {
        result.cancel(false);
        Thread.currentThread().interrupt();
        throw new CancelledException();
      } finally {
        isOver();
      }
    }

    private void isOver() {
      lock.lock();
      try {
        if (dialling == this) {
          dialling = null;
        }
      } finally {
        lock.unlock();
      }
    }

    /** Ends it, for whoever waits for it, or for good if nobody does. */
    void cancel() {
      if (!result.completeExceptionally(new CancelledException())
          && result.state() == Future.State.SUCCESS) {
        result.resultNow().close();
      }
    }

    private void run() {
      try {
        FerryClient fresh = FerryClient.connect(endpoint, options);
        if (!result.complete(fresh)) {
          fresh.close();
        }
      } catch (IOException | RuntimeException e) {
        result.completeExceptionally(e);
      }
    }
  }
}
