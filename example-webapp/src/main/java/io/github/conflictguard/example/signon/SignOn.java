package io.github.conflictguard.example.signon;

import io.github.conflictguard.example.customer.Customers;
import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.example.web.Form;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code /sign-on?user=Ann}: starts a session for one of the users, and opens the first customer.
 *
 * <p>There is no password. The session is identified by the address ({@code web.xml} sets the
 * tracking mode) and not by a cookie, so that two windows of one browser belong to two users. Both
 * are for demonstration only.
 */
public final class SignOn extends OfficeServlet {

  /** The users, in the order of the alphabet. */
  public static final List<String> USERS = List.of("Ann", "Ben", "Cleo");

  private static final String USER = "office.user";

  private Customers customers;

  public SignOn() {
    super("GET", "HEAD");
  }

  /** Returns the user of a request; null without a session. */
  public static String userOf(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    return session == null ? null : (String) session.getAttribute(USER);
  }

  @Override
  public void init() {
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    String user = Form.text(request, "user");
    if (user == null || !USERS.contains(user)) {
      throw ClientErrorException.badRequest("user must be one of " + String.join(", ", USERS));
    }
    request.getSession().setAttribute(USER, user);
    String page =
        customers.all().stream()
            .findFirst()
            .map(customer -> "/customers/edit?id=" + customer.id())
            .orElse("/customers/new");
    redirect(request, response, page);
  }
}
