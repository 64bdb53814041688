package io.github.conflictguard.servlet.disclosure;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;

/**
 * Answers whether the result of an internal GET (values, current tag, date, existence) may be shown
 * to a client. It may, if
 *
 * <ul>
 *   <li>the application has itself served the resource to the same client, within hours, and has
 *       not refused it since; or
 *   <li>a GET of the client could not have been answered in another way, because nothing stands
 *       between clients and the resource, see {@link Protection}, and the application has no users.
 * </ul>
 *
 * <p>Safe for use by several threads.
 */
public final class ReadRights {

  private static final String REFUSED = "refused\n";

  private final Protection protection;
  private final long start = System.nanoTime();
  private final ShownResources shown =
      new ShownResources(() -> TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));

  /** Whether a request has had a user: then something authenticates that is not seen here. */
  private volatile boolean hasUsers;

  /** Begins with nothing shown to any client. */
  public ReadRights(Protection protection) {
    this.protection = protection;
  }

  /**
   * Whether the client may be shown what a read of a resource would give.
   *
   * @param resource where it is read, and its key
   */
  public boolean mayShow(HttpServletRequest request, Resource resource) {
    return isOpen(request, resource) || shown.contains(resource.shownTo(Viewer.of(request)));
  }

  /** Whether every client may read a resource. */
  public boolean isOpen(HttpServletRequest request, Resource resource) {
    if (!hasUsers && (request.getRemoteUser() != null || request.getAuthType() != null)) {
      hasUsers = true;
    }
    return !hasUsers && protection.isOpen(resource.path());
  }

  /** Whether the last read of a page by the client was refused. */
  public boolean wasRefused(HttpServletRequest request, Resource resource) {
    return shown.contains(REFUSED + resource.shownTo(Viewer.of(request)));
  }

  /**
   * Notes how the application has answered a GET of a client.
   *
   * @param status of the answer
   * @param page whether its forms are looked at
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
