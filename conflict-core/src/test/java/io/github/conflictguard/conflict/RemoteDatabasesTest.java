package io.github.conflictguard.conflict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.conflictguard.classify.ConflictClassifiers;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.firebirdsql.gds.ng.FbExceptionBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Products that do not run inside the tests: what their drivers report, by the vendors' documents,
 * and what is to be made of it.
 */
class RemoteDatabasesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      POSTGRESQL | 23001 | 0 | update or delete on table "customer" violates RESTRICT setting of foreign key constraint "fk" on table "orders" | STILL_REFERENCED | fk
      POSTGRESQL | 23503 | 0 | Aktualisieren oder Löschen in Tabelle »customer« verletzt Fremdschlüssel-Constraint »fk« von Tabelle »orders« | STILL_REFERENCED |
      POSTGRESQL | 23503 | 0 | Einfügen oder Aktualisieren in Tabelle »orders« verletzt Fremdschlüssel-Constraint »fk« | MISSING_REFERENCE |
      POSTGRESQL | 23503 | 0 | UPDATE ou DELETE sur la table « customer » viole la contrainte de clé étrangère « fk » de la table « orders » | STILL_REFERENCED |
      POSTGRESQL | 23503 | 0 | une instruction insert ou update sur la table « orders » viole la contrainte de clé étrangère « fk » | MISSING_REFERENCE |
      POSTGRESQL | 23503 | 0 | テーブル"customer"の更新または削除は、テーブル"orders"の外部キー制約"fk"に違反します | STILL_REFERENCED |
      POSTGRESQL | 23503 | 0 | delete on table "customer" violates foreign key constraint "fk" on table "orders" | STILL_REFERENCED | fk
      POSTGRESQL | 23503 | 0 | insert on table "orders" violates foreign key constraint "fk" | MISSING_REFERENCE | fk
      POSTGRESQL | 23503 | 0 | a text without names | BROKEN_REFERENCE |
      POSTGRESQL | 23505 | 0 | doppelter Schlüsselwert verletzt Unique-Constraint »uq« | DUPLICATE_KEY |
      POSTGRESQL | 23505 | 0 | duplicate key value violates unique constraint "my uq" | DUPLICATE_KEY | my uq
      POSTGRESQL | 23P01 | 0 | conflicting key value violates exclusion constraint "no_overlap" | EXCLUSION | no_overlap
      POSTGRESQL | 55P03 | 0 | could not obtain lock on row in relation "t" | LOCKED |
      POSTGRESQL | 40001 | 0 | restart transaction: TransactionRetryWithProtoRefreshError: WriteTooOldError | TRANSIENT |
      POSTGRESQL | 40P01 | 0 | deadlock detected | TRANSIENT |
      POSTGRESQL | 40003 | 0 | result is ambiguous | |
      POSTGRESQL | 25P02 | 0 | current transaction is aborted | |
      POSTGRESQL | 21000 | 0 | more than one row returned by a subquery | |
      POSTGRESQL | P0001 | 0 | duplicate key value violates unique constraint "x" | |
      POSTGRESQL | 57014 | 0 | canceling statement due to statement timeout | |
      """)
  void postgreSqlIsReadByState(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      MYSQL | 23000 | 1062 | Duplicate entry 'a@x' for key 'customer.uq_email' | DUPLICATE_KEY | uq_email
      MYSQL | 23000 | 1062 | Duplicate entry 'x' for key 'uq_fake'' for key 'uq_email' | DUPLICATE_KEY | uq_email
      MYSQL | 23000 | 1062 | Duplicate entry 'a' for key 'uq_email'\\nQuery is: insert into t values ('for key 'uq_fake' | DUPLICATE_KEY |
      MYSQL | 23000 | 1062 | Duplicate entry '1' for key 'PRIMARY' | DUPLICATE_KEY | PRIMARY
      MARIADB | 23000 | 1062 | Duplicate entry 'a@x' for key 'uq_email' | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | Doppelter Eintrag 'a@x' für Schlüssel 'uq_email' | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | Duplicata du champ 'x' pour la clef 'fake'' pour la clef 'uq_email' | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | (conn=7) '' は索引 'fake' で重複しています。' は索引 'uq_email' で重複しています。 | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | Duplikalt bejegyzes 'a' a 'uq_email' kulcs szerint | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | Zvojený klíč 'a' (číslo klíče 'uq_email') | DUPLICATE_KEY | uq_email
      MARIADB | 23000 | 1062 | A text of another language 'a' that ends 'uq_email' otherwise | DUPLICATE_KEY |
      MARIADB | 23000 | 1451 | Kann Eltern-Zeile nicht löschen oder aktualisieren: eine Fremdschlüsselbedingung schlägt fehl (`shop`.`orders`, CONSTRAINT `fk` FOREIGN KEY (`customer`) REFERENCES `customer` (`id`)) | STILL_REFERENCED | fk
      MYSQL | 23000 | 1859 | Duplicate entry for key 'customer.uq_email' | DUPLICATE_KEY | uq_email
      MYSQL | 23000 | 1761 | Foreign key constraint for table 'customer', record '1-a' would lead to a duplicate entry in table 'orders', key 'uq_email' | DUPLICATE_KEY | uq_email
      MYSQL | 23000 | 1762 | Foreign key constraint for table 'customer', record '1-a' would lead to a duplicate entry in a child table | DUPLICATE_KEY |
      MYSQL | 23000 | 1022 | Can't write; duplicate key in table 'customer' | DUPLICATE_KEY |
      MYSQL | HY000 | 9007 | Write conflict, txnStartTS=1 | TRANSIENT |
      MYSQL | HY000 | 8002 | SELECT FOR UPDATE write conflict | TRANSIENT |
      MYSQL | HY000 | 8022 | commit failed: rolled back | TRANSIENT |
      MYSQL | HY000 | 8028 | Information schema is changed | TRANSIENT |
      MYSQL | HY000 | 9004 | Resolve lock timeout | LOCKED |
      MYSQL | HY000 | 1206 | The total number of locks exceeds the lock table size | |
      MYSQL | 23000 | 1586 | Duplicate entry 'a' for key 'uq_email' | DUPLICATE_KEY | uq_email
      MYSQL | 23000 | 1451 | Cannot delete or update a parent row: a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `fk` FOREIGN KEY (`customer`) REFERENCES `customer` (`id`)) | STILL_REFERENCED | fk
      MARIADB | 23000 | 1452 | Cannot add or update a child row: a foreign key constraint fails (`shop`.`orders`, CONSTRAINT `fk` FOREIGN KEY (`customer`) REFERENCES `customer` (`id`)) | MISSING_REFERENCE | fk
      MYSQL | 23000 | 1217 | Cannot delete or update a parent row: a foreign key constraint fails | STILL_REFERENCED |
      MYSQL | 40001 | 1205 | Lock wait timeout exceeded; try restarting transaction | LOCKED |
      MARIADB | HY000 | 1205 | Lock wait timeout exceeded; try restarting transaction | LOCKED |
      MYSQL | HY000 | 3572 | Statement aborted because lock(s) could not be acquired immediately and NOWAIT is set. | LOCKED |
      MYSQL | 40001 | 1213 | Deadlock found when trying to get lock; try restarting transaction | TRANSIENT |
      MARIADB | HY000 | 1020 | Record has changed since last read in table 'customer' | TRANSIENT |
      MYSQL | 23000 | 1048 | Column 'email' cannot be null | |
      MYSQL | HY000 | 3819 | Check constraint 'ck' is violated. | |
      MARIADB | 23000 | 4025 | CONSTRAINT `ck` failed for `shop`.`orders` | |
      MYSQL | 22001 | 1406 | Data too long for column 'email' at row 1 | |
      MARIADB | 21S01 | 1136 | Column count doesn't match value count at row 1 | |
      MARIADB | 21000 | 1222 | The used SELECT statements have a different number of columns | |
      MARIADB | 45000 | 1644 | signalled | |
      MYSQL | HY000 | 1364 | Field 'email' doesn't have a default value | |
      COPY | 23000 | 1062 | Duplicate entry 'a' for key 'uq_email' | DUPLICATE_KEY |
      COPY | HY000 | 1205 | Lock wait timeout exceeded | LOCKED |
      """)
  void mySqlAndMariaDbAreReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      ORACLE | ? | 1 | ORA-00001: unique constraint (SHOP.UQ_EMAIL) violated\\n | DUPLICATE_KEY | UQ_EMAIL
      ORACLE | ? | 1 | ORA-00001: unique constraint (SHOP.UQ_EMAIL) violated on table SHOP.CUSTOMER columns (EMAIL)\\nORA-03301: (ORA-00001 details) row with column values (EMAIL:'(X.FAKE)') already exists | DUPLICATE_KEY | UQ_EMAIL
      ORACLE | ? | 1 | ORA-00001: Unique Constraint (SHOP.UQ_EMAIL) verletzt | DUPLICATE_KEY | UQ_EMAIL
      ORACLE_6 | 23000 | 1 | ORA-00001: unique constraint (SHOP.UQ_EMAIL) violated\\n | DUPLICATE_KEY | UQ_EMAIL
      ORACLE | ? | 2292 | ORA-02292: integrity constraint (SHOP.FK) violated - child record found | STILL_REFERENCED | FK
      ORACLE | ? | 2291 | ORA-02291: integrity constraint (SHOP.FK) violated - parent key not found | MISSING_REFERENCE | FK
      ORACLE | ? | 2091 | ORA-02091: transaction rolled back\\nORA-02291: integrity constraint (SHOP.FK) violated - parent key not found | MISSING_REFERENCE | FK
      ORACLE | ? | 2091 | ORA-02091: transaction rolled back\\nORA-02290: check constraint (SHOP.CK) violated | |
      ORACLE | ? | 54 | ORA-00054: resource busy and acquire with NOWAIT specified | LOCKED |
      ORACLE | ? | 30006 | ORA-30006: resource busy; acquire with WAIT timeout expired | LOCKED |
      ORACLE | ? | 2049 | ORA-02049: timeout: distributed transaction waiting for lock | LOCKED |
      ORACLE | ? | 4021 | ORA-04021: timeout occurred while waiting to lock object | LOCKED |
      ORACLE | ? | 60 | ORA-00060: deadlock detected while waiting for resource | TRANSIENT |
      ORACLE | ? | 8177 | ORA-08177: can't serialize access for this transaction | TRANSIENT |
      ORACLE | ? | 4020 | ORA-04020: deadlock detected while trying to lock object | TRANSIENT |
      ORACLE | ? | 1400 | ORA-01400: cannot insert NULL into ("SHOP"."CUSTOMER"."EMAIL") | |
      ORACLE | ? | 1407 | ORA-01407: cannot update ("SHOP"."CUSTOMER"."EMAIL") to NULL | |
      ORACLE | ? | 2290 | ORA-02290: check constraint (SHOP.CK) violated | |
      ORACLE | ? | 12899 | ORA-12899: value too large for column | |
      ORACLE | ? | 20001 | ORA-20001: duplicate (SHOP.X) | |
      ORACLE | ? | 1013 | ORA-01013: user requested cancel of current operation | |
      ORACLE | ? | 942 | ORA-00942: table or view does not exist | |
      COPY | 72000 | 8177 | ORA-08177: can't serialize access for this transaction | TRANSIENT |
      COPY | 23000 | 2291 | wrapped | MISSING_REFERENCE |
      """)
  void oracleIsReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      SQL_SERVER | 23000 | 2627 | Violation of UNIQUE KEY constraint 'UQ_email'. Cannot insert duplicate key in object 'dbo.customer'. The duplicate key value is (constraint 'fake'). | DUPLICATE_KEY | UQ_email
      SQL_SERVER | 23000 | 2601 | Cannot insert duplicate key row in object 'dbo.customer' with unique index 'UQ_email'. The duplicate key value is (' with unique index 'fake'). | DUPLICATE_KEY | UQ_email
      SQL_SERVER | 42000 | 2627 | Violation of PRIMARY KEY constraint 'PK'. Cannot insert duplicate key in object 'dbo.t'. | DUPLICATE_KEY | PK
      SQL_SERVER | 23000 | 2627 | Violation de la contrainte UNIQUE KEY « UQ ». Impossible d'insérer (constraint 'fake') | DUPLICATE_KEY |
      SQL_SERVER | 23000 | 547 | The DELETE statement conflicted with the REFERENCE constraint "FK". The conflict occurred in database "shop", table "dbo.orders", column 'customer'. | STILL_REFERENCED | FK
      SQL_SERVER | 23000 | 547 | The DELETE statement conflicted with the SAME TABLE REFERENCE constraint "FK". The conflict occurred in database "shop". | STILL_REFERENCED | FK
      SQL_SERVER | 23000 | 547 | The INSERT statement conflicted with the FOREIGN KEY constraint "FK". The conflict occurred in database "shop". | MISSING_REFERENCE | FK
      SQL_SERVER | 23000 | 547 | The UPDATE statement conflicted with the FOREIGN KEY SAME TABLE constraint "FK". The conflict occurred in database "shop". | MISSING_REFERENCE | FK
      SQL_SERVER | 23000 | 547 | Instrucción DELETE en conflicto con la restricción REFERENCE "FK". | STILL_REFERENCED | FK
      SQL_SERVER | 23000 | 547 | The INSERT statement conflicted with the CHECK constraint "CK". The conflict occurred in database "REFERENCE". | |
      SQL_SERVER | S00051 | 1222 | Lock request time out period exceeded. | LOCKED |
      SQL_SERVER | 40001 | 1205 | Transaction (Process ID 52) was deadlocked on lock resources | TRANSIENT |
      SQL_SERVER | S0001 | 3960 | Snapshot isolation transaction aborted due to update conflict. | TRANSIENT |
      SQL_SERVER | 23000 | 515 | Cannot insert the value NULL into column 'email' | |
      SQL_SERVER | S0001 | 2714 | There is already an object named 'customer' in the database. | |
      SQL_SERVER | S0001 | 2628 | String or binary data would be truncated | |
      SQL_SERVER | S0001 | 50000 | duplicate | |
      JTDS | 23000 | 2627 | Violation of UNIQUE KEY constraint 'UQ_email'. Cannot insert duplicate key in object 'dbo.customer'. | DUPLICATE_KEY | UQ_email
      JTDS | 40001 | 1205 | Transaction was deadlocked | TRANSIENT |
      COPY | 23000 | 2627 | Violation of UNIQUE KEY constraint 'UQ'. | DUPLICATE_KEY |
      """)
  void sqlServerIsReadByCodeAndDirection(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      JCONNECT | 23000 | 2601 | Attempt to insert duplicate key row in object 'customer' with unique index 'uq_email'\\n | DUPLICATE_KEY | uq_email
      JCONNECT | 23000 | 547 | Dependent foreign key constraint violation in a referential integrity constraint. dbname =  'shop', table name = 'customer', constraint name = 'fk'.\\n | STILL_REFERENCED | fk
      JCONNECT | 23000 | 546 | Foreign key constraint violation occurred, dbname =  'shop', table name = 'orders', constraint name = 'fk'.\\n | MISSING_REFERENCE | fk
      JCONNECT | 40001 | 1205 | Your server command encountered a deadlock situation. | TRANSIENT |
      JCONNECT | ZZZZZ | 12205 | Could not acquire a lock within the specified wait period. | LOCKED |
      JCONNECT | 23000 | 548 | Check constraint violation occurred | |
      JCONNECT | 23000 | 233 | The column email in table customer does not allow null values. | |
      JCONNECT | JZ0BE | 0 | JZ0BE: BatchUpdateException | |
      JTDS | 23000 | 547 | Dependent foreign key constraint violation in a referential integrity constraint. | STILL_REFERENCED |
      JTDS | 23000 | 546 | Foreign key constraint violation occurred | MISSING_REFERENCE |
      """)
  void adaptiveServerIsReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      DB2 | 23505 | -803 | DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=2;SHOP.CUSTOMER, DRIVER=4.33.31 | DUPLICATE_KEY |
      DB2 | 23504 | -532 | DB2 SQL Error: SQLCODE=-532, SQLSTATE=23504, SQLERRMC=SHOP.ORDERS.FK, DRIVER=4.33.31 | STILL_REFERENCED | FK
      DB2 | 23001 | -532 | DB2 SQL Error: SQLCODE=-532, SQLSTATE=23001, SQLERRMC=SHOP.ORDERS.FK, DRIVER=4.33.31 | STILL_REFERENCED | FK
      DB2 | 23503 | -530 | DB2 SQL Error: SQLCODE=-530, SQLSTATE=23503, SQLERRMC=SHOP.ORDERS.FK, DRIVER=4.33.31 | MISSING_REFERENCE | FK
      DB2 | 40001 | -911 | DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=68, DRIVER=4.33.31 | LOCKED |
      DB2 | 40001 | -911 | DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=2, DRIVER=4.33.31 | TRANSIENT |
      DB2 | 40001 | -911 | DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=00C9008E;00000304;X, DRIVER=4.33.31 | LOCKED |
      DB2 | 57033 | -913 | DB2 SQL Error: SQLCODE=-913, SQLSTATE=57033, SQLERRMC=00C90088;00000304;X, DRIVER=4.33.31 | TRANSIENT |
      DB2 | 23503 | -530 | Error for batch element #2: DB2 SQL Error: SQLCODE=-530, SQLSTATE=23503, SQLERRMC=SHOP.ORDERS.FK, DRIVER=4.33.31 | MISSING_REFERENCE | FK
      DB2 | 23502 | -407 | DB2 SQL Error: SQLCODE=-407, SQLSTATE=23502, SQLERRMC=TBSPACEID=2, DRIVER=4.33.31 | |
      DB2 | 23513 | -545 | DB2 SQL Error: SQLCODE=-545, SQLSTATE=23513, SQLERRMC=SHOP.ORDERS.CK, DRIVER=4.33.31 | |
      DB2 | 42601 | -104 | DB2 SQL Error: SQLCODE=-104, SQLSTATE=42601 | |
      DB2 | 57014 | -952 | DB2 SQL Error: SQLCODE=-952, SQLSTATE=57014 | |
      DB2 | | -4229 | [jcc][t4][102][10040][4.33.31] Batch failure. | |
      JTOPEN | 23505 | -803 | [SQL0803] Duplicate key value specified. | DUPLICATE_KEY |
      JTOPEN | 23503 | -530 | [SQL0530] Operation not allowed by referential constraint FK in SHOP. | MISSING_REFERENCE | FK
      JTOPEN | 23504 | -532 | [SQL0532] Delete prevented by referential constraint FK in SHOP. | STILL_REFERENCED | FK
      JTOPEN | 57033 | -913 | [SQL0913] Row or object CUSTOMER in SHOP type *FILE in use. | LOCKED |
      COPY | 23504 | -532 | DB2 SQL Error: SQLCODE=-532, SQLSTATE=23504, SQLERRMC=SHOP.ORDERS.FK, DRIVER=4.33.31 | STILL_REFERENCED |
      """)
  void db2IsReadByCodeAndReason(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      INFORMIX | 23000 | -268 | Unique constraint (informix.uq_email) violated. | DUPLICATE_KEY | uq_email
      INFORMIX | 23000 | -239 | Could not insert new row - duplicate value in a UNIQUE INDEX column (Unique Index:uq_email). | DUPLICATE_KEY | uq_email
      INFORMIX | 23000 | -692 | Key value for constraint (informix.pk) is still being referenced. | STILL_REFERENCED | pk
      INFORMIX | 23000 | -691 | Missing key in referenced table for referential constraint (informix.fk). | MISSING_REFERENCE | fk
      INFORMIX | IX000 | -107 | ISAM error: record is locked. | LOCKED |
      INFORMIX | IX000 | -154 | ISAM error: Lock Timeout Expired | LOCKED |
      INFORMIX | IX000 | -143 | ISAM error: deadlock detected | TRANSIENT |
      INFORMIX | IX000 | -243 | Could not position within a table (informix.customer). | |
      INFORMIX | 23000 | -391 | Cannot insert a null into column (customer.email). | |
      INFORMIX | 23000 | -530 | Check constraint (informix.ck) failed. | |
      """)
  void informixIsReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      FIREBIRD | 23000 | 335544665 | violation of PRIMARY or UNIQUE KEY constraint "UQ_EMAIL" on table "CUSTOMER"; Problematic key value is ("EMAIL" = 'constraint "FAKE"') [SQLState:23000, ISC error code:335544665] | DUPLICATE_KEY | UQ_EMAIL
      FIREBIRD | 23000 | 335544349 | attempt to store duplicate value (visible to active transactions) in unique index "UQ_EMAIL" | DUPLICATE_KEY | UQ_EMAIL
      FIREBIRD | 23000 | 335544466 | violation of FOREIGN KEY constraint "FK" on table "ORDERS"; Foreign key references are present for the record; Problematic key value is ("ID" = 1) | STILL_REFERENCED | FK
      FIREBIRD | 23000 | 335544466 | violation of FOREIGN KEY constraint "FK" on table "ORDERS"; Foreign key reference target does not exist; Problematic key value is ("CUSTOMER" = 'references are present') | MISSING_REFERENCE | FK
      FIREBIRD | 23000 | 335544466 | violation of FOREIGN KEY constraint "FK" on table "ORDERS" | BROKEN_REFERENCE | FK
      FIREBIRD | 40001 | 335544345 | lock conflict on no wait transaction | LOCKED |
      FIREBIRD | 40001 | 335544336 | deadlock; update conflicts with concurrent update | TRANSIENT |
      FIREBIRD | 23000 | 335544347 | validation error for column "CUSTOMER"."EMAIL", value "*** null ***" | |
      FIREBIRD | 23000 | 335544558 | Operation violates CHECK constraint CK on view or table ORDERS | |
      COPY | 23000 | 335544665 | wrapped | DUPLICATE_KEY |
      """)
  void firebirdIsReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      HANA | 23000 | 301 | unique constraint violated: Table(CUSTOMER), Index(UQ_EMAIL) | DUPLICATE_KEY | UQ_EMAIL
      HANA | HY000 | 462 | failed on update or delete by foreign key constraint violation | STILL_REFERENCED |
      HANA | HY000 | 461 | foreign key constraint violation | MISSING_REFERENCE |
      HANA | HY000 | 131 | transaction rolled back by lock wait timeout | LOCKED |
      HANA | HY000 | 146 | resource busy and acquire with NOWAIT specified | LOCKED |
      HANA | HY000 | 133 | transaction rolled back by detected deadlock | TRANSIENT |
      HANA | HY000 | 138 | transaction serialization failure | TRANSIENT |
      HANA | HY000 | 287 | cannot insert NULL or update to NULL: EMAIL | |
      HANA | HY000 | 677 | check constraint violation | |
      COPY | 23000 | 301 | SAP DBTech JDBC: [301]: unique constraint violated: Table(CUSTOMER), Index(UQ_EMAIL) | DUPLICATE_KEY |
      """)
  void hanaIsReadByCode(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      COPY | | 0 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (column email is not unique) | DUPLICATE_KEY |
      COPY | | 0 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (PRIMARY KEY must be unique) | DUPLICATE_KEY |
      COPY | | 0 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (columns first, last are not unique) | DUPLICATE_KEY |
      COPY | | 0 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (foreign key constraint failed) | BROKEN_REFERENCE |
      COPY | | 19 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (FOREIGN KEY constraint failed) | BROKEN_REFERENCE |
      COPY | | 19 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (UNIQUE constraint failed: customer.email) | DUPLICATE_KEY |
      COPY | | 19 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (NOT NULL constraint failed: customer.email) | |
      COPY | | 19 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (CHECK constraint failed: customer) | |
      COPY | | 19 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (constraint failed) | |
      SQLITE_OLD | | 0 | UNIQUE constraint failed: customer.email | DUPLICATE_KEY | customer.email
      SQLITE_OLD | | 0 | PRIMARY KEY must be unique | DUPLICATE_KEY |
      SQLITE_OLD | | 0 | column email is not unique | DUPLICATE_KEY |
      SQLITE_OLD | | 0 | NOT NULL constraint failed: customer.email | |
      COPY | | 0 | [SQLITE_CONSTRAINT]  Abort due to constraint violation (customer.email may not be NULL) | |
      COPY | | 5 | [SQLITE_BUSY]  The database file is locked (database is locked) | LOCKED |
      COPY | | 19 | [SQLITE_CONSTRAINT_TRIGGER]  A RAISE function within a trigger fired (UNIQUE constraint failed: a.b) | |
      """)
  void oldSqliteIsReadByText(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    check(driver, state, code, message, kind, constraint);
  }

  @Test
  void batchesOfSqlServerRepeatTheMessageOfTheRow() throws Exception {
    SQLException batch =
        new BatchUpdateException(
            "Violation of UNIQUE KEY constraint 'UQ_email'. Cannot insert duplicate key in object"
                + " 'dbo.customer'. The duplicate key value is (constraint 'fake').",
            "23000",
            2627,
            new int[0]);
    batch.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(
              "com.microsoft.sqlserver.jdbc.SQLServerPreparedStatement", "executeBatch", "F", 1)
        });

    assertEquals(
        Conflict.of(ConflictKind.DUPLICATE_KEY, "UQ_email"),
        ConflictClassifiers.standard().conflictIn(batch));
  }

  /** Jaybird 3 and newer may chain what was one message. */
  @ParameterizedTest
  @CsvSource({"335544838, MISSING_REFERENCE", "335544839, STILL_REFERENCED"})
  void chainOfFirebirdTellsTheSideOfTheReference(int next, ConflictKind kind) {
    SQLException thrown =
        FbExceptionBuilder.forException(335544466)
            .messageParameter("FK", "ORDERS")
            .exception(next)
            .toSQLException();

    assertEquals(kind, Classified.kindOf(thrown));
  }

  private static void check(
      RemoteDriver driver,
      String state,
      int code,
      String message,
      ConflictKind kind,
      String constraint)
      throws Exception {
    SQLException thrown = driver.made(message.replace("\\n", "\n"), state, code);

    assertEquals(
        kind == null ? null : Conflict.of(kind, constraint),
        ConflictClassifiers.standard().conflictIn(new RuntimeException(thrown)));
  }
}
