/**
 * HTML pages for users, in particular the page on which a conflict of a form is resolved. Start at
 * {@link io.github.conflictguard.servlet.page.ConflictPage}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.page;
