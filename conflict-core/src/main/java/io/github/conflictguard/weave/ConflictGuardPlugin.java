package io.github.conflictguard.weave;

import io.github.conflictguard.guard.Woven;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberAttributeExtension;
import net.bytebuddy.build.Plugin;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.matcher.ElementMatcher;

/**
 * The Byte Buddy build plugin that puts the guard into every method that {@link
 * io.github.conflictguard.guard.ConflictGuarded} names. Byte Buddy's Maven and Gradle plugins find
 * it by themselves, through {@code META-INF/net.bytebuddy/build.plugins}.
 *
 * <ul>
 *   <li>A class without such a method is not touched, byte for byte.
 *   <li>A guarded class keeps the code of its other methods, instruction by instruction; byte for
 *       byte where Byte Buddy's type validation is off (system property {@code
 *       net.bytebuddy.validation=false}), which otherwise sorts attributes anew.
 *   <li>An annotated method that has no body fails the build; the message names its signature.
 *   <li>A method that is guarded already is left alone, so weaving twice is weaving once.
 * </ul>
 */
public final class ConflictGuardPlugin implements Plugin {

  /** Called by Byte Buddy. */
  public ConflictGuardPlugin() {}

  @Override
  public boolean matches(TypeDescription type) {
    return !GuardTargets.of(type).isEmpty();
  }

  @Override
  public DynamicType.Builder<?> apply(
      DynamicType.Builder<?> builder, TypeDescription type, ClassFileLocator locator) {
    List<MethodDescription.InDefinedShape> guarded = GuardTargets.of(type);
    ElementMatcher<MethodDescription> targets = method -> guarded.contains(method.asDefined());
    return builder
        .visit(Advice.to(GuardAdvice.class, ownClasses()).on(targets))
        .visit(
            new MemberAttributeExtension.ForMethod()
                .annotateMethod(AnnotationDescription.Builder.ofType(Woven.class).build())
                .on(targets));
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }

  private static ClassFileLocator ownClasses() {
    return ClassFileLocator.ForClassLoader.of(ConflictGuardPlugin.class.getClassLoader());
  }
}
