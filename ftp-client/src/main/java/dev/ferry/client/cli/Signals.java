package dev.ferry.client.cli;

import java.lang.reflect.Proxy;

/**
 * Hears signals of the operating system. By reflection, because the JDK has them only in a package
 * that it does not want named; where it has none, signals do what they always do.
 */
final class Signals {
  private Signals() {}

  /**
   * Has this done, in a thread of its own, when a signal comes.
   *
   * @param name {@code INT} or {@code TERM}
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // The JVM was told to leave signals alone.
    }
  }
}
