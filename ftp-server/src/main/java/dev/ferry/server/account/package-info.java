/**
 * Who may log in: {@link dev.ferry.server.account.Accounts} answers that, an {@link
 * dev.ferry.server.account.Account} is a person, an {@link dev.ferry.server.account.IssuedToken} a
 * pipeline. No connections here.
 */
package dev.ferry.server.account;
