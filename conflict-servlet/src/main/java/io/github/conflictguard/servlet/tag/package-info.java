/**
 * The sources of entity tags: the application's response ({@link
 * io.github.conflictguard.servlet.tag.BodyTagSource}) or a source that determines the state without
 * it ({@link io.github.conflictguard.servlet.tag.StateSource}).
 *
 * <p>Not for applications: public only for other packages of the project. Parameters and results
 * are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.tag;
