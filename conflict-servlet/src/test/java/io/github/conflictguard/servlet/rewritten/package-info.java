/** An application whose addresses are rewritten in front of everything else; Java 8. */
package io.github.conflictguard.servlet.rewritten;
