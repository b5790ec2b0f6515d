package dev.ferry.client.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command: options as fields, one library call, print, return an exit code. */
abstract class Command implements Callable<Integer> {
  final CommandContext context;

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  Command(CommandContext context) {
    this.context = context;
  }

  /** Runs with the options that were parsed. */
  abstract ExitCode run() throws IOException;

  /** The command's first name. */
  final String name() {
    return spec.name();
  }

  /** All commands that can be typed where this one was, by name. */
  final Map<String, CommandLine> siblings() {
    return spec.parent().subcommands();
  }

  @Override
  public final Integer call() throws IOException {
    context.begin(common);
    context.messages().command(spec.qualifiedName().strip());
    ExitCode code = run();
    context.io().out().flush();
    return code.number();
  }
}
