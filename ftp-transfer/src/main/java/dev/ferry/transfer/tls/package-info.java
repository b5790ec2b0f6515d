/**
 * Encryption (spec section 2): {@link dev.ferry.transfer.tls.Identity} is what a server proves to
 * be, {@link dev.ferry.transfer.tls.KeyFingerprint} what clients remember of it, and {@link
 * dev.ferry.transfer.tls.TlsEngine} one side of one connection, from the JDK or from BoringSSL.
 * Bytes in, bytes out: no sockets here.
 */
package dev.ferry.transfer.tls;
