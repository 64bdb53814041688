<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="form" uri="http://www.springframework.org/tags/form" %>
<!DOCTYPE html>
<html>
<head><title>Customer ${customer.name}</title></head>
<body>
<h1>Customer</h1>
<form:form modelAttribute="customer" method="post">
  <table>
    <tr><td><form:label path="name">Name</form:label></td>
        <td><form:input path="name"/> <form:errors path="name"/></td></tr>
    <tr><td><form:label path="phone">Phone</form:label></td><td><form:input path="phone"/></td></tr>
    <tr><td><form:label path="rating">Rating</form:label></td>
        <td><form:select path="rating">
          <form:option value="bronze">Bronze</form:option>
          <form:option value="silver">Silver</form:option>
          <form:option value="gold">Gold</form:option>
        </form:select></td></tr>
    <tr><td>Active</td><td><form:checkbox path="active"/></td></tr>
    <tr><td><form:label path="notes">Notes</form:label></td><td><form:textarea path="notes"/></td></tr>
  </table>
  <button type="submit">Save</button>
  <input type="submit" name="_cancel" value="Cancel">
</form:form>
<% if (((office.Customer) request.getAttribute("customer")).getId() != null) { %>
<form:form action="${pageContext.request.contextPath}/customers/${customer.id}/delete" method="post">
  <button type="submit">Delete</button>
</form:form>
<% } %>
</body>
</html>
