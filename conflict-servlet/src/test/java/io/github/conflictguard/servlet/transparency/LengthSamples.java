package io.github.conflictguard.servlet.transparency;

import static io.github.conflictguard.servlet.transparency.StreamSamples.bytes;
import static io.github.conflictguard.servlet.transparency.StreamSamples.json;

import io.github.conflictguard.servlet.container.Handler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjIntConsumer;

/** A declared length, by each of its setters: right, too small, too large, and beyond the limit. */
final class LengthSamples {

  private static final String NAME = "Content-Length";

  private LengthSamples() {}

  static void addTo(Corpus corpus) {
    Map<String, ObjIntConsumer<HttpServletResponse>> setters = new LinkedHashMap<>();
    setters.put("by-int", HttpServletResponse::setContentLength);
    setters.put("by-long", (response, length) -> response.setContentLengthLong(length));
    setters.put("by-header", (response, length) -> response.setHeader(NAME, "" + length));
    setters.put("by-int-header", (response, length) -> response.setIntHeader(NAME, length));
    setters.put("by-added-header", (response, length) -> response.addHeader(NAME, "" + length));
    setters.put("by-added-int", (response, length) -> response.addIntHeader(NAME, length));
    setters.forEach(
        (name, setter) ->
            corpus
                .tagged("length-" + name, answer(setter, 300, 300))
                .taggedOrNot("length-too-large-" + name, answer(setter, 400, 300))
                .taggedOrNot("length-too-small-" + name, answer(setter, 200, 300))
                .tagged("length-of-much-" + name, answer(setter, 39_000, 39_000))
                .untagged("length-beyond-the-limit-" + name, answer(setter, 90_000, 90_000))
                .tagged("length-zero-" + name, answer(setter, 0, 0)));
    corpus
        .tagged("length-of-a-writer", LengthSamples::ofWriter)
        .tagged("length-set-after-the-body", LengthSamples::late)
        .tagged("length-taken-back", LengthSamples::takenBack)
        .tagged("length-forgotten-by-reset", LengthSamples::forgotten)
        .untagged("length-of-what-head-would-send", LengthSamples::onlyHeaders);
  }

  private static Handler answer(ObjIntConsumer<HttpServletResponse> setter, int said, int sent) {
    return (request, response) -> {
      setter.accept(response, said);
      byte[] body = bytes(sent);
      for (int from = 0; from < sent; from += 100) {
        json(response).write(body, from, 100);
      }
      response.setContentType("application/json");
    };
  }

  private static void ofWriter(Object request, HttpServletResponse response) throws Exception {
    response.setContentType("application/json;charset=utf-8");
    response.setContentLength(5);
    response.getWriter().write("\"\u20ac\"");
  }

  private static void late(Object request, HttpServletResponse response) throws Exception {
    json(response).write(bytes(300));
    response.setContentLength(300);
  }

  private static void takenBack(Object request, HttpServletResponse response) throws Exception {
    response.setContentLengthLong(7);
    response.setContentLengthLong(-1);
    json(response).write(bytes(300));
  }

  private static void forgotten(Object request, HttpServletResponse response) throws Exception {
    response.setContentLengthLong(90_000);
    response.reset();
    json(response).write(bytes(300));
  }

  private static void onlyHeaders(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    response.setContentType("text/html");
    response.setContentLength(300);
    if (!request.getMethod().equals("HEAD")) {
      response.getOutputStream().write(bytes(300));
    }
  }
}
