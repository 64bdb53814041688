<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="java.util.List" %>
<%@ page import="java.util.Map" %>
<%@ page import="io.github.conflictguard.example.order.Order" %>
<%@ page import="io.github.conflictguard.example.order.OrderState" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "Orders";
  Map<?, ?> names = (Map<?, ?>) request.getAttribute("names");
%>
<%@ include file="head.jspf" %>
<table>
  <thead>
    <tr>
      <th scope="col">No.</th>
      <th scope="col">Customer</th>
      <th scope="col">Item</th>
      <th scope="col">Quantity</th>
      <th scope="col">State</th>
    </tr>
  </thead>
  <tbody>
<% for (Object row : (List<?>) request.getAttribute("orders")) { %>
<%   Order order = (Order) row; %>
    <tr>
      <td><%= order.getId() %></td>
      <td><%= Html.escape(names.get(order.getCustomerId())) %></td>
      <td><%= Html.escape(order.getItem()) %></td>
      <td><%= order.getQuantity() %></td>
      <td>
<%   if (order.getState() == OrderState.SHIPPED) { %>
        shipped
<%   } else { %>
        <form action="<%= Html.link(request, response, "/orders/ship") %>" method="post">
          <input type="hidden" name="id" value="<%= order.getId() %>">
          <button aria-label="Ship order <%= order.getId() %>">Ship</button>
        </form>
<%   } %>
      </td>
    </tr>
<% } %>
  </tbody>
</table>
<%@ include file="foot.jspf" %>
