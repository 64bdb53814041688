/** One entry of what has changed since the state on which a request is based. */
export interface Change {
  /** A JSON pointer (RFC 6901). */
  pointer?: string;
  /** The name of a field of a form. */
  field?: string;
  by: 'yours' | 'theirs' | 'both';
}

/** The members of a problem (RFC 9457). Kinds may be added; a program has to expect others. */
export interface Problem {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  /** The identifier of this occurrence, also in the log of the server. */
  instance?: string;
  /** What happened: a short, stable code, such as `duplicate-key`. */
  kind?: string;
  resource?: string;
  /** The current entity tag. */
  current?: string;
  /** The name of the field whose value is the reason. */
  field?: string;
  changes?: Change[];
  retry?: {advice: string; after?: number};
  actions?: {code: string; title: string}[];
  [member: string]: unknown;
}

/** A successful response. */
export interface Result<T> {
  /** The JSON of the body, or its text. */
  data: T;
  /** The entity tag; null where there is none, or CORS hides it. */
  tag: string | null;
  response: Response;
  /** Whether the request had been carried out before, and this is its first response. */
  replayed: boolean;
}

/** What `onConflict` gets, to merge it. */
export interface Conflict<T = any> {
  /** The state on which the change is based; undefined where it was not given. */
  base?: T;
  /** What was to be written. */
  yours: T;
  /** The current state. */
  theirs: T;
  /** What the server reports about it; undefined where it reports nothing. */
  changes?: Change[];
  problem: Problem;
}

/** Returns what to write in place of `theirs`; undefined to write nothing and throw `StaleError`. */
export type Merge<T = any> = (conflict: Conflict<T>) => T | undefined | Promise<T | undefined>;

/** What `fetch` accepts, without what the kit sets itself. */
export interface ReadOptions extends Omit<RequestInit, 'method' | 'body' | 'cache'> {}

export interface WriteOptions<T = any> extends ReadOptions {
  /** The entity tag of the version that is changed, for `If-Match`. */
  tag?: string | null;
  /** Sends `If-None-Match: *`: the resource must not exist yet. */
  create?: boolean;
  /** The idempotency key; default: a new one for each body. False sends none. */
  key?: string | false;
  /** The state that was read, for `onConflict`. */
  base?: T;
  onConflict?: Merge<T>;
}

export interface UpdateOptions<T = any> extends Omit<WriteOptions<T>, 'tag' | 'create' | 'base'> {
  /** Default: PUT. */
  method?: 'PUT' | 'PATCH' | 'POST' | 'DELETE';
}

export interface Settings {
  /** The beginning of all addresses. Default: empty. */
  base?: string;
  /** How often a request is repeated, and a change applied again. Default: 3. */
  retries?: number;
  /** The longest wait in seconds; a server that demands more is not asked again. Default: 30. */
  cap?: number;
  /** The header of idempotency keys; an empty string sends none. Default: Idempotency-Key. */
  keyHeader?: string;
  /**
   * Declares that the server executes requests with the same key once and repeats its response, as
   * the filter does where a rule has `idempotencyKey`. A write that has a key is then repeated
   * after a lost response as well, and after a 429 or 503 of another server. Default: false, and
   * a lost response of a write is an `UnknownOutcomeError`.
   */
  keysHonoured?: boolean;
  /** Headers of all requests. */
  headers?: HeadersInit;
  /** Merges where a single write has no callback of its own. */
  onConflict?: Merge;
  /** In place of the global `fetch`. */
  fetch?: typeof fetch;
}

export interface ConflictGuard {
  /** Reads a resource, never from a cache. */
  read<T = any>(url: string, options?: ReadOptions): Promise<Result<T>>;

  /**
   * Reads a resource, applies a function to it and writes the result with `If-Match`. If it has
   * changed in between, the function is applied to the new state, unless `onConflict` merges.
   * After a lost response it is not applied again.
   *
   * @param change has no effects of its own, because it may run several times; undefined writes
   *     nothing
   */
  update<T = any>(
    url: string,
    change: (current: T) => T | undefined | Promise<T | undefined>,
    options?: UpdateOptions<T>,
  ): Promise<Result<T>>;

  /** Writes a body: an object or array as JSON, anything else as `fetch` does. */
  send<T = any>(
    method: string,
    url: string,
    body?: unknown,
    options?: WriteOptions,
  ): Promise<Result<T>>;
}

/** A response that is not a success. What to do is in its problem, not in its status. */
export class ProblemError extends Error {
  constructor(response: Response, problem: Problem, after?: number);
  readonly response: Response;
  /** Empty where the response was not a problem of the filter. */
  readonly problem: Problem;
  readonly status: number;
  readonly kind?: string;
  /** The seconds after which another attempt may succeed; 0 where the server demands none. */
  readonly retryAfter: number;
}

/** A write that was refused because the resource has changed, and that was not merged. */
export class StaleError extends ProblemError implements Omit<Conflict, 'problem'> {
  readonly base?: any;
  readonly yours: any;
  readonly theirs: any;
  readonly changes?: Change[];
  /** The entity tag of `theirs`. */
  readonly tag: string | null;
}

/** A write that was not sent because the browser is offline. */
export class OfflineError extends Error {}

/**
 * A write whose response was lost: the server may have executed it. Read the resource before the
 * next attempt. A write that its `signal` aborts ends with the reason of the signal instead; its
 * outcome is unknown as well.
 */
export class UnknownOutcomeError extends Error {
  /** What `fetch` threw. */
  readonly cause: unknown;
}

/** Creates a client. */
export function conflictGuard(settings?: Settings): ConflictGuard;

/**
 * Sends the forms that have the attribute `data-conflict-guard` by `fetch`, with all their fields,
 * and shows the page of the response. Each form first gets the event `conflictguard`, whose detail
 * has `response` and `html`, or `error`; `preventDefault()` keeps the page.
 */
export function guardForms(root?: Document | Element): void;
