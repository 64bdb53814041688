package io.github.conflictguard.example.stock;

import io.github.conflictguard.example.web.ClientErrorException;
import io.github.conflictguard.example.web.Json;
import io.github.conflictguard.example.web.JsonObject;
import io.github.conflictguard.example.web.JsonServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /api/stock/{item}}: the number of pieces of an item in the stock. */
public final class StockApi extends JsonServlet {

  public StockApi() {
    super("GET", "HEAD", "PUT", "PATCH", "DELETE");
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response) throws IOException {
    send(response, existing(request));
  }

  @Override
  protected void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
    JsonObject body = Json.read(request);
    send(response, Stock.room().put(name(request), body.text("label"), body.integer("pieces")));
  }

  @Override
  protected void patch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Stock.Item old = existing(request);
    JsonObject body = Json.read(request);
    send(
        response,
        Stock.room()
            .put(
                old.item(),
                body.has("label") ? body.text("label") : old.label(),
                body.has("pieces") ? body.integer("pieces") : old.pieces()));
  }

  @Override
  protected void delete(HttpServletRequest request, HttpServletResponse response) {
    Stock.room().remove(existing(request).item());
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  private static void send(HttpServletResponse response, Stock.Item item) throws IOException {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("item", item.item());
    shown.put("label", item.label());
    shown.put("pieces", item.pieces());
    Json.send(response, HttpServletResponse.SC_OK, shown);
  }

  private static Stock.Item existing(HttpServletRequest request) {
    Stock.Item item = Stock.room().find(name(request));
    if (item == null) {
      throw ClientErrorException.notFound("there is no such item");
    }
    return item;
  }

  private static String name(HttpServletRequest request) {
    String path = request.getPathInfo();
    if (path == null || path.length() < 2) {
      throw ClientErrorException.notFound("there is nothing at this address");
    }
    return path.substring(1);
  }
}
