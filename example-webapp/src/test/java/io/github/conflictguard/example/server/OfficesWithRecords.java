package io.github.conflictguard.example.server;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Each of the {@link RunningOffices} with each sort of record. */
public final class OfficesWithRecords implements ArgumentsProvider {

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return new RunningOffices()
        .provideArguments(parameters, context)
        .flatMap(
            office ->
                Stream.of(OfficeRecord.values())
                    .map(record -> Arguments.of(office.get()[0], record)));
  }
}
