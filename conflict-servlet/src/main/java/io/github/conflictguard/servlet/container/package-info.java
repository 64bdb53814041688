/**
 * What single servlet containers do differently, one class for each difference. Start at {@link
 * io.github.conflictguard.servlet.container.TomcatResponses}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.container;
