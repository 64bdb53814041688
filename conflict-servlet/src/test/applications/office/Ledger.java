package office;

import java.io.IOException;
import java.sql.SQLException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** What the tests see of the table, past all pages. */
public class Ledger extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    String id = request.getParameter("id");
    response.getWriter().println(id == null ? Customers.size() : Customers.get(Integer.valueOf(id)));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Customer customer = new Customer();
    customer.setName(request.getParameter("name"));
    customer.setPhone("1");
    customer.setNotes("one\ntwo\nthree\nfour");
    try {
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().println(Customers.add(customer));
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }
}
