/**
 * Issues and checks the tokens of HTML forms, and decides whether a submitted form is stale. Start
 * at {@link io.github.conflictguard.servlet.form.Forms}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.form;
