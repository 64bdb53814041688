/**
 * The journal of conflicts, lost updates and lock waits: memory, file, log, worklist. Start at
 * {@link io.github.conflictguard.servlet.journal.Journal}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.journal;
