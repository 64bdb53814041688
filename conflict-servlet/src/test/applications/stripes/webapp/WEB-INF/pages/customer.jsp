<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="stripes" uri="http://stripes.sourceforge.net/stripes.tld" %>
<!DOCTYPE html>
<html>
<head><title>Customer</title></head>
<body>
<h1>Customer</h1>
<stripes:errors/>
<stripes:form beanclass="office.CustomerActionBean">
  <stripes:hidden name="id"/>
  <table>
    <tr><td><stripes:label for="customer.name">Name</stripes:label></td>
        <td><stripes:text name="customer.name"/></td></tr>
    <tr><td>Phone</td><td><stripes:text name="customer.phone"/></td></tr>
    <tr><td>Rating</td><td><stripes:select name="customer.rating">
      <stripes:option value="bronze">Bronze</stripes:option>
      <stripes:option value="silver">Silver</stripes:option>
      <stripes:option value="gold">Gold</stripes:option>
    </stripes:select></td></tr>
    <tr><td>Active</td><td><stripes:checkbox name="customer.active"/></td></tr>
    <tr><td>Notes</td><td><stripes:textarea name="customer.notes"/></td></tr>
  </table>
  <% if (request.getParameter("id") != null) { %>
  <stripes:submit name="save" value="Save"/>
  <stripes:submit name="delete" value="Delete"/>
  <% } else { %>
  <stripes:submit name="add" value="Save"/>
  <% } %>
  <stripes:submit name="cancel" value="Cancel"/>
</stripes:form>
</body>
</html>
