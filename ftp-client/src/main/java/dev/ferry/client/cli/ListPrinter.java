package dev.ferry.client.cli;

import dev.ferry.client.FileKind;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Prints listings: columns on a terminal, else one name a line, or one line with all that is known.
 */
final class ListPrinter {
  private static final int GAP = 2;

  /** Columns for a size where the longest one is not known yet: up to 999 GiB in bytes. */
  private static final int LONGEST_SIZE = 12;

  private final CommandContext context;
  private final Output out;
  private final boolean details;
  private final boolean human;
  private final boolean headers;
  private boolean first = true;

  /**
   * @param headers whether each folder is named before what it holds
   */
  ListPrinter(CommandContext context, boolean details, boolean human, boolean headers) {
    this.context = context;
    this.out = context.io().out();
    this.details = details;
    this.human = human;
    this.headers = headers;
  }

  /**
   * Prints a listing.
   *
   * @param base what its paths are relative to
   */
  void print(Sections sections, TreePath base) throws OutputException {
    for (TreePath folder : sections.folders()) {
      List<RemoteFile> files = sections.in(folder);
      if (headers) {
        header(base, folder);
      }
      if (details) {
        lines(sections, files);
      } else if (context.io().facts().outIsTerminal()) {
        columns(files.size(), i -> marked(files.get(i), sections.name(files.get(i))));
      } else {
        for (RemoteFile file : files) {
          out.line(Printable.text(sections.name(file)));
        }
      }
    }
  }

  /** Prints one file on a line, with its whole path. */
  void print(RemoteFile file) throws OutputException {
    String name = String.join("/", file.path().components());
    if (details) {
      line(file, LONGEST_SIZE, name);
    } else if (context.io().facts().outIsTerminal()) {
      out.line(marked(file, name));
    } else {
      out.line(Printable.text(name));
    }
  }

  private void header(TreePath base, TreePath folder) throws OutputException {
    String path =
        folder.isRoot() ? base.toString() : (base.isRoot() ? "" : base) + folder.toString();
    out.line((first ? "" : "\n") + Printable.text(path) + ":");
    first = false;
  }

  private void lines(Sections sections, List<RemoteFile> files) throws OutputException {
    int width = files.stream().mapToInt(file -> size(file).length()).max().orElse(0);
    for (RemoteFile file : files) {
      line(file, width, sections.name(file));
    }
  }

  private void line(RemoteFile file, int width, String name) throws OutputException {
    String size = size(file);
    out.line(
        Words.letter(file.kind())
            + Words.mode(file.mode())
            + "  "
            + " ".repeat(Math.max(0, width - size.length()))
            + size
            + "  "
            + Words.time(file.modified())
            + "  "
            + Printable.text(name));
  }

  private String size(RemoteFile file) {
    if (file.kind() != FileKind.FILE) {
      return "-";
    }
    return human ? Words.size(file.size()) : Long.toString(file.size());
  }

  /** A name as a terminal shows it: a folder with a slash, a link with an at sign. */
  private static String marked(RemoteFile file, String name) {
    return Printable.text(name)
        + switch (file.kind()) {
          case FOLDER -> "/";
          case LINK -> "@";
          case FILE, OTHER -> "";
        };
  }

  /** As many columns as fit, filled one after the other. */
  private void columns(int count, IntFunction<String> names) throws OutputException {
    int[] widths = IntStream.range(0, count).map(i -> Width.of(names.apply(i))).toArray();
    int lines = linesNeeded(widths, context.io().facts().width().getAsInt());
    for (int line = 0; line < lines; line++) {
      StringBuilder text = new StringBuilder();
      for (int start = 0; start + line < count; start += lines) {
        int i = start + line;
        text.append(names.apply(i));
        if (i + lines < count) {
          text.append(" ".repeat(columnWidth(widths, start, lines) - widths[i]));
        }
      }
      out.line(text.toString());
    }
  }

  private static int linesNeeded(int[] widths, int terminal) {
    int lines = widths.length == 0 ? 0 : 1;
    while (lines < widths.length && totalWidth(widths, lines) > terminal) {
      lines++;
    }
    return lines;
  }

  private static int totalWidth(int[] widths, int lines) {
    int total = -GAP;
    for (int start = 0; start < widths.length; start += lines) {
      total += columnWidth(widths, start, lines);
    }
    return total;
  }

  private static int columnWidth(int[] widths, int start, int lines) {
    int width = 0;
    for (int i = start; i < Math.min(start + lines, widths.length); i++) {
      width = Math.max(width, widths[i]);
    }
    return width + GAP;
  }
}
