/**
 * Help for tests of programs that speak to a Ferry server.
 *
 * <p>{@link dev.ferry.testkit.FerryServerExtension} gives a JUnit 5 test the real server, over a
 * folder of its own on a free port; {@link dev.ferry.testkit.LocalServer} is the same without
 * JUnit. {@link dev.ferry.testkit.ScriptedPeer} plays the other side of a connection by a {@link
 * dev.ferry.testkit.Script}: well, badly, or not at all.
 */
package dev.ferry.testkit;
