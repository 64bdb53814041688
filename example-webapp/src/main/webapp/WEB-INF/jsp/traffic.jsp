<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="io.github.conflictguard.example.traffic.Outcome" %>
<%@ page import="io.github.conflictguard.example.traffic.Tally" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "Traffic";
  Tally tally = (Tally) request.getAttribute("tally");
  String stopped = (String) request.getAttribute("stopped");
%>
<%@ include file="head.jspf" %>
<% if (Boolean.TRUE.equals(request.getAttribute("playing"))) { %>
<p>The scene is being played. Reload this page for its counts.</p>
<% } else if (stopped != null) { %>
<p class="lead">The scene has stopped, because a response was not the one of its script.</p>
<p>It needs the filter. If the monitor has switched it off, switch it on there, on the page <i>Rules</i>, and play the
scene again. Records that it has added stay until the office is restarted.</p>
<p>The response: <code><%= Html.escape(stopped) %></code></p>
<% } else if (tally == null) { %>
<p>Nothing has been played yet.</p>
<% } else { %>
<p class="lead"><%= tally.requests() %> requests of three users, one after the other.</p>
<table>
  <thead>
    <tr>
      <th scope="col">Outcome</th>
      <th scope="col" class="number">Requests</th>
      <th scope="col">Meaning</th>
    </tr>
  </thead>
  <tbody>
<%   for (Outcome outcome : Outcome.values()) { %>
    <tr>
      <th scope="row"><%= Html.escape(outcome.title()) %></th>
      <td class="number"><%= tally.count(outcome) %></td>
      <td><%= Html.escape(outcome.explanation()) %></td>
    </tr>
<%   } %>
  </tbody>
</table>
<p>Each refusal and each loss has a line in the log. A request that was saved over another change counts as saved and
as lost: with <code>"mode": "protect"</code> for the lunch menu, it would have been refused.</p>
<% } %>
<% if (application.getInitParameter("conflictguard.monitor") != null) { %>
<p><a class="button" href="<%= Html.escape(request.getContextPath()) %>/conflict-guard/">Open the monitor</a></p>
<p>It requires the token that is in the log, in the line <code>the monitor is at</code>.</p>
<% } %>
<form action="<%= Html.escape(request.getContextPath()) %>/traffic" method="post">
  <button class="quiet">Play <%= tally == null ? "it" : "it again" %></button>
</form>
<%@ include file="foot.jspf" %>
