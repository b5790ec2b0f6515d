/**
 * What both ends of a transfer share: the link, the store, and the sender and receiver that move
 * content between them. A client and a server differ only in who asks.
 */
package dev.ferry.transfer;
