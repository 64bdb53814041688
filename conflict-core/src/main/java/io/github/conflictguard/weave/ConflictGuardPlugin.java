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
 * The Byte Buddy build plugin that puts the guard into every method that {@link
 * io.github.conflictguard.guard.ConflictGuarded} names. Byte Buddy's Maven plugin finds it by
 * itself, through {@code META-INF/net.bytebuddy/build.plugins}; in a build by Gradle a {@code
 * transformation} names it.
 *
 * <ul>
 *   <li>A class without such a method is not touched, byte for byte.
 *   <li>A guarded class keeps the code of its other methods, instruction by instruction; byte for
 *       byte where Byte Buddy's type validation is off (system property {@code
 *       net.bytebuddy.validation=false}), which otherwise sorts attributes anew.
 *   <li>An annotated method that cannot be guarded fails the build; the message names its signature
 *       and the reason.
 *   <li>A method that is guarded already is left alone, so weaving twice is weaving once.
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
    // Nothing is kept open.
  }

  /** What is to be woven. */
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
          "has a guard from an earlier build, and nothing asks for it any more; compile its class"
              + " anew");
    }
    log.stopBuildIfAnyWasRefused();
    return open;
  }
}
