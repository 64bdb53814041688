package io.github.conflictguard.archive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes written to an archive. Not thread-safe. */
final class ArchiveOutput extends FilterOutputStream {

  private long count;

  ArchiveOutput(OutputStream out) {
    super(out);
  }

  long count() {
    return count;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    count++;
  }

  @Override
  public void write(byte[] content, int from, int length) throws IOException {
    out.write(content, from, length);
    count += length;
  }
}
