package io.github.conflictguard.servlet.rule;

import static java.util.Collections.singletonList;

import io.github.conflictguard.classfile.PolicyOverrides;
import io.github.conflictguard.classfile.TargetPattern;
import io.github.conflictguard.json.JsonReader;
import io.github.conflictguard.json.JsonSyntaxException;
import io.github.conflictguard.servlet.match.Fields;
import io.github.conflictguard.servlet.match.InvalidRuleException;
import io.github.conflictguard.servlet.match.Reference;
import io.github.conflictguard.servlet.match.RequestPattern;
import io.github.conflictguard.servlet.match.Template;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the rules file, and rejects unknown or invalid entries. */
public final class RuleFile {

  private static final Set<String> USUAL_READS = new HashSet<>(Arrays.asList("GET", "HEAD"));
  private static final Set<String> USUAL_WRITES =
      // The last two are WebDAV methods (RFC 4918): they change or remove the resource at the
      // address itself.
      new HashSet<>(Arrays.asList("POST", "PUT", "PATCH", "DELETE", "PROPPATCH", "MOVE"));

  private static final List<String> DISPATCHES = Arrays.asList("REQUEST", "FORWARD");

  private final Set<String> names = new HashSet<>();

  private RuleFile() {}

  /**
   * Reads rules.
   *
   * @param in JSON in UTF-8, comments permitted; not closed
   * @throws InvalidRuleException if the rules are invalid
   */
  public static Rules read(InputStream in) throws IOException, InvalidRuleException {
    Object file;
    try {
      file = JsonReader.read(in);
    } catch (JsonSyntaxException e) {
      throw new InvalidRuleException(String.valueOf(e.getMessage()));
    }
    return new RuleFile().rules(Fields.of("the file", file));
  }

  private Rules rules(Fields file) throws InvalidRuleException {
    file.text("$schema"); // For editors.
    Map<String, DataSourceSpec> dataSources = dataSources(file.any("dataSources"));
    StoreSpec store = StoreSpec.read(file);
    ConflictRules conflicts = ConflictRules.read(file);
    List<String> guarded = file.texts("guarded");
    for (String target : guarded) {
      file.parsed("guarded", target, TargetPattern::parse);
    }
    List<String> overrides = file.texts("overrides");
    for (String override : overrides) {
      file.parsed("overrides", override, text -> PolicyOverrides.parse(singletonList(text)));
    }
    Object list = file.any("rules");
    if (!(list instanceof List)) {
      throw file.wrong("rules", "lists of rules");
    }
    List<Rule> rules = new ArrayList<>();
    for (Object each : (List<?>) list) {
      String place = "rule " + (rules.size() + 1);
      Fields fields = Fields.of(place, each);
      String name = fields.requiredText("name");
      rules.add(rule(name, fields.named(place + " '" + name + "'")));
    }
    file.end();
    return new Rules(rules, dataSources, store, conflicts, guarded, overrides);
  }

