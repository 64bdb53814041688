/**
 * Merges two changes of one form by a three-way merge of its fields. Start at {@link
 * io.github.conflictguard.merge.MergedForm}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.merge;
