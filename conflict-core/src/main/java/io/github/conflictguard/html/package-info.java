/**
 * Reads the forms of HTML pages as browsers do, by the HTML standard. Start at {@link
 * io.github.conflictguard.html.HtmlForms}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.html;
