package io.github.conflictguard.example.traffic;

import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.example.web.OfficeServlet;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code /traffic}: plays a {@link Scene} against this office itself, and shows its counts.
 *
 * <p>The scene writes into the database, so only a caller on the same machine can start it, and no
 * page of another site.
 */
public final class TrafficPage extends OfficeServlet {

  private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "Via");

  private final AtomicBoolean playing = new AtomicBoolean();
  private volatile Tally last;

  /** Why the last scene has stopped; null if it was played to its end. */
  private volatile String stopped;

  public TrafficPage() {
    super("GET", "HEAD", "POST");
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute("tally", last);
    request.setAttribute("playing", playing.get());
    request.setAttribute("stopped", stopped);
    show("traffic.jsp", request, response);
  }

  @Override
  protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (!isFromThisMachine(request) || !isFromThisSite(request) || request.isSecure()) {
      throw ClientErrorException.forbidden(
          "traffic is played for callers on this machine only, over plain HTTP");
    }
    if (playing.compareAndSet(false, true)) {
      try {
        last = Scene.play(addressOf(request));
        stopped = null;
      } catch (IllegalStateException e) {
        log("The scene has stopped", e);
        stopped = e.getMessage();
      } finally {
        playing.set(false);
      }
    }
    redirect(request, response, "/traffic");
  }

  private static boolean isFromThisMachine(HttpServletRequest request) throws IOException {
    return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()
        && PROXY_HEADERS.stream().allMatch(name -> request.getHeader(name) == null);
  }

  /** Returns whether the request is that of a page of the office, or not that of a browser. */
  private static boolean isFromThisSite(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return origin == null || origin.equals("http://" + request.getHeader("Host"));
  }

  /** Returns the address of the office for a client on this machine. */
  private static URI addressOf(HttpServletRequest request) {
    String host = request.getLocalAddr();
    return URI.create(
        "http://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + request.getLocalPort()
            + request.getContextPath());
  }
}
