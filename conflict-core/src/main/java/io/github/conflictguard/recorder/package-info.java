/**
 * Records exceptions while a request is served, to detect conflicts that an application swallows.
 * Uses only the JDK, because the agent adds it to the boot class loader. Start at {@link
 * io.github.conflictguard.recorder.Recorder}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.recorder;
