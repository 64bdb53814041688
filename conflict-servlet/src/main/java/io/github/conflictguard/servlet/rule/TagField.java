package io.github.conflictguard.servlet.rule;

import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.servlet.match.Template;
import io.github.conflictguard.servlet.rule.TagSpec.Source;
import java.util.Collections;
import java.util.Map;

/** Reads the field {@code tag} of a rule: a name, or an object with a name and its options. */
final class TagField {

  private TagField() {}

  static TagSpec read(Fields rule) throws InvalidRuleException {
    Object value = rule.any("tag");
    if (value == null) {
      return TagSpec.of(Source.BODY);
    }
    Fields fields =
        value instanceof Map
            ? Fields.of(rule + ", field 'tag'", value)
            : Fields.of(rule + ", field 'tag'", Collections.singletonMap("source", value));
    Source source = fields.oneOf("source", Source.values(), Source::code);
    if (source == null) {
      throw new InvalidRuleException(fields + " lacks the field 'source'");
    }
    TagSpec spec = read(source, fields);
    fields.end();
    return spec;
  }

  /** Reads the timeout. In JDBC 0 means no limit, and one is required. */
  private static int timeoutSeconds(Fields fields) throws InvalidRuleException {
    Integer seconds = fields.number("timeoutSeconds");
    if (seconds != null && seconds == 0) {
      throw fields.wrong("timeoutSeconds", "whole numbers from 1 to " + Integer.MAX_VALUE);
    }
    return seconds == null ? TagSpec.TIMEOUT_SECONDS : seconds;
  }

  private static TagSpec read(Source source, Fields fields) throws InvalidRuleException {
    switch (source) {
      case QUERY:
        return TagSpec.query(
            fields.requiredText("dataSource"),
            fields.parsed("sql", fields.requiredText("sql"), Template::parse),
            fields.texts("version"),
            fields.text("lastModified"),
            timeoutSeconds(fields));
      case NATIVE:
        return TagSpec.inField(fields.requiredText("field"));
      case RESOLVER:
        return TagSpec.resolver(fields.requiredText("class"));
      default:
        return TagSpec.of(source);
    }
  }
}
