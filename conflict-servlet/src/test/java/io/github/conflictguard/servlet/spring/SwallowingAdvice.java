package io.github.conflictguard.servlet.spring;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The ways in which a catch-all advice answers with a failure. */
public final class SwallowingAdvice {

  private static final Map<String, String> ERROR = Collections.singletonMap("error", "failed");

  private SwallowingAdvice() {}

  /** Answers by a converter, which flushes the response. */
  @ControllerAdvice
  public static class Entity {
    @ExceptionHandler(Exception.class)
    public ResponseEntity<Map<String, String>> failed() {
      return ResponseEntity.status(500).body(ERROR);
    }
  }

  /** Answers with text by a converter. */
  @ControllerAdvice
  public static class Text {
    @ExceptionHandler(Exception.class)
    public ResponseEntity<String> failed() {
      return ResponseEntity.status(503).body("<p>failed</p>");
    }
  }

  /** Answers by a converter, which flushes the stream. */
  @ControllerAdvice
  public static class Body {
    @ExceptionHandler(Exception.class)
    @ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
    @ResponseBody
    public Map<String, String> failed() {
      return ERROR;
    }
  }

  /** Answers by itself; the mapper closes the stream. */
  @ControllerAdvice
  public static class Mapper {
    @ExceptionHandler(Exception.class)
    public void failed(HttpServletResponse response) throws IOException {
      response.setStatus(500);
      response.setContentType("application/json");
      new ObjectMapper().writeValue(response.getOutputStream(), ERROR);
    }
  }

  /** Answers by itself, and closes the writer. */
  @ControllerAdvice
  public static class Writer {
    @ExceptionHandler(Exception.class)
    public void failed(HttpServletResponse response) throws IOException {
      response.setStatus(500);
      response.setContentType("text/html;charset=UTF-8");
      try (PrintWriter page = response.getWriter()) {
        page.print("<p>failed</p>");
        response.flushBuffer();
      }
    }
  }

  /** Answers as if all were well. */
  @ControllerAdvice
  public static class Success {
    @ExceptionHandler(Exception.class)
    public ResponseEntity<Map<String, String>> failed() {
      return ResponseEntity.ok(ERROR);
    }
  }

  /** Answers that the client is to blame. */
  @ControllerAdvice
  public static class Unprocessable {
    @ExceptionHandler(Exception.class)
    public ResponseEntity<Map<String, String>> failed() {
      return ResponseEntity.status(422).body(ERROR);
    }
  }
}
