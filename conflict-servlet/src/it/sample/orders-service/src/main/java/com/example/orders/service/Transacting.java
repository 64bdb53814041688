package com.example.orders.service;

import lombok.Setter;
import lombok.SneakyThrows;
import org.aspectj.lang.ProceedingJoinPoint;
import org.aspectj.lang.annotation.Around;
import org.aspectj.lang.annotation.Aspect;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Woven into the methods themselves, and not a proxy in front of them: the guard is around it. */
@Aspect
public class Transacting {

  @Setter private static volatile PlatformTransactionManager manager;

  @Around("execution(@com.example.orders.service.InTransaction * *(..))")
  public Object transact(ProceedingJoinPoint call) {
    return new TransactionTemplate(manager).execute(status -> proceed(call));
  }

  @SneakyThrows
  private static Object proceed(ProceedingJoinPoint call) {
    return call.proceed();
  }
}
