package io.github.conflictguard.servlet.match;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conflictguard.servlet.rule.RuleFile;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamedFieldsTest {

  @Test
  void oldNameIsNoFieldNextToTheNewOne() throws Exception {
    Map<String, Set<String>> besides = new HashMap<>();
    try (InputStream in = RuleFile.class.getResourceAsStream("conflict-guard.schema.json")) {
      JsonNode schema = JsonMapper.builder().build().readTree(in);
      for (JsonNode properties : schema.findValues("properties")) {
        Set<String> fields = new HashSet<>();
        properties.fieldNames().forEachRemaining(fields::add);
        for (String field : fields) {
          besides.computeIfAbsent(field, any -> new HashSet<>()).addAll(fields);
        }
      }
    }
    assertFalse(RenamedFields.names().isEmpty());
    for (String old : RenamedFields.names()) {
      Set<String> fields = besides.get(RenamedFields.currentName(old));
      assertNotNull(fields, old);
      assertFalse(fields.contains(old), old);
    }
  }
}
