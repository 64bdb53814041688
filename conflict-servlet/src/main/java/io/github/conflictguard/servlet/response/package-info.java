/**
 * What all wrapped responses share: delegation, headers, and the content of bodies. Start at {@link
 * io.github.conflictguard.servlet.response.DelegatingResponse}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.response;
