package io.github.conflictguard.servlet.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseBody;

/** Answers in every way that Spring MVC has. */
@Controller
@RequestMapping("/{caching}/")
public class RecordController {

  /** Answers by the JSON converter, which flushes. */
  @RequestMapping("json")
  @ResponseBody
  public Map<String, String> json() {
    return Collections.singletonMap("name", "M\u00fcller");
  }

  /** Answers by the String converter, with a length. */
  @RequestMapping(value = "text", produces = "text/plain;charset=UTF-8")
  @ResponseBody
  public String text() {
    return "M\u00fcller";
  }

  /** Answers with bytes and headers. */
  @RequestMapping("entity")
  public ResponseEntity<byte[]> entity() {
    return ResponseEntity.ok()
        .header("X-Own", "1")
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .body("bytes".getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with more than a container's buffer holds. */
  @RequestMapping("large")
  @ResponseBody
  public Map<String, byte[]> large() {
    return Collections.singletonMap("bytes", new byte[60_000]);
  }

  /** Answers with another status. */
  @RequestMapping("missing")
  public ResponseEntity<Map<String, String>> missing() {
    // The constructor takes another type from Spring 6 on.
    return ResponseEntity.status(404).body(Collections.singletonMap("error", "none"));
  }

  /** Writes by itself, and asks for the writer again and again. */
  @RequestMapping("feed")
  public void feed(HttpServletResponse response) throws IOException {
    response.setContentType("application/atom+xml;charset=UTF-8");
    response.getWriter().write("<feed>");
    response.getWriter().write("<entry>\u20ac</entry>");
    response.getWriter().write("</feed>");
    response.getWriter().flush();
  }

  /** The same with the stream, which it closes. */
  @RequestMapping("bytes")
  public void bytes(HttpServletResponse response) throws IOException {
    response.setContentType("application/json");
    response.getOutputStream().write('[');
    response.getOutputStream().write(']');
    response.getOutputStream().flush();
    response.getOutputStream().close();
  }

  /** Forwards to a page. */
  @RequestMapping("page")
  public String page() {
    return "forward:/plain/form";
  }

  /** Forwards to JSON. */
  @RequestMapping("forward/{name}")
  public String forward(
      @PathVariable("caching") String caching, @PathVariable("name") String name) {
    return "forward:/mvc/" + caching + '/' + name;
  }

  /** Redirects. */
  @RequestMapping("redirect")
  public String redirect() {
    return "redirect:/mvc/stored/json";
  }

  /** Makes a session. */
  @RequestMapping("session")
  @ResponseBody
  public String session(HttpServletRequest request) {
    request.getSession().setAttribute("seen", "yes");
    return "new";
  }

  /** Ends with an error of the container. */
  @RequestMapping("error")
  public void error(HttpServletResponse response) throws IOException {
    response.sendError(HttpServletResponse.SC_GONE);
  }
}
