package dev.ferry.client.shell;

/**
 * A name in a folder, local or remote.
 *
 * @param text foreign text
 * @param folder whether it is a folder itself
 */
record Named(String text, boolean folder) {}
