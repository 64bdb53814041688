package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.guard.Woven;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.asm.MemberAttributeExtension;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/** Lets Byte Buddy put the guards of one class into it. All ways of weaving end here. */
final class GuardVisitors {

  private final Map<String, GuardPolicy> policies = new HashMap<>();
  private final String wovenBy;

  /**
   * Makes the visitors.
   *
   * @param targets methods of one class that can be guarded and are not yet
   * @param wovenBy what the marker says
   */
  GuardVisitors(Iterable<GuardTarget> targets, String wovenBy) {
    this.wovenBy = wovenBy;
    for (GuardTarget target : targets) {
      GuardPolicy policy = target.policy();
      if (policy != null) {
        policies.put(target.method().name() + target.method().descriptor(), policy);
      }
    }
  }

  <T> DynamicType.Builder<T> addTo(DynamicType.Builder<T> builder) {
    return builder
        .visit(advice(GuardAdvice.class, policy -> policy.attempts() == 1 && policy.lock() == null))
        .visit(advice(RetryAdvice.class, policy -> policy.attempts() > 1 && policy.lock() == null))
        .visit(advice(LockAdvice.class, policy -> policy.lock() != null))
        .visit(
            new MemberAttributeExtension.ForMethod()
                .annotateMethod(
                    AnnotationDescription.Builder.ofType(Woven.class).define("by", wovenBy).build())
                .on(method -> policyOf(method) != null));
  }

  private AsmVisitorWrapper advice(Class<?> advice, ElementMatcher<GuardPolicy> fits) {
    return Advice.withCustomMapping()
        .bind(PolicyText.class, (type, method, assigner, handler, sort) -> text(method))
        .to(advice, OWN_CLASSES)
        .on(
            method -> {
              GuardPolicy policy = policyOf(method);
              return policy != null && fits.matches(policy);
            });
  }

  private Advice.OffsetMapping.Target text(MethodDescription method) {
    return new Advice.OffsetMapping.Target.ForStackManipulation(
        new TextConstant(String.valueOf(policyOf(method))));
  }

  private @Nullable GuardPolicy policyOf(MethodDescription method) {
    MethodDescription.InDefinedShape declared = method.asDefined();
    return policies.get(declared.getInternalName() + declared.getDescriptor());
  }

  private static final ClassFileLocator OWN_CLASSES =
      ClassFileLocator.ForClassLoader.of(GuardVisitors.class.getClassLoader());
}
