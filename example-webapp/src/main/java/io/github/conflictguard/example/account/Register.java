package io.github.conflictguard.example.account;

import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/** {@code /register}: creates an account. A user name that exists is a conflict. */
public final class Register extends JsonServlet {

  private Accounts accounts;

  public Register() {
    super("POST");
  }

  @Override
  public void init() {
    accounts = Shared.get(getServletContext(), Accounts.class);
  }

  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    JsonObject body = Json.read(request);
    String username = body.text("username");
    if (username == null) {
      throw ClientErrorException.badRequest("username must be text");
    }
    accounts.add(username, body.text("email"));
    Json.send(response, HttpServletResponse.SC_CREATED, Map.of("username", username));
  }
}
