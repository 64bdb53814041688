<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="java.util.List" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "Play two users";
  String home = Html.escape(request.getContextPath());
  String api =
      Html.escape(
          request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort()
              + request.getContextPath() + "/api");
  List<String> users = SignOn.USERS.subList(0, 2);
%>
<%@ include file="/WEB-INF/jsp/head.jspf" %>
<p class="lead">Ann and Ben have opened the same customer. In an application of 2010 the one who saves last
erases what the other one has saved. Conflict Guard prevents that, and the application is unchanged.</p>

<ol class="steps">
  <li><strong>Save as Ann.</strong> Change the phone number in the first window, and save.</li>
  <li><strong>Save as Ben.</strong> Change phone number or name in the second one, and save.</li>
  <li><strong>See the conflict page.</strong> Ben gets both changes to choose from. Nothing is lost.</li>
</ol>

<div class="windows">
<% for (String player : users) { %>
  <section class="window" aria-labelledby="<%= player %>">
    <div class="bar">
      <h2 id="<%= player %>"><%= player %></h2>
      <a href="<%= home %>/sign-on?user=<%= player %>" target="_blank">Open in a window of its own</a>
    </div>
    <iframe title="The window of <%= player %>" name="<%= player %>" src="<%= home %>/sign-on?user=<%= player %>"></iframe>
  </section>
<% } %>
</div>
<p><a class="button quiet" href="<%= home %>/">Start over</a></p>

<div class="cards">
  <section>
    <h2>The same for programs</h2>
    <ol>
      <li>
        <p>Read a customer. The response has an entity tag.</p>
        <pre tabindex="0"><code>curl -i <%= api %>/customers/2</code></pre>
      </li>
      <li>
        <p>Update that version: put the tag in place of <code>TAG</code>.</p>
        <pre tabindex="0"><code>curl -i -X PATCH <%= api %>/customers/2 \
  -H 'If-Match: "TAG"' -H 'Content-Type: application/json' \
  -d '{"phone":"+1 202 555 0102"}'</code></pre>
      </li>
      <li>
        <p>Send the same with another number. The tag is stale, so the response is <strong>412</strong>.</p>
      </li>
    </ol>
  </section>

  <section>
    <h2>A value that is in use</h2>
    <ol>
      <li>
        <p>Open the form of a <a href="<%= home %>/customers/new">new customer</a>.</p>
      </li>
      <li>
        <p>Enter the e-mail address <code>ada@example.org</code>, and save. The page explains the conflict and
        keeps the input.</p>
      </li>
      <li>
        <p>Do the same as a program: <strong>409</strong>, and not a 500 with a stack trace.</p>
        <pre tabindex="0"><code>curl -i <%= api %>/customers \
  -H 'Content-Type: application/json' \
  -d '{"name":"Another Ada","email":"ada@example.org"}'</code></pre>
      </li>
    </ol>
  </section>

  <section>
    <h2>What only the application detects</h2>
    <p>An order is shipped once: the first response is 200, the second one <strong>409</strong>.</p>
    <pre tabindex="0"><code>curl -i -X POST <%= api %>/orders/1/ship
curl -i -X POST <%= api %>/orders/1/ship</code></pre>
    <p>A customer with orders is not deleted: <strong>409</strong>.</p>
    <pre tabindex="0"><code>curl -i -X DELETE <%= api %>/customers/2</code></pre>
  </section>

  <section>
    <h2>Clients</h2>
    <p>A form that registers a user name by script, and clients in Python and PHP that do the same: each reads the
    problem, and retries only where that helps.</p>
    <p><a href="<%= home %>/clients">See the clients</a>, and the
    <a href="<%= home %>/conflict-guard/help/">pages for their developers</a>.</p>
  </section>

  <section>
    <h2>A busy office</h2>
    <p>Three users at work in the same records, by pages and by programs: about seventy requests, in a moment.
    Then see what was saved, refused and lost.</p>
    <form action="<%= home %>/traffic" method="post">
      <button>Play traffic</button>
    </form>
<% if (application.getInitParameter("conflictguard.monitor") != null) { %>
    <p><a href="<%= home %>/conflict-guard/">Open the monitor</a>, with the token that is in the log.</p>
<% } %>
  </section>
</div>
<%@ include file="/WEB-INF/jsp/foot.jspf" %>
