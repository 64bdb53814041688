package io.github.conflictguard.servlet.disclosure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;

/**
 * Decides whether the result of an internal GET (values, current tag, date, existence) may be
 * disclosed to a client. It may be disclosed if
 *
 * <ul>
 *   <li>the application itself has served the resource to the same client, within hours, and has
 *       not refused it since; or
 *   <li>a GET of the client would have had the same result, because no protection applies to the
 *       resource, see {@link Protection}, and the application has no users.
 * </ul>
 *
 * <p>Thread-safe.
 */
public final class ReadRights {

  private static final String REFUSED = "refused\n";

  private final Protection protection;
  private final long start = System.nanoTime();
  private final ShownResources shown =
      new ShownResources(() -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));

  /**
   * Whether any request has had a user, which implies an authentication that is not visible here.
   */
  private volatile boolean hasUsers;

  /** Creates rights under which nothing has been served to any client. */
  public ReadRights(Protection protection) {
    this.protection = protection;
  }

  /**
   * Returns whether the result of reading a resource may be disclosed to the client.
   *
   * @param resource its address and key
   */
  public boolean mayShow(HttpServletRequest request, Resource resource) {
    return isOpen(request, resource) || shown.contains(resource.shownTo(Viewer.of(request)));
  }

  /** Returns whether every client may read a resource. */
  public boolean isOpen(HttpServletRequest request, Resource resource) {
    if (!hasUsers && (request.getRemoteUser() != null || request.getAuthType() != null)) {
      hasUsers = true;
    }
    return !hasUsers && protection.isOpen(resource.path());
  }

  /** Returns whether the last read of a page by the client was refused. */
  public boolean wasRefused(HttpServletRequest request, Resource resource) {
    return shown.contains(REFUSED + resource.shownTo(Viewer.of(request)));
  }

  /**
   * Records how the application has responded to a GET of a client.
   *
   * @param status of the response
   * @param page whether its forms are processed
   */
  public void answered(HttpServletRequest request, Resource resource, int status, boolean page) {
    if (isOpen(request, resource)) {
      return;
    }
    String name = resource.shownTo(Viewer.of(request));
    if (status / 100 == 2 || status == 304) {
      shown.add(name);
      shown.remove(REFUSED + name);
    } else if (status / 100 == 3 || status == 401 || status == 403 || isGone(status)) {
      shown.remove(name);
      if (page) {
        shown.add(REFUSED + name);
      }
    }
  }

  private static boolean isGone(int status) {
    return status == 404 || status == 410;
  }
}
