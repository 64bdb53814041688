package io.github.conflictguard.servlet.disclosure;

/** A resource and the address at which it is read. Immutable. */
public final class Resource {

  private final String key;
  private final String path;
  private final String query;

  /**
   * Creates a resource.
   *
   * @param path its address, decoded, inside the application
   * @param query the part of the query that distinguishes it from others at the same path; empty
   *     when the key does
   */
  public Resource(String key, String path, String query) {
    this.key = key;
    this.path = path;
    this.query = query;
  }

  String path() {
    return path;
  }

  String shownTo(String viewer) {
    return viewer + '\n' + key.length() + ':' + key + path.length() + ':' + path + query;
  }
}
