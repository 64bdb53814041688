/**
 * An application that does to a request whatever a handler can do. The tests put its class files
 * into WARs, for {@code javax.servlet} with other names in them, so everything that it needs is in
 * this package.
 */
package io.github.conflictguard.servlet.probed;
