package dev.ferry.testkit;

import dev.ferry.client.ClientOptions;
import dev.ferry.protocol.Frame.Role;
import dev.ferry.server.ServerBuilder;
import dev.ferry.transfer.link.Endpoint;
import dev.ferry.transfer.tls.KeyFingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives JUnit 5 tests a real server. In a static field with {@code @RegisterExtension}, or with
 * {@code @ExtendWith}, one server lives as long as the class; in an instance field, each test has
 * its own. Parameters of type {@link LocalServer} are filled in.
 *
 * {@snippet :
 * @RegisterExtension
 * static final FerryServerExtension ferry = FerryServerExtension.writable();
 *
 * @Test
 * void uploadsTheReport() {
 *   run("upload", "report.txt", ferry.url() + "/");
 *   assertThat(ferry.root().resolve("report.txt")).exists();
 * }
 * }
 */
public final class FerryServerExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {
  private final UnaryOperator<ServerBuilder> settings;
  private LocalServer server;
  private ExtensionContext owner;

  /** See {@link #writable()}; for {@code @ExtendWith}. */
  public FerryServerExtension() {
    this(UnaryOperator.identity());
  }

  private FerryServerExtension(UnaryOperator<ServerBuilder> settings) {
    this.settings = settings;
  }

  /** A server to which everybody may write. */
  public static FerryServerExtension writable() {
    return new FerryServerExtension();
  }

  /** A server from which everybody may read. */
  public static FerryServerExtension readable() {
    return with(builder -> builder.anonymous(Role.READER));
  }

  /**
   * A server to which everybody may write, over encrypted connections; see {@link #fingerprint}.
   */
  public static FerryServerExtension encrypted() {
    return with(builder -> builder.plaintext(false));
  }

  /** A server with settings of its own; see {@link LocalServer#start(UnaryOperator)}. */
  public static FerryServerExtension with(UnaryOperator<ServerBuilder> settings) {
    return new FerryServerExtension(settings);
  }

  /**
   * The running server.
   *
   * @throws IllegalStateException outside of a test
   */
  public LocalServer server() {
    if (server == null) {
      throw new IllegalStateException("the server runs only during tests");
    }
    return server;
  }

  /** See {@link LocalServer#url()}. */
  public String url() {
    return server().url();
  }

  /** See {@link LocalServer#endpoint()}. */
  public Endpoint endpoint() {
    return server().endpoint();
  }

  /** See {@link LocalServer#options()}. */
  public ClientOptions options() {
    return server().options();
  }

  /** See {@link LocalServer#fingerprint()}. */
  public KeyFingerprint fingerprint() {
    return server().fingerprint();
  }

  /** See {@link LocalServer#root()}. */
  public Path root() {
    return server().root();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    start(context);
  }

  /** The first context that needs the server owns it: nested classes and tests use it too. */
  private void start(ExtensionContext context) throws IOException {
    if (server == null) {
      server = LocalServer.start(settings);
      owner = context;
    }
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    stop(context);
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    stop(context);
  }

  private void stop(ExtensionContext context) throws IOException {
    if (server != null && owner.getUniqueId().equals(context.getUniqueId())) {
      LocalServer stopped = server;
      server = null;
      stopped.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return server();
  }
}
