/**
 * Form data of requests, read before the application runs, which can read it again. Start at {@link
 * io.github.conflictguard.servlet.formdata.BufferedRequest}.
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.formdata;
