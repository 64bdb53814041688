package io.github.conflictguard.client.okhttp;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that OkHttp does not send again by itself, after a broken connection or a 408 or 503. */
final class OneShotBody extends RequestBody {

  private final byte[] content;

  OneShotBody(byte[] content) {
    this.content = content;
  }

  /** Returns null, so that the header of the request counts. */
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  @Override
  public long contentLength() {
    return content.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    sink.write(content);
  }
}
