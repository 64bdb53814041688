package com.example.orders.web;

import java.util.Collections;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/** Catches everything, as in many applications. */
@ControllerAdvice
public class Failures {

  @ExceptionHandler(IllegalArgumentException.class)
  public ResponseEntity<Map<String, String>> invalid(IllegalArgumentException failure) {
    return answer(HttpStatus.BAD_REQUEST, failure);
  }

  @ExceptionHandler(Exception.class)
  public ResponseEntity<Map<String, String>> other(Exception failure) {
    return answer(HttpStatus.INTERNAL_SERVER_ERROR, failure);
  }

  private static ResponseEntity<Map<String, String>> answer(HttpStatus status, Exception failure) {
    return ResponseEntity.status(status)
        .body(Collections.singletonMap("error", failure.getClass().getSimpleName()));
  }
}
