/**
 * Help for tests of programs that speak to a Ferry server: the real server as a JUnit 5 extension,
 * a scripted peer, and faults drawn from a seed.
 */
package dev.ferry.testkit;
