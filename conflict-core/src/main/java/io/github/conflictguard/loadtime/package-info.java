/**
 * Weaves classes while the JVM loads them: the agent, and the load-time weaver of one web
 * application. Also instruments exceptions and JDBC drivers for the recorder. Start at {@link
 * io.github.conflictguard.loadtime.GuardAgent}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.loadtime;
