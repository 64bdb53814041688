package io.github.conflictguard.example.server;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The office on each container, started for the first test class that asks and closed after the
 * last one. Tests share it, so each of them works on customers and orders of its own.
 */
public final class RunningOffices implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(RunningOffices.class));
    return Stream.of(Container.values())
        .map(container -> store.computeIfAbsent(container, RunningOffices::start, Lasting.class))
        .map(lasting -> Arguments.of(lasting.office));
  }

  private static Lasting start(Container container) {
    try {
      return new Lasting(RunningOffice.on(container));
    } catch (Exception e) {
      throw new IllegalStateException("The office did not start on " + container, e);
    }
  }

  /** Closed by the store; an argument that can be closed would be, after each test class. */
  private record Lasting(RunningOffice office) implements AutoCloseable {

    @Override
    public void close() throws Exception {
      try {
        office.server().close();
      } finally {
        office.database().close();
      }
    }
  }
}
