/**
 * Publishes conflicts to libraries that the application may or may not have: Micrometer,
 * OpenTelemetry and SLF4J. Start at {@link io.github.conflictguard.servlet.bridge.Bridges}.
 *
 * <p>Only the classes named after a library refer to it. They are loaded by name, so that the
 * filter works without it.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.servlet.bridge;
