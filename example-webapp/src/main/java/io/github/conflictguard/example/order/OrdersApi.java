package io.github.conflictguard.example.order;

import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /api/orders}: lists all orders and adds new ones. */
public final class OrdersApi extends JsonServlet {

  private Orders orders;

  public OrdersApi() {
    super("GET", "HEAD", "POST");
  }

  @Override
  public void init() {
    orders = Shared.get(getServletContext(), Orders.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Json.send(response, HttpServletResponse.SC_OK, orders.all());
  }

  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    JsonObject body = Json.read(request);
    Order added =
        orders.add(new Order(body.id("customerId"), body.text("item"), body.integer("quantity")));
    Json.sendCreated(request, response, added.getId(), added);
  }
}
