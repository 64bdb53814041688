package io.github.conflictguard.example.signon;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;

/**
 * A filter that makes the user of a session the remote user of its requests, as applications with a
 * login of their own do. It stands in front of Conflict Guard, which distinguishes users by it.
 */
public final class SignOnFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest sent = (HttpServletRequest) request;
    HttpSession session = sent.getSession(false);
    String user = session == null ? null : (String) session.getAttribute(SignOn.USER);
    chain.doFilter(user == null ? request : new UserRequest(sent, user), response);
  }

  /** A request with a remote user. */
  private static final class UserRequest extends HttpServletRequestWrapper {

    private final String user;

    UserRequest(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public String getRemoteUser() {
      return user;
    }

    @Override
    public Principal getUserPrincipal() {
      return () -> user;
    }
  }
}
