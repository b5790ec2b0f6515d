package dev.ferry.client.cli;

import dev.ferry.client.FileKind;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.BadNameException;
import dev.ferry.protocol.TreePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@picocli.CommandLine.Command(name = "lls", description = "List local folders, sorted by name.")
final class LocalListCommand extends Command {
  @Option(names = "-l", description = "One line each: kind, permissions, size, time, name.")
  private boolean details;

  @Option(
      names = {"-a", "--all"},
      description = "Also names that begin with a dot.")
  private boolean hidden;

  @Option(names = "-h", description = "With -l: sizes as people read them.")
  private boolean human;

  @Parameters(arity = "0..*", paramLabel = "PATH", description = "What to list.")
  private List<String> paths;

  LocalListCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() throws IOException {
    ListPrinter printer = new ListPrinter(context, details, human, false);
    for (String word : paths == null ? List.of(".") : paths) {
      for (LocalPath path : context.locals(word)) {
        Sections sections = new Sections(false);
        list(path.path(), sections);
        printer.print(sections, TreePath.ROOT);
      }
    }
    return ExitCode.OK;
  }

  private void list(Path path, Sections sections) throws IOException {
    if (!Files.isDirectory(path)) {
      add(path, sections);
      return;
    }
    try (DirectoryStream<Path> items = Files.newDirectoryStream(path)) {
      for (Path item : items) {
        if (hidden || !item.getFileName().toString().startsWith(".")) {
          add(item, sections);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void add(Path path, Sections sections) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    try {
      sections.add(
          new RemoteFile(
              TreePath.of(path.getFileName().toString()),
              kind(attributes),
              attributes.isRegularFile() ? attributes.size() : 0,
              attributes.lastModifiedTime().toInstant(),
              mode(attributes.permissions()),
              null));
    } catch (BadNameException e) {
      context.messages().note("not shown: " + e.getMessage());
    }
  }

  private static FileKind kind(PosixFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return FileKind.LINK;
    }
    if (attributes.isDirectory()) {
      return FileKind.FOLDER;
    }
    return attributes.isRegularFile() ? FileKind.FILE : FileKind.OTHER;
  }

  private static int mode(Set<PosixFilePermission> permissions) {
    int mode = 0;
    for (PosixFilePermission permission : PosixFilePermission.values()) {
      mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
    }
    return mode;
  }
}
