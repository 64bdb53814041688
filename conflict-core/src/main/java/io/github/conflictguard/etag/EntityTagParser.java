package io.github.conflictguard.etag;

import java.util.ArrayList;
import java.util.List;

/**
 * A strict parser of entity tags. It makes one pass from left to right without backtracking, so the
 * time is linear in the length of the value.
 */
final class EntityTagParser {

  private final String value;
  private int position;

  EntityTagParser(String value) {
    this.value = value;
  }

  /** Parses exactly one tag, with optional white space around it (section 5.5). */
  EntityTag singleTag() throws EntityTagSyntaxException {
    skipWhitespace();
    EntityTag tag = tag();
    skipWhitespace();
    if (!atEnd()) {
      throw expected("the end of the value");
    }
    return tag;
  }

  /** Parses either the wildcard alone or {@code #entity-tag}. */
  EntityTagSet set() throws EntityTagSyntaxException {
    skipWhitespace();
    // 13.1.1, 13.1.2: "*" stands alone; combined with anything else it violates the grammar.
    if (at('*')) {
      position++;
      skipWhitespace();
      if (!atEnd()) {
        throw expected("the end of the value, because * stands alone,");
      }
      return EntityTagSet.any();
    }
    skipEmptyElements();
    List<EntityTag> tags = new ArrayList<>();
    while (!atEnd()) {
      tags.add(tag());
      skipWhitespace();
      if (!atEnd() && !at(',')) {
        throw expected("a comma");
      }
      skipEmptyElements();
    }
    return EntityTagSet.of(tags);
  }

  private EntityTag tag() throws EntityTagSyntaxException {
    boolean weak = false;
    // 8.8.3: the weak flag is case-sensitive.
    if (at('W')) {
      position++;
      if (!at('/')) {
        throw expected("a slash");
      }
      position++;
      weak = true;
    }
    if (!at('"')) {
      throw expected("an opening double quote");
    }
    int start = ++position;
    while (!atEnd() && EntityTag.isAllowed(value.charAt(position))) {
      position++;
    }
    if (!at('"')) {
      throw expected("a closing double quote");
    }
    return EntityTag.ofParsed(value.substring(start, position++), weak);
  }

  /** Skips empty list elements, as recipients must (5.6.1.2). */
  private void skipEmptyElements() {
    skipWhitespace();
    while (at(',')) {
      position++;
      skipWhitespace();
    }
  }

  private void skipWhitespace() {
    while (at(' ') || at('\t')) {
      position++;
    }
  }

  private boolean at(char c) {
    return position < value.length() && value.charAt(position) == c;
  }

  private boolean atEnd() {
    return position >= value.length();
  }

  private EntityTagSyntaxException expected(String what) {
    return new EntityTagSyntaxException(what, position);
  }
}
