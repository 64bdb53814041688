/**
 * What all pages of the filter have in common: the frame with its style sheet, the words in the
 * language of the reader, and escaping. Start at {@link io.github.conflictguard.servlet.page.Page}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.page;
