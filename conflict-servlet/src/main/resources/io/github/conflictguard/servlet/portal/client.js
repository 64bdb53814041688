/*
 * Reads and writes guarded resources: an ES module without dependencies. Its types and their
 * documentation are in client.d.ts; what the filter serves is client.min.js, made of this file.
 */

/** A response that is not a success. What to do is in its problem, not in its status. */
export class ProblemError extends Error {
  constructor(response, problem, after) {
    super(problem.detail || 'HTTP ' + response.status);
    this.name = new.target.label;
    this.response = response;
    this.problem = problem;
    this.status = response.status;
    this.kind = problem.kind;
    this.retryAfter = after;
  }
}
ProblemError.label = 'ProblemError';

/** A write that was refused because the resource has changed. */
export class StaleError extends ProblemError {}
StaleError.label = 'StaleError';

/** A write that was not sent: it is never queued, because its precondition would be old by then. */
export class OfflineError extends Error {}

/** A write whose response was lost: the server may have executed it. Its cause is the failure. */
export class UnknownOutcomeError extends Error {}

/** crypto.randomUUID exists in secure contexts only. In quotes: a string of RFC 9651, 3.3.3. */
const newKey = () => JSON.stringify(crypto.getRandomValues(new Uint32Array(4)).join('-'));

/** Retry-After in seconds (RFC 9110, 10.2.3); a date counts from the Date of the response. */
function retryAfter(headers) {
  const value = headers.get('Retry-After');
  const date = Date.parse(value);
  return /^\d+$/.test(value)
    ? +value
    : date && Math.max(0, date - (Date.parse(headers.get('Date')) || Date.now())) / 1e3;
}

