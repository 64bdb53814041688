/**
 * Who has written what: pseudonyms, and a bounded memory of last writes. Start at {@link
 * io.github.conflictguard.servlet.attribution.WriteMemory}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.attribution;
