package dev.ferry.transfer.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree on a real folder, once for each confinement, and shorthands for tests of it. */
@ParameterizedClass
@EnumSource
abstract class TreeTest {
  @Parameter Confinement confinement;
  @TempDir Path temp;

  Path root;
  Tree tree;

  @BeforeEach
  final void openTree() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    tree = confinement.open(root);
  }

  @AfterEach
  final void closeTree() {
    tree.close();
  }

  static TreePath path(String text) throws BadNameException {
    return TreePath.parse(text);
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  Path write(String path, String text) throws IOException {
    return Files.writeString(root.resolve(path), text);
  }

  Path folder(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  /** A staged file with this content. */
  Staged stage(String text) throws IOException {
    Staged staged = tree.stage();
    staged.write(bytes(text), 0);
    return staged;
  }

  void publish(String text, String target, Replace how) throws IOException {
    try (Staged staged = stage(text)) {
      staged.setAttributes(0, 0644);
      staged.publish(path(target), how);
    }
  }

  List<Listing.Item> list(String folder) throws IOException {
    List<Listing.Item> items = new ArrayList<>();
    try (Listing listing = tree.list(path(folder))) {
      for (Listing.Item item = listing.next(); item != null; item = listing.next()) {
        items.add(item);
      }
    }
    return items;
  }

  List<String> names(String folder) throws IOException {
    return list(folder).stream().map(Listing.Item::name).toList();
  }
}
