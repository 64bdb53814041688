package io.github.conflictguard.servlet.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptHeaderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html                                                       | true",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
        "application/xhtml+xml                                           | true",
        "TEXT/HTML ; Q=0.5                                               | true",
        "text/html;level=1;q=0.4, application/json;q=0.3                 | true",
        "text/html, application/json                                     | true",
        "application/json, text/html;q=0.9                               | false",
        "application/problem+json, text/html;q=0.9                       | false",
        "text/html;q=0                                                   | false",
        "text/html;q=high                                                | false",
        "*/*                                                             | false",
        "text/*                                                          | false",
        "application/json                                                | false",
        "''                                                              | false",
        ";;,,;q=                                                         | false",
      })
  void tellsPeopleFromPrograms(String accept, boolean page) {
    assertEquals(page, AcceptHeader.prefersHtml(Collections.enumeration(List.of(accept))));
  }

  @Test
  void severalLinesAreOneList() {
    assertEquals(
        true, AcceptHeader.prefersHtml(Collections.enumeration(List.of("image/png", "text/html"))));
    assertEquals(false, AcceptHeader.prefersHtml(Collections.emptyEnumeration()));
  }
}
