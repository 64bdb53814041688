package io.github.conflictguard.resource;

/**
 * The canonical name of the thing being changed, shared by every URL that reads or writes it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class ResourceKey {

  private final String name;

  private ResourceKey(String name) {
    this.name = name;
  }

  /** Makes a key of a name that the caller has already made canonical. */
  public static ResourceKey of(String name) {
    return new ResourceKey(name);
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
