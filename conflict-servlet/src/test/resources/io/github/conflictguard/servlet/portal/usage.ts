import {
  conflictGuard,
  guardForms,
  OfflineError,
  ProblemError,
  StaleError,
  UnknownOutcomeError,
} from './client.js';

interface Customer {
  id: number;
  phone: string;
}

export async function use(form: HTMLFormElement): Promise<string> {
  const guard = conflictGuard({base: '/api', retries: 2, headers: {'X-A': 'b'}, keysHonoured: true});
  const {data, tag} = await guard.read<Customer>('/customers/1');
  const phone: string = data.phone;
  await guard.update<Customer>('/customers/1', current => ({...current, phone: '2'}));
  await guard.update<Customer>('/customers/1', async c => (c.id ? c : undefined), {
    method: 'PATCH',
    onConflict: ({theirs, yours, changes}) => (changes ? {...theirs, phone: yours.phone} : theirs),
  });
  const saved = await guard.send<Customer>('POST', '/orders', {a: 1}, {key: 'x', tag});
  guardForms();
  guardForms(form);
  try {
    return phone + saved.data.id;
  } catch (e) {
    if (e instanceof StaleError) {
      return e.theirs.phone + e.problem.kind + e.retryAfter;
    }
    if (e instanceof UnknownOutcomeError) {
      return e.message + String(e.cause);
    }
    return e instanceof OfflineError ? e.message : e instanceof ProblemError ? e.kind ?? '' : '';
  }
}

export async function misuse(): Promise<void> {
  const guard = conflictGuard();
  // @ts-expect-error: a number where a text belongs
  await guard.update<Customer>('/customers/1', current => ({...current, phone: 2}));
  // @ts-expect-error: no such setting
  conflictGuard({retires: 2});
  // @ts-expect-error: the cache is never used
  await guard.read('/customers/1', {cache: 'force-cache'});
  // @ts-expect-error: a tag is read, not given
  await guard.update('/customers/1', current => current, {tag: '"1"'});
  // @ts-expect-error: there is no such method
  guard.delete('/customers/1');
}

export async function changePhone(): Promise<void> {
  // tag::update[]
  const guard = conflictGuard({base: '/office/api'});
  await guard.update<Customer>('/customers/1', customer => ({...customer, phone: '2'}));
  // end::update[]
}
