/**
 * Identifies the client of a request, and bounds memory fairly between clients. Start at {@link
 * io.github.conflictguard.servlet.client.ClientIdentity}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.client;
