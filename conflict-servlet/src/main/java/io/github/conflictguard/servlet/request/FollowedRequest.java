package io.github.conflictguard.servlet.request;

import io.github.conflictguard.guard.RepeatCheck;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that records each read of its body by any code, because a body can be read only once.
 * Parameters and fields of a form are kept by the container.
 */
public final class FollowedRequest extends HttpServletRequestWrapper {

  private final PassEvents events;
  private @Nullable FollowedInput stream;
  private @Nullable FollowedReader reader;
  private boolean partsAreUnfollowed;

  public FollowedRequest(HttpServletRequest request, PassEvents events) {
    super(request);
    this.events = events;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream containers = super.getInputStream();
    FollowedInput known = stream;
    if (known == null || !known.isOf(containers)) {
      known = new FollowedInput(containers, events);
      stream = known;
    }
    return known;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    BufferedReader containers = super.getReader();
    FollowedReader known = reader;
    if (known == null || !known.isOf(containers)) {
      known = new FollowedReader(containers, events);
      reader = known;
    }
    return known;
  }

  @Override
  public Collection<Part> getParts() throws IOException, ServletException {
    Collection<Part> containers = super.getParts();
    if (!RepeatCheck.mayBeAsked()) {
      partsAreUnfollowed |= !containers.isEmpty();
      return containers;
    }
    List<Part> followed = new ArrayList<>(containers.size());
    for (Part part : containers) {
      followed.add(new FollowedPart(part, events));
    }
    return followed;
  }

  @Override
  public @Nullable Part getPart(String name) throws IOException, ServletException {
    Part part = super.getPart(name);
    return part == null ? null : followed(part);
  }

  /** Wraps a part, except in applications that never repeat code. */
  private Part followed(Part part) {
    if (RepeatCheck.mayBeAsked()) {
      return new FollowedPart(part, events);
    }
    partsAreUnfollowed = true;
    return part;
  }

  /** Returns whether the application has parts whose reads are not recorded. */
  public boolean hasUnfollowedParts() {
    return partsAreUnfollowed;
  }

  /** Returns whether reads of this stream or reader are recorded. */
  public static boolean follows(Object source) {
    return source instanceof FollowedInput
        || source instanceof FollowedReader
        || source instanceof FollowedPart.Input;
  }
}
