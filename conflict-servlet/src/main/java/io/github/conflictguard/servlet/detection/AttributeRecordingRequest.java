package io.github.conflictguard.servlet.detection;

import io.github.conflictguard.servlet.buffer.AsyncReleasingRequest;
import io.github.conflictguard.servlet.buffer.BufferedResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The request for one pass of a write, which reports the exceptions that are stored in its
 * attributes.
 */
final class AttributeRecordingRequest extends AsyncReleasingRequest {

  private final ConflictTraces traces;

  AttributeRecordingRequest(
      HttpServletRequest request, BufferedResponse response, ConflictTraces traces) {
    super(request, response);
    this.traces = traces;
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value instanceof Throwable) {
      traces.leftIn(name);
    }
    super.setAttribute(name, value);
  }
}
