/**
 * The error codes and SQL states of databases, one class for each database. Start at {@link
 * io.github.conflictguard.classify.sql.SqlEvidence}.
 *
 * <p>Not for applications: public only where other packages of the project need it. Parameters and
 * results are never null unless marked {@code @Nullable}.
 */
package io.github.conflictguard.classify.sql;
