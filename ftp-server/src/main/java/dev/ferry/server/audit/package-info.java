/**
 * What happened at a server, for good: {@link dev.ferry.server.audit.AuditLog} writes it down while
 * the server runs, {@link dev.ferry.server.audit.AuditFolder} for commands, and {@link
 * dev.ferry.server.audit.AuditReader} tells whether all of it is still there. docs/operations.md
 * describes the files.
 */
package dev.ferry.server.audit;
