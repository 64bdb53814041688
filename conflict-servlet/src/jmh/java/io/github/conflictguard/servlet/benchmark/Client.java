package io.github.conflictguard.servlet.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Many connections that each send a request, wait for the whole answer, and send the next one, from
 * one thread, so that the server keeps the other processor.
 */
final class Client implements AutoCloseable {

  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

  Client(int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
      connections.add((Connection) channel.keyFor(selector).attachment());
    }
  }

  /** Sends one request and gives the value of a header of its answer; null when it lacks that. */
  String ask(Shot shot, String header) throws IOException {
    Connection connection = connections.get(0);
    connection.send(shot, 0);
    while (!connection.done) {
      receive(null, Long.MAX_VALUE);
    }
    for (String line : connection.head().split("\r\n", -1)) {
      if (line.regionMatches(true, 0, header + ":", 0, header.length() + 1)) {
        return line.substring(header.length() + 1).trim();
      }
    }
    return null;
  }

  /** Sends requests for so long, and says how many were answered. */
  long run(Shot shot, long nanos) throws IOException {
    long end = System.nanoTime() + nanos;
    for (Connection connection : connections) {
      connection.answers = 0;
      connection.send(shot, any(shot));
    }
    boolean open = true;
    while (open) {
      receive(shot, end);
      open = false;
      for (int i = 0; i < connections.size() && !open; i++) {
        open = !connections.get(i).done;
      }
    }
    return connections.stream().mapToLong(each -> each.answers).sum();
  }

  private void receive(Shot shot, long end) throws IOException {
    selector.select();
    for (SelectionKey key : selector.selectedKeys()) {
      Connection connection = (Connection) key.attachment();
      buffer.clear();
      if (connection.channel.read(buffer) < 0) {
        throw new IOException("The server has closed a connection");
      }
      buffer.flip();
      connection.receive(buffer);
      if (connection.done && shot != null) {
        connection.answers++;
        if (connection.status != shot.status) {
          throw new IOException(shot + " was answered with " + connection.head());
        }
        if (System.nanoTime() < end) {
          connection.send(shot, any(shot));
        }
      }
    }
    selector.selectedKeys().clear();
  }

  private static int any(Shot shot) {
    return shot.resources == 1 ? 0 : ThreadLocalRandom.current().nextInt(shot.resources);
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.channel.close();
    }
    selector.close();
  }

  /** One connection, and how far its answer has come. */
  private static final class Connection {

    final SocketChannel channel;
    final ByteBuffer out = ByteBuffer.allocateDirect(4096);
    final byte[] head = new byte[4096];
    int headLength;
    int status;
    boolean done = true;
    long answers;
    private boolean inBody;
    private boolean chunked;
    private boolean inSize;
    private boolean last;
    private long left;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    String head() {
      return new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
    }

    void send(Shot shot, int resource) throws IOException {
      out.clear();
      shot.write(out, resource);
      out.flip();
      headLength = 0;
      inBody = false;
      done = false;
      while (out.hasRemaining()) {
        channel.write(out);
      }
    }

    void receive(ByteBuffer in) {
      while (!inBody && in.hasRemaining()) {
        head[headLength++] = in.get();
        if (headLength >= 4 && head[headLength - 1] == '\n' && head[headLength - 3] == '\n') {
          beginBody();
        }
      }
      while (!done && in.hasRemaining()) {
        if (chunked && inSize) {
          size(in.get());
        } else {
          int now = (int) Math.min(left, in.remaining());
          in.position(in.position() + now);
          left -= now;
          if (left == 0) {
            done = !chunked || last;
            inSize = chunked;
          }
        }
      }
    }

    private void beginBody() {
      String text = head();
      inBody = true;
      status = Integer.parseInt(text.substring(9, 12));
      chunked = text.contains("Transfer-Encoding: chunked");
      inSize = chunked;
      last = false;
      left = 0;
      int length = text.indexOf("Content-Length: ");
      if (length >= 0 && status != 304 && status != 204) {
        int from = length + "Content-Length: ".length();
        left = Long.parseLong(text.substring(from, text.indexOf('\r', from)));
      }
      done = !chunked && left == 0;
    }

    /** A line with a size in hexadecimal; what follows is as long, and a line's end. */
    private void size(byte next) {
      if (next == '\n') {
        last = left == 0;
        left += 2;
        inSize = false;
      } else if (next != '\r') {
        left = left * 16 + Character.digit(next, 16);
      }
    }
  }
}
