package io.github.conflictguard.servlet.formdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryParametersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "null             |",
        "''               |",
        "&&               |",
        "a=1              | a=1",
        "a=1&b=2          | a=1 b=2",
        "a=1&b=2&a=3      | a=1,3 b=2",
        "a                | a=",
        "a=               | a=",
        "=1               | =1",
        "a=b=c            | a=b=c",
        "a=%C3%BC         | a=\u00fc",
        "%61=1            | a=1",
        "a=x+y            | a=x y",
        "a=x%2By          | a=x+y",
        "a=100%           |",
        "a=%zz&b=1        | b=1",
        "a=1%&a=2         | a=2",
        "a=1;b=2          | a=1;b=2"
      })
  void areReadAsContainersReadThem(String query, String expected) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, String[]> parameter : QueryParameters.parse(query).entrySet()) {
      found.add(parameter.getKey() + "=" + String.join(",", parameter.getValue()));
    }
    assertEquals(expected == null ? "" : expected, String.join(" ", found));
  }

  @Test
  void keepTheOrderOfNamesAndValues() {
    Map<String, String[]> parameters = QueryParameters.parse("z=1&a=2&z=0");
    assertEquals(Arrays.asList("z", "a"), new ArrayList<>(parameters.keySet()));
    assertArrayEquals(new String[] {"1", "0"}, parameters.get("z"));
  }
}
