/**
 * What a person at a terminal meets: the interactive shell on JLine, and the progress bar of every
 * transfer. Both are found as services: {@link dev.ferry.client.shell.JLineShell}, where to start,
 * and {@link dev.ferry.client.shell.TerminalProgress}, which needs no JLine. What a line means and
 * does is decided in {@code dev.ferry.client.cli}, for batch files too.
 */
package dev.ferry.client.shell;
