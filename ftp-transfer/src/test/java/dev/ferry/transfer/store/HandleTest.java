package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a descriptor is closed, and when not. */
class HandleTest {
  @TempDir Path temp;
  private int fd;
  private Handle handle;

  @BeforeEach
  void open() throws IOException {
    fd = Errno.check(Kernel.openRoot(temp.toRealPath().toString()), "/");
    handle = new Handle(fd);
  }

  /** No other thread opens descriptors here, so the number still means this one or nothing. */
  private boolean isOpen() {
    return Files.exists(Path.of("/proc/self/fd/" + fd));
  }

  @Test
  void closeWaitsForCallsThatAreUnderWay() throws IOException {
    handle.acquire();
    handle.close();
    assertThat(isOpen()).isTrue();
    assertThatThrownBy(() -> handle.acquire()).isInstanceOf(ClosedChannelException.class);

    handle.release();
    assertThat(isOpen()).isFalse();
  }

  @Test
  void eachRightIsGivenUpOnItsOwn() throws IOException {
    Handle other = handle.share();

    handle.close();
    handle.close();
    assertThat(isOpen()).isTrue();
    assertThatThrownBy(() -> handle.acquire()).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> handle.share()).isInstanceOf(ClosedChannelException.class);
    assertThat(other.stat("", "/").kind()).isEqualTo(Attributes.Kind.FOLDER);

    other.close();
    assertThat(isOpen()).isFalse();
  }

  @Test
  void aFailedCallGivesTheDescriptorBack() throws IOException {
    assertThatThrownBy(() -> handle.run(fd -> -Errno.EIO, "/x"))
        .hasMessage("/x: the disk reports an input/output error");
    assertThatThrownBy(() -> handle.stat("x", "/x")).isInstanceOf(IOException.class);
    handle.close();
    assertThat(isOpen()).isFalse();
  }
}
