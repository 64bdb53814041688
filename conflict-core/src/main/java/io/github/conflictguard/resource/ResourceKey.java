package io.github.conflictguard.resource;

/**
 * The canonical name of the thing being changed, shared by every URL that reads or writes it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ResourceKey implements Comparable<ResourceKey> {

  private static final KeyedHash HASH = new KeyedHash();

  private final String name;

  /** Zero until it is needed. */
  private volatile long keyedHash;

  private ResourceKey(String name) {
    this.name = name;
  }

  /** Makes a key of a name that the caller has already made canonical. */
  public static ResourceKey of(String name) {
    return new ResourceKey(name);
  }

  /**
   * Returns a hash that differs from one start of the JVM to the next, so that keys with equal
   * hashes cannot be chosen on purpose. Computed once for each key.
   */
  public long keyedHash() {
    long known = keyedHash;
    if (known == 0) {
      known = HASH.numberOf(name);
      keyedHash = known;
    }
    return known;
  }

  /** By the names, so that maps stay fast where hash codes collide. */
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

  /** The canonical name. */
  @Override
  public String toString() {
    return name;
  }
}
