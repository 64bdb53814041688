package com.example.orders.domain;

import java.util.ArrayList;
import java.util.List;
import lombok.Synchronized;
import lombok.experimental.UtilityClass;

/** What has run since the last look. */
@UtilityClass
public class Trace {

  private final List<String> LINES = new ArrayList<>();

  @Synchronized
  public void note(String line) {
    LINES.add(line);
  }

  @Synchronized
  public int count(String line) {
    return (int) LINES.stream().filter(line::equals).count();
  }

  @Synchronized
  public List<String> take() {
    List<String> lines = new ArrayList<>(LINES);
    LINES.clear();
    return lines;
  }
}
