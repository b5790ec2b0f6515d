/**
 * What travels between two Ferry programs: frames and their codec, error codes and path values. It
 * needs nothing but the JDK and touches no file, thread or socket.
 *
 * <p>Start with {@link dev.ferry.protocol.Frame}, one record for each control frame, and {@link
 * dev.ferry.protocol.FrameCodec}, which turns them into bytes and back. Content has only a {@link
 * dev.ferry.protocol.DataHeader}. Whatever came from the other side is shown through {@link
 * dev.ferry.protocol.Printable}.
 */
package dev.ferry.protocol;
