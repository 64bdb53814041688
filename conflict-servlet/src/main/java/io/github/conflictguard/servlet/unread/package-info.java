/**
 * Pages in mode {@code observe} that are parsed when a form comes, and what was known when they
 * were served. Start at {@link io.github.conflictguard.servlet.unread.UnreadPages}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.unread;
