/**
 * Compares the fields of forms: kinds, fingerprints, and fields that change with every page. Start
 * at {@link io.github.conflictguard.servlet.fields.FormFingerprint}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.fields;
