package io.github.conflictguard.servlet.console.html;

import io.github.conflictguard.etag.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A file of the monitor, with a hash of its content in its name. Immutable. */
public final class Asset {

  /** The style sheet. */
  public static final Asset STYLE = new Asset("monitor.css", "text/css;charset=utf-8");

  /** The script. */
  public static final Asset SCRIPT = new Asset("monitor.js", "text/javascript;charset=utf-8");

  private static final int HASHED = 12;

  private final String name;
  private final String type;
  private final String text;
  private final String hash;

  private Asset(String file, String type) {
    this.type = type;
    this.text = read(file);
    this.hash = Base64.getEncoder().encodeToString(Sha256.of(text));
    String url = hash.replace('+', '-').replace('/', '_').substring(0, HASHED);
    int dot = file.indexOf('.');
    this.name = file.substring(0, dot) + "-" + url + file.substring(dot);
  }

  /** Returns the asset of this name; null if there is none. */
  public static @Nullable Asset named(String name) {
    return name.equals(STYLE.name) ? STYLE : name.equals(SCRIPT.name) ? SCRIPT : null;
  }

  /** Returns the name, which is also the address relative to a page. */
  public String name() {
    return name;
  }

  /** Returns the media type. */
  public String type() {
    return type;
  }

  /** Returns the content. */
  public String text() {
    return text;
  }

  /** Returns the source by which a content security policy permits the content inline. */
  public String source() {
    return "'sha256-" + hash + "'";
  }

  private static String read(String file) {
    try (InputStream in = Asset.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not where " + Asset.class + " is");
      }
      ByteArrayOutputStream text = new ByteArrayOutputStream(16384);
      byte[] chunk = new byte[4096];
      for (int length = in.read(chunk); length > 0; length = in.read(chunk)) {
        text.write(chunk, 0, length);
      }
      return new String(text.toByteArray(), StandardCharsets.UTF_8).replace("\r", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
