/**
 * Rewrites or observes the body of a response while it is written. Start at {@link
 * io.github.conflictguard.servlet.rewrite.RewritingResponse}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.rewrite;
