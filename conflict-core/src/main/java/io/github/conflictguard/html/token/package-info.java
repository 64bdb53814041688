/**
 * Finds the tags of HTML pages as browsers do, by the HTML standard (13.2.5). Start at {@link
 * io.github.conflictguard.html.token.HtmlTokenizer}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.html.token;
