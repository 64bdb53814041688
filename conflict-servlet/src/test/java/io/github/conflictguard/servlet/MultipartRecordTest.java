package io.github.conflictguard.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.servlet.container.FilterServer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A field of a multipart form names a record, and the application gets the form as it was sent. */
@Tag("container")
class MultipartRecordTest {

  private static final String TYPE = "multipart/form-data; boundary=xyz";

  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void fieldNamesTheRecordWhereTheContainerTakesTheFormApart() throws Exception {
    start("id={id:number}");
    assertEquals(428, post("/parts", form("7", "x")).statusCode());
    assertEquals(List.of(), seen);
  }

  @Test
  void fieldNamesTheRecordWhereTheApplicationReadsTheStream() throws Exception {
    start("form.id={id:number}");
    assertEquals(428, post("/stream", form("7", "x")).statusCode());
    assertEquals(List.of(), seen);
  }

  @Test
  void applicationGetsPartsAndParametersInTheCharsetThatItChooses() throws Exception {
    start("id={id:number}");
    assertEquals(204, post("/parts?name=first", form("none", "J\u00fcrgen")).statusCode());
    assertEquals(List.of("none [none] first [first, J\u00fcrgen] id name file 3 a.txt 2 3"), seen);
  }

  @Test
  void applicationReadsTheSameBytesFromTheStream() throws Exception {
    start("id={id:number}");
    String body = form("none", "J\u00fcrgen");
    assertEquals(204, post("/stream", body).statusCode());
    assertEquals(List.of(body), seen);
  }

  @Test
  void longFormPassesUnread() throws Exception {
    start("id={id:number}");
    String body = form("7", "x".repeat(3_000_000));
    assertEquals(204, post("/stream", body).statusCode());
    assertEquals(body, seen.get(0));
  }

  @Test
  void whatIsNoMultipartFormIsLeftToTheApplication() throws Exception {
    start("id={id:number}");
    assertEquals(204, post("/stream", "no form").statusCode());
    assertEquals(List.of("no form"), seen);
    assertTrue(post("/parts", "no form").statusCode() >= 400);
  }

  private void start(String condition) throws Exception {
    Filter encoding =
        (request, response, chain) -> {
          request.setCharacterEncoding("UTF-8");
          chain.doFilter(request, response);
        };
    String write = "[\"/parts?" + condition + "\", \"/stream?" + condition + "\"]";
    server
        .rules(
            "{\"rules\": [{\"name\": \"r\", \"key\": \"r/{id}\", \"tag\": \"counter\","
                + " \"required\": true, \"write\": "
                + write
                + "}]}")
        .filter(new ConflictFilter())
        .filter(encoding)
        .multipart("/parts")
        .handle("/parts", this::readParts)
        .handle("/stream", this::readStream)
        .start();
  }

  private void readParts(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    StringBuilder names = new StringBuilder();
    for (Part part : request.getParts()) {
      names.append(' ').append(part.getName());
    }
    Part file = request.getPart("file");
    seen.add(
        request.getParameter("id")
            + " "
            + Arrays.toString(request.getParameterValues("id"))
            + " "
            + request.getParameter("name")
            + " "
            + Arrays.toString(request.getParameterMap().get("name"))
            + names
            + " "
            + file.getSize()
            + " "
            + file.getSubmittedFileName()
            + " "
            + Collections.list(request.getParameterNames()).size()
            + " "
            + request.getParts().size());
    response.setStatus(204);
  }

  private void readStream(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    seen.add(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    response.setStatus(204);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return server.sendBody("POST", path, body, "Content-Type", TYPE);
  }

  private static String form(String id, String name) {
    return "--xyz\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n"
        + id
        + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\n"
        + name
        + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\nabc\r\n--xyz--\r\n";
  }
}
