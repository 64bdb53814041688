/**
 * Writes the HTML and SVG of the monitor, with nothing unescaped by construction. Start at {@link
 * io.github.conflictguard.servlet.console.html.Html}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.console.html;
