// What happens between opening a credential and saving it, and what is known of a save whose answer says little.
import { KINDS, S3, USER, expect, logged, one, test, type Desk, type Kind } from './support/destinations';

const KIND = KINDS.find(({ fixture }) => fixture === 's3') as Kind;
const SECRET = 'm4Zt9wQx/other';
const SENT = { type: 'S3', name: 'Acme audience export (EU)', s3Authentication: { accessId: 'AKIADEMOACMEEU000001', secretKey: SECRET } };
const CHANGED = 'It was changed since you opened it';
const UNSURE = 'The save could not be confirmed';

const puts = (desk: Desk) => desk.requests('PUT');
const reads = async (desk: Desk): Promise<number> => (await desk.requests('GET', one(S3))).length;

async function openTyped(desk: Desk): Promise<void> {
  await desk.openForm(S3);
  await desk.fill({ secretKey: SECRET });
}

test('a change by somebody else is told before anything is sent, and can be taken over', async ({ desk, sandbox }) => {
  await openTyped(desk);
  await sandbox.destinations({ touch: S3 });
  await desk.press('save');
  await expect(desk.told(CHANGED)).toContainText('Nothing was sent yet');
  expect(await puts(desk)).toEqual([]);
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  // Pressing the button again is no answer to that.
  await desk.press('save');
  await expect(desk.told(CHANGED)).toBeVisible();
  expect(await puts(desk)).toEqual([]);
  await desk.press('take-newer');
  await expect(desk.told(CHANGED)).toHaveCount(0);
  await expect(desk.control('secretKey')).toHaveValue('');
  await desk.fill({ secretKey: SECRET });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  expect(await puts(desk)).toHaveLength(1);
});

test('a change by somebody else may be replaced on purpose', async ({ desk, sandbox }) => {
  await openTyped(desk);
  await sandbox.destinations({ touch: S3 });
  await desk.press('save');
  await expect(desk.told(CHANGED)).toBeVisible();
  await desk.press('save-anyway');
  await expect(desk.told('Saved')).toContainText('Changed');
  const [put, ...others] = await puts(desk);
  expect(others).toEqual([]);
  expect(put?.body).toEqual(logged(KIND, SENT));
});

test('newer values are filled in, and what was changed there is seen', async ({ desk, sandbox }) => {
  await openTyped(desk);
  const newer = { ...SENT, instanceId: S3, name: 'Renamed', createdDate: '2026-02-07T06:41:48Z', lastModifiedDate: '2026-11-01T00:00:00Z' };
  await sandbox.faults({ method: 'GET', path: one(S3), fault: 'status', status: 200, body: newer });
  await desk.press('save');
  await expect(desk.told(CHANGED)).toBeVisible();
  await expect(desk.control('name')).toHaveValue('Acme audience export (EU)');
  await desk.press('take-newer');
  await expect(desk.control('name')).toHaveValue('Renamed');
});

test('a save that changes nothing is not taken for one', async ({ desk, sandbox }) => {
  await openTyped(desk);
  await sandbox.destinations({ ignore_put: true });
  await desk.press('save');
  await expect(desk.told(UNSURE)).toContainText('The time of the last change is the same as before');
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  expect(await puts(desk)).toHaveLength(1);
  await sandbox.destinations({ ignore_put: false });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
});

for (const updated of ['object', 'array', 'items', 'empty'] as const) {
  test(`an answer to a save that is ${updated}`, async ({ context, desk, sandbox }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await sandbox.destinations({ updated });
    await openTyped(desk);
    const before = await reads(desk);
    await desk.press('save');
    await expect(desk.told('Saved')).toContainText(/Changed .*, before that /);
    expect(await puts(desk)).toHaveLength(1);
    // One read before it, and one after.
    expect(await reads(desk)).toBe(before + 2);
    await expect(desk.page.locator(':focus')).toContainText('Saved');
    await desk.press('copy');
    await expect(desk.main.getByText('Copied').first()).toBeVisible();
    const summary = await desk.page.evaluate(() => navigator.clipboard.readText());
    for (const words of [S3, 'Amazon S3 access key', 'Acme audience export (EU)']) expect(summary).toContain(words);
    expect(summary).not.toContain(SECRET);
  });
}

