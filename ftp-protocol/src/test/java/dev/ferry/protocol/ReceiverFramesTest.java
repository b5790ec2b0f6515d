package dev.ferry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The receiver of a job names nothing: what it says has numbers of entries and ranges, and no path
 * (spec 7.5). So a server cannot ask a client for a file that the client did not announce.
 */
class ReceiverFramesTest {
  @Test
  void haveNoNames() {
    assertThat(
            Stream.concat(
                    Arrays.stream(Frame.FromReceiver.class.getPermittedSubclasses()),
                    Stream.of(Frame.Abort.class))
                .flatMap(ReceiverFramesTest::parts))
        .isNotEmpty()
        .allMatch(part -> part == long.class || part.isEnum() || part == Reason.class);
  }

  /** What a record is made of in the end; a reason's text is only shown. */
  private static Stream<Class<?>> parts(Class<?> type) {
    return type.isRecord() && type != Reason.class
        ? Arrays.stream(type.getRecordComponents())
            .map(ReceiverFramesTest::element)
            .flatMap(ReceiverFramesTest::parts)
        : Stream.of(type);
  }

  /** The type of a component, or what it is a list of. */
  private static Class<?> element(RecordComponent component) {
    Type type = component.getGenericType();
    return type instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : component.getType();
  }
}
