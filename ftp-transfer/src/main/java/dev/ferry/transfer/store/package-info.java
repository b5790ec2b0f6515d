/**
 * The confined tree of both ends: files are read, staged and published below one root and nowhere
 * else. Start at {@link dev.ferry.transfer.store.Trees#open} and {@link
 * dev.ferry.transfer.store.Tree}.
 */
package dev.ferry.transfer.store;
