<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="s" uri="/struts-tags" %>
<!DOCTYPE html>
<html>
<head><title>Customer</title></head>
<body>
<h1>Customer</h1>
<s:form action="customer">
  <s:token/>
  <s:hidden name="id"/>
  <s:textfield name="customer.name" label="Name"/>
  <s:textfield name="customer.phone" label="Phone"/>
  <s:select name="customer.rating" label="Rating"
            list="#{'bronze': 'Bronze', 'silver': 'Silver', 'gold': 'Gold'}"/>
  <s:checkbox name="customer.active" label="Active"/>
  <s:textarea name="customer.notes" label="Notes"/>
  <s:submit method="save" value="Save"/>
  <s:submit action="deleteCustomer" value="Delete"/>
  <s:submit method="back" value="Cancel"/>
</s:form>
</body>
</html>
