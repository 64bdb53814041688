package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** {@code /api/customers/{id}}: one customer. */
public final class CustomerApi extends JsonServlet {

  private Customers customers;

  public CustomerApi() {
    super("GET", "HEAD", "PUT", "PATCH", "DELETE");
  }

  @Override
  public void init() {
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    Json.send(response, HttpServletResponse.SC_OK, customers.get(Id.inPath(request)));
  }

  @Override
  @ConflictGuarded
  protected void put(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    long id = Id.inPath(request);
    JsonObject body = Json.read(request);
    replace(response, new Customer(id, body.text("name"), body.text("email"), body.text("phone")));
  }

  @Override
  @ConflictGuarded
  protected void patch(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    Customer old = customers.get(Id.inPath(request));
    JsonObject body = Json.read(request);
    replace(
        response,
        new Customer(
            old.id(),
            body.has("name") ? body.text("name") : old.name(),
            body.has("email") ? body.text("email") : old.email(),
            body.has("phone") ? body.text("phone") : old.phone()));
  }

  @Override
  @ConflictGuarded
  protected void delete(HttpServletRequest request, HttpServletResponse response)
      throws SQLException {
    customers.remove(Id.inPath(request));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private void replace(HttpServletResponse response, Customer customer)
      throws SQLException, IOException {
    customers.replace(customer);
    Json.send(response, HttpServletResponse.SC_OK, customer);
  }
}
