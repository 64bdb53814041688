package io.github.conflictguard.servlet.tag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.resource.ResourceKey;
import io.github.conflictguard.servlet.request.SelectingHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class GivenTagsTest {

  private static final ResourceKey KEY = ResourceKey.of("/x");

  private final GivenTags tags = new GivenTags();

  @Test
  void aTagLeadsToTheHeadersThatItWasGivenOutFor() {
    tags.note(KEY, null, "a", accepting("text/xml"));
    assertEquals(List.of(accepting("text/xml")), tags.selectionsOf(KEY, null, "a"));
    assertEquals(List.of(), tags.selectionsOf(KEY, null, "b"));
    assertEquals(List.of(), tags.selectionsOf(ResourceKey.of("/y"), null, "a"));
    assertEquals(List.of(), tags.selectionsOf(KEY, "id=1", "a"));
    assertEquals(List.of(accepting("text/xml")), tags.selectionsOf(KEY, "pretty=1", "a"));
  }

  @Test
  void theSameHeadersAreNotedOnce() {
    tags.note(KEY, null, "a", accepting("text/xml"));
    tags.note(KEY, null, "a", accepting("text/xml"));
    assertEquals(1, tags.selectionsOf(KEY, null, "a").size());
  }

  /** Nobody could check all of them with few questions. */
  @Test
  void aTagOfManySelectionsLeadsToNone() {
    for (int i = 0; i <= GivenTags.MOST_SELECTIONS; i++) {
      tags.note(KEY, null, "a", accepting("text/xml;v=" + i));
    }
    assertEquals(List.of(), tags.selectionsOf(KEY, null, "a"));
  }

  @Test
  void aTagOfALongSelectionLeadsToNone() {
    tags.note(KEY, null, "a", accepting("x".repeat(10_000)));
    tags.note(KEY, null, "a", accepting("text/xml"));
    assertEquals(List.of(), tags.selectionsOf(KEY, null, "a"));
  }

  private static SelectingHeaders accepting(String accept) {
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getHeader("Accept")).thenReturn(accept);
    return SelectingHeaders.of(request);
  }
}
