/**
 * Patterns for requests: the path, the parameters and the attributes of a request. Start at {@link
 * io.github.conflictguard.servlet.match.RequestPattern}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.match;
