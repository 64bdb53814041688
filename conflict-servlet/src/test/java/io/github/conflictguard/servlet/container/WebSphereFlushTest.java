package io.github.conflictguard.servlet.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.conflictguard.servlet.buffer.BufferedResponse;
import io.github.conflictguard.servlet.buffer.BufferedResponseHandler;
import io.github.conflictguard.servlet.buffer.BufferedResponses;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Ownership;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flush that follows every servlet on WebSphere, and those that somebody wants. */
class WebSphereFlushTest {

  private final HttpServletResponse containers = mock(HttpServletResponse.class);
  private final BufferedResponseHandler whole = mock(BufferedResponseHandler.class);

  @BeforeEach
  void open() throws Exception {
    when(containers.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.ibm.ws.webcontainer", "io.openliberty.webcontainer60"})
  void afterTheServletTheAnswerIsStillHeld(String container) throws Exception {
    BufferedResponse held = held(container);
    held.forApplication().getOutputStream().write(1);
    flushBy("com.ibm.ws.webcontainer", held.forApplication());
    verify(containers, never()).flushBuffer();
    held.end();
    verify(whole).finish(held);
    verify(whole, never()).beforeEarlyRelease(any());
  }

  @Test
  void throughAWrapperOfTheApplicationItIsTheSame() throws Exception {
    BufferedResponse held = held("com.ibm.ws.webcontainer");
    held.forApplication().getOutputStream().write(1);
    flushBy("com.ibm.ws.webcontainer", new HttpServletResponseWrapper(held.forApplication()));
    held.end();
    verify(whole).finish(held);
  }

  @Test
  void whatIsWrittenAfterItIsSentOn() throws Exception {
    BufferedResponse held = held("com.ibm.ws.webcontainer");
    held.forApplication().getOutputStream().write(1);
    flushBy("com.ibm.ws.webcontainer", held.forApplication());
    held.forApplication().getOutputStream().write(2);
    verify(containers).flushBuffer();
    assertEquals(2, held.written());
  }

  @Test
  void whatTheApplicationFlushesIsSent() throws Exception {
    BufferedResponse held = held("com.ibm.ws.webcontainer");
    held.forApplication().getOutputStream().write(1);
    flushBy("com.acme", held.forApplication());
    verify(containers).flushBuffer();
    verify(whole).beforeEarlyRelease(held);
  }

  @Test
  void inOtherContainersTheNameOfTheCallerSaysNothing() throws Exception {
    BufferedResponse held = held("org.acme");
    held.forApplication().getOutputStream().write(1);
    flushBy("com.ibm.ws.webcontainer", held.forApplication());
    verify(containers).flushBuffer();
  }

  private BufferedResponse held(String containerPackage) throws Exception {
    HttpServletResponse named =
        new ByteBuddy()
            .subclass(Object.class)
            .implement(HttpServletResponse.class)
            .name(containerPackage + ".Response")
            .method(ElementMatchers.isDeclaredBy(ElementMatchers.isInterface()))
            .intercept(
                InvocationHandlerAdapter.of(
                    (proxy, method, arguments) -> method.invoke(containers, arguments)))
            .make()
            .load(getClass().getClassLoader())
            .getLoaded()
            .asSubclass(HttpServletResponse.class)
            .getConstructor()
            .newInstance();
    return BufferedResponses.of(named, response -> true, 1000, whole);
  }

  private void flushBy(String callersPackage, ServletResponse response) throws Exception {
    new ByteBuddy()
        .subclass(Object.class)
        .name(callersPackage + ".ServletWrapper")
        .defineMethod("finish", void.class, Visibility.PUBLIC, Ownership.STATIC)
        .withParameters(ServletResponse.class)
        .throwing(Exception.class)
        .intercept(MethodCall.invoke(ServletResponse.class.getMethod("flushBuffer")).onArgument(0))
        .make()
        .load(getClass().getClassLoader())
        .getLoaded()
        .getMethod("finish", ServletResponse.class)
        .invoke(null, response);
  }
}
