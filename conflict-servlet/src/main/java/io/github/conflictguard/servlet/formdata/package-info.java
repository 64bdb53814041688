/**
 * Reads the form data of requests in front of the application, which reads it again. Start at
 * {@link io.github.conflictguard.servlet.formdata.BufferedRequest}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.formdata;
