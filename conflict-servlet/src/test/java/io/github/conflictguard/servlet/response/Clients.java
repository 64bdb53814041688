package io.github.conflictguard.servlet.response;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;

/** Clients that differ in their session. */
public final class Clients {

  private Clients() {}

  public static ClientIdentity of(String session) {
    HttpSession its = mock(HttpSession.class);
    when(its.getId()).thenReturn(session);
    when(its.getAttributeNames()).thenAnswer(call -> Collections.emptyEnumeration());
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getSession(false)).thenReturn(its);
    when(request.getHeaderNames()).thenAnswer(call -> Collections.emptyEnumeration());
    when(request.getHeaders(anyString())).thenAnswer(call -> Collections.emptyEnumeration());
    return ClientIdentity.of(request);
  }
}
