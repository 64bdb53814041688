/**
 * Looks into class files, without loading them and without any library, for the methods that ask
 * for a guard. Start at {@link io.github.conflictguard.classfile.GuardTargets}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.classfile;
