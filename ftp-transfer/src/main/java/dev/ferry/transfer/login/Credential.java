package dev.ferry.transfer.login;

import dev.ferry.protocol.Bytes;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Login;
import dev.ferry.protocol.Limits;
import dev.ferry.protocol.ProtocolException;
import java.io.IOException;
import java.time.Duration;

/**
 * What a client logs in with, as often as it connects. Safe for use by many threads.
 *
 * <p>What each says and hears is an {@link Exchange}, one for each connection.
 */
public sealed interface Credential {
  /** Nothing: whatever anybody may do. */
  static Credential anonymous() {
    return new Anonymous();
  }

  /** Whom it stands for, for people: a user's name, or what it is. */
  String who();

  /** Begins a login over a connection. */
  Exchange begin(Binding binding) throws IOException;

  /** Whether it is worth something to others, so that it needs encryption, or a private way. */
  default boolean isSecret() {
    return true;
  }

  /** How long this side may take to work out its proof, or its person to agree to it. */
  default Duration patience() {
    return Duration.ZERO;
  }

  /** The client's half of one login. */
  interface Exchange {
    /** What is said first. */
    Login login();

    /** Whether the server asks back before it answers. */
    default boolean isAskedBack() {
      return false;
    }

    /**
     * Answers what the server asks back.
     *
     * @throws ProtocolException if it asks for something that no server should
     */
    default Frame.Proof answer(Frame.Challenge challenge) throws IOException {
      throw new ProtocolException("CHALLENGE behind a LOGIN that has none (spec 5.2)");
    }

    /**
     * Checks what the server proves in WELCOME.
     *
     * @throws ProofException if it does not prove what it has to
     */
    default void check(Bytes proof) throws IOException {
      if (proof.length() != 0) {
        throw new ProtocolException("WELCOME proves what nobody asked for (spec 5.2)");
      }
    }
  }

  /** See {@link #anonymous}. */
  record Anonymous() implements Credential {
    @Override
    public String who() {
      return "anybody";
    }

    @Override
    public boolean isSecret() {
      return false;
    }

    @Override
    public Exchange begin(Binding binding) {
      return Login::anonymous;
    }
  }

  /** A ticket that came over another connection to the same server (spec 6.9). */
  record Ticket(Bytes secret) implements Credential {
    @Override
    public String who() {
      return "the ticket";
    }

    /** It is worth no more than the connection it came over, and as well kept. */
    @Override
    public boolean isSecret() {
      return false;
    }

    @Override
    public Exchange begin(Binding binding) {
      return () -> new Login(Login.TICKET, "", secret);
    }

    @Override
    public String toString() {
      return "Ticket[]";
    }
  }

  /**
   * A key (spec 5.7). It signs once for each server, because a person may have to agree to it each
   * time.
   */
  final class Key implements Credential {
    private final String user;
    private final Signer signer;
    private volatile Signed last;

    private record Signed(Binding binding, Login login) {}

    public Key(String user, Signer signer) {
      this.user = user;
      this.signer = signer;
    }

    @Override
    public String who() {
      return user;
    }

    @Override
    public Duration patience() {
      return signer.patience();
    }

    @Override
    public Exchange begin(Binding binding) throws IOException {
      Signed signed = last;
      if (signed == null || !signed.binding.equals(binding)) {
        Bytes proof = KeyProof.make(signer, binding, user).bytes();
        signed = new Signed(binding, new Login(Login.KEY, user, proof));
        last = signed;
      }
      Login login = signed.login;
      return () -> login;
    }

    @Override
    public String toString() {
      return "Key[" + signer.publicKey() + "]";
    }
  }

  /** A token (spec 5.8). */
  record ByToken(Token token) implements Credential {
    @Override
    public String who() {
      return "the token";
    }

    @Override
    public Exchange begin(Binding binding) {
      TokenProof proof = TokenProof.make(token, binding);
      Login login = new Login(Login.TOKEN, "", proof.bytes());
      return new Exchange() {
        @Override
        public Login login() {
          return login;
        }

        @Override
        public void check(Bytes shown) throws IOException {
          if (!Digests.same(shown, proof.signature(token, binding))) {
            throw new ProofException("the server does not know the token it accepted");
          }
        }
      };
    }
  }

  /** A password (spec 5.6); what takes long to make of it is made once. */
  final class Password implements Credential {
    private final String user;
    private final Bytes password;
    private volatile Scram.Keys keys;

    /**
     * Of a user.
     *
     * @param password from {@link Scram#password}
     */
    public Password(String user, Bytes password) {
      this.user = user;
      this.password = password;
    }

    @Override
    public String who() {
      return user;
    }

    @Override
    public Duration patience() {
      return Limits.PROOF_TIME;
    }

    @Override
    public Exchange begin(Binding binding) {
      return new PasswordExchange(this, binding);
    }

    Scram.Keys keys(Bytes salt, int iterations) {
      Scram.Keys known = keys;
      if (known == null || known.iterations() != iterations || !known.salt().equals(salt)) {
        known = Scram.Keys.derive(password, salt, iterations);
        keys = known;
      }
      return known;
    }

    /** Never the password. */
    @Override
    public String toString() {
      return "Password[]";
    }
  }

  /** A new account, and the first login to it (spec 5.9). */
  record Registration(String user, Scram.Verifier verifier, Bytes invitation)
      implements Credential {
    @Override
    public String who() {
      return user;
    }

    @Override
    public Exchange begin(Binding binding) {
      Login login =
          new Login(Login.REGISTER, user, RegistrationRequest.encode(verifier, invitation));
      return () -> login;
    }
  }
}
