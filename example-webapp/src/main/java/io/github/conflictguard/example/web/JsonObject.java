package io.github.conflictguard.example.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** The members of a JSON body, with their types checked: a wrong type results in a 400 response. */
public final class JsonObject {

  private final JsonNode tree;

  JsonObject(JsonNode tree) {
    this.tree = tree;
  }

  /** Returns whether the member is present, even as {@code null}. */
  public boolean has(String member) {
    return tree.has(member);
  }

  /** Returns the member's text; null if it is absent or {@code null}. */
  public String text(String member) {
    if (!tree.hasNonNull(member)) {
      return null;
    }
    String text = tree.get(member).textValue();
    // An unpaired surrogate is legal JSON, but cannot be encoded in a response.
    if (text == null || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ClientErrorException.badRequest(member + " must be text");
    }
    return text;
  }

  /** Returns the member's integer; null if it is absent or {@code null}. */
  public Integer integer(String member) {
    if (!tree.hasNonNull(member)) {
      return null;
    }
    JsonNode value = tree.get(member);
    if (!value.isInt()) {
      throw ClientErrorException.badRequest(member + " must be a whole number");
    }
    return value.intValue();
  }

  /** Returns the member's identifier; null if it is absent or {@code null}. */
  public Long id(String member) {
    if (!tree.hasNonNull(member)) {
      return null;
    }
    JsonNode value = tree.get(member);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw ClientErrorException.badRequest(member + " must be an identifier");
    }
    return value.longValue();
  }
}
