/**
 * Base classes and utilities of wrapped responses: delegation, headers, and the content of bodies.
 * Start at {@link io.github.conflictguard.servlet.response.DelegatingResponse}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.response;
