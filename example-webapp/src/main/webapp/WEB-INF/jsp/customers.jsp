<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="java.util.List" %>
<%@ page import="io.github.conflictguard.example.customer.Customer" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<% String title = "Customers"; %>
<%@ include file="head.jspf" %>
<table>
  <thead>
    <tr>
      <th scope="col">Name</th>
      <th scope="col">E-mail</th>
      <th scope="col">Phone</th>
      <th scope="col"><span class="unseen">Actions</span></th>
    </tr>
  </thead>
  <tbody>
<% for (Object row : (List<?>) request.getAttribute("customers")) { %>
<%   Customer customer = (Customer) row; %>
    <tr>
      <td><a href="<%= Html.link(request, response, "/customers/edit?id=" + customer.id()) %>"><%= Html.escape(customer.name()) %></a></td>
      <td><%= Html.escape(customer.email()) %></td>
      <td><%= Html.escape(customer.phone()) %></td>
      <td>
        <form action="<%= Html.link(request, response, "/customers/delete") %>" method="post">
          <input type="hidden" name="id" value="<%= customer.id() %>">
          <button class="quiet" aria-label="Delete <%= Html.escape(customer.name()) %>">Delete</button>
        </form>
      </td>
    </tr>
<% } %>
  </tbody>
</table>
<p><a class="button" href="<%= Html.link(request, response, "/customers/new") %>">New customer</a></p>
<%@ include file="foot.jspf" %>
