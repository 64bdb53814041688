/**
 * Differences between servlet containers, one class for each difference. Start at {@link
 * io.github.conflictguard.servlet.container.TomcatResponses}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.container;
