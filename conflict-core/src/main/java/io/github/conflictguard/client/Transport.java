package io.github.conflictguard.client;

import java.io.IOException;

/**
 * Sends one request by an HTTP client. The packages below contain one for each of the usual
 * clients; for any other it is a lambda.
 *
 * <p>An implementation is safe for use by several threads. It sends the request at most once: a
 * client that repeats a write by itself, after a broken connection or a 503, must be kept from it,
 * because a repetition that {@link ConditionalClient} does not see may double the effect.
 */
@FunctionalInterface
public interface Transport {

  /**
   * Sends a request and reads the response to its end, whatever its status.
   *
   * @throws java.io.InterruptedIOException if the time for it has passed ({@link
   *     java.net.SocketTimeoutException}) or the thread was interrupted; the request is not
   *     repeated
   * @throws java.net.ProtocolException if the client cannot send such a request, or cannot
   *     understand the response; the request is not repeated
   * @throws java.net.MalformedURLException if the URL is not one; the request is not repeated
   * @throws IOException if there is no complete response; whether the server has executed the
   *     request is unknown then
   */
  ClientResponse send(ClientRequest request) throws IOException;
}
