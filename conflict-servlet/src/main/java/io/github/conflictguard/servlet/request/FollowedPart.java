package io.github.conflictguard.servlet.request;

import jakarta.servlet.http.Part;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A part of a form. If code that opens a stream of it runs again, it can open the stream again.
 * This does not apply to a stream that is passed to the code, or to a part whose file was moved.
 */
final class FollowedPart implements Part {

  private final Part containers;
  private final PassEvents events;

  FollowedPart(Part containers, PassEvents events) {
    this.containers = containers;
    this.events = events;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input(containers.getInputStream(), events.opened());
  }

  @Override
  public @Nullable String getContentType() {
    return containers.getContentType();
  }

  @Override
  public String getName() {
    return containers.getName();
  }

  @Override
  public @Nullable String getSubmittedFileName() {
    return containers.getSubmittedFileName();
  }

  @Override
  public long getSize() {
    return containers.getSize();
  }

  @Override
  public void write(String fileName) throws IOException {
    events.read();
    containers.write(fileName);
  }

  @Override
  public void delete() throws IOException {
    events.read();
    containers.delete();
  }

  @Override
  public @Nullable String getHeader(String name) {
    return containers.getHeader(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return containers.getHeaders(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return containers.getHeaderNames();
  }

  /** A stream of a part. */
  static final class Input extends FilterInputStream {

    private final PassEvents.Opened opened;

    Input(InputStream containers, PassEvents.Opened opened) {
      super(containers);
      this.opened = opened;
    }

    @Override
    public int read() throws IOException {
      opened.read();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      opened.read();
      return super.read(bytes, offset, length);
    }

    @Override
    public long skip(long count) throws IOException {
      opened.read();
      return super.skip(count);
    }

    @Override
    public void close() throws IOException {
      opened.read();
      super.close();
    }
  }
}
