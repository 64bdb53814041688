<%@ page contentType="text/html;charset=UTF-8" pageEncoding="UTF-8" %>
<!DOCTYPE html>
<title>Sent before</title>
<p>The token of this page is spent.</p>
