import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

static final int FILE_LINES = 400;
static final int METHOD_LINES = 60;
static final int PARAMETERS = 5;

/// Checks every Java file of the modules: google-java-format, and the ceilings of CONTRIBUTING.md.
/// `mvn verify` runs it once for the whole tree and fails if it leaves a list of faults.
///
/// @param args `check` or `write` (formats in place first), the root folder, the list to leave
void main(String[] args) throws IOException {
  boolean write = args[0].equals("write");
  Path root = Path.of(args[1]).toRealPath();
  Path list = Path.of(args[2]);
  List<Path> sources = sources(root);
  SortedSet<String> faults = new ConcurrentSkipListSet<>();
  sources.parallelStream().forEach(file -> format(root, file, write, faults));
  measure(root, sources, faults);
  faults.forEach(System.err::println);
  Files.deleteIfExists(list);
  if (!faults.isEmpty()) {
    Files.write(list, faults);
  }
}

/// Every Java file of the modules, build output left out.
List<Path> sources(Path root) throws IOException {
  List<Path> found = new ArrayList<>(List.of(root.resolve(".ci/Style.java")));
  try (Stream<Path> modules = Files.list(root)) {
    for (Path module : modules.map(folder -> folder.resolve("src")).toList()) {
      if (Files.isDirectory(module)) {
        try (Stream<Path> files = Files.walk(module)) {
          files.filter(file -> file.toString().endsWith(".java")).forEach(found::add);
        }
      }
    }
  }
  return found;
}

/// Rewrites one file, or notes that it should be.
void format(Path root, Path file, boolean write, SortedSet<String> faults) {
  try {
    String now = Files.readString(file);
    Formatter formatter = new Formatter();
    String wanted = StringWrapper.wrap(formatter.formatSourceAndFixImports(now), formatter);
    if (!wanted.equals(now)) {
      if (write) {
        Files.writeString(file, wanted);
        IO.println("formatted " + root.relativize(file));
      } else {
        faults.add(root.relativize(file) + ": not formatted");
      }
    }
  } catch (FormatterException e) {
    faults.add(root.relativize(file) + ": " + e.getMessage());
  } catch (IOException e) {
    throw new UncheckedIOException(e);
  }
}

/// Adds a fault for every file, method and parameter list above its ceiling.
void measure(Path root, List<Path> sources, SortedSet<String> faults) throws IOException {
  var compiler = ToolProvider.getSystemJavaCompiler();
  try (var files = compiler.getStandardFileManager(null, null, null)) {
    var task =
        (JavacTask)
            compiler.getTask(
                null, files, _ -> {}, null, null, files.getJavaFileObjectsFromPaths(sources));
    for (CompilationUnitTree unit : task.parse()) {
      String file = root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
      long lines =
          unit.getLineMap().getLineNumber(unit.getSourceFile().getCharContent(true).length());
      if (lines > FILE_LINES) {
        faults.add("%s: %d lines, at most %d".formatted(file, lines, FILE_LINES));
      }
      new Ceilings(file, unit, Trees.instance(task), faults).scan(unit, null);
    }
  }
}

/// Measures the methods of one file.
static final class Ceilings extends TreePathScanner<Void, Void> {
  private final String file;
  private final CompilationUnitTree unit;
  private final Trees trees;
  private final SortedSet<String> faults;

  Ceilings(String file, CompilationUnitTree unit, Trees trees, SortedSet<String> faults) {
    this.file = file;
    this.unit = unit;
    this.trees = trees;
    this.faults = faults;
  }

  @Override
  public Void visitMethod(MethodTree method, Void unused) {
    var positions = trees.getSourcePositions();
    long first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
    long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
    String place = "%s:%d: %s".formatted(file, first, method.getName());
    if (last - first + 1 > METHOD_LINES) {
      faults.add("%s has %d lines, at most %d".formatted(place, last - first + 1, METHOD_LINES));
    }
    boolean called = !method.getModifiers().getFlags().contains(Modifier.PRIVATE);
    if (called && !isOverride(method) && method.getParameters().size() > PARAMETERS) {
      faults.add(
          "%s takes %d parameters, at most %d: make a record"
              .formatted(place, method.getParameters().size(), PARAMETERS));
    }
    return super.visitMethod(method, unused);
  }

  /// Whether somebody else has chosen the parameters.
  private static boolean isOverride(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
  }
}
