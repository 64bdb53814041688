package io.github.conflictguard.servlet.page;

import io.github.conflictguard.etag.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The style sheet, and the hash by which a Content-Security-Policy permits it. */
final class StyleSheet {

  static final String TEXT = read();
  static final String SOURCE =
      "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(TEXT)) + "'";

  private StyleSheet() {}

  private static String read() {
    try (InputStream in = StyleSheet.class.getResourceAsStream("page.css")) {
      if (in == null) {
        throw new IllegalStateException("page.css is not where " + StyleSheet.class + " is");
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream(8192);
      byte[] chunk = new byte[4096];
      for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
        text.write(chunk, 0, length);
      }
      // The hash is computed over the parsed text, which contains no CR.
      return new String(text.toByteArray(), StandardCharsets.UTF_8).replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
