package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.StaleCause;
import io.github.conflictguard.problem.EarlierWrite;
import io.github.conflictguard.problem.ProblemDetail;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The sentence that describes when, and by whom, a record was saved before. */
public final class EarlierWriteText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private EarlierWriteText() {}

  /** Returns the sentence; null when nothing is known of an earlier write. */
  public static @Nullable String of(ProblemDetail problem, Texts texts) {
    EarlierWrite write = problem.earlierWrite();
    return write == null ? null : of(write, write.by(), texts);
  }

  /**
   * Returns the sentence for a form. Its sender is only mentioned if it agrees with the cause that
   * was found by the page of the form.
   */
  static @Nullable String of(ProblemDetail problem, StaleCause cause, Texts texts) {
    EarlierWrite write = problem.earlierWrite();
    if (write == null) {
      return null;
    }
    String agreed =
        cause.isByOthers()
            ? EarlierWrite.OTHER
            : cause == StaleCause.YOU ? EarlierWrite.SELF : EarlierWrite.UNKNOWN;
    return of(write, write.by().equals(agreed) ? agreed : EarlierWrite.UNKNOWN, texts);
  }

  private static String of(EarlierWrite write, String by, Texts texts) {
    String age = age(write.age(), texts);
    String time = TIME.format(write.time());
    String actor = write.actor();
    return by.equals(EarlierWrite.OTHER) && actor != null
        ? texts.get("earlier.named", age, time, actor)
        : texts.get("earlier." + by, age, time);
  }

  private static String age(long seconds, Texts texts) {
    if (seconds < 5) {
      return texts.get("age.now");
    }
    if (seconds < MINUTE) {
      return texts.get("age.seconds", seconds);
    }
    if (seconds < HOUR) {
      return counted("age.minute", seconds / MINUTE, texts);
    }
    return seconds < DAY
        ? counted("age.hour", seconds / HOUR, texts)
        : counted("age.day", seconds / DAY, texts);
  }

  private static String counted(String key, long number, Texts texts) {
    return texts.get(number == 1 ? key + "-one" : key + "-several", number);
  }
}
