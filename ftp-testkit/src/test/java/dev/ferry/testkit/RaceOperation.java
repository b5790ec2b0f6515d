package dev.ferry.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ferry.client.ClientOptions;
import dev.ferry.client.Durability;
import dev.ferry.client.FerryClient;
import dev.ferry.client.FileKind;
import dev.ferry.client.GetRequest;
import dev.ferry.client.JobListener;
import dev.ferry.client.JobReport;
import dev.ferry.client.ListRequest;
import dev.ferry.client.LocalSource;
import dev.ferry.client.Overwrite;
import dev.ferry.client.PutRequest;
import dev.ferry.client.RemoteFile;
import dev.ferry.client.RemotePath;
import dev.ferry.client.Rules;
import dev.ferry.protocol.TreePath;
import dev.ferry.transfer.LinkPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything a client can do that takes a path, through a door that others move meanwhile. */
enum RaceOperation {
  LIST {
    @Override
    boolean run(RacePlace place) throws IOException {
      return list(place.client(), "/door", false).contains("/file");
    }
  },
  LIST_ALL {
    @Override
    boolean run(RacePlace place) throws IOException {
      return list(place.client(), "/", true).contains("/door/file");
    }
  },
  STAT {
    @Override
    boolean run(RacePlace place) throws IOException {
      assertMine(place.client().stat(path("/door/file")));
      return true;
    }
  },
  CAT {
    @Override
    boolean run(RacePlace place) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      place.client().cat(path("/door/file"), Channels.newChannel(out), 0);
      assertThat(out.toString(UTF_8)).isEqualTo(RacePlace.MINE);
      return true;
    }
  },
  SUM {
    @Override
    boolean run(RacePlace place) throws IOException {
      assertThat(place.client().checksum(path("/door/file")).size())
          .isEqualTo(RacePlace.MINE.length());
      return true;
    }
  },
  GET {
    @Override
    boolean run(RacePlace place) throws IOException {
      boolean done = get(place, "/door/file", place.local().resolve("copy"));
      assertThat(Files.notExists(place.local().resolve("copy")) || isMine(place.local(), "copy"))
          .isTrue();
      return done;
    }
  },
  GET_ALL {
    @Override
    boolean run(RacePlace place) throws IOException {
      Path copy = place.local().resolve("copy");
      get(place, "/", copy);
      assertNothingPrecious(copy);
      return Files.exists(copy.resolve("door/file"));
    }
  },
  PUT_NEW("new") {
    @Override
    boolean run(RacePlace place) throws IOException {
      return put(place, "file", "/door/new");
    }
  },
  PUT_OVER("") {
    @Override
    boolean run(RacePlace place) throws IOException {
      return put(place, "file", "/door/file");
    }
  },
  PUT_TIME("") {
    @Override
    boolean run(RacePlace place) throws IOException {
      return put(place, "same", "/door/file");
    }
  },
  PUT_FOLDER("folder") {
    @Override
    boolean run(RacePlace place) throws IOException {
      return put(place, "folder", "/door/folder");
    }
  },
  /** Large enough for a part that a later job goes on with. */
  PUT_PART(20, "large") {
    @Override
    boolean run(RacePlace place) throws IOException {
      return put(place, "large", "/door/large");
    }
  },
  MAKE("new") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().makeFolder(path("/door/new"), false);
      return true;
    }
  },
  MAKE_PARENTS("new") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().makeFolder(path("/door/new/er"), true);
      return true;
    }
  },
  REMOVE("") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().remove(path("/door/file"), false);
      return true;
    }
  },
  REMOVE_ALL("folder") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().remove(path("/door/folder"), true);
      return true;
    }
  },
  /** The folder and the link lie in what is removed. */
  REMOVE_AROUND {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().remove(path("/round"), true);
      return true;
    }
  },
  MOVE_OUT("") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().rename(path("/door/file"), path("/out"));
      return true;
    }
  },
  MOVE_IN("moved") {
    @Override
    boolean run(RacePlace place) throws IOException {
      place.client().rename(path("/mover"), path("/door/moved"));
      return true;
    }
  },
  /** The door is what somebody who logs in has as the root. */
  HOME(4, "new") {
    @Override
    boolean run(RacePlace place) throws IOException {
      ClientOptions options = place.home();
      try (FerryClient client = FerryClient.connect(place.client().endpoint(), options)) {
        list(client, "/", true);
        client.makeFolder(path("/new"), false);
      }
      return true;
    }
  },
  /** At the client: what comes is written below a door. */
  GET_INTO {
    @Override
    boolean run(RacePlace place) throws IOException {
      return get(place, "/plain/.", place.local());
    }
  },
  /** At the client: what goes is read below a door. */
  PUT_FROM {
    @Override
    boolean run(RacePlace place) throws IOException {
      PutRequest request =
          new PutRequest(
              List.of(new LocalSource("local", place.local())),
              RemotePath.of(path("/received")),
              true,
              RULES);
      place.client().put(request, JobListener.NONE);
      assertNothingPrecious(place.root().resolve("received"));
      return Files.exists(place.root().resolve("received/door/file"));
    }
  };

  private static final String PRECIOUS = "precious";
  private static final Rules RULES =
      new Rules(LinkPolicy.SKIP, Overwrite.ALWAYS, false, Durability.NONE, 1, 0);

  /** How many tries of others it takes the time of. */
  final int cost;

  /** What it may have made behind the door; empty: nothing. */
  final String leaves;

  /** Whether it changes or removes the file behind the door. */
  final boolean needsFile;

  /** Changes nothing behind the door. */
  RaceOperation() {
    this(1, "", false);
  }

  /** Makes something behind the door, or, if that is empty, changes the file there. */
  RaceOperation(String leaves) {
    this(1, leaves, leaves.isEmpty());
  }

  RaceOperation(int cost, String leaves) {
    this(cost, leaves, false);
  }

  RaceOperation(int cost, String leaves, boolean needsFile) {
    this.cost = cost;
    this.leaves = leaves;
    this.needsFile = needsFile;
  }

  /**
   * One try.
   *
   * @return whether the folder was behind the door; if it was the link, there may be an exception
   *     instead
   */
  abstract boolean run(RacePlace place) throws IOException;

  private static TreePath path(String text) throws IOException {
    return TreePath.parse(text);
  }

  private static Set<String> list(FerryClient client, String folder, boolean recursive)
      throws IOException {
    Set<String> found = new HashSet<>();
    client.list(
        new ListRequest(RemotePath.of(path(folder)), recursive, true),
        file -> {
          assertMine(file);
          found.add(file.path().toString());
        });
    return found;
  }

  private static void assertMine(RemoteFile file) {
    assertThat(file.kind() == FileKind.FILE && file.size() == PRECIOUS.length())
        .as("%s", file)
        .isFalse();
  }

  private static boolean get(RacePlace place, String source, Path target) throws IOException {
    RemotePath remote = RemotePath.parse(TreePath.ROOT, source);
    return isDone(
        place
            .client()
            .get(new GetRequest(List.of(remote), target, false, true, RULES), JobListener.NONE));
  }

  private static boolean put(RacePlace place, String source, String target) throws IOException {
    PutRequest request =
        new PutRequest(
            List.of(new LocalSource(source, place.source(source))),
            RemotePath.of(path(target)),
            true,
            RULES);
    return isDone(place.client().put(request, JobListener.NONE));
  }

  private static boolean isDone(JobReport report) {
    return report.failed() == 0 && report.aborted() == null;
  }

  private static boolean isMine(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name)).equals(RacePlace.MINE);
  }

  private static void assertNothingPrecious(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertThat(Files.size(file)).as("%s", file).isNotEqualTo(PRECIOUS.length());
      }
    }
  }
}
