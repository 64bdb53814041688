/**
 * Parses and evaluates the templates that name the lock of a guarded method. Start at {@link
 * io.github.conflictguard.locktemplate.LockTemplate}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.locktemplate;
