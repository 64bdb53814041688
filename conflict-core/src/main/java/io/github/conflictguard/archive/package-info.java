/**
 * Weaves finished archives from the command line: WARs, EARs, executable JARs, with backup and
 * undo. Start at {@link io.github.conflictguard.archive.WeaveCommand}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.archive;
