/**
 * The client as a library: it connects, makes requests and runs transfer jobs. It never prints and
 * never ends the program; the commands and the shell are built on it.
 */
package dev.ferry.client;
