<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="io.github.conflictguard.example.customer.Customer" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  Customer customer = (Customer) request.getAttribute("customer");
  String title = customer.id() == null ? "New customer" : "Edit customer";
%>
<%@ include file="head.jspf" %>
<form class="fields" action="<%= Html.link(request, response, "/customers/save") %>" method="post">
<% if (customer.id() != null) { %>
  <input type="hidden" name="id" value="<%= customer.id() %>">
<% } %>
  <label for="name">Name</label>
  <input id="name" name="name" required maxlength="200" autocomplete="off"
         value="<%= Html.escape(customer.name()) %>">
  <label for="email">E-mail</label>
  <input id="email" name="email" type="email" required maxlength="200" autocomplete="off"
         value="<%= Html.escape(customer.email()) %>">
  <label for="phone">Phone <small>(may stay empty)</small></label>
  <input id="phone" name="phone" type="tel" maxlength="50" autocomplete="off"
         value="<%= Html.escape(customer.phone()) %>">
  <p>
    <button>Save</button>
    <a href="<%= Html.link(request, response, "/customers") %>">Cancel</a>
  </p>
</form>
<%@ include file="foot.jspf" %>
