package io.github.conflictguard.servlet.match;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.conflictguard.servlet.rule.RuleFile;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RenamedFieldsTest {

  @Test
  void oldNameIsNoFieldAndNewNameIsOne() throws Exception {
    Set<String> fields = new HashSet<>();
    try (InputStream in = RuleFile.class.getResourceAsStream("conflict-guard.schema.json")) {
      JsonNode schema = JsonMapper.builder().build().readTree(in);
      for (JsonNode properties : schema.findValues("properties")) {
        properties.fieldNames().forEachRemaining(fields::add);
      }
    }
    assertFalse(RenamedFields.names().isEmpty());
    for (String old : RenamedFields.names()) {
      assertFalse(fields.contains(old), old);
      assertTrue(fields.contains(RenamedFields.currentName(old)), old);
    }
  }
}
