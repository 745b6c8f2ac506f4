// What can go wrong while a credential is registered. Whatever it is: the person is told what it was and what to
// do, nothing that was typed is lost, and nothing is sent a second time by itself.
import { CREDENTIALS, IDENTIFIER, Count, expectConnected, expectDraft, fillKey, openForm, registration } from './support/connect';
import type { Fault } from './support/sandbox';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

const POST = { method: 'POST', path: registration() } as const;
const READ = { method: 'GET', path: CREDENTIALS } as const;

/** Says how the last calls went, oldest first. */
const order = (requests: { method: string }[]): string[] => requests.map((request) => request.method);

interface Refused {
  name: string;
  status: number;
  error?: unknown;
  says: RegExp[];
}

/** Answers by which nothing was stored for certain. */
const REFUSED: Refused[] = [
  {
    name: '400 without a field',
    status: 400,
    error: { code: 'BAD_REQUEST', message: 'Closed for <b>today</b> & tomorrow' },
    says: [/There is a problem/, /Closed for <b>today<\/b> & tomorrow/],
  },
  { name: '402', status: 402, error: { code: 'CREDIT_LIMIT_EXCEEDED', message: 'Top up first' }, says: [/refused the request \(status 402\)/, /Top up first/] },
  {
    name: '403 because of the terms',
    status: 403,
    error: { code: 'TOS_ACCEPTANCE_REQUIRED', message: 'no' },
    says: [/has not accepted the terms of Interchange/, /accepts them at Interchange\. Then try again/],
  },
  {
    name: '403 because of the role',
    status: 403,
    error: { code: 'FORBIDDEN', message: 'Admins alone may do this' },
    says: [/Your role does not allow this/, /Admins alone may do this/, /Ask an admin of your company/],
  },
  {
    name: '403 because a customer has to be chosen',
    status: 403,
    error: { code: 'CUSTOMER_SCOPE_REQUIRED', message: 'no', details: { availableCustomers: [{ id: 7, name: 'Seven Seas' }, { id: 8, name: 'Eight Bells' }] } },
    says: [/can act for several companies/, /Use a token of the one company/, /Seven Seas \(7\), Eight Bells \(8\)/],
  },
  {
    name: '403 for another reason',
    status: 403,
    error: { code: 'FEATURE_DISABLED', message: 'Not in your plan' },
    says: [/Interchange does not allow this/, /Not in your plan/],
  },
  { name: '404', status: 404, says: [/This source no longer exists or is not visible to you/] },
  { name: '422', status: 422, error: { code: 'VALIDATION_ERROR', message: 'Not like this' }, says: [/There is a problem/, /Not like this/] },
];

for (const { name, status, error, says } of REFUSED) {
  test(`refused with ${name}`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(status);
    const count = new Count(page, sandbox);
    await openForm(app);
    await fillKey(app);
    await sandbox.faults({ ...POST, fault: 'status', status, ...(error === undefined ? {} : { error }) });
    await sandbox.clearRequests();
    await app.submit();
    const alert = app.form.getByRole('alert').filter({ hasText: /./ });
    for (const words of says) await expect(alert).toContainText(words);
    await expect(page.locator('b')).toHaveCount(0);
    await expectDraft(app);
    // The list is for outcomes that are not known: here it is not asked.
    expect(order(await sandbox.requests())).toEqual(['POST']);
    await count.expectPosts(1);
    await app.submit();
    await expectConnected(app);
    await count.expectPosts(2);
  });
}

test('a source that is gone has a way back', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(404);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 404 });
  await app.submit();
  await app.form.getByRole('alert').getByRole('link', { name: 'Back to the storefront' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Premium CTV Storefront');
});

test('an identifier that is registered already is told at its field', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(409);
  const count = new Count(page, sandbox);
  await openForm(app, { source: 'src_live', another: true });
  await fillKey(app);
  await app.submit();
  const words = /already registered at this source, and its key cannot be replaced here\. Use another identifier/;
  await expect(app.control('accountIdentifier')).toHaveAccessibleDescription(words);
  await expect(app.errorSummary.getByRole('link')).toHaveText(words);
  await expectDraft(app);
  await count.expectPosts(1, registration(42, 'src_live'));
  await app.control('accountIdentifier').fill('acme-second-account');
  await app.submit();
  await expectConnected(app);
  await count.expectPosts(2, registration(42, 'src_live'));
});

test('429: the wait is told and counted, then the person may try again', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(429);
  const count = new Count(page, sandbox);
  await ownTime(page);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 429, retry_after: 40 });
  await app.submit();
  const button = app.action('retry');
  await expect(app.form.getByRole('alert')).toContainText('Interchange asks us to slow down');
  await expect(button).toHaveText(/Try again in (40|39) s/);
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await button.click({ force: true });
  await app.control('token').press('Enter');
  await page.clock.runFor(20_000);
  await expect(button).toHaveText(/Try again in (20|19|18|17) s/);
  await expect(app.form.getByRole('alert')).toContainText(/You may try again in \d+ seconds/);
  await page.clock.runFor(21_000);
  await expect(button).toHaveText('Try again');
  await expect(button).not.toHaveAttribute('aria-disabled');
  await expectDraft(app);
  await count.expectPosts(1);
  await button.click();
  await expectConnected(app);
  await count.expectPosts(2);
});

test('the sandbox’s own limit is told the same way', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(429);
  await openForm(app);
  await fillKey(app);
  await expect(page.getByText('Reading')).toHaveCount(0);
  await sandbox.limits(0);
  await app.submit();
  await expect(app.action('retry')).toHaveText(/Try again in \d+ s/);
  await expectDraft(app);
});

interface Lost {
  name: string;
  fault: Partial<Fault> & Pick<Fault, 'fault'>;
  says: RegExp;
}

