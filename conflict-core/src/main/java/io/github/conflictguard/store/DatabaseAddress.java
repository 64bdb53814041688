package io.github.conflictguard.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Identifies the database behind a connection by its address, without parameters. */
final class DatabaseAddress {

  private DatabaseAddress() {}

  /** Returns the address, which contains no password; empty if the driver reports none. */
  static String of(Connection connection) throws SQLException {
    String url = connection.getMetaData().getURL();
    return url == null ? "" : withoutParameters(url);
  }

  /** Removes parameters, and a user in front of the host, as Oracle's addresses may contain. */
  static String withoutParameters(String url) {
    int end = url.length();
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '?' || (c == ';' && !url.startsWith("jdbc:sqlserver:"))) {
        end = i;
        break;
      }
    }
    String address = url.substring(0, end);
    if (url.startsWith("jdbc:sqlserver:")) {
      return address.replaceAll("(?i);(user|userName|password)=[^;]*", "");
    }
    return address.replaceAll("(?<=[:/])[^:/@]+/[^@]*(?=@)", "");
  }
}
