package io.github.conflictguard.servlet.probe;

import io.github.conflictguard.servlet.request.EmptyInput;
import io.github.conflictguard.servlet.request.HeaderFilteringRequest;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plain GET in place of a write: without its body, its trailers and the headers of both. */
abstract class BodilessRequest extends HeaderFilteringRequest {

  BodilessRequest(HttpServletRequest write) {
    super(write);
  }

  @Override
  public final String getMethod() {
    return "GET";
  }

  @Override
  public final @Nullable String getContentType() {
    return null;
  }

  @Override
  public final int getContentLength() {
    return -1;
  }

  @Override
  public final long getContentLengthLong() {
    return -1;
  }

  @Override
  public final ServletInputStream getInputStream() {
    return new EmptyInput();
  }

  @Override
  public final BufferedReader getReader() {
    return new BufferedReader(new StringReader(""));
  }

  @Override
  public final Collection<Part> getParts() {
    return Collections.emptyList();
  }

  @Override
  public final @Nullable Part getPart(String name) {
    return null;
  }

  /** Returns no trailers: they belong to the body of the write. */
  @Override
  public final Map<String, String> getTrailerFields() {
    return Collections.emptyMap();
  }

  @Override
  public final boolean isTrailerFieldsReady() {
    return true;
  }
}
