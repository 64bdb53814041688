package io.github.conflictguard.resource;

/**
 * The canonical name of a resource that is changed, shared by all URLs that read or write it.
 *
 * <p>Immutable and thread-safe.
 */
public final class ResourceKey implements Comparable<ResourceKey> {

  private static final SipHash HASH = new SipHash();

  private final String name;

  /** Zero until computed. */
  private volatile long keyedHash;

  private ResourceKey(String name) {
    this.name = name;
  }

  /** Creates a key from a name that the caller has already made canonical. */
  public static ResourceKey of(String name) {
    return new ResourceKey(name);
  }

  /**
   * Returns a hash that differs between starts of the JVM, so that keys with equal hashes cannot be
   * chosen on purpose. Computed once for each key.
   */
  public long keyedHash() {
    long known = keyedHash;
    if (known == 0) {
      known = HASH.of(name);
      keyedHash = known;
    }
    return known;
  }

  /** Compares the names, so that maps stay fast if hash codes collide. */
  @Override
  public int compareTo(ResourceKey other) {
    return name.compareTo(other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceKey && name.equals(((ResourceKey) other).name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /** Returns the canonical name. */
  @Override
  public String toString() {
    return name;
  }
}
