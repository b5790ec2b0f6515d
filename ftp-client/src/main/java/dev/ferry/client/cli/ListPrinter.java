package dev.ferry.client.cli;

import dev.ferry.client.FileKind;
import dev.ferry.client.RemoteFile;
import dev.ferry.protocol.Printable;
import dev.ferry.protocol.TreePath;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints listings: columns on a terminal, else one name a line, or one line with all that is known.
 */
final class ListPrinter {
  private static final int GAP = 2;

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
      List<String> names = files.stream().map(sections::name).map(Printable::text).toList();
      if (details) {
        lines(files, names);
      } else if (context.io().facts().outIsTerminal()) {
        columns(marked(files, names));
      } else {
        for (String name : names) {
          out.line(name);
        }
      }
    }
  }

  private void header(TreePath base, TreePath folder) throws OutputException {
    String path =
        folder.isRoot() ? base.toString() : (base.isRoot() ? "" : base) + folder.toString();
    out.line((first ? "" : "\n") + Printable.text(path) + ":");
    first = false;
  }

  private void lines(List<RemoteFile> files, List<String> names) throws OutputException {
    List<String> sizes = files.stream().map(this::size).toList();
    int width = sizes.stream().mapToInt(String::length).max().orElse(0);
    for (int i = 0; i < files.size(); i++) {
      RemoteFile file = files.get(i);
      String padding = " ".repeat(width - sizes.get(i).length());
      out.line(
          Words.letter(file.kind())
              + Words.mode(file.mode())
              + "  "
              + padding
              + sizes.get(i)
              + "  "
              + Words.time(file.modified())
              + "  "
              + names.get(i));
    }
  }

  private String size(RemoteFile file) {
    if (file.kind() != FileKind.FILE) {
      return "-";
    }
    return human ? Words.size(file.size()) : Long.toString(file.size());
  }

  /** Names as a terminal shows them: folders with a slash, links with an at sign. */
  private static List<String> marked(List<RemoteFile> files, List<String> names) {
    List<String> marked = new ArrayList<>(names.size());
    for (int i = 0; i < names.size(); i++) {
      FileKind kind = files.get(i).kind();
      marked.add(
          names.get(i)
              + switch (kind) {
                case FOLDER -> "/";
                case LINK -> "@";
                case FILE, OTHER -> "";
              });
    }
    return marked;
  }

  /** As many columns as fit, filled one after the other. */
  private void columns(List<String> names) throws OutputException {
    int[] widths = names.stream().mapToInt(Width::of).toArray();
    int lines = linesNeeded(widths, context.io().facts().width().getAsInt());
    for (int line = 0; line < lines; line++) {
      StringBuilder text = new StringBuilder();
      for (int start = 0; start + line < names.size(); start += lines) {
        int i = start + line;
        text.append(names.get(i));
        if (i + lines < names.size()) {
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
