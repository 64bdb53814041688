package office;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Pages that everybody edits: with a preview, and a box for changes that do not matter much. */
public class WikiServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final Map<String, String> pages = new ConcurrentHashMap<String, String>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    request.getSession();
    String name = request.getPathInfo().substring(1);
    if (request.getParameter("raw") != null) {
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().print(text(name));
    } else if ("edit".equals(request.getParameter("action"))) {
      edit(response, name, text(name), "");
    } else {
      PrintWriter page = begin(response, name);
      page.println("<pre>" + escaped(text(name)) + "</pre>");
      page.println("<a href='" + name + "?action=edit'>Edit</a></body></html>");
    }
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    request.setCharacterEncoding("UTF-8");
    String name = request.getPathInfo().substring(1);
    String text = String.valueOf(request.getParameter("text")).replace("\r", "");
    if (request.getParameter("preview") != null) {
      edit(response, name, text, "<h2>Preview</h2><pre>" + escaped(text) + "</pre>");
    } else {
      if (request.getParameter("save") != null) {
        pages.put(name, text);
      }
      response.sendRedirect(name);
    }
  }

  private String text(String name) {
    String text = pages.get(name);
    return text == null ? "one\ntwo\nthree\nfour\n" : text;
  }

  private static PrintWriter begin(HttpServletResponse response, String name) throws IOException {
    response.setContentType("text/html;charset=UTF-8");
    PrintWriter page = response.getWriter();
    page.println("<!DOCTYPE html><html><head><title>" + name + "</title></head><body>");
    page.println("<h1>" + name + "</h1>");
    return page;
  }

  private static void edit(HttpServletResponse response, String name, String text, String preview)
      throws IOException {
    PrintWriter page = begin(response, name);
    page.println(preview);
    page.println("<form method='post' action='" + name + "'>");
    page.println("<input type='hidden' name='edittime' value='" + System.nanoTime() + "'>");
    page.println("<p><label for='text'>Text</label><br><textarea id='text' name='text'>");
    page.print(escaped(text));
    page.println("</textarea>");
    page.println("<p><label>Summary <input name='summary'></label>");
    page.println("<label><input type='checkbox' name='minor' value='1'> Minor edit</label>");
    page.println("<p><button name='save' value='1'>Save</button>");
    page.println("<button name='preview' value='1'>Preview</button>");
    page.println("<button name='cancel' value='1'>Cancel</button></form></body></html>");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
