package dev.ferry.transfer.login;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.ferry.protocol.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * PBKDF2 of the system's OpenSSL, where there is one: it takes a tenth of the time that Java does,
 * whose client has only the first of the JVM's compilers.
 */
final class OpenSsl {
  /** The names of OpenSSL 3 and 1.1; their functions used here are the same. */
  private static final List<String> NAMES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

  private final MethodHandle pbkdf2;
  private final MemorySegment sha256;

  private OpenSsl(MethodHandle pbkdf2, MemorySegment sha256) {
    this.pbkdf2 = pbkdf2;
    this.sha256 = sha256;
  }

  /** The system's, or null. */
  static OpenSsl find() {
    return find(NAMES);
  }

  /** The first of these libraries that is there, or null. */
  static OpenSsl find(List<String> names) {
    for (String name : names) {
      try {
        return load(name);
      } catch (IllegalArgumentException | UnsupportedOperationException e) {
        // Not installed, or nothing foreign can be called here: then another one, or Java.
      } catch (IllegalCallerException e) {
        return null; // Nothing foreign may be called.
      }
    }
    return null;
  }

  /** It stays loaded as long as the process lives. */
  @SuppressWarnings("restricted")
  private static OpenSsl load(String name) {
    Linker linker = Linker.nativeLinker();
    SymbolLookup library = SymbolLookup.libraryLookup(name, Arena.global());
    MethodHandle pbkdf2 =
        linker.downcallHandle(
            library.find("PKCS5_PBKDF2_HMAC").orElseThrow(IllegalArgumentException::new),
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT,
                ADDRESS));
    MethodHandle sha256 =
        linker.downcallHandle(
            library.find("EVP_sha256").orElseThrow(IllegalArgumentException::new),
            FunctionDescriptor.of(ADDRESS));
    try {
      return new OpenSsl(pbkdf2, (MemorySegment) sha256.invokeExact());
    } catch (Throwable t) {
      throw new AssertionError("EVP_sha256 cannot be called", t);
    }
  }

  /** What {@link Pbkdf2#derive} returns, or null if the library refuses to. */
  Bytes derive(Bytes password, Bytes salt, int iterations) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment secret = arena.allocateFrom(JAVA_BYTE, password.toArray());
      MemorySegment salted = arena.allocateFrom(JAVA_BYTE, salt.toArray());
      MemorySegment result = arena.allocate(Digests.BYTES);
      try {
        int done =
            (int)
                pbkdf2.invokeExact(
                    secret,
                    password.length(),
                    salted,
                    salt.length(),
                    iterations,
                    sha256,
                    Digests.BYTES,
                    result);
        return done == 1 ? Bytes.of(result.toArray(JAVA_BYTE)) : null;
      } finally {
        secret.fill((byte) 0);
        result.fill((byte) 0);
      }
    } catch (Throwable t) {
      throw new AssertionError("PKCS5_PBKDF2_HMAC cannot be called", t);
    }
  }
}
