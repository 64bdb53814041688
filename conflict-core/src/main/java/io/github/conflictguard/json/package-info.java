/**
 * Reads and writes JSON (RFC 8259) without a library, so that it cannot conflict with the version
 * of a JSON library in the application. Start at {@link io.github.conflictguard.json.JsonReader}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.json;
