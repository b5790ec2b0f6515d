/**
 * What travels between two Ferry programs: frames and their codec, error codes and path values. It
 * needs nothing but the JDK and touches no file, thread or socket.
 */
package dev.ferry.protocol;
