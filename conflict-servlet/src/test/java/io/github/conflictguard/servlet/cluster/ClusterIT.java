package io.github.conflictguard.servlet.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.conflictguard.store.JdbcStore;
import io.github.conflictguard.store.StoreTable;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;

/**
 * Nodes in processes of their own, which are stopped, continued and killed while clients write:
 * every acknowledged write is stored once, after the value that its client has read. A longer run:
 * {@code -Dcluster.seconds=60}.
 */
class ClusterIT {

  private static final int SECONDS = Integer.getInteger("cluster.seconds", 4);
  private static final int NODES = 3;
  private static final int CLIENTS = 6;
  private static final int RECORDS = 3;
  private static final int FEWEST = 100;

  private final List<NodeProcess> nodes = new ArrayList<>();
  private final History history = new History();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger values = new AtomicInteger();

  @Test
  void noUpdateIsLostOnH2() throws Exception {
    onH2(true, "plain");
  }

  @Test
  void withoutTheCheckUpdatesAreLostOnH2() throws Exception {
    onH2(false, "plain");
  }

  @Test
  void noUpdateIsLostOnPostgres() throws Exception {
    onPostgres(true, "pool", Connection.TRANSACTION_READ_COMMITTED);
  }

  @Test
  void noUpdateIsLostOnPostgresWithRepeatableReads() throws Exception {
    onPostgres(true, "plain", Connection.TRANSACTION_REPEATABLE_READ);
  }

  @Test
  void withoutTheCheckUpdatesAreLostOnPostgres() throws Exception {
    onPostgres(false, "pool", Connection.TRANSACTION_READ_COMMITTED);
  }

  private void onH2(boolean checks, String pool) throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
    try {
      String url =
          "jdbc:h2:tcp://127.0.0.1:"
              + server.getPort()
              + "/mem:"
              + UUID.randomUUID()
              + ";db_close_delay=-1";
      run(url, checks, pool, Connection.TRANSACTION_READ_COMMITTED);
    } finally {
      server.stop();
    }
  }

  private void onPostgres(boolean checks, String pool, int isolation) throws Exception {
    EmbeddedPostgres server;
    try {
      server = EmbeddedPostgres.builder().start();
    } catch (LinkageError | IllegalStateException e) {
      abort("PostgreSQL does not start here: " + e);
      return;
    }
    try (server) {
      run(server.getJdbcUrl("postgres", "postgres"), checks, pool, isolation);
    }
  }

  private void run(String url, boolean checks, String pool, int isolation) throws Exception {
    try (Connection connection = DriverManager.getConnection(url)) {
      createTables(url, connection);
      Path log = Path.of("target", "cluster-nodes.log");
      for (int i = 0; i < NODES; i++) {
        nodes.add(new NodeProcess(checks, log, url, pool, String.valueOf(isolation)));
      }
      for (NodeProcess node : nodes) {
        node.start();
      }
      write(connection, checks);
      List<String> faults = history.faults(connection, RECORDS);
      String counts =
          history.countDone()
              + " done, "
              + history.countRefused()
              + " refused, "
              + history.countUnknown()
              + " unknown, "
              + faults.size()
              + " faults";
      System.out.println((checks ? "checked: " : "unchecked: ") + counts);
      assertTrue(history.countDone() >= FEWEST, counts);
      if (checks) {
        assertEquals(List.of(), faults, counts);
      } else {
        assertTrue(faults.stream().anyMatch(ClusterIT::isLoss), counts);
      }
    } finally {
      ended.set(true);
      nodes.forEach(NodeProcess::close);
    }
  }

  private static void createTables(String url, Connection connection) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table record (id int primary key, content varchar(60) not null)");
      statement.execute(
          "create table link (id int not null, base varchar(60) not null, content varchar(60))");
      for (int id = 0; id < RECORDS; id++) {
        statement.execute("insert into record values (" + id + ", '" + History.START + "')");
      }
    }
    new JdbcStore(() -> DriverManager.getConnection(url), new StoreTable(null, "cg_"), "test")
        .check(true);
  }

  /**
   * Lets clients write, and disturbs the nodes. Slow machines write longer, until there is
   * something to be judged.
   */
  private void write(Connection connection, boolean disturbs) throws Exception {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      Thread thread = new Thread(() -> writeUntilEnd(client));
      thread.start();
      clients.add(thread);
    }
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    long limit = end + Duration.ofSeconds(90).toNanos();
    int round = 0;
    while (System.nanoTime() < end
        || (System.nanoTime() < limit && !isEnough(connection, disturbs))) {
      Thread.sleep(300);
      NodeProcess node = nodes.get(round++ % NODES);
      if (disturbs && round % 4 == 3) {
        node.kill();
        node.start();
      } else if (disturbs) {
        node.stop();
        Thread.sleep(200);
        node.resume();
      }
    }
    ended.set(true);
    for (Thread client : clients) {
      client.join(60_000);
    }
  }

  private boolean isEnough(Connection connection, boolean checks) throws Exception {
    return history.countDone() >= FEWEST
        && (checks || history.faults(connection, RECORDS).stream().anyMatch(ClusterIT::isLoss));
  }

  private static boolean isLoss(String fault) {
    return fault.contains("was lost");
  }

  private void writeUntilEnd(int client) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    while (!ended.get()) {
      int id = ThreadLocalRandom.current().nextInt(RECORDS);
      String path = "/record/" + id;
      NodeProcess reader = nodes.get(ThreadLocalRandom.current().nextInt(NODES));
      NodeProcess writer = nodes.get(ThreadLocalRandom.current().nextInt(NODES));
      HttpResponse<String> read = send(http, HttpRequest.newBuilder(uri(reader, path)));
      if (read == null || read.statusCode() != 200 || tagOf(read) == null) {
        continue;
      }
      String value = "c" + client + "-" + values.incrementAndGet();
      HttpResponse<String> written =
          send(
              http,
              HttpRequest.newBuilder(uri(writer, path + "?value=" + value + "&base=" + read.body()))
                  .header("If-Match", tagOf(read))
                  .PUT(HttpRequest.BodyPublishers.noBody()));
      history.add(value, written == null ? 0 : written.statusCode());
    }
  }

  private static String tagOf(HttpResponse<String> response) {
    return response.headers().firstValue("ETag").orElse(null);
  }

  private static URI uri(NodeProcess node, String path) {
    return URI.create(node.address() + path);
  }

  /** Returns null where there was no response: whether the write was stored is not known. */
  private static HttpResponse<String> send(HttpClient http, HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
