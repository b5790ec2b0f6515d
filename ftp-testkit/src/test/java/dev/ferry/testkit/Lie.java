package dev.ferry.testkit;

import dev.ferry.protocol.FrameType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a hostile server says to one command, and what has to come of it.
 *
 * @param exits the codes that the command may end with
 * @param leaves the names that it may leave in the folder it was told to write to
 */
record Lie(String what, Scene scene, Script script, List<Integer> exits, List<String> leaves) {

  /**
   * A command, and what is played until the server may lie.
   *
   * @param command its words; one that begins with {@code URL} or {@code USER} is a path there
   */
  record Scene(Script before, Map<String, String> environment, List<String> command) {
    static Scene of(Script before, String... command) {
      return new Scene(before, Map.of(), List.of(command));
    }

    /** Greeted, and asked for this. */
    static Scene asked(FrameType request, String... command) {
      return of(Script.begin().greetAsServer().expect(request), command);
    }

    Scene with(String variable, String value) {
      return new Scene(before, Map.of(variable, value), command);
    }

    /** A lie after which the command ends with this code. */
    Lie lie(String what, int exit, UnaryOperator<Script> words) {
      return new Lie(what, this, words.apply(before).untilEnd(), List.of(exit), List.of());
    }

    /** Bytes that break the protocol. */
    Lie broken(String what, RawFrame frame) {
      return lie(what, 8, script -> script.bytes(frame.bytes()));
    }
  }

  Lie leaving(String... names) {
    return new Lie(what, scene, script, exits, List.of(names));
  }

  Lie orExits(Integer... others) {
    return new Lie(
        what, scene, script, Stream.concat(exits.stream(), Arrays.stream(others)).toList(), leaves);
  }

  @Override
  public String toString() {
    return String.join(" ", scene.command()) + ": " + what;
  }
}
