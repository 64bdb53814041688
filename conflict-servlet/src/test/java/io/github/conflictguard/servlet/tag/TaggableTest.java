package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggableTest {

  private final HttpServletResponse response = mock(HttpServletResponse.class);

  @ParameterizedTest
  @CsvSource({
    "application/json,                     true",
    "application/json;charset=UTF-8,       true",
    "application/hal+json,                 true",
    "text/xml; charset=ISO-8859-1,         true",
    "text/plain,                           true",
    "image/png,                            true",
    "application/octet-stream,             true",
    "text/html,                            false",
    "Text/HTML;charset=UTF-8,              false",
    "application/xhtml+xml,                false",
    "text/event-stream,                    false",
    "application/x-ndjson,                 false",
    "multipart/byteranges; boundary=x,     false",
    ",                                     false",
  })
  void whatProgramsReadIsTaggedByItsType(String contentType, boolean taggable) {
    answer(200, contentType);
    assertEquals(taggable, Taggable.isTaggable(response));
  }

  @ParameterizedTest
  @CsvSource({"200, true", "201, false", "203, false", "204, false", "206, true", "404, false"})
  void onlyA200AndAPartOfOneAreTagged(int status, boolean taggable) {
    answer(status, "application/json");
    assertEquals(taggable, Taggable.isTaggable(response));
  }

  @ParameterizedTest
  @CsvSource({
    "no-store,                   false",
    "'private, No-Store',        false",
    "'no-cache, max-age=0',      true",
    "private,                    true"
  })
  void whatMustNotBeStoredIsNotTagged(String cacheControl, boolean taggable) {
    answer(200, "application/json");
    when(response.getHeader("Cache-Control")).thenReturn("private");
    when(response.getHeaders("Cache-Control")).thenReturn(List.of("private", cacheControl));
    assertEquals(taggable, Taggable.isTaggable(response));
  }

  @Test
  void aStaticFileHasValidatorsAndRangesOfItsOwn() {
    answer(200, "application/json");
    when(response.containsHeader("Accept-Ranges")).thenReturn(true);
    assertEquals(false, Taggable.isTaggable(response));
  }

  private void answer(int status, String contentType) {
    when(response.getStatus()).thenReturn(status);
    when(response.getContentType()).thenReturn(contentType);
    when(response.getHeaders("Cache-Control")).thenReturn(List.of());
  }
}
