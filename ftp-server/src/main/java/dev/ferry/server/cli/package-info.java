/**
 * The {@code ferryd} command: {@link dev.ferry.server.cli.Ferryd} is its main class, and each
 * subcommand is one class.
 */
package dev.ferry.server.cli;
