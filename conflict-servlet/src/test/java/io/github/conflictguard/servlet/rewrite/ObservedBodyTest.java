package io.github.conflictguard.servlet.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A page whose reading fails is given up once: what is reserved for it is released. */
class ObservedBodyTest {

  private final HttpServletResponse response = mock(HttpServletResponse.class);
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void encode() {
    when(response.getCharacterEncoding()).thenReturn("UTF-8");
  }

  @Test
  void pageThatCannotBeReadIsGivenUp() {
    String text = "late";
    ObservedBody ofString = failing("rewrite");
    ofString.passed(response, text, 0, 4);
    ofString.passed(response, text, 0, 4);
    ofString.end();
    assertEquals(List.of("rewrite", "giveUp"), calls);
    calls.clear();
    failing("rewrite").passed(response, text.toCharArray(), 0, 4);
    assertEquals(List.of("rewrite", "giveUp"), calls);
    calls.clear();
    when(response.getContentType()).thenReturn("text/html;charset=UTF-8");
    failing("rewrite").passed(response, text.getBytes(), 0, 4);
    assertEquals(List.of("rewrite", "giveUp"), calls);
  }

  @Test
  void pageThatCannotBeEndedIsGivenUp() {
    ObservedBody body = failing("end");
    body.passed(response, "page", 0, 4);
    body.end();
    body.end();
    assertEquals(List.of("rewrite", "end", "giveUp"), calls);
  }

  @Test
  void pageThatCannotBeGivenUpIsLeft() {
    ObservedBody body = failing("giveUp");
    body.passed(response, "page", 0, 4);
    body.leavePage();
    body.leavePage();
    body.end();
    assertEquals(List.of("rewrite", "giveUp"), calls);
  }

  private ObservedBody failing(String call) {
    return new ObservedBody((answer, units) -> new Failing(call), null);
  }

  /** Fails in one of its methods. */
  private final class Failing implements BodyRewriter {

    private final String failing;

    Failing(String failing) {
      this.failing = failing;
    }

    @Override
    public void rewrite(CharSequence part, StringBuilder out) {
      called("rewrite");
    }

    @Override
    public void end(StringBuilder out) {
      called("end");
    }

    @Override
    public void giveUp(StringBuilder out) {
      called("giveUp");
    }

    private void called(String call) {
      calls.add(call);
      if (call.equals(failing)) {
        throw new IllegalStateException("cannot " + call);
      }
    }
  }
}
