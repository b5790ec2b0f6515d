package dev.ferry.client.cli;

import dev.ferry.transfer.store.Staged;
import dev.ferry.transfer.store.Tree;
import dev.ferry.transfer.store.TreeException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A tree on which one call fails that writes or makes something durable. */
final class FaultyDisk {
  private static final Set<String> WRITING =
      Set.of(
          "stage",
          "makeFolder",
          "setFolderAttributes",
          "forceAll",
          "force",
          "write",
          "truncate",
          "lock",
          "setAttributes",
          "publish");

  private final AtomicInteger left = new AtomicInteger();
  private volatile Fault fault;

  /** How a call fails. */
  enum Fault {
    IO,
    NO_SPACE,
    QUOTA;

    IOException on(String call) {
      if (this == IO) {
        return new FileSystemException("/", null, "the disk reports an input/output error");
      }
      try {
        Constructor<TreeException> made =
            TreeException.class.getDeclaredConstructor(TreeException.Problem.class, String.class);
        made.setAccessible(true);
        return made.newInstance(TreeException.Problem.valueOf(name()), call);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(e.getMessage(), e);
      }
    }

    /** The wire's name of it. */
    String code() {
      return name().replace('_', '-');
    }
  }

  /** The call of this number fails, counted from 1 and from now; null: none. */
  void arm(Fault next, int number) {
    fault = next;
    left.set(number);
  }

  /** Whether the call has failed. */
  boolean fired() {
    return left.get() <= 0;
  }

  Tree over(Tree tree) {
    return over(Tree.class, tree);
  }

  private <T> T over(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> call(real, method, arguments)));
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    Fault armed = fault;
    if (armed != null && WRITING.contains(method.getName()) && left.decrementAndGet() == 0) {
      throw armed.on(method.getName());
    }
    try {
      Object result = method.invoke(real, arguments);
      return result instanceof Staged staged ? over(Staged.class, staged) : result;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
