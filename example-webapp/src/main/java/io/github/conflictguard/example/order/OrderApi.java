package io.github.conflictguard.example.order;

import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * {@code /api/orders/{id}}: a single order; {@code /api/orders/{id}/ship} ships it.
 *
 * <p>A body may contain the {@code version} that the client has read; JPA then rejects a stale one.
 * The state cannot be written here: only shipping changes it.
 */
public final class OrderApi extends JsonServlet {

  private static final String SHIP = "/ship";

  private Orders orders;

  public OrderApi() {
    super("GET", "HEAD", "PUT", "PATCH", "DELETE");
  }

  @Override
  public void init() {
    orders = Shared.get(getServletContext(), Orders.class);
  }

  @Override
  protected List<String> methods(HttpServletRequest request) {
    return request.getPathInfo().endsWith(SHIP) ? List.of("POST") : super.methods(request);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Json.send(response, HttpServletResponse.SC_OK, orders.get(Id.inPath(request)));
  }

  @Override
  @ConflictGuarded
  protected void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Order old = orders.get(Id.inPath(request));
    JsonObject body = Json.read(request);
    replace(
        response,
        old.edited(
            body.id("customerId"),
            body.text("item"),
            body.integer("quantity"),
            seenVersion(body, old)));
  }

  @Override
  @ConflictGuarded
  protected void patch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Order old = orders.get(Id.inPath(request));
    JsonObject body = Json.read(request);
    replace(
        response,
        old.edited(
            body.has("customerId") ? body.id("customerId") : old.getCustomerId(),
            body.has("item") ? body.text("item") : old.getItem(),
            body.has("quantity") ? body.integer("quantity") : old.getQuantity(),
            seenVersion(body, old)));
  }

  @Override
  @ConflictGuarded
  protected void delete(HttpServletRequest request, HttpServletResponse response) {
    orders.remove(Id.inPath(request));
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** Ships the order: the only POST below the URL of an order. */
  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Json.send(response, HttpServletResponse.SC_OK, orders.ship(Id.inPath(request, SHIP)));
  }

  private void replace(HttpServletResponse response, Order edited) throws IOException {
    Json.send(response, HttpServletResponse.SC_OK, orders.replace(edited));
  }

  private static int seenVersion(JsonObject body, Order stored) {
    Integer seen = body.integer("version");
    return seen == null ? stored.getVersion() : seen;
  }
}
