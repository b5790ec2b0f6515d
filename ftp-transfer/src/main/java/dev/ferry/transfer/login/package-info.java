/**
 * Both halves of a login (spec 5.2), without the connection: a {@link
 * dev.ferry.transfer.login.Credential} is what a client logs in with, {@link
 * dev.ferry.transfer.login.Scram} what a password comes to, and {@link
 * dev.ferry.transfer.login.Token} what its holder may do. No secret ever leaves the side that has
 * it: the other one gets a proof, which is good for one server only.
 */
package dev.ferry.transfer.login;
