/**
 * Weaving from inside of a web application, and the question whether all that asks for a guard has
 * one. Byte Buddy is reached by name alone, where it is. Start at {@link
 * io.github.conflictguard.servlet.weaving.ApplicationWeaver}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.weaving;