  private static Map<String, DataSourceSpec> dataSources(@Nullable Object value)
      throws InvalidRuleException {
    Map<String, DataSourceSpec> specs = new LinkedHashMap<>();
    if (value == null) {
      return specs;
    }
    if (!(value instanceof Map)) {
      throw new InvalidRuleException(
          "'dataSources' is not an object with a field for each of them");
    }
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      String name = String.valueOf(entry.getKey());
      Fields fields = Fields.of("data source '" + name + "'", entry.getValue());
      specs.put(
          name,
          new DataSourceSpec(
              fields.requiredText("url"),
              fields.text("user"),
              fields.textOrEmpty("password"),
              fields.text("driver")));
      fields.end();
    }
    return Collections.unmodifiableMap(specs);
  }

  private Rule rule(String name, Fields fields) throws InvalidRuleException {
    fields.any("name");
    fields.textOrEmpty("description");
    if (!names.add(name)) {
      throw fields.wrong("name", "names that no other rule has");
    }
    List<RequestPattern> reads = patterns(fields, "read", USUAL_READS);
    List<RequestPattern> writes = patterns(fields, "write", USUAL_WRITES);
    if (reads.isEmpty() && writes.isEmpty()) {
      throw new InvalidRuleException(
          "rule '" + name + "' has neither the field 'read' nor the field 'write'");
    }
    String keyText = fields.text("key");
    Template key = keyText == null ? null : fields.parsed("key", keyText, Template::parse);
    Set<String> captured = capturedByAll(reads, writes);
    if (key != null) {
      checkReferences(fields, "key", key, captured);
    }
    String labelText = fields.text("label");
    Template label = labelText == null ? null : fields.parsed("label", labelText, Template::parse);
    if (label != null) {
      checkReferences(fields, "label", label, captured);
    }
    TagSpec tag = TagSpec.read(fields);
    if (tag.sql() != null) {
      checkReferences(fields, "tag", tag.sql(), captured);
    }
    boolean early = Boolean.TRUE.equals(fields.trueOrFalse("earlyNotModified"));
    if (early && !tag.source().isKnownBeforeAnswer()) {
      throw fields.wrong(
          "earlyNotModified", "false, and true with the tags counter, query and resolver");
    }
    FormSpec forms = FormSpec.read(fields, tag.source().isOfForms());
    boolean tokenRequired = "token".equals(fields.any("required"));
    if (tokenRequired && forms == null) {
      throw fields.wrong("required", "true and false where 'forms' is false");
    }
    RuleDraft rule = new RuleDraft(name, reads, writes, tag);
    rule.key = key;
    rule.label = label;
    rule.mode = fields.oneOf("mode", Mode.values(), Mode::code);
    rule.required = tokenRequired ? Requirement.ALWAYS : required(fields);
    rule.tokenRequired = tokenRequired;
    rule.lockTimeoutMillis = fields.number("lockTimeoutMillis");
    rule.ask = Boolean.TRUE.equals(fields.trueOrFalse("allowInternalGet"));
    rule.early = early;
    rule.withoutStore = fields.oneOf("withoutStore", WithoutStore.values(), WithoutStore::toString);
    rule.serialize = Boolean.TRUE.equals(fields.trueOrFalse("serialize"));
    rule.idempotencyKey = fields.oneOf("idempotencyKey", KeyDemand.values(), KeyDemand::code);
    rule.once = Boolean.TRUE.equals(fields.trueOrFalse("once"));
    rule.answers = AnswerRules.read(fields);
    rule.stored = StoredAnswers.read(fields);
    rule.forms = forms;
    rule.dispatch = dispatch(fields);
    rule.harmless = HarmlessParameters.read(fields);
    fields.end();
    return new Rule(rule);
  }

  private static Requirement required(Fields fields) throws InvalidRuleException {
    Object value = fields.any("required");
    if (value != null && !(value instanceof Boolean)) {
      throw fields.wrong("required", "true, false and 'token'");
    }
    return value == null
        ? Requirement.BY_SETTING
        : (Boolean) value ? Requirement.ALWAYS : Requirement.NEVER;
  }

  /** Returns the dispatcher types to which a rule applies. */
  private static Set<DispatcherType> dispatch(Fields fields) throws InvalidRuleException {
    Set<DispatcherType> types = EnumSet.noneOf(DispatcherType.class);
    for (String text : fields.texts("dispatch")) {
      if (!DISPATCHES.contains(text)) {
        throw fields.wrong("dispatch", DISPATCHES + ", and lists of them");
      }
      types.add(DispatcherType.valueOf(text));
    }
    return types.isEmpty() ? EnumSet.of(DispatcherType.REQUEST) : types;
  }

  private static List<RequestPattern> patterns(Fields fields, String name, Set<String> methods)
      throws InvalidRuleException {
    List<RequestPattern> patterns = new ArrayList<>();
    for (String text : fields.texts(name)) {
      patterns.add(fields.parsed(name, text, t -> RequestPattern.parse(t, methods)));
    }
    return patterns;
  }

  private static Set<String> capturedByAll(
      List<RequestPattern> reads, List<RequestPattern> writes) {
    Set<String> captured = null;
    List<RequestPattern> all = new ArrayList<>(reads);
    all.addAll(writes);
    for (RequestPattern pattern : all) {
      if (captured == null) {
        captured = new HashSet<>(pattern.variables());
      } else {
        captured.retainAll(pattern.variables());
      }
    }
    return captured == null ? Collections.emptySet() : captured;
  }

  private static void checkReferences(
      Fields fields, String name, Template template, Set<String> captured)
      throws InvalidRuleException {
    for (Reference reference : template.references()) {
      if (reference.isVariable() && !captured.contains(reference.toString())) {
        throw new InvalidRuleException(
            fields
                + ", field '"
                + name
                + "' refers to {"
                + reference
                + "}, which not every pattern of 'read' and 'write' captures; captured are "
                + captured
                + ", and {user} and {session.attribute} are always there");
      }
    }
  }
}
