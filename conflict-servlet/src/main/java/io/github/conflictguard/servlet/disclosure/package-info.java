/**
 * Decides whether the result of an internal GET may be disclosed to the client that sent the write.
 * Start at {@link io.github.conflictguard.servlet.disclosure.ReadRights}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.disclosure;
