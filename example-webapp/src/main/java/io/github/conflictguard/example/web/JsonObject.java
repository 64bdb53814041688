package io.github.conflictguard.example.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;

/** The members of a JSON body, read with their types checked: a wrong one is answered with 400. */
public final class JsonObject {

  private final JsonNode tree;

  JsonObject(JsonNode tree) {
    this.tree = tree;
  }

  /** Whether the member is there, even as {@code null}. */
  public boolean has(String member) {
    return tree.has(member);
  }

  /** The member's text; null where it is absent or {@code null}. */
  public String text(String member) {
    if (!tree.hasNonNull(member)) {
      return null;
    }
    String text = tree.get(member).textValue();
    // Half a surrogate pair is legal JSON, but no text that could ever be sent back.
    if (text == null || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ClientErrorException.badRequest(member + " must be text");
    }
    return text;
  }

  /** The member's whole number; null where it is absent or {@code null}. */
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

  /** The member's identifier; null where it is absent or {@code null}. */
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
