package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** The read-only pages: the list, the form of a customer, and the empty form. */
public final class CustomerPages extends OfficeServlet {

  private Customers customers;

  public CustomerPages() {
    super("GET", "HEAD");
  }

  @Override
  public void init() {
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  protected void get(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, ServletException, IOException {
    switch (request.getServletPath()) {
      case "/customers/edit" -> {
        request.setAttribute("customer", customers.get(Id.inParameter(request)));
        show("customer.jsp", request, response);
      }
      case "/customers/new" -> {
        request.setAttribute("customer", new Customer(null, null, null, null));
        show("customer.jsp", request, response);
      }
      default -> {
        request.setAttribute("customers", customers.all());
        show("customers.jsp", request, response);
      }
    }
  }
}
