/**
 * A form that came too late: what its sender, and what somebody else, has made of each field, and
 * the page on which the sender brings the two together. Start at {@link
 * io.github.conflictguard.servlet.merge.MergedForm}.
 *
 * <p>Applications see this in their own conflict page alone, as the attribute {@code conflictGuard}
 * of the request; the names of its methods are those of properties for that reason. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.merge;
