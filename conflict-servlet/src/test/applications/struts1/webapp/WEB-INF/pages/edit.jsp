<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="html" uri="http://struts.apache.org/tags-html" %>
<!DOCTYPE html>
<html>
<head><title>Customer</title></head>
<body>
<h1>Customer</h1>
<html:errors/>
<html:form action="/saveCustomer">
  <html:hidden property="id"/>
  <%@ include file="fields.jspf" %>
  <html:submit>Save</html:submit>
  <html:cancel>Cancel</html:cancel>
</html:form>
<html:form action="/deleteCustomer">
  <html:hidden property="id"/>
  <html:submit>Delete</html:submit>
</html:form>
</body>
</html>
