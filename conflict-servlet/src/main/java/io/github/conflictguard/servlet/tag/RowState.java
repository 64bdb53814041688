package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.ResourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of a set of rows: a tag from their values, and the latest of their dates. */
final class RowState {

  private RowState() {}

  /**
   * Reads all rows.
   *
   * @param version the columns that the tag is made from; empty for all
   * @param lastModified the column with the modification date, or null if there is none
   * @param key distinguishes the tags of two resources with the same version
   */
  static SelectedRepresentation of(
      ResultSet rows, List<String> version, @Nullable String lastModified, ResourceKey key)
      throws SQLException {
    ResultSetMetaData described = rows.getMetaData();
    int[] columns = columns(rows, described, version);
    boolean[] binary = new boolean[columns.length];
    for (int i = 0; i < columns.length; i++) {
      binary[i] = isBinary(described.getColumnType(columns[i]));
    }
    MessageDigest digest = Sha256.begin();
    digest.update(key.toString().getBytes(StandardCharsets.UTF_8));
    boolean present = false;
    Instant latest = null;
    while (rows.next()) {
      present = true;
      for (int i = 0; i < columns.length; i++) {
        add(digest, binary[i] ? rows.getBytes(columns[i]) : bytes(rows.getString(columns[i])));
      }
      Timestamp changed = lastModified == null ? null : rows.getTimestamp(lastModified);
      if (changed != null && (latest == null || changed.toInstant().isAfter(latest))) {
        latest = changed.toInstant();
      }
    }
    return present
        ? SelectedRepresentation.present(
            BodyTag.of(digest.digest()), latest == null ? null : Dates.notLaterThanNow(latest))
        : SelectedRepresentation.absent();
  }

  private static int[] columns(ResultSet rows, ResultSetMetaData described, List<String> version)
      throws SQLException {
    int[] columns = new int[version.isEmpty() ? described.getColumnCount() : version.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = version.isEmpty() ? i + 1 : rows.findColumn(version.get(i));
    }
    return columns;
  }

  private static boolean isBinary(int type) {
    return type == Types.BINARY
        || type == Types.VARBINARY
        || type == Types.LONGVARBINARY
        || type == Types.BLOB;
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Adds a value with its length in front, so that the end of each value is unambiguous. The length
   * includes a mark that distinguishes an empty value from NULL.
   */
  private static void add(MessageDigest digest, byte @Nullable [] value) {
    int length = value == null ? 0 : value.length + 1;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    if (value != null) {
      digest.update((byte) 1);
      digest.update(value);
    }
  }
}
