/**
 * The part of a server that Undertow alone does not have: it reads {@code web.xml}, as far as the
 * tests need that. Compiled for Java 8, and run against {@code javax.servlet} with other names in
 * its class files.
 */
package io.github.conflictguard.servlet.launch;
