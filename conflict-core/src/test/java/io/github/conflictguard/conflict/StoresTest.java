package io.github.conflictguard.conflict;

import static io.github.conflictguard.conflict.Classified.kindOf;
import static io.github.conflictguard.conflict.Classified.kindOfWhat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.conflictguard.classify.ConflictClassifiers;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import javax.naming.Context;
import javax.naming.directory.BasicAttributes;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

/** The real exceptions of stores that speak no SQL. */
class StoresTest {

  private static final String DUPLICATE =
      "E11000 duplicate key error collection: shop.customer index: email_1 dup key: { email: 1 }";

  private final ServerAddress server = new ServerAddress("db", 27017);

  @Test
  void directoryReportsThroughJndiAndThroughItsOwnClient() throws Exception {
    InMemoryDirectoryServerConfig configuration = new InMemoryDirectoryServerConfig("dc=shop");
    configuration.setSchema(null);
    try (InMemoryDirectoryServer directory = new InMemoryDirectoryServer(configuration)) {
      directory.startListening();
      directory.add("dn: dc=shop", "objectClass: domain", "dc: shop");
      directory.add("dn: ou=people,dc=shop", "objectClass: organizationalUnit", "ou: people");
      Hashtable<String, String> environment = new Hashtable<>();
      environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
      environment.put(
          Context.PROVIDER_URL, "ldap://localhost:" + directory.getListenPort() + "/dc=shop");
      DirContext shop = new InitialDirContext(environment);
      BasicAttributes unit = new BasicAttributes("objectClass", "organizationalUnit");

      assertEquals(
          ConflictKind.DUPLICATE_KEY, kindOfWhat(() -> shop.createSubcontext("ou=people", unit)));
      assertEquals(ConflictKind.STILL_REFERENCED, kindOfWhat(() -> shop.destroySubcontext("")));
      assertNull(kindOfWhat(() -> shop.getAttributes("ou=nobody")));
      shop.close();

      LDAPException own = assertThrows(LDAPException.class, () -> directory.delete("dc=shop"));
      assertEquals(ConflictKind.STILL_REFERENCED, kindOf(own));
    }
  }

  @Test
  void duplicateInMongoNamesItsIndex() {
    MongoWriteException thrown =
        new MongoWriteException(new WriteError(11000, DUPLICATE, new BsonDocument()), server);

    assertEquals(
        Conflict.of(ConflictKind.DUPLICATE_KEY, "email_1"),
        ConflictClassifiers.standard().conflictIn(new RuntimeException(thrown)));
  }

  @Test
  void bulkWriteOfMongoIsWhatItsEntriesAre() {
    BulkWriteError entry = new BulkWriteError(11000, DUPLICATE, new BsonDocument(), 1);

    assertEquals(
        Conflict.of(ConflictKind.DUPLICATE_KEY, "email_1"),
        ConflictClassifiers.standard()
            .conflictIn(
                new MongoBulkWriteException(
                    BulkWriteResult.unacknowledged(), List.of(entry), null, server, Set.of())));
  }

  @Test
  void writeConflictOfMongoIsTransient() {
    assertEquals(
        ConflictKind.TRANSIENT,
        kindOf(new MongoCommandException(new BsonDocument("code", new BsonInt32(112)), server)));
  }
}
