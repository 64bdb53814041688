/**
 * Where entity tags come from: the application's answer ({@link
 * io.github.conflictguard.servlet.tag.BodyTagSource}) or something that knows the state without it
 * ({@link io.github.conflictguard.servlet.tag.StateSource}).
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.tag;
