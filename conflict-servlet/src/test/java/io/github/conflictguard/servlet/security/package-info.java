/** An application that Spring Security protects. */
package io.github.conflictguard.servlet.security;
