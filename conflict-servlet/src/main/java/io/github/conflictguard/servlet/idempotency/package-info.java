/**
 * Responds to repeated writes and forms with the response to the first one. Start at {@link
 * io.github.conflictguard.servlet.idempotency.AppliedWrites} for writes, and at {@link
 * io.github.conflictguard.servlet.idempotency.SubmittedForms} for forms.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.idempotency;
