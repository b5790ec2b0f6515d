package dev.ferry.transfer.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes are a token, or a proof of one, or none. What is one has a single form, since its
 * caveats are signed as they are written anew.
 */
class TokenFuzzTest {
  private static final Bytes SECRET = Bytes.of(new byte[Digests.BYTES]);
  private static final Bytes ANOTHER = Token.newSecret();
  private static final int SHORTEST_PROOF = 73;
  private static final int LONGEST_PROOF = 1056;

  static Stream<byte[]> tokens() throws Exception {
    Token token =
        Token.issue(Bytes.of(new byte[Token.ID_BYTES]), SECRET)
            .narrowed(new Caveat.AtMost(Role.READER))
            .narrowed(new Caveat.Below(TreePath.of("releases", "1.0")))
            .narrowed(new Caveat.Until(Instant.ofEpochSecond(1_900_000_000)))
            .narrowed(new Caveat.Moving(10L << 30));
    return Stream.of(
        token.text().getBytes(UTF_8),
        token.claims().toArray(),
        TokenProof.make(token, Binding.NONE).bytes().toArray());
  }

  @MethodSource
  @FuzzTest
  void tokens(byte[] input) {
    text(new String(input, UTF_8));
    text("ferry_" + Base64.getUrlEncoder().withoutPadding().encodeToString(input));
    claims(input);
    if (input.length >= SHORTEST_PROOF && input.length <= LONGEST_PROOF) {
      proof(Bytes.of(input));
    }
  }

  private static void text(String text) {
    Token token;
    try {
      token = Token.parse(text);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(token.text().length()).isLessThan(text.length() + 3);
    assertThat(Token.parse(token.text())).isEqualTo(token);
    granted(token);
  }

  private static void claims(byte[] input) {
    Token claims;
    try {
      claims = Token.claims(ByteBuffer.wrap(Arrays.copyOf(input, Math.min(input.length, 992))));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    assertThat(claims.claims().toArray())
        .startsWith(Arrays.copyOf(input, claims.claims().length()));
    granted(claims);
  }

  private static void proof(Bytes input) {
    try {
      TokenProof proof = TokenProof.parse(input);
      assertThat(proof.bytes()).isEqualTo(input);
      assertThat(proof.verified(ANOTHER, Binding.NONE)).isNull();
    } catch (RefusedException e) {
      assertThat(e.reason().known()).isEqualTo(ErrorCode.LOGIN_REFUSED);
    }
  }

  /** Whatever is granted is no more than any of the caveats lets through. */
  private static void granted(Token token) {
    Grant grant;
    try {
      grant = Grant.of(token, SECRET);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return;
    }
    int depth = 0;
    int budgets = 0;
    for (Caveat caveat : token.caveats()) {
      switch (caveat) {
        case Caveat.AtMost(Role role) -> assertThat(grant.role()).isLessThanOrEqualTo(role);
        case Caveat.Below(TreePath path) -> depth += path.components().size();
        case Caveat.Until(Instant end) -> assertThat(grant.until()).isBeforeOrEqualTo(end);
        case Caveat.Moving(long most) ->
            assertThat(grant.budgets().get(budgets++).most()).isEqualTo(most);
      }
    }
    assertThat(grant.path().components()).hasSize(depth);
    assertThat(grant.budgets()).hasSize(budgets);
  }
}
