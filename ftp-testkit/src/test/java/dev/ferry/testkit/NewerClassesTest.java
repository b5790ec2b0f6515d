package dev.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the launchers do to a jar of old classes. */
class NewerClassesTest {
  @TempDir Path folder;

  @Test
  void everyClassBecomesOneThatTheCacheTakesAndStillPassesTheVerifier() throws Exception {
    URL original = CommandLine.class.getProtectionDomain().getCodeSource().getLocation();
    Path jar = Files.copy(Path.of(original.toURI()), folder.resolve("picocli.jar"));
    List<String> before = classes(jar);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                "../bin/NewerClasses.java",
                jar.toString())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();

    assertThat(classes(jar)).isEqualTo(before);
    URL[] path = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, null)) {
      for (String name : before) {
        try (InputStream in = loader.getResourceAsStream(name)) {
          int version = ClassFile.of().parse(in.readAllBytes()).majorVersion();
          assertThat(version).as(name).isGreaterThanOrEqualTo(ClassFile.JAVA_6_VERSION);
        }
        if (!name.contains("module-info") && !name.contains("groovy")) {
          Class.forName(name.replace('/', '.').replaceAll("[.]class$", ""), true, loader);
        }
      }
    }
    assertThat(folder).isDirectoryContaining("glob:**.jar").isDirectoryNotContaining("glob:**.new");
  }

  private static List<String> classes(Path jar) throws Exception {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().map(JarEntry::getName).filter(name -> name.endsWith(".class")).toList();
    }
  }
}
