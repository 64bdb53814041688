package io.github.conflictguard.servlet.probe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProbeResponseTest {

  private final HttpServletResponse behind = mock(HttpServletResponse.class);
  private final ProbeResponse answer = new ProbeResponse(behind, 10, null);

  @Test
  void nothingGetsThrough() throws Exception {
    answer.setStatus(201);
    answer.setHeader("A", "1");
    answer.addHeader("A", "2");
    answer.setIntHeader("B", 1);
    answer.addIntHeader("B", 2);
    answer.setDateHeader("C", 0);
    answer.addDateHeader("C", 0);
    answer.addCookie(new Cookie("d", "1"));
    answer.setContentType("text/plain");
    answer.setCharacterEncoding("UTF-8");
    answer.setContentLength(1);
    answer.setContentLengthLong(1);
    answer.setLocale(Locale.ROOT);
    answer.setTrailerFields(Collections::emptyMap);
    answer.setBufferSize(1);
    answer.getOutputStream().print("body");
    answer.flushBuffer();
    answer.resetBuffer();
    answer.reset();
    answer.sendRedirect("/x");
    answer.sendRedirect("/x", 303, true);
    answer.sendError(500);
    answer.sendError(500, "message");
    verifyNoInteractions(behind);
    assertFalse(answer.isCommitted());
  }

  @Test
  void isUntouchedUntilTheApplicationSaysAnything() throws Exception {
    assertFalse(answer.isTouched());
    answer.getOutputStream();
    assertFalse(answer.isTouched());
    answer.getOutputStream().print("x");
    assertTrue(answer.isTouched());
    ProbeResponse header = new ProbeResponse(behind, 10, null);
    header.setHeader("A", "1");
    assertTrue(header.isTouched());
  }

  @Test
  void namesOfHeadersHaveNoCase() {
    answer.addHeader("X-A", "1");
    answer.addHeader("x-a", "2");
    assertEquals("1", answer.getHeader("X-a"));
    assertEquals(List.of("1", "2"), answer.getHeaders("x-A"));
    assertTrue(answer.containsHeader("X-A"));
    answer.setHeader("X-A", "3");
    assertEquals(List.of("3"), answer.getHeaders("X-A"));
    answer.setHeader("X-A", null);
    assertNull(answer.getHeader("X-A"));
    answer.setDateHeader("Date", 0);
    assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", answer.getHeader("Date"));
  }

  @Test
  void cookiesAreNotKept() throws Exception {
    answer.addHeader("Set-Cookie", "a=1");
    answer.setHeader("set-cookie", "b=1");
    answer.addCookie(new Cookie("c", "1"));
    assertFalse(answer.containsHeader("Set-Cookie"));
  }

  @Test
  void aBodyUpToTheLimitIsKeptAndALongerOneIsNot() throws Exception {
    answer.getOutputStream().print("0123456789");
    assertFalse(answer.isTruncated());
    assertArrayEquals(sha256("0123456789"), digest());
    answer.getOutputStream().print("x");
    assertTrue(answer.isTruncated());
    assertArrayEquals(sha256(""), digest());
  }

  @Test
  void writtenCharactersAreKeptAsUtf8WhateverTheCharset() throws Exception {
    answer.setContentType("text/plain;charset=ISO-8859-1");
    answer.getWriter().print("\u00fc\u20ac");
    assertArrayEquals(sha256("\u00fc\u20ac"), digest());
  }

  @Test
  void eitherStreamOrWriter() {
    answer.getWriter();
    assertThrows(IllegalStateException.class, answer::getOutputStream);
    ProbeResponse other = new ProbeResponse(behind, 10, null);
    other.getOutputStream();
    assertThrows(IllegalStateException.class, other::getWriter);
  }

  @Test
  void afterAResetTheOtherOfTheTwoMayBeChosen() throws Exception {
    answer.getWriter().print("old");
    answer.setStatus(500);
    answer.reset();
    answer.getOutputStream().print("new");
    assertEquals(200, answer.getStatus());
    assertArrayEquals(sha256("new"), digest());
  }

  @Test
  void anErrorForgetsTheBodyAndStaysAnErrorForTheClient() throws Exception {
    answer.getWriter().print("half");
    answer.setHeader("WWW-Authenticate", "Basic");
    answer.sendError(401);
    HttpServletResponse client = mock(HttpServletResponse.class);
    answer.copyTo(client);
    verify(client).addHeader("WWW-Authenticate", "Basic");
    verify(client).sendError(401);
    verify(client, never()).getOutputStream();
  }

  @Test
  void aRedirectHasItsStatusAndItsTarget() {
    answer.sendRedirect("/login");
    assertEquals(302, answer.getStatus());
    assertEquals("/login", answer.getHeader("Location"));
    answer.sendRedirect("/other", 307, true);
    assertEquals(307, answer.getStatus());
    assertEquals("/other", answer.getHeader("Location"));
  }

  @Test
  void onceClosedItStaysAsItIs() throws Exception {
    answer.setHeader("A", "1");
    answer.getWriter().print("whole");
    answer.getWriter().close();
    answer.setStatus(500);
    answer.setHeader("A", "2");
    answer.addHeader("B", "1");
    assertThrows(IllegalStateException.class, answer::reset);
    assertThrows(IllegalStateException.class, () -> answer.sendError(500));
    assertTrue(answer.isCommitted());
    assertEquals(200, answer.getStatus());
    assertEquals(List.of("1"), answer.getHeaders("A"));
    assertFalse(answer.containsHeader("B"));
    assertArrayEquals(sha256("whole"), digest());
  }

  @Test
  void aWriterOfBeforeAResetGoesOn() throws Exception {
    PrintWriter out = answer.getWriter();
    out.print("old");
    answer.reset();
    out.print("new");
    assertArrayEquals(sha256("new"), digest());
  }

  @Test
  void aResetForgetsAnError() throws Exception {
    answer.sendError(404);
    answer.reset();
    answer.setStatus(403);
    HttpServletResponse client = mock(HttpServletResponse.class);
    when(client.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
    answer.copyTo(client);
    verify(client).setStatus(403);
  }

  private byte[] digest() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    answer.digest(digest);
    return digest.digest();
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
  }
}
