package io.github.conflictguard.example.order;

import io.github.conflictguard.example.customer.Customer;
import io.github.conflictguard.example.customer.Customers;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /orders}: the list of all orders with the names of their customers. */
public final class OrderPages extends OfficeServlet {

  private Orders orders;
  private Customers customers;

  public OrderPages() {
    super("GET", "HEAD");
  }

  @Override
  public void init() {
    orders = Shared.get(getServletContext(), Orders.class);
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    Map<Long, String> names =
        customers.all().stream().collect(Collectors.toMap(Customer::id, Customer::name));
    request.setAttribute("orders", orders.all());
    request.setAttribute("names", names);
    show("orders.jsp", request, response);
  }
}
