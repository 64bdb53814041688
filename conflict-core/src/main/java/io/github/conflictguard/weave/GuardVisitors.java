package io.github.conflictguard.weave;

import io.github.conflictguard.classfile.GuardTarget;
import io.github.conflictguard.classfile.GuardTargets;
import io.github.conflictguard.classfile.RecoverMethod;
import io.github.conflictguard.guard.GuardPolicy;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.MethodList;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.constant.TextConstant;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Adds the guards of one class with Byte Buddy, and marks the methods. Used by all ways of weaving.
 */
final class GuardVisitors extends AsmVisitorWrapper.AbstractBase {

  private static final ClassFileLocator OWN_CLASSES =
      ClassFileLocator.ForClassLoader.of(GuardVisitors.class.getClassLoader());

  /**
   * Reads the advice from its class files: reflection would create a proxy class for each of its
   * annotations. Types to which it refers are not read unless more than their name is needed.
   */
  private static final TypePool OWN_TYPES =
      new TypePool.Default.WithLazyResolution(
          TypePool.CacheProvider.Simple.withObjectType(),
          OWN_CLASSES,
          TypePool.Default.ReaderMode.FAST,
          TypePool.Default.WithLazyResolution.LazinessMode.EXTENDED);

  private final Map<String, GuardPolicy> policies = new HashMap<>();

  /** The present policies of woven methods that get another one. */
  private final Map<String, String> outdated = new HashMap<>();

  private final Map<String, RecoverMethod> recoverMethods = new HashMap<>();

  private final Map<Class<?>, Advice> advices = new HashMap<>();
  private final String wovenBy;

  /**
   * Creates the visitors.
   *
   * @param targets methods of one class that can be guarded and are not yet, or whose policy has
   *     changed
   * @param wovenBy the value for the marker
   */
  GuardVisitors(Iterable<GuardTarget> targets, String wovenBy) {
    this.wovenBy = wovenBy;
    for (GuardTarget target : targets) {
      GuardPolicy policy = target.policy();
      String signature = target.method().name() + target.method().descriptor();
      if (policy != null) {
        policies.put(signature, policy);
      }
      RecoverMethod recoverMethod = target.recoverMethod();
      if (recoverMethod != null) {
        recoverMethods.put(signature, recoverMethod);
      }
      String woven = target.wovenPolicy();
      if (woven != null) {
        outdated.put(signature, woven);
      }
    }
  }

  @Override
  public ClassVisitor wrap(
      TypeDescription type,
      ClassVisitor next,
      Implementation.Context context,
      TypePool pool,
      FieldList<FieldDescription.InDefinedShape> fields,
      MethodList<?> methods,
      int writerFlags,
      int readerFlags) {
    return new ClassVisitor(OpenedClassReader.ASM_API, next) {
      @Override
      public @Nullable MethodVisitor visitMethod(
          int access,
          String name,
          String descriptor,
          @Nullable String signature,
          String @Nullable [] thrown) {
        MethodVisitor code = super.visitMethod(access, name, descriptor, signature, thrown);
        GuardPolicy policy = policies.get(name + descriptor);
        if (code == null || policy == null) {
          return code;
        }
        String woven = outdated.get(name + descriptor);
        if (woven != null) {
          return new Renewal(code, woven, policy.toString(), wovenBy);
        }
        MethodDescription method = find(methods, name, descriptor);
        boolean recovers = recoverMethods.containsKey(name + descriptor);
        MethodVisitor around =
            recovers
                ? advice(RecoverAdvice.class)
                    .wrap(type, method, code, context, pool, writerFlags, readerFlags)
                : code;
        return new Marker(
            advice(adviceFor(policy, descriptor, recovers))
                .wrap(type, method, around, context, pool, writerFlags, readerFlags),
            wovenBy,
            policy.toString());
      }
    };
  }

  private static Class<?> adviceFor(GuardPolicy policy, String descriptor, boolean recovers) {
    if (returnsStage(descriptor)) {
      return recovers ? StageRecoverAdvice.class : StageAdvice.class;
    }
    return policy.lock() != null
        ? LockAdvice.class
        : policy.attempts() > 1 ? RetryAdvice.class : GuardAdvice.class;
  }

  private Advice advice(Class<?> advice) {
    Advice known = advices.get(advice);
    if (known == null) {
      known =
          Advice.withCustomMapping()
              .bind(PolicyConstant.class, new TextOfPolicy())
              .bind(RecoverMethodHandle.class, new RecoverConstant(recoverMethods, true))
              .bind(RecoverPlace.class, new RecoverConstant(recoverMethods, false))
              .to(OWN_TYPES.describe(advice.getName()).resolve(), OWN_CLASSES);
      advices.put(advice, known);
    }
    return known;
  }

  private static boolean returnsStage(String descriptor) {
    return descriptor.endsWith(")Ljava/util/concurrent/CompletionStage;")
        || descriptor.endsWith(")Ljava/util/concurrent/CompletableFuture;");
  }

  private static MethodDescription find(MethodList<?> methods, String name, String descriptor) {
    for (MethodDescription method : methods) {
      if (method.getInternalName().equals(name) && method.getDescriptor().equals(descriptor)) {
        return method;
      }
    }
    throw new IllegalStateException("there is no method " + name + descriptor);
  }

  /** A class instead of a lambda: the JVM is slow to link the first one. */
  private final class TextOfPolicy implements Advice.OffsetMapping {

    @Override
    public Target resolve(
        TypeDescription type,
        MethodDescription method,
        Assigner assigner,
        Advice.ArgumentHandler arguments,
        Sort sort) {
      MethodDescription.InDefinedShape declared = method.asDefined();
      GuardPolicy policy = policies.get(declared.getInternalName() + declared.getDescriptor());
      return new Target.ForStackManipulation(new TextConstant(String.valueOf(policy)));
    }
  }

  /** Writes the annotation that marks the method as guarded. */
  private static final class Marker extends MethodVisitor {

    private final String wovenBy;
    private final String policy;

    Marker(MethodVisitor next, String wovenBy, String policy) {
      super(OpenedClassReader.ASM_API, next);
      this.wovenBy = wovenBy;
      this.policy = policy;
    }

    @Override
    public void visitCode() {
      AnnotationVisitor annotation = super.visitAnnotation(GuardTargets.WOVEN, true);
      if (annotation != null) {
        annotation.visit("by", wovenBy);
        annotation.visit("policy", policy);
        annotation.visitEnd();
      }
      super.visitCode();
    }
  }
}
