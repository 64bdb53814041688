/**
 * Whether what an internal GET has found may be shown to the client that sent the write. Start at
 * {@link io.github.conflictguard.servlet.disclosure.ReadRights}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.disclosure;
