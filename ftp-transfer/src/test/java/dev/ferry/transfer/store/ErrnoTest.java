package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.transfer.store.TreeException.Problem;
import java.nio.file.FileSystemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of errors that are hard to provoke. */
class ErrnoTest {

  @ParameterizedTest
  @CsvSource({
    "28, NO_SPACE, no space left on the disk",
    "122, QUOTA, the disk quota is used up",
    "36, BAD_NAME, has a name that this file system does not accept",
    "18, OTHER_FILE_SYSTEM, is on another file system; Ferry does not leave the one of its root"
  })
  void someHaveAProblemOfTheirOwn(int errno, Problem problem, String words) {
    FileSystemException failure = Errno.exception(-errno, "/a");

    assertThat(failure).hasMessage("/a: " + words).isInstanceOf(TreeException.class);
    assertThat(((TreeException) failure).problem()).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 16, 22, 23, 24, 27, 31, 999})
  void theOthersSayWhatTheyAre(int errno) {
    FileSystemException failure = Errno.exception(-errno, "/a");

    assertThat(failure).hasMessageStartingWith("/a: ").hasMessageMatching(".*[a-z]{4}.*");
    assertThat(failure.getFile()).isEqualTo("/a");
  }
}
