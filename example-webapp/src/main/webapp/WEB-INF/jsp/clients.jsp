<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<%@ page import="java.util.Map" %>
<%@ page import="io.github.conflictguard.example.signon.SignOn" %>
<%@ page import="io.github.conflictguard.example.web.Html" %>
<%
  String title = "Clients";
  String home = Html.escape(request.getContextPath());
  @SuppressWarnings("unchecked")
  Map<String, String> sources = (Map<String, String>) request.getAttribute("sources");
%>
<%@ include file="head.jspf" %>
<p class="lead">Register a user name twice: the second response is 409 with the kind <code>duplicate-key</code> and the
field. What each kind means is on the <a href="<%= home %>/conflict-guard/help/">pages for developers</a>.</p>

<section>
  <h2>Browser</h2>
  <form id="register">
    <p><label>User name <input name="username" required value="ada"></label></p>
    <button>Register</button>
  </form>
  <p><button id="count" class="quiet">Order one more of order 3</button></p>
  <p id="result" role="status"></p>
  <script type="module">
    import {conflictGuard, UnknownOutcomeError} from '<%= home %>/conflict-guard/client.js';
    const guard = conflictGuard({base: '<%= home %>'});
    const result = document.getElementById('result');
    const explained = async action => {
      try {
        result.textContent = await action();
      } catch (e) {
        result.textContent = e.kind === 'duplicate-key'
            ? 'Choose another ' + e.problem.field + ': ' + e.problem.title
            : e instanceof UnknownOutcomeError
              ? 'No response: reload the page to see whether it was saved' : e.message;
      }
    };
    document.getElementById('register').addEventListener('submit', event => {
      event.preventDefault();
      const username = new FormData(event.target).get('username');
      explained(async () => {
        await guard.send('POST', '/register', {username, email: username + '@example.org'});
        return 'Registered ' + username;
      });
    });
    document.getElementById('count').addEventListener('click', () => explained(async () => {
      const {data} = await guard.update('/api/orders/3',
          order => ({quantity: order.quantity + 1}), {method: 'PATCH'});
      return 'Ordered: ' + data.quantity;
    }));
  </script>
</section>
<% for (Map.Entry<String, String> source : sources.entrySet()) { %>
<section>
  <h2><%= Html.escape(source.getKey()) %></h2>
  <pre tabindex="0"><code><%= Html.escape(source.getValue()) %></code></pre>
</section>
<% } %>
<%@ include file="foot.jspf" %>
