/**
 * Where exceptions note themselves while a request is served, for conflicts that an application
 * swallows. Uses nothing but the JDK, because the agent lets the boot class loader load it. Start
 * at {@link io.github.conflictguard.recorder.Recorder}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.recorder;
