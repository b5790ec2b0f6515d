package dev.ferry.testkit;

import static dev.ferry.protocol.FrameType.ERROR;
import static dev.ferry.protocol.FrameType.ITEMS;
import static dev.ferry.protocol.FrameType.LIST;
import static dev.ferry.protocol.FrameType.LIST_END;

import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.FileAttributes;
import dev.ferry.protocol.Frame.Item;
import dev.ferry.protocol.Frame.Kind;
import dev.ferry.testkit.Lie.Scene;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Lies in answer to LIST (spec 6.1): items that were not asked for, and what no item can be. */
final class LiesInListings {
  private static final FileAttributes FILE = new FileAttributes(Kind.FILE, 5, 0, 0644);
  private static final FileAttributes FOLDER = new FileAttributes(Kind.FOLDER, 0, 0, 0755);

  private static final Scene LS = Scene.asked(LIST, "ls", "URL/folder");
  private static final Scene LONG = Scene.asked(LIST, "ls", "-l", "URL/folder");
  private static final Scene JSON = Scene.asked(LIST, "ls", "--json", "URL/folder");
  private static final Scene DEEP = Scene.asked(LIST, "ls", "-R", "URL/folder");
  private static final Scene MATCHING = Scene.asked(LIST, "ls", "URL/logs/*.txt");
  private static final Scene REMOVAL = Scene.asked(LIST, "rm", "URL/logs/*.txt");

  private LiesInListings() {}

  static Stream<Lie> all() {
    return Stream.of(unasked(), names(), attributes(), counts(), endings()).flatMap(s -> s);
  }

  private static Stream<Lie> unasked() {
    return Stream.of(
        LS.lie("an item further down", 8, s -> listed(s, "a", "b")),
        LS.lie("a hidden item", 8, s -> listed(s, ".ssh")),
        DEEP.lie("what is below a hidden folder", 8, s -> listed(s, "a", ".git", "b")),
        MATCHING.lie("what does not match", 8, s -> listed(s, "logs", "secret")),
        MATCHING.lie("a match elsewhere", 8, s -> listed(s, "other", "a.txt")),
        MATCHING.lie("what is below a match", 8, s -> listed(s, "logs", "a.txt", "b.txt")),
        MATCHING.lie("the folder of the matches", 8, s -> listed(s, "logs")),
        MATCHING.lie("a hidden match", 8, s -> listed(s, "logs", ".a.txt")),
        REMOVAL.lie("what does not match", 8, s -> listed(s, "precious", "file")));
  }

  private static Stream<Lie> names() {
    return Stream.of(
        LS.lie("the folder above", 0, s -> listed(s, "..")),
        LS.lie("an absolute name", 0, s -> listed(s, "/etc/passwd")),
        LS.lie("a name with a NUL", 0, s -> listed(s, "a\0b")),
        LS.lie("a name of 256 bytes", 0, s -> listed(s, "n".repeat(256))),
        LS.lie("a reserved name", 0, s -> listed(s, ".ferry-staging")),
        DEEP.lie("a path of 129 names", 0, s -> listed(s, many(129))),
        DEEP.lie("a path that ends beyond the limit", 0, s -> listed(s, many(128))),
        LS.lie("no name", 8, s -> listed(s, new Item(List.of(), FILE, 0))),
        LS.lie("escapes", 0, s -> listed(s, "\u001b[2J\u001b]0;x\u0007\u009b31m")),
        LONG.lie("a writing direction", 0, s -> listed(s, "\u202egpj.exe\u200b")),
        JSON.lie("the end of a line", 0, s -> listed(s, "a\"}\n{\u2028\u0085\u202e")),
        LS.broken("a name that is not UTF-8", item().u8(1).string((byte) 0xFF).attributes(false)));
  }

  private static Stream<Lie> attributes() {
    return Stream.of(
        LS.broken("an unknown kind", item().u8(1).string("a").u8(4).u64(0).u64(0).u16(0).u16(0)),
        LS.broken("a negative size", item().u8(1).string("a").u8(0).u64(-1).u64(0).u16(0).u16(0)),
        LS.broken("a set-uid mode", item().u8(1).string("a").u8(0).u64(0).u64(0).u16(04755).u16(0)),
        LS.broken("a size of a folder", item().u8(1).string("a").u8(1).u64(9).u64(0).u16(0).u16(0)),
        JSON.lie("sizes beyond all", 0, LiesInListings::largest),
        LONG.lie("sizes beyond all", 0, LiesInListings::largest),
        LONG.lie("the first of all times", 0, s -> listed(s, at(Long.MIN_VALUE))),
        LONG.lie("the last of all times", 0, s -> listed(s, at(Long.MAX_VALUE))),
        JSON.lie("the first of all times", 0, s -> listed(s, at(Long.MIN_VALUE))),
        JSON.lie("the last of all times", 0, s -> listed(s, at(Long.MAX_VALUE))),
        DEEP.lie("an unknown error", 5, s -> listed(s, new Item(List.of("a"), FOLDER, 0xFFFF))),
        DEEP.lie("a defect", 5, s -> listed(s, new Item(List.of("a"), FOLDER, 26))));
  }

