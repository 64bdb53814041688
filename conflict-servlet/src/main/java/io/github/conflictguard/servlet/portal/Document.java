package io.github.conflictguard.servlet.portal;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A body with its media type and its strong entity tag. Immutable. */
final class Document {

  private static final int TAG_LENGTH = 16;

  private final String type;
  private final byte[] body;
  private final EntityTag tag;
  private final @Nullable String language;

  /**
   * Creates a document.
   *
   * @param language the language of a page; null for what has none
   */
  Document(String type, byte[] body, @Nullable String language) {
    this.type = type;
    this.body = body;
    this.tag = EntityTag.ofHash(Sha256.begin().digest(body), TAG_LENGTH);
    this.language = language;
  }

  /** Returns the content of a file of this package. */
  static Document ofFile(String file, String type) {
    try (InputStream in = Document.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not where " + Document.class + " is");
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
      byte[] chunk = new byte[4096];
      for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
        body.write(chunk, 0, length);
      }
      return new Document(type, body.toByteArray(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a page. */
  static Document page(String html, String language) {
    byte[] body = html.getBytes(StandardCharsets.UTF_8);
    return new Document("text/html;charset=utf-8", body, language);
  }

  String type() {
    return type;
  }

  byte[] body() {
    return body.clone();
  }

  EntityTag tag() {
    return tag;
  }

  @Nullable String language() {
    return language;
  }
}
