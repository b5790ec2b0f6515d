package dev.ferry.server.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.login.Caveat;
import dev.ferry.transfer.login.Scram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any text with a good hash below it is a book of accounts that is written as it was understood, or
 * is refused with the line and in plain letters.
 */
class AccountFileFuzzTest {
  @TempDir Path temp;
  private StateFile file;

  @BeforeEach
  void makeTheFile() throws IOException {
    Path path = temp.resolve("accounts");
    Files.createFile(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    file = new StateFile(path, "accounts", Book.VERSION);
  }

  static Stream<byte[]> books() throws Exception {
    Book book = new Book();
    book.users.put("alice", Samples.account("alice", TreePath.of("h\u00e4user", "a b")));
    book.registered.put("alice", Instant.EPOCH);
    IssuedToken token =
        Samples.token(
            new Caveat.AtMost(Role.READER),
            new Caveat.Below(TreePath.of("%", "=")),
            new Caveat.Until(Instant.EPOCH),
            new Caveat.Moving(7));
    book.tokens.put(token.id(), token);
    Invitation invitation =
        new Invitation(Scram.nonce(), Role.WRITER, TreePath.ROOT, Instant.EPOCH);
    book.invitations.put(invitation.hash(), invitation);
    return Stream.of(text(book.lines()), "ferry-accounts 2\n", "ferry-x 1\n\n", "")
        .map(text -> text.getBytes(UTF_8));
  }

  private static String text(List<String> lines) {
    return "ferry-accounts 1\n" + String.join("\n", lines) + "\n";
  }

  @MethodSource
  @FuzzTest
  void books(byte[] input) throws IOException {
    try {
      Book book = read(new String(input, UTF_8));
      List<String> lines = book.lines();
      assertThat(read(text(lines)).lines()).isEqualTo(lines);
      assertThat(book.users.keySet()).allMatch(name -> name.matches("[a-z0-9][a-z0-9._-]{0,31}"));
    } catch (StateException e) {
      String why = e.getMessage().replace('\\', '/');
      assertThat(Printable.text(why)).isEqualTo(why);
    }
  }

  private Book read(String text) throws IOException {
    Files.writeString(file.path(), text + "sha256 " + hash(text) + "\n");
    return Book.of(file);
  }

  private static String hash(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
