/**
 * Explains conflicts: who has written before, when, and which fields, for the monitor and for
 * clients. Start at {@link io.github.conflictguard.servlet.explanation.Explainer}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.explanation;
