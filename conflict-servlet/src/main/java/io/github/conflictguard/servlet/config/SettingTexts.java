package io.github.conflictguard.servlet.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** One sentence about the effect of each setting. Immutable. */
public final class SettingTexts {

  private static final String FILE = "settings.properties";

  private final Properties sentences = new Properties();

  /** Reads the sentences from the jar. */
  public SettingTexts() {
    try (InputStream in = SettingTexts.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing in the jar of the filter");
      }
      sentences.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the sentence for a setting, in Markdown; empty if there is no such setting. */
  public String effect(String name) {
    return sentences.getProperty(name, "");
  }
}