test('a lost answer to a save is found out about by reading once', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openTyped(desk);
  const before = await reads(desk);
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'drop', after: true });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  expect(await puts(desk)).toHaveLength(1);
  expect(await reads(desk)).toBe(before + 2);
});

test('a lost save is told as one that is not confirmed', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openTyped(desk);
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'drop' });
  await desk.press('save');
  await expect(desk.told(UNSURE)).toContainText('The connection broke while the answer was on its way');
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  expect(await puts(desk)).toHaveLength(1);
});

test('a lost save is told in whole sentences', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openTyped(desk);
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'drop-before' });
  await desk.press('save');
  await expect(desk.told(UNSURE)).toContainText('Adobe could not be reached. The time of the last change is the same as before.');
});

test('a lost answer and no reading: it is not known', async ({ desk, page, sandbox, guard }) => {
  guard.allowNetworkErrors();
  guard.allowStatus(503);
  await openTyped(desk);
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'delay', delay_ms: 500, after: true });
  const put = page.waitForRequest((request) => request.method() === 'PUT');
  await desk.press('save');
  await put;
  await sandbox.faults({ method: 'GET', path: one(S3), fault: 'status', status: 503 });
  await expect(desk.told(UNSURE)).toContainText('It could not be read again to see. Adobe has a problem (status 503)');
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  await desk.press('retry');
  await expect(desk.told(UNSURE)).toHaveCount(0);
  expect(await puts(desk)).toHaveLength(1);
});

test('pressed twice, sent once', async ({ desk, sandbox }) => {
  await openTyped(desk);
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'delay', delay_ms: 700 });
  await desk.action('save').dblclick();
  await expect(desk.action('save')).toHaveAttribute('aria-disabled', 'true');
  await desk.control('name').press('Enter');
  await expect(desk.told('Saved')).toContainText('Changed');
  expect(await puts(desk)).toHaveLength(1);
});

test('a body that is refused keeps what was typed', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(400);
  await sandbox.destinations({ type: 'unknown' });
  await openTyped(desk);
  await desk.press('save');
  await expect(desk.errorSummary).toContainText('type is not a known value');
  await expect(desk.errorSummary).not.toContainText(/[{}]|DSTSDK/);
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
});

test('one that somebody deleted meanwhile is told as gone', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(404);
  await openTyped(desk);
  await sandbox.faults({ method: 'GET', path: one(S3), fault: 'status', status: 404, count: 5 });
  await desk.press('save');
  await expect(desk.main.getByText('This credential does not exist any more').first()).toBeVisible();
  expect(await puts(desk)).toEqual([]);
});

test('leaving and coming back keeps what was typed, each credential on its own', async ({ desk, page }) => {
  await openTyped(desk);
  await desk.main.getByRole('link', { name: 'Destinations' }).click();
  await expect(page.getByText('9 credentials')).toBeVisible();
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.control('username')).toHaveValue('acme@northlight.example');
  await expect(desk.control('password')).toHaveValue('');
  await page.goBack();
  await page.getByRole('link', { name: 'Acme audience export (EU)', exact: true }).first().click();
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  await desk.press('cancel');
  await expect(desk.control('secretKey')).toHaveValue('');
  await expect(desk.control('accessId')).toHaveValue('AKIADEMOACMEEU000001');
});

test('the page asks before it is closed while something typed is not saved', async ({ desk, page }) => {
  await openTyped(desk);
  const asked = page.waitForEvent('dialog');
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
});

test('what was filled in and not typed closes without a question', async ({ desk, page }) => {
  await desk.openForm(USER);
  page.on('dialog', (dialog) => {
    throw new Error(`a question: ${dialog.type()}`);
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => page.isClosed()).toBe(true);
});
