package office;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** All that is done with a customer, told apart by the parameter action. */
public class CustomerServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setCharacterEncoding("UTF-8");
    request.getSession();
    String action = request.getParameter("action");
    String number = request.getParameter("id");
    Integer id = number == null || number.isEmpty() ? null : Integer.valueOf(number);
    try {
      if (action == null) {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().print("<!DOCTYPE html><title>Customers</title><h1>Customers</h1>");
      } else if (action.equals("edit") && Customers.get(id) == null) {
        response.sendError(404);
      } else if (action.equals("edit")) {
        show(response, Customers.get(id), "");
      } else if (action.equals("new")) {
        show(response, new Customer(), "");
      } else {
        change(request, response, action, id);
      }
    } catch (SQLException e) {
      throw new ServletException(e);
    }
  }

  private void change(
      HttpServletRequest request, HttpServletResponse response, String action, Integer id)
      throws IOException, SQLException {
    Customer customer = new Customer();
    customer.setId(id);
    customer.setName(String.valueOf(request.getParameter("name")));
    customer.setPhone(request.getParameter("phone"));
    customer.setRating(request.getParameter("rating"));
    customer.setActive(request.getParameter("active") != null);
    customer.setNotes(String.valueOf(request.getParameter("notes")));
    boolean back = request.getParameter("cancel") != null;
    if (!back && !action.equals("delete") && customer.getName().isEmpty()) {
      response.setStatus(422);
      show(response, customer, "Name is missing");
      return;
    }
    if (action.equals("delete")) {
      Customers.remove(id);
    } else if (!back && id == null) {
      Customers.add(customer);
    } else if (!back) {
      Customers.store(id, customer);
    }
    response.sendRedirect("customer");
  }

  private void show(HttpServletResponse response, Customer customer, String mistake)
      throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    PrintWriter page = response.getWriter();
    Integer id = customer.getId();
    page.println("<!DOCTYPE html><html><head><title>Customer</title></head><body>");
    page.println("<h1>Customer</h1><p>" + mistake + "</p>");
    page.println("<form method='post' action='customer'>");
    page.println(
        "<input type='hidden' name='action' value='" + (id == null ? "create" : "save") + "'>");
    if (id != null) {
      page.println("<input type='hidden' name='id' value='" + id + "'>");
    }
    page.println("<table>");
    page.println("<tr><td>Name:<td><input name='name' value='" + customer.getName() + "'>");
    page.println("<tr><td>Phone:<td><input name='phone' value='" + customer.getPhone() + "'>");
    page.println("<tr><td>Rating:<td><select name='rating'>");
    for (String rating : new String[] {"bronze", "silver", "gold"}) {
      String selected = rating.equals(customer.getRating()) ? " selected" : "";
      page.println("<option value='" + rating + "'" + selected + ">" + rating + "</option>");
    }
    page.println("</select><tr><td>Active:<td><input type='checkbox' name='active'");
    page.println(customer.isActive() ? "checked>" : ">");
    page.println("<tr><td>Notes:<td><textarea name='notes'>");
    page.print(customer.getNotes());
    page.println("</textarea></table>");
    page.println("<input type='submit' value='Save'>");
    page.println("<input type='submit' name='cancel' value='Cancel'></form>");
    if (id != null) {
      page.println("<a href='customer?action=delete&amp;id=" + id + "'>Delete</a>");
    }
    page.println("</body></html>");
  }
}
