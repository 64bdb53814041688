<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="html" uri="http://struts.apache.org/tags-html" %>
<!DOCTYPE html>
<html>
<head><title>New customer</title></head>
<body>
<h1>New customer</h1>
<html:errors/>
<html:form action="/createCustomer">
  <%@ include file="fields.jspf" %>
  <html:submit>Save</html:submit>
  <html:cancel>Cancel</html:cancel>
</html:form>
</body>
</html>
