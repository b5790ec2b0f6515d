package dev.ferry.server;

import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.Frame;
import dev.ferry.protocol.Frame.SourcePath;
import dev.ferry.protocol.RefusedException;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.Argument;
import dev.ferry.transfer.Errors;
import dev.ferry.transfer.Sources;
import dev.ferry.transfer.WireAttributes;
import dev.ferry.transfer.link.Link;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Listing;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * One LIST (spec 6.1). Items go out as they are found, so a folder of a million names takes no more
 * memory than a small one; a recursive listing holds one open folder for each level. Blocks on the
 * disk and on the peer. Used once, by one thread.
 */
final class Listings {
  private final Tree tree;
  private final Frame.ListFolder request;
  private final ItemBatch items;
  private final Deque<Level> open = new ArrayDeque<>();
  private TreePath base = TreePath.ROOT;
  private long unreadable;

  private record Level(TreePath folder, Listing listing) {}

  Listings(Tree tree, Link link, Frame.ListFolder request) {
    this.tree = tree;
    this.request = request;
    this.items = new ItemBatch(link);
  }

  /** Sends all ITEMS and returns the LIST-END. */
  Frame list() throws IOException {
    try {
      if (request.pattern()) {
        matches();
      } else {
        path(TreePath.of(request.path()));
      }
    } finally {
      open.forEach(level -> level.listing().close());
    }
    items.flush();
    return new Frame.ListEnd(items.sent(), unreadable);
  }

  private void path(TreePath path) throws IOException {
    Attributes attributes = tree.stat(path);
    if (attributes.isFolder()) {
      base = path;
      content(path);
    } else {
      base = path.parent();
      add(path, attributes, null);
    }
  }

  /** What the pattern matches, seen from the root. */
  private void matches() throws IOException {
    Iterator<Argument> found = Sources.expand(tree, List.of(new SourcePath(true, request.path())));
    while (found.hasNext()) {
      switch (found.next()) {
        case Argument.Missing missing -> throw new RefusedException(missing.reason());
        case Argument.Found match -> match(match.start());
      }
    }
  }

  private void match(TreePath path) throws IOException {
    try {
      item(path, tree.stat(path));
    } catch (NoSuchFileException _) {
      // It was there a moment ago.
    }
    walk();
  }

  private void content(TreePath folder) throws IOException {
    open.push(new Level(folder, tree.list(folder)));
    walk();
  }

  /** Until every open folder is read to its end. */
  private void walk() throws IOException {
    while (!open.isEmpty()) {
      Level level = open.peek();
      switch (level.listing().next()) {
        case null -> open.pop().listing().close();
        case Listing.Entry entry -> entry(level.folder(), entry);
        case Listing.Unreadable name -> unreadable += isGone(name) ? 0 : 1;
      }
    }
  }

  private static boolean isGone(Listing.Unreadable name) {
    return name.why() instanceof NoSuchFileException;
  }

  private void entry(TreePath folder, Listing.Entry entry) throws IOException {
    if (entry.name().startsWith(".") && !request.hidden()) {
      return;
    }
    TreePath path;
    try {
      path = folder.child(entry.name());
    } catch (BadNameException _) {
      unreadable++;
      return;
    }
    item(path, entry.attributes());
  }

  /** Adds one item, and opens it if it is a folder whose content is asked for. */
  private void item(TreePath path, Attributes attributes) throws IOException {
    if (!request.recursive() || !attributes.isFolder()) {
      add(path, attributes, null);
      return;
    }
    Listing listing;
    try {
      listing = tree.list(path);
    } catch (NoSuchFileException _) {
      return;
    } catch (IOException e) {
      add(path, attributes, e);
      return;
    }
    open.push(new Level(path, listing));
    add(path, attributes, null);
  }

  private void add(TreePath path, Attributes attributes, IOException failure) throws IOException {
    items.add(
        path.from(base.components().size()).components(),
        WireAttributes.of(attributes),
        failure == null ? 0 : Errors.reason(failure).code());
  }
}
