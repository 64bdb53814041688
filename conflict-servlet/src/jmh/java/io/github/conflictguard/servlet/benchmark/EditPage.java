package io.github.conflictguard.servlet.benchmark;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code /page/65536/17}: a page of so many bytes with the form of a record below a table of
 * others, written in portions by a writer, as JSPs are. The same for each request, or of its own
 * record and with a new CSRF token in its head and its form.
 */
final class EditPage extends HttpServlet {

  private static final int PORTION = 8 * 1024;

  private static final String HEAD =
      "<!DOCTYPE html><html><head><title>Customer</title></head><body><table>";

  private static final String ROWS =
      "<tr><td><a href=\"customer?id=18\">Somebody</a></td><td>a@example.com</td></tr>\n"
          .repeat(14_000);

  private static final String FORM =
      "</table><form method=\"post\" action=\"/save\"><input type=\"hidden\" name=\"id\""
          + " value=\"17\"><input type=\"hidden\" name=\"_csrf\" value=\"0\"><label>Name <input"
          + " name=\"name\" value=\"Ada\"></label><label>Mail <input name=\"mail\""
          + " value=\"a@example.com\"></label><select name=\"kind\"><option value=\"1\""
          + " selected>One</option><option>Two</option></select><textarea name=\"note\">A"
          + " note</textarea><button>Save</button></form></body></html>";

  private static final String END = "</table></body></html>";

  private final boolean written;
  private final boolean fresh;
  private final String end;

  /**
   * Makes one.
   *
   * @param written whether it is written as characters; else as bytes
   * @param fresh whether each request gets a page of its own
   */
  EditPage(boolean written, boolean fresh) {
    this(written, fresh, FORM);
  }

  /** Makes a page without a form. */
  EditPage(boolean written) {
    this(written, false, END);
  }

  private EditPage(boolean written, boolean fresh, String end) {
    this.written = written;
    this.fresh = fresh;
    this.end = end;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/html;charset=utf-8");
    String info = request.getPathInfo();
    int size = Integer.parseInt(info.substring(1, info.indexOf('/', 1)));
    String head = HEAD;
    String form = end;
    if (fresh) {
      String token = Long.toHexString(ThreadLocalRandom.current().nextLong());
      String id = info.substring(info.lastIndexOf('/') + 1);
      head = HEAD.replace("<title>", "<meta name=\"csrf\" content=\"" + token + "\"><title>");
      form = FORM.replace("\"17\"", '"' + id + '"').replace("\"0\"", '"' + token + '"');
    }
    int rows = Math.max(0, size - head.length() - form.length());
    String page = head + ROWS.substring(0, rows) + form;
    if (written) {
      PrintWriter out = response.getWriter();
      for (int from = 0; from < page.length(); from += PORTION) {
        out.write(page, from, Math.min(page.length() - from, PORTION));
      }
    } else {
      byte[] bytes = page.getBytes(StandardCharsets.ISO_8859_1);
      for (int from = 0; from < bytes.length; from += PORTION) {
        response.getOutputStream().write(bytes, from, Math.min(bytes.length - from, PORTION));
      }
    }
  }
}
