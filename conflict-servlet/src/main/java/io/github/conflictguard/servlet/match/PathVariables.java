package io.github.conflictguard.servlet.match;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values of variables, whose number is small: they are searched sequentially. Null is permitted
 * neither as a name nor as a value. Not safe for use by several threads.
 */
public final class PathVariables extends AbstractMap<String, String> {

  private String[] namesAndValues = new String[4];
  private int size;

  @Override
  public @Nullable String get(Object name) {
    int place = placeOf(name);
    return place < 0 ? null : namesAndValues[place + 1];
  }

  @Override
  public boolean containsKey(Object name) {
    return placeOf(name) >= 0;
  }

  @Override
  public @Nullable String put(String name, String value) {
    int place = placeOf(name);
    String before = place < 0 ? null : namesAndValues[place + 1];
    if (place < 0) {
      place = 2 * size++;
      if (place == namesAndValues.length) {
        namesAndValues = Arrays.copyOf(namesAndValues, 2 * place);
      }
      namesAndValues[place] = name;
    }
    namesAndValues[place + 1] = value;
    return before;
  }

  @Override
  public int size() {
    return size;
  }

  private int placeOf(Object name) {
    for (int place = 0; place < 2 * size; place += 2) {
      if (namesAndValues[place].equals(name)) {
        return place;
      }
    }
    return -1;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<Entry<String, String>>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Iterator<Entry<String, String>> iterator() {
        return new Entries();
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, String>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < 2 * size;
    }

    @Override
    public Entry<String, String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      next += 2;
      return new SimpleImmutableEntry<>(namesAndValues[next - 2], namesAndValues[next - 1]);
    }
  }
}
