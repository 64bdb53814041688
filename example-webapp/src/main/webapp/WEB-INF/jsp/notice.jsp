<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "Notice " + request.getAttribute("name");
%>
<%@ include file="head.jspf" %>
<p>Shown at <%= new java.util.Date() %>.</p>
<form class="fields" method="post">
  <label for="text">Text</label>
  <input id="text" name="text" required maxlength="1000" autocomplete="off"
         value="<%= Html.escape(request.getAttribute("text")) %>">
  <p>
    <button>Save</button>
  </p>
</form>
<%@ include file="foot.jspf" %>
