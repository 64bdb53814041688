/**
 * Wrappers that rewrite or observe the body of a response while it is written. Start at {@link
 * io.github.conflictguard.servlet.rewrite.RewritingResponse}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.rewrite;
