/**
 * The commands: one small class for each, the same in the system's shell, in batch files and in the
 * interactive shell. Start at {@link dev.ferry.client.cli.Ferry}, the program; at {@link
 * dev.ferry.client.cli.CommandContext}, what commands share; and at {@link
 * dev.ferry.client.cli.Lines}, which runs a line. {@link dev.ferry.client.cli.ExitCode} is what
 * scripts rely on.
 */
package dev.ferry.client.cli;
