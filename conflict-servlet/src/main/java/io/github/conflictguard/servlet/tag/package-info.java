/**
 * Where entity tags come from. Start at {@link io.github.conflictguard.servlet.tag.BodyTagSource}.
 *
 * <p>Not for applications: public only where the neighbouring packages need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.tag;
