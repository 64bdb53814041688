package io.github.conflictguard.servlet.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.Mockito.mock;

import io.github.conflictguard.event.ConflictEvent;
import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.event.ConflictListener;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import jakarta.servlet.ServletContext;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that are services of the application, and how many places are told apart. */
class ConflictListenersTest {

  private static final List<ConflictEvent> HEARD = new ArrayList<>();

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir private Path application;

  @BeforeEach
  void forget() {
    HEARD.clear();
  }

  @AfterEach
  void leaveTheApplication() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void servicesAreToldWhateverIsWrongWithOthers() throws Exception {
    ConflictEvents events =
        eventsWithServices(
            Broken.class.getName(),
            "no.such.Listener",
            Listening.class.getName(),
            String.class.getName());
    events.tell(event("handler"));
    assertEquals(1, HEARD.size());
  }

  @Test
  void moreHandlersThanCanBeToldApartAreCountedTogether() {
    ConflictEvents events = new ConflictEvents(mock(ServletContext.class));
    for (int i = 0; i < 2 * ConflictEvents.MAX_COUNTED; i++) {
      events.tell(event("handler" + i));
    }
    List<ConflictCounts> counts = events.counts();
    assertEquals(ConflictEvents.MAX_COUNTED + 1, counts.size());
    assertEquals("*", counts.get(0).getHandler());
    assertEquals(ConflictEvents.MAX_COUNTED, counts.get(0).getAnswered());
    events.tell(event("handler7"));
    assertEquals(
        2,
        events.counts().stream()
            .filter(count -> count.getHandler().equals("handler7"))
            .mapToLong(ConflictCounts::getAnswered)
            .sum());
  }

  private ConflictEvents eventsWithServices(String... names) throws Exception {
    Path services = application.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.write(services.resolve(ConflictListener.class.getName()), List.of(names));
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {application.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(loader);
      return new ConflictEvents(mock(ServletContext.class));
    }
  }

  private static ConflictEvent event(String handler) {
    ProblemDetail problem = ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/x").build();
    return ConflictEvent.of(problem, Found.THROWN, "PUT", "x").handler(handler).build();
  }

  /** Hears. */
  public static final class Listening implements ConflictListener {
    @Override
    public void onConflict(ConflictEvent event) {
      HEARD.add(event);
    }
  }

  /** Cannot be made. */
  public static final class Broken implements ConflictListener {

    public Broken() {
      throw new IllegalStateException("no listener today");
    }

    @Override
    public void onConflict(ConflictEvent event) {}
  }
}
