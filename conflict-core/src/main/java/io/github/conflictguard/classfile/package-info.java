/**
 * Reads class files, without loading classes and without any library, to find the methods that
 * require a guard. Start at {@link io.github.conflictguard.classfile.GuardTargets}.
 *
 * <p>Parameters and results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.classfile;
