package io.github.conflictguard.benchmark;

import io.github.conflictguard.guard.ConflictGuard;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.AfterThrowing;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;

/** The guard as a user of AspectJ would write it. */
@Aspect
public class MappingAspect {

  @Around("execution(long io.github.conflictguard.benchmark.AroundHandler.handle(long))")
  public Object around(ProceedingJoinPoint call) throws Throwable {
    try {
      return call.proceed();
    } catch (Throwable e) {
      throw ConflictGuard.translate(e);
    }
  }

  @AfterThrowing(
      pointcut = "execution(long io.github.conflictguard.benchmark.AfterHandler.handle(long))",
      throwing = "e")
  public void after(Throwable e) throws Throwable {
    throw ConflictGuard.translate(e);
  }
}
