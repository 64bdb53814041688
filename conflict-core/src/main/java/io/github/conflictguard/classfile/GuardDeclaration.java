package io.github.conflictguard.classfile;

import io.github.conflictguard.conflict.ConflictKind;
import io.github.conflictguard.guard.GuardPolicy;
import io.github.conflictguard.problem.StatusProfile;
import java.util.ArrayList;
import java.util.List;

/** A requested guard for a method, before it is checked whether the method can be guarded. */
interface GuardDeclaration {

  /** The effect of a guard on the surrounding transaction. */
  String IN_TRANSACTION =
      "a conflict leaves it as an unchecked exception, which rolls back also where the exception"
          + " that the method has thrown would commit, and what only the commit finds does not pass"
          + " it; guard the method that calls it, or set translate to false";

  /** Sets the values of a policy. */
  void fill(GuardPolicy.Builder policy, MethodOutline method);

  /** Applies the declaration to this method. */
  default GuardTarget on(ClassOutline type, MethodOutline method, Supertypes supertypes) {
    String refusal = WeavingRefusal.to(method);
    if (refusal != null) {
      return GuardTarget.refused(type, method, refusal);
    }
    GuardPolicy.Builder builder = GuardTargets.builderFor(type, method);
    try {
      fill(builder, method);
      GuardPolicy policy = builder.build();
      List<String> warnings = new ArrayList<>();
      DeclaredTransaction transaction = DeclaredTransaction.of(type, method, supertypes);
      String againstRetry =
          policy.attempts() > 1 ? WeavingRefusal.toRetry(method, transaction) : null;
      if (againstRetry != null) {
        warnings.add("is guarded, but never retried: " + againstRetry);
        policy = builder.withoutRetry().build();
      }
      if (transaction != null && policy.translates()) {
        warnings.add("is guarded inside a transaction (" + transaction + "): " + IN_TRANSACTION);
      }
      String stale = StaleArgument.in(method, policy);
      if (stale != null) {
        warnings.add(stale);
      }
      String recover = policy.recover();
      RecoverMethod recoverMethod = null;
      try {
        recoverMethod =
            recover == null ? null : RecoverMethod.of(type, method, recover, supertypes);
      } catch (IllegalArgumentException e) {
        if (!isInherited()) {
          throw e;
        }
        warnings.add("is guarded, but without a recover method: " + e.getMessage());
        policy = builder.withoutRecover().build();
      }
      return GuardTarget.guarded(type, method, policy, recoverMethod, warnings);
    } catch (IllegalArgumentException e) {
      return GuardTarget.refused(type, method, String.valueOf(e.getMessage()));
    }
  }

  static GuardDeclaration ofPattern(TargetPattern pattern) {
    return pattern::fill;
  }

  /** Returns whether a supertype declares the guard. */
  default boolean isInherited() {
    return false;
  }

  static GuardDeclaration ofInherited(AnnotationOutline guarded) {
    GuardDeclaration declared = ofAnnotation(guarded);
    return new GuardDeclaration() {
      @Override
      public void fill(GuardPolicy.Builder policy, MethodOutline method) {
        declared.fill(policy, method);
      }

      @Override
      public boolean isInherited() {
        return true;
      }
    };
  }

  static GuardDeclaration ofAnnotation(AnnotationOutline guarded) {
    // Not a lambda: the first guarded class would wait until the JVM has linked it.
    return new GuardDeclaration() {
      @Override
      public void fill(GuardPolicy.Builder policy, MethodOutline method) {
        AnnotationOutline retry = guarded.annotation("retry");
        if (retry != null) {
          policy.retry(
              retry.number("attempts", 3),
              retry.number("backoffMillis", 50L),
              retry.number("maxBackoffMillis", 1000L),
              retry.number("jitter", 0.5),
              retry.number("budgetMillis", 5000L));
          for (String kind : retry.constants("on")) {
            policy.retryOn(ConflictKind.valueOf(kind));
          }
          for (String exception : retry.constants("onException")) {
            policy.retryOnExceptions(Descriptor.className(exception));
          }
        }
        String lock = guarded.text("lock");
        if (!lock.isEmpty()) {
          policy.lock(lock, method.parameterNames(), method.parameterTypes().size());
          policy.lockTimeoutMillis(guarded.number("lockTimeoutMillis", 10_000L));
        }
        for (String kind : guarded.constants("only")) {
          policy.only(ConflictKind.valueOf(kind));
        }
        for (String kind : guarded.constants("except")) {
          policy.except(ConflictKind.valueOf(kind));
        }
        String recover = guarded.text("recover");
        if (!recover.isEmpty()) {
          policy.recover(recover);
        }
        policy.translate(guarded.number("translate", 1) != 0);
        for (String profile : guarded.constants("statusProfile")) {
          policy.statusProfile(StatusProfile.valueOf(profile));
        }
      }
    };
  }
}
