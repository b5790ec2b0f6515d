package dev.ferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.protocol.TreePath;
import dev.ferry.server.RawClient.Listed;
import dev.ferry.transfer.store.Listing;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeLayer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LIST (spec 6.1), as it goes over the wire. */
class ListTest {
  private static final int NAMES = 100_000;

  @TempDir Path root;
  private final ServerFixture fixture = new ServerFixture();
  private FerryServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectories(root.resolve("docs/deep"));
    Files.writeString(root.resolve("docs/a.txt"), "hello");
    Files.writeString(root.resolve("docs/b.txt"), "");
    Files.writeString(root.resolve("docs/.hidden"), "");
    Files.writeString(root.resolve("docs/deep/c.txt"), "");
    Files.createDirectories(root.resolve("docs/.secret/inside"));
    Files.createSymbolicLink(root.resolve("docs/link"), Path.of("a.txt"));
    Files.createDirectory(root.resolve("empty"));
    Files.writeString(root.resolve("odd[1].txt"), "");
    serve(fixture.on(root));
  }

  private void serve(ServerBuilder builder) throws IOException {
    stop();
    server = builder.start();
    client = RawClient.login(server);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      client.close();
      server.close();
    }
  }

  @Test
  void folderShowsItsNamesWithoutHiddenOnes() throws IOException {
    Listed listed = list("", "docs");
    assertThat(listed.names()).containsExactly("a.txt", "b.txt", "deep", "link");
    assertThat(listed.last()).isEqualTo(new Frame.ListEnd(4, 0));
    Frame.Item file =
        listed.items().stream().filter(item -> item.path().contains("a.txt")).findFirst().get();
    assertThat(file.attributes().kind()).isEqualTo(Kind.FILE);
    assertThat(file.attributes().size()).isEqualTo(5);
  }

  @Test
  void hiddenNamesAndWhatIsBelowThemComeWhenAskedFor() throws IOException {
    assertThat(list("h", "docs").names())
        .containsExactly(".hidden", ".secret", "a.txt", "b.txt", "deep", "link");
    assertThat(list("r", "docs").names())
        .containsExactly("a.txt", "b.txt", "deep", "deep/c.txt", "link");
    assertThat(list("rh", "docs").names()).contains(".secret", ".secret/inside");
  }

  @Test
  void folderComesBeforeItsContent() throws IOException {
    List<String> order =
        list("rh").items().stream().map(item -> String.join("/", item.path())).toList();
    assertThat(order)
        .allSatisfy(
            path -> {
              int parent = path.lastIndexOf('/');
              if (parent > 0) {
                assertThat(order.indexOf(path.substring(0, parent)))
                    .isBetween(0, order.indexOf(path) - 1);
              }
            });
  }

  @Test
  void fileIsListedUnderItsName() throws IOException {
    assertThat(list("", "docs", "a.txt").names()).containsExactly("a.txt");
    assertThat(list("", "docs", "link").items())
        .singleElement()
        .satisfies(item -> assertThat(item.attributes().kind()).isEqualTo(Kind.LINK));
    assertThat(list("", "docs", ".hidden").names()).containsExactly(".hidden");
  }

  @Test
  void emptyFolderHasNoItems() throws IOException {
    assertThat(list("", "empty").last()).isEqualTo(new Frame.ListEnd(0, 0));
  }

  @Test
  void missingFolderIsNotFound() throws IOException {
    assertFailed(list("", "missing"), ErrorCode.NOT_FOUND);
    assertFailed(list("", "docs", "a.txt", "x"), ErrorCode.NOT_A_FOLDER);
  }

  @Test
  void patternShowsMatchesSeenFromTheRoot() throws IOException {
    assertThat(list("p", "docs", "*.txt").names()).containsExactly("docs/a.txt", "docs/b.txt");
    assertThat(list("p", "d*").names()).containsExactly("docs");
    assertThat(list("pr", "d*", "deep").names()).containsExactly("docs/deep", "docs/deep/c.txt");
    assertThat(list("p", "docs", ".hid*").names()).containsExactly("docs/.hidden");
    assertFailed(list("p", "*.jpg"), ErrorCode.NOT_FOUND);
  }

  @Test
  void literalNameIsTriedBeforeThePattern() throws IOException {
    assertThat(list("p", "odd[1].txt").names()).containsExactly("odd[1].txt");
    assertThat(list("p", "docs").names()).containsExactly("docs");
    assertThat(list("pr", "docs", "deep").names()).containsExactly("docs/deep", "docs/deep/c.txt");
    assertThat(list("p").names()).containsExactly("");
  }

  @Test
  void folderThatCannotBeReadIsListedWithTheReason() throws IOException {
    serve(fixture.on(root).layer(Unreadable::new));
    Listed listed = list("r", "docs");
    assertThat(listed.items())
        .filteredOn(item -> item.path().equals(List.of("deep")))
        .singleElement()
        .satisfies(item -> assertThat(item.error()).isEqualTo(ErrorCode.NO_PERMISSION.code()));
    assertThat(listed.names()).contains("a.txt", "b.txt").doesNotContain("deep/c.txt");
    assertFailed(list("", "docs", "deep"), ErrorCode.NO_PERMISSION);
  }

  @Test
  void namesThatCannotBeShownAreCountedAndThoseThatVanishedAreNot() throws IOException {
    serve(fixture.on(root).layer(OddNames::new));
    assertThat(list("").last()).isEqualTo(new Frame.ListEnd(0, 1));
  }

  @Test
  void hundredThousandNamesStreamWhileTheFolderIsStillRead() throws IOException {
    Gate gate = new Gate();
    serve(fixture.on(root).layer(tree -> new ManyNames(tree, NAMES, gate)));
    client.send(new Frame.ListFolder(false, false, false, List.of()));
    // The folder does not show its last names before the first ones have arrived here.
    Frame.Items first = (Frame.Items) client.read();
    gate.open();
    long count = first.items().size();
    Frame frame = client.read();
    while (frame instanceof Frame.Items items) {
      count += items.items().size();
      frame = client.read();
    }
    assertThat(frame).isEqualTo(new Frame.ListEnd(NAMES, 0));
    assertThat(count).isEqualTo(NAMES);
    assertThat(first.items().size()).isLessThan(5_000);
  }

  /** Flags: r recursive, h hidden, p pattern. */
  private Listed list(String flags, String... path) throws IOException {
    return client.list(
        new Frame.ListFolder(
            flags.contains("r"), flags.contains("h"), flags.contains("p"), List.of(path)));
  }

  private static void assertFailed(Listed listed, ErrorCode code) {
    assertThat(listed.last())
        .isInstanceOfSatisfying(
            Frame.Failure.class, failure -> assertThat(failure.reason().known()).isEqualTo(code));
  }

  private static final class Unreadable extends TreeLayer {
    Unreadable(Tree tree) {
      super(tree);
    }

    @Override
    public Listing list(TreePath folder) throws IOException {
      if (folder.name().equals("deep")) {
        throw new AccessDeniedException(folder.toString());
      }
      return super.list(folder);
    }
  }

  private static final class OddNames extends TreeLayer {
    OddNames(Tree tree) {
      super(tree);
    }

    @Override
    public Listing list(TreePath folder) {
      Iterator<Listing.Item> items =
          List.<Listing.Item>of(
                  new Listing.Unreadable("\ufffd", new BadNameException("not UTF-8")),
                  new Listing.Unreadable("gone", new NoSuchFileException("gone")))
              .iterator();
      return new Listing() {
        @Override
        public Item next() {
          return items.hasNext() ? items.next() : null;
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };
    }
  }
}
