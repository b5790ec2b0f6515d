package dev.ferry.transfer;

import dev.ferry.protocol.Reason;

/**
 * How a job ended.
 *
 * @param bytes of content that were moved
 * @param aborted null, or why it ended early; the counts tell what was done before
 */
public record JobSummary(
    long done, long unchanged, long skipped, long failed, long bytes, Reason aborted) {}
