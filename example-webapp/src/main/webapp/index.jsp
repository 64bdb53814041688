<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "A small office";
  String api =
      Html.escape(
          request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort()
              + request.getContextPath() + "/api");
%>
<%@ include file="/WEB-INF/jsp/head.jspf" %>
<p>An application as it might have been written in 2010: servlets, JSP, JDBC and JPA. Its handlers know
nothing of entity tags or preconditions. Conflict Guard adds them from the outside; here is what to try.</p>

<h2>Two writers, one customer</h2>
<p>Read a customer together with its entity tag:</p>
<pre><code>curl -i <%= api %>/customers/1</code></pre>
<p>Update it, but only if nobody else did. Put the tag you have just read in place of
<code>THE-TAG</code>:</p>
<pre><code>curl -i -X PATCH <%= api %>/customers/1 -H 'If-Match: "THE-TAG"' \
     -H 'Content-Type: application/json' -d '{"phone":"+44 20 7946 0002"}'</code></pre>
<p>Send the same line again. The tag is stale now, so the answer is <strong>412</strong> and nothing is
overwritten.</p>

<h2>What only the database knows</h2>
<p>An e-mail address that somebody else has: <strong>409</strong>, not a 500 with a stack trace.</p>
<pre><code>curl -i <%= api %>/customers -H 'Content-Type: application/json' \
     -d '{"name":"Another Ada","email":"ada@example.org"}'</code></pre>
<p>A customer who still has orders: <strong>409</strong>.</p>
<pre><code>curl -i -X DELETE <%= api %>/customers/2</code></pre>

<h2>What only the application knows</h2>
<p>An order is shipped once. The first of these answers 200, the second one <strong>409</strong>:</p>
<pre><code>curl -i -X POST <%= api %>/orders/1/ship
curl -i -X POST <%= api %>/orders/1/ship</code></pre>

<h2>In the browser</h2>
<p>The <a href="customers">customers</a> and the <a href="orders">orders</a> have ordinary pages and forms.
A taken e-mail address, a customer who has orders and an order that was shipped in another window are
answered with a page that says what happened.</p>
<%@ include file="/WEB-INF/jsp/foot.jspf" %>
