/**
 * The policies of requests: a rule combined with the settings of the filter. Start at {@link
 * io.github.conflictguard.servlet.policy.Policy}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.policy;
