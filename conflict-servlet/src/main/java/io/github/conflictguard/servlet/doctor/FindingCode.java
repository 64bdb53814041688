package io.github.conflictguard.servlet.doctor;

/** The codes of all kinds of findings. */
enum FindingCode {
  /** An internal GET bypasses the protection that determines who may read. */
  INTERNAL_GET_SKIPS_PROTECTION("internal-get-skips-protection"),

  /** The filter is off, or every mode is {@code off} or {@code observe}. */
  NOTHING_GUARDED("nothing-guarded"),

  /** The container serves requests, and none reaches the filter. */
  NO_REQUEST_SEEN("no-request-seen"),

  /** Many requests do not reach the filter. */
  REQUESTS_BYPASS_GUARD("requests-bypass-guard"),

  /** Rules apply to forwarded requests, and the filter is not mapped to {@code FORWARD}. */
  FORWARD_UNMAPPED("forward-unmapped"),

  /** Rules name responses that hide conflicts, and exceptions are not recorded. */
  RECORDER_MISSING("recorder-missing"),

  /** A recorded conflict was ignored, because no driver reports what it stores. */
  STORES_UNHEARD("stores-unheard"),

  /** A filter that controls access comes after this one. */
  SECURITY_AFTER_GUARD("security-after-guard"),

  /** A filter that sets the charset of requests comes after this one. */
  ENCODING_AFTER_GUARD("encoding-after-guard"),

  /** A filter that compresses responses comes after this one. */
  COMPRESSION_AFTER_GUARD("compression-after-guard"),

  /** Responses have a content coding that cannot be decoded. */
  ENCODED_BODY("encoded-body"),

  /** The application evaluates preconditions itself. */
  OWN_PRECONDITIONS("own-preconditions"),

  /** A filter that generates entity tags comes after this one. */
  ETAG_FILTER_AFTER_GUARD("etag-filter-after-guard"),

  /** A filter that generates entity tags comes before this one. */
  ETAG_FILTER_BEFORE_GUARD("etag-filter-before-guard"),

  /** The filter is declared twice for the same paths. */
  SECOND_INSTANCE("second-instance"),

  /** Rules have matched no request. */
  UNUSED_RULE("unused-rule"),

  /** Responses are too long or too slow for an entity tag. */
  STREAMED_BODY("streamed-body"),

  /** A write was terminated because its client kept others waiting. */
  SLOW_CLIENT("slow-client"),

  /** An asynchronous write was not completed in time. */
  ASYNC_NEVER_COMPLETED("async-never-completed"),

  /** The container had parsed a form before the filter could read it. */
  BODY_READ_BEFORE_GUARD("body-read-before-guard"),

  /** Scripts of other origins may read responses, but not their entity tags. */
  CORS_HIDES_TAG("cors-hides-tag"),

  /** A hidden field differs on each page of one record. */
  CHANGING_FIELD("changing-field"),

  /** A form was too long for the rules that evaluate its fields. */
  UNREAD_FORM("unread-form"),

  /** A method with retries is called within a transaction. */
  RETRY_IN_TRANSACTION("retry-in-transaction"),

  /** The store of the nodes cannot be used. */
  STORE_UNAVAILABLE("store-unavailable"),

  /** A commit of a guarded write was not compared with writes of other nodes. */
  UNFENCED_COMMIT("unfenced-commit");

  private final String code;

  FindingCode(String code) {
    this.code = code;
  }

  /** Returns the code in the log, in JMX and in the documentation. */
  @Override
  public String toString() {
    return code;
  }
}
