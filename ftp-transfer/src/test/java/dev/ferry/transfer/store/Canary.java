package dev.ferry.transfer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A small tree outside the one under test, and everything there is to know about it. */
record Canary(Path folder, SortedMap<String, String> known) {
  static final String CONTENT = "precious";

  private static final String ASKED = "unix:mode,uid,nlink,ino,size,lastModifiedTime,ctime";

  static Canary plant(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("folder/below"));
    Files.createDirectory(folder.resolve("empty"));
    for (String name : new String[] {"file", "folder/file", "folder/below/file"}) {
      Files.writeString(folder.resolve(name), CONTENT);
    }
    return new Canary(folder, look(folder));
  }

  /** The same tree, with all that was done to it so far forgiven. */
  Canary now() throws IOException {
    return new Canary(folder, look(folder));
  }

  void assertUntouched() throws IOException {
    assertThat(look(folder)).isEqualTo(known);
  }

  void assertSameContent() throws IOException {
    assertThat(look(folder).keySet()).isEqualTo(known.keySet());
    assertThat(folder.resolve("file")).hasContent(CONTENT);
  }

  private static SortedMap<String, String> look(Path folder) throws IOException {
    SortedMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        var attributes = Files.readAttributes(path, ASKED, LinkOption.NOFOLLOW_LINKS);
        String content = Files.isRegularFile(path) ? Files.readString(path) : "";
        found.put(folder.relativize(path).toString(), new TreeMap<>(attributes) + content);
      }
    }
    return found;
  }
}
