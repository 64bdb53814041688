/** A small application with handlers that ask for a guard. */
package io.github.conflictguard.servlet.guarded;
