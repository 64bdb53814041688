/**
 * Reads and writes JSON (RFC 8259) without a library, so that no version of a JSON library that the
 * application uses is in the way. Start at {@link io.github.conflictguard.json.JsonReader}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.json;
