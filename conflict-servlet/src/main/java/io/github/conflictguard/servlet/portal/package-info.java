/**
 * What developers of clients read: the module for browsers, a page for each kind of problem, the
 * guarded paths as pages and as an OpenAPI document. Start at {@link
 * io.github.conflictguard.servlet.portal.Portal}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.portal;
