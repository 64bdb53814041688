package io.github.conflictguard.servlet.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RenamedSettingsTest {

  private static final Pattern NEW_NAME = Pattern.compile("is now called (\\w+)");

  @Test
  void oldNameIsNoSettingAndNewNameIsOne() {
    RenamedSettings.messages()
        .forEach(
            (old, message) -> {
              assertFalse(Setting.names().contains(old), old);
              Matcher current = NEW_NAME.matcher(message);
              assertTrue(
                  message.startsWith("no longer exists; leave it out: ")
                      || (current.lookingAt() && Setting.names().contains(current.group(1))),
                  message);
            });
  }
}
