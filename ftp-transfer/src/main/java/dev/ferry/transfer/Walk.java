package dev.ferry.transfer;

import dev.ferry.protocol.Chunks;
import dev.ferry.protocol.ErrorCode;
import dev.ferry.protocol.Frame.Status;
import dev.ferry.protocol.Reason;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.TransferListener.Ended;
import dev.ferry.transfer.TransferListener.Side;
import dev.ferry.transfer.store.Attributes;
import dev.ferry.transfer.store.Fingerprint;
import dev.ferry.transfer.store.Listing;
import dev.ferry.transfer.store.Tree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * Goes through the sources of a job, a folder before what it holds, and keeps nothing but the
 * folders it is in. What cannot be read becomes a {@link Trouble}, never an exception. Used by one
 * thread.
 */
final class Walk implements AutoCloseable {
  /** What the walk comes upon. */
  sealed interface Step {
    int argument();

    /** The path on the wire. */
    List<String> path();
  }

  /** A file or folder to announce. */
  record Item(int argument, List<String> path, Tree tree, TreePath place, Attributes attributes)
      implements Step {}

  /** Something that is not sent. */
  record Trouble(int argument, List<String> path, Status status, Reason reason) implements Step {
    /** How it ended before it began. */
    Ended ended() {
      return new Ended(argument, path, null, 0, status, Side.SENDER, reason);
    }
  }

  private record Folder(
      int argument,
      Tree tree,
      TreePath place,
      List<String> path,
      Listing listing,
      Fingerprint id) {}

  private final Iterator<Argument> arguments;
  private final boolean recursive;
  private final LinkPolicy links;
  private final LinkFollower follower;
  private final boolean put;
  private final Deque<Folder> inside = new ArrayDeque<>();

  Walk(Iterator<Argument> arguments, Sender.Options options) {
    this.arguments = arguments;
    recursive = options.recursive();
    links = options.links();
    follower = options.follower();
    put = options.mode() == null;
  }

  /** The next file, folder or trouble; null after the last one. */
  Step next() {
    while (true) {
      if (inside.isEmpty()) {
        if (!arguments.hasNext()) {
          return null;
        }
        return begin(arguments.next());
      }
      Step step = nextInFolder(inside.peek());
      if (step != null) {
        return step;
      }
      inside.pop().listing().close();
    }
  }

  private Step begin(Argument argument) {
    return switch (argument) {
      case Argument.Missing missing ->
          new Trouble(missing.index(), missing.path(), Status.FAILED, missing.reason());
      case Argument.Found found -> {
        try {
          Attributes attributes = found.tree().stat(found.start());
          yield step(
              new Item(found.index(), found.name(), found.tree(), found.start(), attributes),
              !found.matched());
        } catch (IOException e) {
          yield trouble(found.index(), found.name(), e);
        }
      }
    };
  }

  /** The next thing in a folder, or null after the last. */
  private Step nextInFolder(Folder folder) {
    Listing.Item item;
    try {
      item = folder.listing().next();
      while (item != null && isOurOwn(folder, item)) {
        item = folder.listing().next();
      }
    } catch (IOException e) {
      folder.listing().close();
      inside.pop();
      return trouble(folder.argument(), folder.path(), e);
    }
    if (item == null) {
      return null;
    }
    List<String> path = below(folder.path(), item.name());
    return switch (item) {
      case Listing.Unreadable unreadable -> trouble(folder.argument(), path, unreadable.why());
      case Listing.Entry entry when TreePath.isReserved(entry.name()) ->
          new Trouble(
              folder.argument(),
              path,
              Status.SKIPPED,
              new Reason(ErrorCode.BAD_NAME, "the name is reserved for files in transfer"));
      case Listing.Entry entry -> {
        try {
          TreePath place = folder.place().child(entry.name());
          yield step(
              new Item(folder.argument(), path, folder.tree(), place, entry.attributes()), false);
        } catch (IOException e) {
          yield trouble(folder.argument(), path, e);
        }
      }
    };
  }

  /** Whether it is what a server keeps in its root for files in transfer: nobody misses that. */
  private boolean isOurOwn(Folder folder, Listing.Item item) {
    return !put && folder.place().isRoot() && TreePath.isReserved(item.name());
  }

  /**
   * What becomes of something.
   *
   * @param named whether it was asked for by itself, so that it cannot just be left out
   */
  private Step step(Item item, boolean named) {
    return switch (item.attributes().kind()) {
      case FILE -> item.attributes().size() > Chunks.LARGEST_FILE ? tooLarge(item) : item;
      case FOLDER -> enter(item);
      case LINK ->
          links == LinkPolicy.FOLLOW ? follow(item, named) : leftOut(item, ErrorCode.LINK, named);
      case OTHER -> leftOut(item, ErrorCode.NOT_REGULAR, named);
    };
  }

  private Step enter(Item folder) {
    if (!recursive) {
      return new Trouble(
          folder.argument(),
          folder.path(),
          Status.FAILED,
          new Reason(ErrorCode.IS_A_FOLDER, "is a folder: -r sends it with all it holds"));
    }
    Fingerprint id = folder.attributes().fingerprint();
    if (inside.stream().anyMatch(outer -> outer.id().equals(id))) {
      return new Trouble(
          folder.argument(),
          folder.path(),
          Status.FAILED,
          new Reason(ErrorCode.LINK, "leads back to a folder that holds it"));
    }
    try {
      Listing listing = folder.tree().listAll(folder.place());
      inside.push(
          new Folder(folder.argument(), folder.tree(), folder.place(), folder.path(), listing, id));
      return folder;
    } catch (IOException e) {
      return trouble(folder.argument(), folder.path(), e);
    }
  }

  private Step follow(Item link, boolean named) {
    try {
      Argument.Found target = follower.follow(link.tree(), link.place());
      Attributes attributes = target.tree().stat(target.start());
      return step(
          new Item(link.argument(), link.path(), target.tree(), target.start(), attributes), named);
    } catch (IOException e) {
      return trouble(link.argument(), link.path(), e);
    }
  }

  private static Trouble tooLarge(Item item) {
    return new Trouble(
        item.argument(),
        item.path(),
        Status.FAILED,
        new Reason(ErrorCode.UNSUPPORTED, "is larger than 32 TiB"));
  }

  private Trouble leftOut(Item item, ErrorCode code, boolean named) {
    return new Trouble(
        item.argument(),
        item.path(),
        named || links == LinkPolicy.FAIL ? Status.FAILED : Status.SKIPPED,
        new Reason(code, code.meaning()));
  }

  private static Trouble trouble(int argument, List<String> path, IOException why) {
    return new Trouble(argument, path, Status.FAILED, Errors.reason(why));
  }

  private static List<String> below(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path.size() + 1);
    longer.addAll(path);
    longer.add(name);
    return longer;
  }

  @Override
  public void close() {
    inside.forEach(folder -> folder.listing().close());
    inside.clear();
  }
}
