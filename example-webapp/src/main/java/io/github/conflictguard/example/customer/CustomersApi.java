package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** {@code /api/customers}: lists all customers and adds new ones. */
public final class CustomersApi extends JsonServlet {

  private Customers customers;

  public CustomersApi() {
    super("GET", "HEAD", "POST");
  }

  @Override
  public void init() {
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    Json.send(response, HttpServletResponse.SC_OK, customers.all());
  }

  // tag::guarded[]
  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    JsonObject body = Json.read(request);
    Customer added =
        customers.add(
            new Customer(null, body.text("name"), body.text("email"), body.text("phone")));
    Json.sendCreated(request, response, added.id(), added);
  }
  // end::guarded[]
}
