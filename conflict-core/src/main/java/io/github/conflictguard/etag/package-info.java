/**
 * Entity tags of RFC 9110, section 8.8.3. Start at {@link io.github.conflictguard.etag.EntityTag}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.etag;
