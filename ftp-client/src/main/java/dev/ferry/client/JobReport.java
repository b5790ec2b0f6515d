package dev.ferry.client;

import dev.ferry.protocol.Reason;

/**
 * How a job ended, over all its tries. Files and folders count as items.
 *
 * @param files how many of the done items are files
 * @param bytes of those files
 * @param sent bytes of content that went over the connection
 * @param aborted null, or why the other side ended it early; the counts tell what was done before
 */
public record JobReport(
    long done,
    long unchanged,
    long skipped,
    long failed,
    long files,
    long bytes,
    long sent,
    Reason aborted) {}
