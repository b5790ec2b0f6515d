package dev.ferry.server.cli;

import java.lang.reflect.Proxy;

/**
 * Takes signals from the operating system. The JDK has no supported way to do that and still choose
 * the exit code, so its unsupported one is looked up when the program runs; without it a signal
 * ends the process as usual.
 */
final class Signals {
  private Signals() {}

  /**
   * Calls an action whenever the signal comes, on a thread of the system's.
   *
   * @param name without SIG: {@code TERM}
   */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object calls =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, args) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), calls);
    } catch (ReflectiveOperationException | IllegalArgumentException _) {
      // Then the signal does what it does by itself.
    }
  }
}
