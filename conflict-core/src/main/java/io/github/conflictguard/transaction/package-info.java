/**
 * Detects active transactions of Spring or JTA, without depending on either. Start at {@link
 * io.github.conflictguard.transaction.Transactions}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.transaction;
