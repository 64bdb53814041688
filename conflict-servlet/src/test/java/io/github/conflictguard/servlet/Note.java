package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** One stored text that knows nothing of entity tags: read, replaced, deleted. */
public final class Note implements Handler {

  private volatile String text;
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();

  public Note(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  void changeTo(String other) {
    this.text = other;
  }

  @Override
  public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
    switch (request.getMethod()) {
      case "GET", "HEAD" -> {
        reads.incrementAndGet();
        String now = text;
        if (now.isEmpty()) {
          response.sendError(404);
        } else {
          response.setContentType("application/json;charset=UTF-8");
          response.getOutputStream().write(now.getBytes(StandardCharsets.UTF_8));
        }
      }
      case "PUT", "POST", "PATCH" -> {
        writes.incrementAndGet();
        text = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        response.setStatus(204);
      }
      case "DELETE" -> {
        writes.incrementAndGet();
        text = "";
        response.setStatus(204);
      }
      default -> response.sendError(405);
    }
  }
}
