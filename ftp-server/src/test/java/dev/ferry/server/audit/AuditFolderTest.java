package dev.ferry.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ferry.server.account.StateFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chain in its files: what is done to it shows, and what deaths leave is repaired aloud. */
class AuditFolderTest {
  private static final int EVENTS = 12;

  @TempDir Path temp;
  private StateFolder state;

  @BeforeEach
  void open() throws IOException {
    state = StateFolder.open(temp.resolve("state"));
  }

  private void write(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      AuditFolder.write(state, AuditEvent.of("test").with("name", "n\u202e\n\"\\ü" + i));
    }
  }

  private Path file() throws IOException {
    return files().getLast();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(state.path().resolve("audit"))) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private AuditReader.Intact verify() throws IOException {
    return AuditReader.verify(state, null);
  }

  private void assertBroken(String how, byte[] content) throws IOException {
    Files.write(file(), content);
    assertThatThrownBy(this::verify).as(how).isInstanceOf(NotIntactException.class);
  }

  private static byte[] joined(List<String> lines) {
    return lines.isEmpty() ? new byte[0] : (String.join("\n", lines) + "\n").getBytes(UTF_8);
  }

  @Test
  void everyLineIsOneEventAndTheChainHolds() throws IOException {
    write(EVENTS);
    assertThat(verify().events()).isEqualTo(EVENTS);
    List<String> lines = Files.readAllLines(file());
    assertThat(lines)
        .hasSize(EVENTS)
        .allMatch(
            line -> line.matches("\\{\"seq\":[0-9]+,\"prev\":\"[0-9a-f]{64}\",\"time\":.*\\}"))
        .first()
        .asString()
        .endsWith(",\"event\":\"test\",\"name\":\"n\\u202e\\u000a\\\"\\\\ü0\"}");
    for (Path file : List.of(file(), state.path().resolve("audit.head"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void missingRepeatedSwappedAndCutLinesShow() throws IOException {
    write(EVENTS);
    List<String> lines = Files.readAllLines(file());
    for (int i = 0; i < EVENTS; i++) {
      List<String> without = new ArrayList<>(lines);
      without.remove(i);
      assertBroken("line removed: " + i, joined(without));
      List<String> twice = new ArrayList<>(lines);
      twice.add(i, lines.get(i));
      assertBroken("line repeated: " + i, joined(twice));
      for (int j = i + 1; j < EVENTS; j++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, i, j);
        assertBroken("lines swapped: %d %d".formatted(i, j), joined(swapped));
      }
      assertBroken("cut before line " + i, joined(lines.subList(0, i)));
    }
    byte[] whole = joined(lines);
    for (int length = 0; length < whole.length; length += 3) {
      assertBroken("cut at byte " + length, java.util.Arrays.copyOf(whole, length));
    }
    Files.write(file(), whole);
    verify();
  }

  @Test
  void everyChangedByteShows() throws IOException {
    write(4);
    byte[] whole = Files.readAllBytes(file());
    byte[] other = {0, '\n', '0', '9', 'a', 'f', '"', '\\', '{', '}', ',', ' ', (byte) 0xC3, -1};
    for (int at = 0; at < whole.length; at++) {
      byte old = whole[at];
      byte changed = other[at % other.length];
      whole[at] = changed == old ? (byte) (old ^ 1) : changed;
      assertBroken("byte " + at, whole);
      whole[at] = (byte) (old ^ 0x20);
      assertBroken("byte " + at, whole);
      whole[at] = old;
    }
    Files.write(file(), whole);
    verify();
  }

  @Test
  void firstWrongLineIsNamed() throws IOException {
    write(EVENTS);
    List<String> lines = new ArrayList<>(Files.readAllLines(file()));
    lines.remove(4);
    Files.write(file(), joined(lines));
    assertThatThrownBy(this::verify).hasMessage(file() + ":5: events 5 to 5 are missing before it");
  }

  @Test
  void headSaysHowFarTheLogWentAndMayBeNoted() throws IOException {
    write(2);
    String noted = verify().head();
    write(1);
    assertThat(AuditReader.verify(state, noted).events()).isEqualTo(3);
    assertThatThrownBy(() -> AuditReader.verify(state, "2:" + "0".repeat(64)))
        .isInstanceOf(NotIntactException.class)
        .hasMessageContaining(":2: it was changed");
    assertThatThrownBy(() -> AuditReader.verify(state, "9:" + "0".repeat(64)))
        .hasMessage("the audit log ends with event 3, and event 9 was there before");
    assertThatThrownBy(() -> AuditReader.verify(state, "2")).hasMessageContaining("SEQ:HASH");
    Path head = state.path().resolve("audit.head");
    Files.writeString(head, "000000000000000002:" + noted.substring(2) + "\n");
    verify();
    Files.writeString(head, "gone");
    assertThatThrownBy(this::verify).hasMessageContaining("audit.head is missing or damaged");
    Files.delete(head);
    assertThatThrownBy(this::verify).hasMessageContaining("audit.head is missing or damaged");
  }

  @Test
  void tornLineIsCutOffAndSaidSo() throws IOException {
    write(3);
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(7);
    for (int round = 1; round <= 20; round++) {
      byte[] torn = java.util.Arrays.copyOf(whole, 1 + random.nextInt(90));
      Files.write(file(), torn, StandardOpenOption.APPEND);
      assertThatThrownBy(this::verify).hasMessageContaining("it has no end");
      write(1);
      assertThat(verify().events()).isEqualTo(3 + 2L * round);
      List<String> lines = Files.readAllLines(file());
      assertThat(lines.get(lines.size() - 2))
          .endsWith("\"event\":\"audit-repaired\",\"torn-bytes\":" + torn.length + "}");
    }
  }

  @Test
  void tornFirstLineOfAFileIsCutOffToo() throws IOException {
    try (AuditFolder log = AuditFolder.open(state, 1, _ -> {})) {
      log.append(List.of(AuditEvent.of("one")));
      log.sync();
    }
    Files.writeString(state.path().resolve("audit/000000000000000002.jsonl"), "{\"seq\":2,\"pr");
    write(1);
    assertThat(verify().events()).isEqualTo(3);
    assertThat(Files.readString(file())).contains("audit-repaired");
  }

  @Test
  void lostTailIsSaidAndShowsForEver() throws IOException {
    write(5);
    List<String> lines = Files.readAllLines(file());
    Files.write(file(), joined(lines.subList(0, 3)));
    write(2);
    lines = Files.readAllLines(file());
    assertThat(lines).hasSize(6);
    assertThat(lines.get(3))
        .startsWith("{\"seq\":6,")
        .endsWith("\"event\":\"audit-damaged\",\"msg\":\"events 4 to 5 are missing\"}");
    assertThatThrownBy(this::verify)
        .hasMessageContaining(":4: events 4 to 5 are missing before it");
    Files.delete(file());
    write(1);
    assertThat(Files.readString(file())).startsWith("{\"seq\":9,").contains("events 1 to 8");
    assertThatThrownBy(this::verify).hasMessageContaining(":1: the server found the log damaged");
  }

  @Test
  void rubbishAtTheEndIsLeftAndAnotherFileBegun() throws IOException {
    write(2);
    Path first = file();
    byte[] rubbish = new byte[3 * AuditLine.LONGEST];
    Files.write(first, rubbish, StandardOpenOption.APPEND);
    write(1);
    assertThat(files()).hasSize(2);
    assertThat(file()).hasFileName("000000000000000003.jsonl");
    assertThat(first).hasSize(Files.size(first)).isNotEmptyFile();
    assertThat(Files.readString(file())).contains("audit-damaged", "cannot be read at its end");
    assertThatThrownBy(this::verify).hasMessageContaining(first + ":3: ");
  }

  @Test
  void chainGoesOnFromFileToFileAndOldOnesMayBeTakenAway() throws IOException {
    try (AuditFolder log = AuditFolder.open(state, 400, _ -> {})) {
      for (int i = 0; i < EVENTS; i++) {
        log.append(List.of(AuditEvent.of("test").with("number", i)));
      }
      log.sync();
    }
    assertThat(files()).hasSizeBetween(3, EVENTS - 1);
    assertThat(verify()).returns((long) EVENTS, AuditReader.Intact::events);
    Path second = files().get(1);
    byte[] kept = Files.readAllBytes(second);
    Files.delete(second);
    assertThatThrownBy(this::verify).hasMessageContaining("are missing before it");
    Files.write(second, kept);
    Files.delete(files().getFirst());
    AuditReader.Intact rest = verify();
    assertThat(rest.first()).isGreaterThan(1);
    assertThat(rest.events()).isEqualTo(EVENTS - rest.first() + 1);
    assertThat(rest.head()).startsWith(EVENTS + ":");
  }

  @Test
  void severalWritersShareOneChain() throws IOException {
    try (AuditFolder one = AuditFolder.open(state, 700, _ -> {});
        AuditFolder other = AuditFolder.open(state, 700, _ -> {})) {
      for (int i = 0; i < 50; i++) {
        one.append(List.of(AuditEvent.of("one").with("number", i), AuditEvent.of("more")));
        other.append(List.of(AuditEvent.of("other").with("number", i)));
      }
      other.sync();
      one.sync();
    }
    assertThat(verify().events()).isEqualTo(150);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Path file : files()) {
      all.write(Files.readAllBytes(file));
    }
    assertThat(all.toString(UTF_8)).doesNotContain("audit-repaired", "audit-damaged");
  }
}
