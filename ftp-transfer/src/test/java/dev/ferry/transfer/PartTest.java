package dev.ferry.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.store.Staged;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What several threads do with one part. */
class PartTest {
  private final Staged staged = mock(Staged.class);
  private final Part part = new Part(null, null, new Origin(5, 0, Bytes.NONE), staged, null);

  /** Else it would land in what the later job has verified by then. */
  @Test
  void isTakenAwayOnlyAfterTheLastWriteOfTheFormerJob() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    doAnswer(
            _ -> {
              writing.countDown();
              go.await();
              return null;
            })
        .when(staged)
        .write(any(), anyLong());
    Thread former = Thread.ofPlatform().start(this::write);
    writing.await();
    Thread later = Thread.ofPlatform().start(part::fence);
    await().until(() -> later.getState() != Thread.State.RUNNABLE);
    assertThat(later.getState()).isEqualTo(Thread.State.WAITING);
    go.countDown();
    later.join();
    former.join();
    verify(staged).close();
  }

  private void write() {
    try {
      part.write(0, ByteBuffer.allocate(5));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ofAnEntryThatWasDiscardedMeanwhileIsNotKept() throws Exception {
    Inbound inbound =
        new Inbound(
            new Frame.Entry(
                0, 0, List.of("a"), new FileAttributes(Frame.Kind.FILE, 5, 0, 0644), Bytes.NONE),
            TreePath.of("a"));
    inbound.discard(true);
    inbound.begin(part);
    verify(staged).close();
  }
}
