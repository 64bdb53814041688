/**
 * Writes that were applied although their client may not have learnt of it (RFC 9110, 13.1.1).
 * Start at {@link io.github.conflictguard.servlet.replay.AppliedWrites}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.replay;
