package com.example.orders.service;

import com.example.orders.domain.Trace;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;

/** Woven by AspectJ's compiler. */
@Aspect
public class Measuring {

  @Around("execution(@com.example.orders.service.Measured * *(..))")
  public Object measure(ProceedingJoinPoint call) throws Throwable {
    String name = call.getSignature().getName();
    Trace.note("begin " + name);
    try {
      return call.proceed();
    } catch (Throwable failure) {
      Trace.note("fail " + name);
      throw failure;
    }
  }
}
