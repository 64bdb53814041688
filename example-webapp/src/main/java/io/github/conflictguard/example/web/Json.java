package io.github.conflictguard.example.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A reader of JSON bodies and writer of JSON responses. */
public final class Json {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private Json() {}

  /**
   * Returns the body of the request as a JSON object.
   *
   * @throws ClientErrorException (400) if the body is anything else
   */
  public static JsonObject read(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    JsonNode tree;
    try {
      // Decoded here because the JSON parser accepts some byte sequences that are not UTF-8.
      tree =
          MAPPER.readTree(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw ClientErrorException.badRequest("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw ClientErrorException.badRequest("the body is not JSON");
    }
    if (!tree.isObject()) {
      throw ClientErrorException.badRequest("the body must be a JSON object");
    }
    return new JsonObject(tree);
  }

  /** Sends the value as JSON; members keep the order of their declaration. */
  public static void send(HttpServletResponse response, int status, Object value)
      throws IOException {
    byte[] body = MAPPER.writeValueAsBytes(value);
    response.setStatus(status);
    response.setContentType("application/json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Sends a 201 response with the value and its URL. */
  public static void sendCreated(
      HttpServletRequest request, HttpServletResponse response, long id, Object value)
      throws IOException {
    response.setHeader("Location", request.getContextPath() + request.getServletPath() + "/" + id);
    send(response, HttpServletResponse.SC_CREATED, value);
  }
}
