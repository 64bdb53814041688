package io.github.conflictguard.servlet.response;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

class UnwrappableResponseTest {

  private final HttpServletResponse inner = mock(HttpServletResponse.class);
  private final HttpServletResponse containers = mock(HttpServletResponse.class);
  private final UnwrappableResponse response = new UnwrappableResponse(inner, containers);

  @Test
  void theContainerFindsItsOwnAndTheApplicationReachesTheInnerOne() throws Exception {
    assertSame(containers, response.getResponse());
    response.setHeader("A", "1");
    response.getOutputStream();
    verify(inner).setHeader("A", "1");
    verify(inner).getOutputStream();
    verifyNoInteractions(containers);
  }

  /** Tomcat's include puts a response of its own in front of the one that it finds. */
  @Test
  void whatTheContainerPutsInFrontStaysOutOfTheApplicationsWay() throws Exception {
    HttpServletResponse included = mock(HttpServletResponse.class);
    response.setResponse(included);
    assertSame(included, response.getResponse());
    response.setStatus(404);
    response.getWriter();
    verify(inner).setStatus(404);
    verify(inner).getWriter();
    verifyNoInteractions(included, containers);
  }
}
