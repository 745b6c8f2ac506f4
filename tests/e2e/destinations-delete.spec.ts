// Deleting a credential of a destination: what is asked first, and what is known of it afterwards.
import { ALL, ODD, S3, expect, expectOurs, one, test, type Desk } from './support/destinations';
import { DESTINATIONS } from './support/switches';

const NAME = 'Acme audience export (EU)';
const deletes = (desk: Desk) => desk.requests('DELETE');
const deleted = (desk: Desk) => desk.main.getByRole('heading', { name: 'Deleted', exact: true });
const question = (desk: Desk) => desk.told(`Delete ${NAME}?`);

async function openAsked(desk: Desk): Promise<void> {
  await desk.openIn(`destinations/${encodeURIComponent(S3)}`);
  await desk.press('delete');
  await expect(question(desk)).toBeVisible();
}

for (const status of [200, 204] as const) {
  test(`asks, deletes and forgets: ${status}`, async ({ desk, page, sandbox }) => {
    await sandbox.destinations({ deleted: status });
    await openAsked(desk);
    for (const words of [DESTINATIONS.organization, DESTINATIONS.sandbox, 'A destination may still point to it', 'It cannot be undone']) {
      await expect(question(desk)).toContainText(words);
    }
    expect(await deletes(desk)).toEqual([]);
    await desk.press('confirm');
    await expect(deleted(desk)).toBeVisible();
    const [sent, ...others] = await deletes(desk);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ path: `/gateway/${one(S3)}`, query: '', body: null });
    expectOurs(sent!, DESTINATIONS.token);
    await expect(desk.action('save')).toHaveCount(0);
    await desk.main.getByRole('link', { name: 'Destinations' }).first().click();
    await expect(page.getByText('8 credentials')).toBeVisible();
    await expect(page.getByText(S3)).toHaveCount(0);
  });
}

test('it is kept when the person says so', async ({ desk }) => {
  await openAsked(desk);
  await desk.press('go-back');
  await expect(desk.action('confirm')).toHaveCount(0);
  await expect(desk.action('delete')).toBeVisible();
  expect(await deletes(desk)).toEqual([]);
});

test('an id with signs of its own stays in its segment', async ({ desk }) => {
  await desk.openIn(`destinations/${encodeURIComponent(ODD)}`);
  await desk.press('delete');
  await desk.press('confirm');
  await expect(deleted(desk)).toBeVisible();
  expect((await deletes(desk)).map(({ path }) => path)).toEqual(['/gateway/destinations/credentials/n9%2Fb4%20e0%252F7d']);
});

test('one that is gone already is told as gone', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(404);
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'status', status: 404 });
  await desk.press('confirm');
  await expect(desk.main.getByText('This credential does not exist any more').first()).toBeVisible();
  expect(await deletes(desk)).toHaveLength(1);
});

test('a lost answer: reading it once shows that it is gone', async ({ desk, page, sandbox, guard }) => {
  guard.allowNetworkErrors();
  guard.allowStatus(404);
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'drop-before', after: true });
  await sandbox.clearRequests();
  await desk.press('confirm');
  await expect(deleted(desk)).toBeVisible();
  expect(await deletes(desk)).toHaveLength(1);
  expect(await desk.requests('GET', one(S3))).toHaveLength(1);
  await desk.main.getByRole('link', { name: 'Destinations' }).first().click();
  await expect(page.getByText('8 credentials')).toBeVisible();
});

test('a lost answer, and it is still there: not known, and never deleted by itself', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'drop' });
  await desk.press('confirm');
  await expect(desk.told('It is not known whether it was deleted')).toContainText('Read it again to see');
  await desk.press('retry');
  await expect(desk.told('It is not known')).toHaveCount(0);
  expect(await deletes(desk)).toHaveLength(1);
  await desk.press('delete');
  await desk.press('confirm');
  await expect(deleted(desk)).toBeVisible();
});

test('what is not known is told in whole sentences', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'drop-before' });
  await desk.press('confirm');
  await expect(desk.told('It is not known whether it was deleted')).toContainText('Adobe could not be reached. Read it again to see.');
});

test('pressed twice, sent once', async ({ desk, sandbox }) => {
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'delay', delay_ms: 600 });
  await desk.action('confirm').dblclick();
  await expect(deleted(desk)).toBeVisible();
  expect(await deletes(desk)).toHaveLength(1);
});

test('while it is deleted that is said, and it is not saved as well', async ({ desk, sandbox }) => {
  await openAsked(desk);
  await sandbox.faults({ method: 'DELETE', path: one(S3), fault: 'delay', delay_ms: 600 });
  await desk.press('confirm');
  await expect(desk.action('save')).toHaveText('Deleting…');
  await expect(desk.action('save')).toHaveAttribute('aria-disabled', 'true');
  await expect(deleted(desk)).toBeVisible();
  expect(await desk.requests('PUT')).toEqual([]);
});

test('the id of one that was deleted stays readable, and its page says so again', async ({ desk, page }) => {
  await openAsked(desk);
  await desk.press('confirm');
  await expect(deleted(desk)).toBeVisible();
  await desk.main.getByRole('link', { name: 'Destinations' }).first().click();
  await expect(page.getByText('8 credentials')).toBeVisible();
  await page.goBack();
  await expect(deleted(desk)).toBeVisible();
  expect(await desk.requests('GET', ALL)).not.toEqual([]);
  expect(await deletes(desk)).toHaveLength(1);
});
