/**
 * The forms of HTML pages: what they hold, and what is put into them. Start at {@link
 * io.github.conflictguard.servlet.form.HtmlForms}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.form;