  private static Stream<Lie> counts() {
    Frame item = new Frame.Items(List.of(new Item(List.of("a"), FILE, 0)));
    return Stream.of(
        LS.lie("more in the end", 8, s -> s.send(item, new Frame.ListEnd(2, 0))),
        LS.lie("fewer in the end", 8, s -> s.send(item, new Frame.ListEnd(0, 0))),
        LS.lie("most in the end", 8, s -> s.send(item, new Frame.ListEnd(Long.MAX_VALUE, 0))),
        LS.lie("all unreadable", 0, s -> s.send(new Frame.ListEnd(0, Long.MAX_VALUE))),
        LS.lie(
            "unreadable beyond counting",
            0,
            s ->
                s.send(new Frame.Items(List.of(new Item(List.of(".."), FILE, 0))))
                    .send(new Frame.ListEnd(1, Long.MAX_VALUE))),
        LS.broken("a negative end", RawFrame.of(LIST_END).u64(-1).u64(0)),
        LS.broken("items that are not there", RawFrame.of(ITEMS).u16(0xFFFF)),
        LS.broken("an item too many", item().raw(new int[30])),
        LS.lie("a frame of 1 MiB and 1", 8, s -> head(s, (1 << 20) + 1)),
        LS.lie("a frame that ends early", 3, s -> head(s, 1 << 20).cut()),
        LS.lie("a hundred empty frames", 0, LiesInListings::nothing));
  }

  private static Stream<Lie> endings() {
    String text = "\u001b]52;c;cm0gLXJm\u0007\n\u202e";
    return Stream.of(
        LS.lie("not found", 5, s -> s.send(LiesAtGreeting.failure(11, text))),
        LS.lie("no, after some items", 5, s -> items(s, "a").send(LiesAtGreeting.failure(21, ""))),
        LS.lie("an unknown no", 5, s -> s.send(LiesAtGreeting.failure(999, text))),
        LS.lie("a no that closes", 8, s -> s.send(LiesAtGreeting.failure(1, text))),
        LS.lie("a login refused too late", 4, s -> s.send(LiesAtGreeting.failure(3, text))),
        LS.lie("a timeout", 3, s -> s.send(LiesAtGreeting.failure(4, text))),
        LS.broken(
            "a long no", RawFrame.of(ERROR).u16(11).u8(255).string(LiesAtGreeting.longText())),
        LS.lie("hangs up", 3, Script::cut),
        LS.lie("hangs up after some items", 3, s -> items(s, "a").cut()),
        LS.lie("resets after some items", 3, s -> items(s, "a").reset()));
  }

  // ---- words

  private static RawFrame item() {
    return RawFrame.of(ITEMS).u16(1);
  }

  private static Item at(long time) {
    return new Item(List.of("a"), new FileAttributes(Kind.FILE, 5, time, 0), 0);
  }

  private static Script listed(Script script, Item... items) {
    return script.send(new Frame.Items(Arrays.asList(items)), new Frame.ListEnd(items.length, 0));
  }

  private static Script listed(Script script, String... path) {
    return listed(script, new Item(List.of(path), FILE, 0));
  }

  private static Script items(Script script, String... path) {
    return script.send(new Frame.Items(List.of(new Item(List.of(path), FILE, 0))));
  }

  private static Script largest(Script script) {
    FileAttributes all = new FileAttributes(Kind.FILE, Long.MAX_VALUE, 0, 0777);
    return listed(script, new Item(List.of("a"), all, 0), new Item(List.of("b"), all, 0));
  }

  private static Script nothing(Script script) {
    return script
        .send(Collections.nCopies(100, new Frame.Items(List.of())).toArray(Frame[]::new))
        .send(new Frame.ListEnd(0, 0));
  }

  private static Script head(Script script, int length) {
    return script.bytes(LiesAtGreeting.head(length, ITEMS.code()));
  }

  private static String[] many(int names) {
    return Collections.nCopies(names, "n").toArray(String[]::new);
  }
}
