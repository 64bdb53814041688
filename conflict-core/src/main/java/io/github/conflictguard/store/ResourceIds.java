package io.github.conflictguard.store;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.resource.ResourceKey;

/**
 * Names resources in a store: by a hash of application and key, which fits into a column of fixed
 * length, is independent of collations, and contains no data of users. Immutable.
 */
public final class ResourceIds {

  private static final char[] DIGITS = "0123456789abcdef".toCharArray();

  private final String application;

  /**
   * Creates the names of an application.
   *
   * @param application distinguishes applications that share a table
   */
  public ResourceIds(String application) {
    this.application = application;
  }

  /** Returns the name of a resource: 64 hexadecimal digits. */
  public String of(ResourceKey key) {
    byte[] hash = Sha256.of(application.length() + ":" + application + key);
    char[] text = new char[2 * hash.length];
    for (int i = 0; i < hash.length; i++) {
      text[2 * i] = DIGITS[(hash[i] >> 4) & 0xF];
      text[2 * i + 1] = DIGITS[hash[i] & 0xF];
    }
    return new String(text);
  }
}
