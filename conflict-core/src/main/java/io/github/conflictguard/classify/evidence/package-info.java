/**
 * Verdicts, and safe access to the members of exceptions, shared by all kinds of evidence. Start at
 * {@link io.github.conflictguard.classify.evidence.Verdict}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.classify.evidence;
