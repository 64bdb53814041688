package io.github.conflictguard.servlet.bridge;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A registry that the application adds to the global one, with a tag of its own. */
final class MicrometerProbe implements Probe {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  MicrometerProbe() {
    registry.config().commonTags("region", "north");
    Metrics.addRegistry(registry);
  }

  @Override
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Meter meter : registry.getMeters()) {
      Map<String, String> tags = new TreeMap<>();
      for (Tag tag : meter.getId().getTags()) {
        tags.put(tag.getKey(), tag.getValue());
      }
      for (Measurement value : meter.measure()) {
        lines.add(meter.getId().getName() + tags + " " + (long) value.getValue());
      }
    }
    for (Meter meter : Metrics.globalRegistry.getMeters()) {
      if (lines.stream().noneMatch(line -> line.startsWith(meter.getId().getName()))) {
        lines.add("global " + meter.getId());
      }
    }
    lines.sort(null);
    return lines;
  }

  @Override
  public void end() {
    Metrics.removeRegistry(registry);
  }
}
