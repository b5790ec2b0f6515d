package dev.ferry.protocol;

import dev.ferry.protocol.WireVector.Check;
import dev.ferry.protocol.WireVector.Expected;
import dev.ferry.protocol.WireVector.Piece;
import dev.ferry.protocol.WireVector.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the wire vectors of {@code testdata/frames}. */
public final class Vectors {
  private static final Set<String> KEYS =
      Set.of("spec", "state", "from", "outcome", "found by", "encode");

  private Vectors() {}

  /** All of them, by name. */
  public static List<WireVector> all() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(file -> file.toString().endsWith(".txt"))
          .sorted()
          .map(Vectors::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one with this name. */
  public static WireVector named(String name) {
    return read(folder().resolve(name + ".txt"));
  }

  /** The bytes of section 13. */
  static List<Piece> exampleOfTheSpecification() {
    try {
      String text = Files.readString(folder().resolve("../../protocol-spec.md"));
      String section = text.substring(text.indexOf("## 13 "), text.indexOf("## 14 "));
      return pieces(null, section.split("```", -1)[1].lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("testdata").resolve("frames");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    throw new IllegalStateException("no testdata/frames above " + Path.of("").toAbsolutePath());
  }

  private static WireVector read(Path file) {
    String name = file.getFileName().toString().replace(".txt", "");
    try {
      return parse(name, Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static WireVector parse(String name, List<String> lines) {
    Map<String, String> fields = new HashMap<>();
    List<String> frames = new ArrayList<>();
    int end = lines.indexOf("");
    for (String line : lines.subList(0, end)) {
      if (line.startsWith("#")) {
        continue;
      }
      String key = line.substring(0, line.indexOf(": "));
      String value = line.substring(key.length() + 2);
      if (key.equals("frame")) {
        frames.add(value);
      } else if (!KEYS.contains(key) || fields.put(key, value) != null) {
        throw new IllegalArgumentException("the line " + line);
      }
    }
    String from = fields.get("from");
    return new WireVector(
        name,
        fields.get("spec"),
        State.valueOf(fields.get("state").toUpperCase(Locale.ROOT)),
        fields.get("outcome"),
        Check.valueOf(fields.getOrDefault("found by", "frame").toUpperCase(Locale.ROOT)),
        fields.getOrDefault("encode", "yes").equals("yes"),
        frames.stream().map(text -> expected(from, text)).toList(),
        pieces(from, lines.subList(end + 1, lines.size())));
  }

  private static Expected expected(String from, String text) {
    return from == null
        ? new Expected(isClient(text.substring(0, 1)), text.substring(2))
        : new Expected(isClient(from), text);
  }

  private static List<Piece> pieces(String from, List<String> lines) {
    List<Piece> pieces = new ArrayList<>();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    boolean client = true;
    for (String line : lines) {
      String hex = line.replaceFirst("#.*", "").replaceAll("\\s", "");
      if (hex.isEmpty()) {
        continue;
      }
      boolean now = isClient(from == null ? hex.substring(0, 1) : from);
      if (now != client && bytes.size() > 0) {
        pieces.add(new Piece(client, Bytes.of(bytes.toByteArray())));
        bytes.reset();
      }
      client = now;
      bytes.writeBytes(HexFormat.of().parseHex(from == null ? hex.substring(1) : hex));
    }
    pieces.add(new Piece(client, Bytes.of(bytes.toByteArray())));
    return List.copyOf(pieces);
  }

  private static boolean isClient(String side) {
    return switch (side) {
      case "client", ">" -> true;
      case "server", "<" -> false;
      default -> throw new IllegalArgumentException("the side " + side);
    };
  }
}
