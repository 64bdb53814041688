package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.WriteCounters;
import io.github.conflictguard.servlet.rule.Target;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The entity tag is made from the number of writes that passed the filter. It sees no write that
 * takes another way, and cannot tell whether there is anything.
 */
final class CounterSource implements StateSource {

  private final WriteCounters counters;

  CounterSource(WriteCounters counters) {
    this.counters = counters;
  }

  @Override
  public SelectedRepresentation read(Target target) {
    byte[] key = target.key().toString().getBytes(StandardCharsets.UTF_8);
    long count = counters.valueOf(target.key());
    EntityTag tag =
        BodyTag.of(
            digest -> {
              digest.update(ByteBuffer.allocate(Long.BYTES).putLong(count).array());
              digest.update(key);
            });
    return SelectedRepresentation.perhapsPresent(tag);
  }

  @Override
  public void written(Target target) {
    counters.written(target.key());
  }
}
