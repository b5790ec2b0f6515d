package dev.ferry.client.cli;

import dev.ferry.client.Remote;
import dev.ferry.client.RemotePath;

/** Where an argument leads: to what on which server. */
public record Target(Remote server, RemotePath path) {}
