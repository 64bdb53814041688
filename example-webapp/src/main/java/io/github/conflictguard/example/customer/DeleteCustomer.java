package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** {@code /customers/delete}: the delete button of the customer list. */
public final class DeleteCustomer extends OfficeServlet {

  private Customers customers;

  public DeleteCustomer() {
    super("POST");
  }

  @Override
  public void init() {
    customers = Shared.get(getServletContext(), Customers.class);
  }

  @Override
  @ConflictGuarded
  protected void post(HttpServletRequest request, HttpServletResponse response)
      throws SQLException, IOException {
    customers.remove(Id.inParameter(request));
    redirect(request, response, "/customers");
  }
}
