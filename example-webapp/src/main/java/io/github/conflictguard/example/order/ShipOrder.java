package io.github.conflictguard.example.order;

import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /orders/ship}: the ship button of the order list. */
public final class ShipOrder extends OfficeServlet {

  private Orders orders;

  public ShipOrder() {
    super("POST");
  }

  @Override
  public void init() {
    orders = Shared.get(getServletContext(), Orders.class);
  }

  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    orders.ship(Id.inParameter(request));
    redirect(request, response, "/orders");
  }
}
