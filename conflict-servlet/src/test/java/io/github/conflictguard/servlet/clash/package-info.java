/**
 * What an application does with libraries of its own, of the versions that it had when it was
 * written. Compiled for Java 8 against others, so only what all of them have is used.
 */
package io.github.conflictguard.servlet.clash;
