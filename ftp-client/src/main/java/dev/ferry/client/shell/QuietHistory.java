package dev.ferry.client.shell;

import dev.ferry.client.cli.Secrets;
import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** Remembers lines, but none that may hold a secret. */
final class QuietHistory extends DefaultHistory {
  @Override
  public void add(Instant time, String line) {
    if (!Secrets.mayBeIn(line)) {
      super.add(time, line);
    }
  }
}
