package io.github.conflictguard.servlet.spring;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Answers with problem details, from Spring 6 on. */
@ControllerAdvice
public class ProblemAdvice {

  @ExceptionHandler(Exception.class)
  public ProblemDetail failed() {
    return ProblemDetail.forStatus(HttpStatus.INTERNAL_SERVER_ERROR);
  }
}
