/**
 * An application as it was written before the guard: Java 8, no word of entity tags. The tests put
 * its class files into WARs, for {@code javax.servlet} with other names in them, so everything that
 * it needs is in this package.
 */
package io.github.conflictguard.servlet.legacy;