/** Answers after which nobody knows whether the credential was stored. */
const LOST: Lost[] = [
  { name: '500', fault: { fault: 'status', status: 500 }, says: /Interchange has a problem \(status 500\)/ },
  { name: '503', fault: { fault: 'status', status: 503 }, says: /Interchange has a problem \(status 503\)/ },
  { name: 'a proxy’s page', fault: { fault: 'html', status: 502 }, says: /Interchange has a problem \(status 502\)/ },
  { name: 'a page in place of data', fault: { fault: 'html', status: 200 }, says: /answer of Interchange could not be read/ },
  { name: 'JSON cut in half', fault: { fault: 'truncated' }, says: /answer of Interchange could not be read/ },
  { name: 'JSON of wrong types', fault: { fault: 'wrong-types' }, says: /answer of Interchange could not be read/ },
  { name: 'an empty body', fault: { fault: 'empty' }, says: /answer of Interchange could not be read/ },
  { name: 'a redirect', fault: { fault: 'login-redirect' }, says: /answer of Interchange could not be read/ },
  { name: 'a connection that breaks half-way', fault: { fault: 'drop' }, says: /connection broke while the answer was on its way/ },
  { name: 'a connection that breaks at once', fault: { fault: 'drop-before' }, says: /Interchange could not be reached/ },
];

for (const { name, fault, says } of LOST) {
  test.describe(`lost by ${name}`, () => {
    test.beforeEach(({ guard }) => {
      guard.allowStatus(500, 502, 503);
      guard.allowNetworkErrors();
    });

    test('not stored: the list is read, and the person may send again', async ({ app, page, sandbox }) => {
      const count = new Count(page, sandbox);
      await openForm(app);
      await fillKey(app);
      await sandbox.faults({ ...POST, ...fault });
      await sandbox.clearRequests();
      await app.submit();
      await app.expectPhase('failed');
      await expect(app.form.getByRole('alert').filter({ hasText: says })).toContainText('most likely not saved');
      await expectDraft(app);
      expect(order(await sandbox.requests())).toEqual(['POST', 'GET']);
      expect(count.fetched('GET', CREDENTIALS)).toBeGreaterThan(0);
      await count.expectPosts(1);
      await expect(app.action('retry')).toHaveText('Send again');
      await app.action('retry').click();
      await expectConnected(app);
      await count.expectPosts(2);
    });

    test('stored: the list is read, and its match is shown', async ({ app, page, sandbox }) => {
      const count = new Count(page, sandbox);
      await openForm(app);
      await fillKey(app);
      await sandbox.faults({ ...POST, ...fault, after: true });
      await app.submit();
      await expectConnected(app);
      await expect(page.getByRole('main')).toContainText('The answer was lost, but your list of credentials has it');
      await expect(page.getByRole('main')).toContainText(IDENTIFIER);
      await count.expectPosts(1);
    });
  });
}

for (const stored of [false, true]) {
  test(`no answer within 30 seconds, ${stored ? 'and yet stored' : 'not stored'}`, async ({ app, page, sandbox, guard }) => {
    guard.allowNetworkErrors();
    const count = new Count(page, sandbox);
    await ownTime(page);
    await openForm(app);
    await fillKey(app);
    await sandbox.faults({ ...POST, fault: 'delay', delay_ms: 60_000, after: stored });
    await app.submit();
    await expect(app.form).toHaveAttribute('data-phase', 'submitting');
    await expect.poll(async () => (await sandbox.requests('POST')).length).toBe(1);
    await page.clock.fastForward(25_000);
    await expect(app.form).toHaveAttribute('data-phase', 'submitting');
    await page.clock.fastForward(6_000);
    if (stored) {
      await expectConnected(app);
      await expect(page.getByRole('main')).toContainText('your list of credentials has it');
    } else {
      await expect(app.form.getByRole('alert')).toContainText('Interchange did not answer within 30 seconds');
      await expectDraft(app);
    }
    await count.expectPosts(1);
  });
}

test('neither the answer nor the list: it is checked again before anything is sent', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(500, 503);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 500, after: true }, { ...READ, fault: 'status', status: 503, count: 2 });
  await app.submit();
  await expect(app.form.getByRole('alert')).toContainText('We could not tell whether it was saved');
  await expectDraft(app);
  await expect(app.action('retry')).toHaveText('Check again');
  await sandbox.clearRequests();
  await app.action('retry').click();
  await expect.poll(async () => order(await sandbox.requests())).toEqual(['GET']);
  await expect(app.form.getByRole('alert')).toContainText('We could not tell whether it was saved');
  await app.action('retry').click();
  await expectConnected(app);
  expect(count.fetched('POST', registration())).toBe(1);
  expect(await sandbox.requests('POST')).toEqual([]);
});

test('the token is refused while the list is read: after a new one it is read, not sent again', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401, 500);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...POST, fault: 'status', status: 500, after: true }, { ...READ, fault: 'status', status: 401 });
  await app.submit();
  await expect(app.tokenForm).toBeVisible();
  await app.giveToken('scope3_demo_admin');
  await expectConnected(app);
  await count.expectPosts(1);
});

test('offline: nothing leaves, and it can be sent when the network is back', async ({ app, page, sandbox }) => {
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await page.context().setOffline(true);
  await expect(page.getByRole('status').filter({ hasText: 'You are offline' })).toBeVisible();
  await app.submit();
  await expect(app.form.getByRole('alert')).toContainText('You are offline');
  await expectDraft(app);
  await count.expectPosts(0);
  await page.context().setOffline(false);
  await expect(page.getByRole('status').filter({ hasText: 'You are offline' })).toHaveCount(0);
  await app.submit();
  await expectConnected(app);
  await count.expectPosts(1);
});