export function conflictGuard({
  base = '',
  retries = 3,
  cap = 30,
  keyHeader = 'Idempotency-Key',
  keysHonoured,
  headers: common,
  onConflict,
  fetch: call = (...request) => fetch(...request),
} = {}) {
  let warned;

  /** Full jitter: a random part of a growing interval, after what the response demands. */
  const pause = (after, tried, signal) =>
    new Promise(done => {
      const interval = Math.max(after, 2 ** tried / 4);
      signal?.addEventListener('abort', done);
      setTimeout(done, Math.min(cap, after + Math.random() * interval) * 1e3);
    });

  /** Sends a request, and again while the response permits to send the very same one. */
  async function ask(method, url, body, {tag, create, key, headers, ...init}) {
    const writes = method != 'GET';
    const sent = new Headers(common);
    sent.set('Accept', 'application/json, application/problem+json');
    if (writes) {
      if (keyHeader && key !== false) {
        sent.set(keyHeader, key || newKey());
      }
      if (tag || create) {
        sent.set(tag ? 'If-Match' : 'If-None-Match', tag || '*');
      }
      if (Array.isArray(body) || Object.prototype.toString.call(body) == '[object Object]') {
        body = JSON.stringify(body);
        sent.set('Content-Type', 'application/json');
      }
    }
    new Headers(headers).forEach((value, name) => sent.set(name, value));
    // RFC 9110, 9.2.2 permits to repeat PUT and DELETE as well. That would undo the change that
    // another client has made in between, or be refused because of its own success.
    const safe = !writes || (keysHonoured && keyHeader && sent.has(keyHeader));
    let lost;
    for (let tried = 0; ; tried++) {
      if (writes && globalThis.navigator?.onLine === false) {
        throw lost || new OfflineError('Offline');
      }
      let after = 0;
      let response;
      let text;
      try {
        const arrived = await call(base + url, {
          ...init,
          method,
          body,
          headers: sent,
          cache: 'no-store',
        });
        text = await arrived.text();
        response = arrived;
      } catch (e) {
        const aborted = init.signal?.aborted;
        const message = 'Response lost, outcome unknown: ' + method + ' ' + url;
        lost = writes && !aborted ? new UnknownOutcomeError(message, {cause: e}) : e;
        if (aborted || !safe || tried >= retries) {
          throw lost;
        }
      }
      if (response) {
        const {ok, headers, status} = response;
        const tag = headers.get('ETag');
        const data = await (/[/+]json/.test(headers.get('Content-Type'))
          ? new Response(text).json().catch(() => null)
          : text);
        const problem = data?.kind ? data : {};
        const {advice, after: stated} = problem.retry || {};
        if (ok || problem.kind == 'already-applied') {
          if (tag?.startsWith('W/') && !warned) {
            warned = true;
            console.warn('Weak ETag: If-Match never holds', url);
          }
          const replayed = !ok || headers.get('Idempotent-Replayed') == 'true';
          return {data: ok ? data : null, tag, response, replayed};
        }
        const told = headers.get('x-should-retry');
        const given = retryAfter(headers);
        after = given || stated || 0;
        const again = told
          ? told == 'true'
          : advice
            ? advice == 'same-request'
            : safe && given >= 0 && (status == 429 || status == 503);
        if (!again || tried >= retries || after > cap) {
          const stale = advice ? advice == 'refresh-then-retry' : status == 412;
          throw new (stale && writes ? StaleError : ProblemError)(response, problem, after);
        }
      }
      await pause(after, tried, init.signal);
    }
  }

  const read = (url, options = {}) => ask('GET', url, undefined, options);

  /** Writes; if the version is stale, reads the current one and writes what the callback returns. */
  async function write(method, url, yours, options, onConflict, mayEnd) {
    for (let tried = 0; ; tried++) {
      try {
        return await ask(method, url, yours, options);
      } catch (e) {
        if (!(e instanceof StaleError)) {
          throw e;
        }
        const current = await read(url, options).catch(() => ({}));
        const {data: theirs, tag} = current;
        const {problem} = e;
        const conflict = {base: options.base, yours, theirs, changes: problem.changes, problem};
        const merged = tag && tried < retries ? await onConflict?.(conflict) : undefined;
        if (merged === undefined) {
          if (mayEnd && tag && tried < retries) {
            return current;
          }
          throw Object.assign(e, conflict, {tag});
        }
        yours = method == 'DELETE' ? undefined : merged;
        options = {...options, base: theirs, tag, key: options.key === false ? false : undefined};
        await pause(0, tried, options.signal);
      }
    }
  }

  return {
    read,

    async update(url, change, {method = 'PUT', ...options} = {}) {
      const current = await read(url, options);
      const {data, tag} = current;
      if (!tag) {
        throw new TypeError('No ETag (or CORS hides it): ' + url);
      }
      const yours = await change(data);
      const merge = options.onConflict || onConflict;
      return yours === undefined
        ? current
        : write(
            method,
            url,
            yours,
            {...options, base: data, tag},
            merge || (conflict => change(conflict.theirs)),
            !merge,
          );
    },

    send: (method, url, body, options = {}) =>
      write(method, url, body, options, options.onConflict || onConflict),
  };
}

/** Sends forms marked data-conflict-guard by fetch, with all fields, the token of the filter too. */
export function guardForms(root = document) {
  const busy = new Set();
  root.addEventListener('submit', async event => {
    const {target: form, submitter} = event;
    const given = name => submitter?.getAttribute('form' + name) || form.getAttribute(name) || '';
    if (
      !('conflictGuard' in form.dataset) ||
      event.defaultPrevented ||
      given('method').toLowerCase() != 'post'
    ) {
      return;
    }
    event.preventDefault();
    if (busy.has(form)) {
      return;
    }
    busy.add(form);
    const detail = {};
    try {
      const fields = new FormData(form, submitter);
      const response = await fetch(given('action'), {
        method: 'POST',
        body: given('enctype').includes('multi') ? fields : new URLSearchParams(fields),
        headers: {Accept: 'text/html'},
      });
      detail.response = response;
      detail.html = await response.text();
    } catch (e) {
      detail.error = e;
    }
    busy.delete(form);
    const {response, html} = detail;
    const told = new CustomEvent('conflictguard', {bubbles: true, cancelable: true, detail});
    if (!form.dispatchEvent(told) || !response) {
      return;
    }
    if (response.ok && response.redirected) {
      location.assign(response.url);
    } else if (/html/.test(response.headers.get('Content-Type'))) {
      history.pushState(null, '', response.url);
      document.open();
      document.write(html);
      document.close();
      addEventListener('popstate', () => location.reload());
    }
  });
}
