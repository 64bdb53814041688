/**
 * Weaving within a web application, and the check whether all methods that should be guarded are.
 * Byte Buddy, if present, is accessed by name only. Start at {@link
 * io.github.conflictguard.servlet.weaving.ApplicationWeaver}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.weaving;
