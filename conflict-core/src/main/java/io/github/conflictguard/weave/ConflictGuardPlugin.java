package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.ClassOutline;
import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.MethodOutline;
import java.util.Collections;
import java.util.List;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import org.jspecify.annotations.Nullable;

/**
 * The Byte Buddy build plugin that adds the guard to each method that is annotated with {@link
 * io.github.conflictguard.guard.ConflictGuarded}. Byte Buddy's Maven plugin discovers it through
 * {@code META-INF/net.bytebuddy/build.plugins}; in a Gradle build, declare it in a {@code
 * transformation}.
 *
 * <ul>
 *   <li>A class without such a method is unchanged, byte for byte.
 *   <li>The code of the other methods of a guarded class is unchanged, instruction by instruction;
 *       byte for byte if Byte Buddy's type validation is disabled (system property {@code
 *       net.bytebuddy.validation=false}), which otherwise reorders attributes.
 *   <li>An annotated method that cannot be guarded fails the build; the message contains its
 *       signature and the reason.
 *   <li>A method that is already guarded is left unchanged, so weaving is idempotent.
 * </ul>
 */
public final class ConflictGuardPlugin implements Plugin.WithPreprocessor {

  private final GuardTargets targets = GuardTargets.ofAnnotation();
  private volatile @Nullable LocatedClasses classes;

  /** Called by Byte Buddy. */
  public ConflictGuardPlugin() {}

  @Override
  public void onPreprocess(TypeDescription type, ClassFileLocator locator) {
    LocatedClasses known = classes;
    if (known == null || !known.isOf(locator)) {
      classes = new LocatedClasses(locator);
    }
  }

  @Override
  public boolean matches(TypeDescription type) {
    return !open(type, new BuildLog(true)).isEmpty();
  }

  @Override
  public DynamicType.Builder<?> apply(
      DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
    return builder.visit(new GuardVisitors(open(type, new BuildLog(false)), "build"));
  }

  @Override
  public void close() {
    // There are no resources to close.
  }

  /** Returns the methods to weave. */
  private List<GuardTarget> open(TypeDescription type, BuildLog log) {
    LocatedClasses known = classes;
    ClassOutline outline = known == null ? null : known.find(type.getInternalName());
    if (known == null || outline == null) {
      return Collections.emptyList();
    }
    List<GuardTarget> open = Weaver.open(targets, outline, known, log, "build");
    for (MethodOutline method : targets.leftByBuild(outline, known)) {
      log.warned(
          outline.name() + "#" + method,
          "has a guard from an earlier build, and nothing requests it any more; compile its class"
              + " anew");
    }
    log.stopBuildIfAnyWasRefused();
    return open;
  }
}
