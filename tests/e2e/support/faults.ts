// Every way in which an answer can go wrong, and what a person is to be told then.
import { expect, type Locator } from '@playwright/test';
import type { Fault } from './sandbox';

export interface Bad {
  name: string;
  fault: Partial<Fault> & Pick<Fault, 'fault'>;
  says: RegExp;
}

/** All of them for a service of this name. */
export function faultsOf(api: string): Bad[] {
  const name = api.replaceAll('.', '\\.');
  const says = (words: string): RegExp => new RegExp(words.replace('{}', name), 'i');
  const status = (code: number, words: string, more: Partial<Fault> = {}): Bad => ({
    name: String(code),
    fault: { fault: 'status', status: code, ...more },
    says: says(words),
  });
  const unreadable = unreadableOf(api);
  return [
    status(400, '{} did not accept what was sent'),
    status(402, '{} refused the request \\(status 402\\)'),
    status(403, 'does not allow this'),
    status(404, 'no longer exists or is not visible to you'),
    status(409, 'It exists already'),
    status(422, '{} did not accept what was sent'),
    status(429, '{} asks us to slow down', { retry_after: 1 }),
    status(500, '{} has a problem \\(status 500\\)'),
    status(503, '{} has a problem \\(status 503\\)'),
    { name: 'html 502', fault: { fault: 'html', status: 502 }, says: says('{} has a problem \\(status 502\\)') },
    { name: 'html 200', fault: { fault: 'html', status: 200 }, says: unreadable },
    { name: 'truncated', fault: { fault: 'truncated' }, says: unreadable },
    { name: 'wrong types', fault: { fault: 'wrong-types' }, says: unreadable },
    { name: 'empty', fault: { fault: 'empty' }, says: unreadable },
    { name: 'login redirect', fault: { fault: 'login-redirect' }, says: unreadable },
    { name: 'drop', fault: { fault: 'drop' }, says: /The connection broke while the answer was on its way/i },
    { name: 'drop before', fault: { fault: 'drop-before' }, says: says('{} could not be reached') },
  ];
}

export const unreadableOf = (api: string): RegExp => new RegExp(`answer of ${api.replaceAll('.', '\\.')} could not be read`, 'i');

/** An answer that is later than anybody waits. */
export const LATE = { fault: 'delay', delay_ms: 60_000 } as const;
export const REFUSED = { fault: 'status', status: 401 } as const;

/** Our words, without what they quote of an answer that could not be read; `after` is what we say after a quotation. */
export async function expectPlain(told: Locator, after?: RegExp): Promise<void> {
  const all = await told.first().innerText();
  const text = after === undefined ? all : all.replace(after, '');
  const quoted = /It begins: (.*)/s.exec(text)?.[1] ?? '';
  expect(quoted.length).toBeLessThan(200);
  expect(text.replace(/It begins: .*/s, '')).not.toMatch(/[{}<>]|doctype|"data"|undefined|null|\[object/i);
}
