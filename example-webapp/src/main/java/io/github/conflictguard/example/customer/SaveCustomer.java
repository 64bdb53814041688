package io.github.conflictguard.example.customer;

import io.github.conflictguard.example.web.Form;
import io.github.conflictguard.example.web.Id;
import io.github.conflictguard.example.web.OfficeServlet;
import io.github.conflictguard.example.web.Shared;
import io.github.conflictguard.guard.ConflictGuarded;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/**
 * {@code /customers/save}: the target of both customer forms; adds a customer if there is no id.
 */
public final class SaveCustomer extends OfficeServlet {

  private Customers customers;

  public SaveCustomer() {
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
    Long id = Form.text(request, "id") == null ? null : Id.inParameter(request);
    Customer customer =
        new Customer(
            id,
            Form.text(request, "name"),
            Form.text(request, "email"),
            Form.text(request, "phone"));
    if (id == null) {
      customers.add(customer);
    } else {
      customers.replace(customer);
    }
    redirect(request, response, "/customers");
  }
}
