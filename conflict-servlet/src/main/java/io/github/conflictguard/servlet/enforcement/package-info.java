/**
 * Processes one request from the matching rule to the decision: reads, writes and forms. Start at
 * {@link io.github.conflictguard.servlet.enforcement.RequestEnforcement}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.enforcement;
