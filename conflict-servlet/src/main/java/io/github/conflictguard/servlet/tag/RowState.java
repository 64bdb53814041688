package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.precondition.SelectedRepresentation;
import io.github.conflictguard.resource.ResourceKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state that some rows stand for: a tag from their values, and the latest of their dates. */
final class RowState {

  private RowState() {}

  /**
   * Reads all rows.
   *
   * @param version the columns that make the tag; empty for all
   * @param lastModified the column with the modification date; null when there is none
   * @param key keeps the tags of two resources with the same version apart
   */
  static SelectedRepresentation of(
      ResultSet rows, List<String> version, @Nullable String lastModified, ResourceKey key)
      throws SQLException {
    int[] columns = columns(rows, version);
    List<byte[]> values = new ArrayList<>();
    Instant latest = null;
    while (rows.next()) {
      for (int column : columns) {
        values.add(value(rows, column));
      }
      Timestamp changed = lastModified == null ? null : rows.getTimestamp(lastModified);
      if (changed != null && (latest == null || changed.toInstant().isAfter(latest))) {
        latest = changed.toInstant();
      }
    }
    if (values.isEmpty()) {
      return SelectedRepresentation.absent();
    }
    return SelectedRepresentation.present(
        tag(key, values), latest == null ? null : Dates.notLaterThanNow(latest));
  }

  private static int[] columns(ResultSet rows, List<String> version) throws SQLException {
    int[] columns =
        new int[version.isEmpty() ? rows.getMetaData().getColumnCount() : version.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = version.isEmpty() ? i + 1 : rows.findColumn(version.get(i));
    }
    return columns;
  }

  /** The value with a mark in front that tells NULL from an empty text. */
  private static byte[] value(ResultSet rows, int column) throws SQLException {
    byte[] value;
    switch (typeOf(rows.getMetaData(), column)) {
      case Types.BINARY:
      case Types.VARBINARY:
      case Types.LONGVARBINARY:
      case Types.BLOB:
        value = rows.getBytes(column);
        break;
      default:
        String text = rows.getString(column);
        value = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
    return value == null
        ? new byte[0]
        : ByteBuffer.allocate(value.length + 1).put((byte) 1).put(value).array();
  }

  private static int typeOf(ResultSetMetaData columns, int column) throws SQLException {
    return columns.getColumnType(column);
  }

  private static EntityTag tag(ResourceKey key, List<byte[]> values) {
    return BodyTag.of(
        digest -> {
          digest.update(key.toString().getBytes(StandardCharsets.UTF_8));
          for (byte[] value : values) {
            // The length in front: where one value ends must not be open to interpretation.
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).array());
            digest.update(value);
          }
        });
  }
}
