// The list of credentials: whatever shape it comes in, how one of many alike is found, and names and ids that are odd.
import { ALL, BASIC, BY_TOKEN, KINDS, ODD, S3, bodyOf, expect, expectOurs, one, test, type Kind } from './support/destinations';
import { DESTINATIONS } from './support/switches';

const NAMES = [
  'Acme audience export', 'Acme audience export (EU)', 'Acme audience export (US)', 'Acme audience export EU',
  'Northlight lookalikes', 'Northlight lookalikes (test)', 'Without a name',
];
/** By what people tell them apart, in the order of the list. */
const IDENTIFIERS = [
  'acme-export', 'AKIADEMOACMEEU000001', 'acme-export-us', '8d2f6c1b-77aa-4f0e-9c35-1b6f0e42d9a7', undefined, 'northlight-acme',
  'northlight-acme-test', 'acme', 'acme-refresh',
];
const FIND = 'Name, ID or client';

for (const list of ['items', 'array'] as const) {
  test(`nine that are alike, as ${list}`, async ({ desk, page, sandbox }) => {
    await sandbox.destinations({ list });
    await desk.openIn();
    await expect(page.getByText('9 credentials')).toBeVisible();
    const rows = desk.main.getByRole('list', { name: 'Destinations' }).getByRole('listitem');
    await expect(rows).toHaveCount(9);
    for (const name of NAMES) await expect(page.getByRole('link', { name, exact: true }).first()).toBeVisible();
    for (const [at, identifier] of IDENTIFIERS.entries()) {
      if (identifier !== undefined) await expect(rows.nth(at).getByText(identifier, { exact: true })).toBeVisible();
      await expect(rows.nth(at)).toContainText('Changed');
      await expect(rows.nth(at)).toContainText('2026');
    }
    await expect(rows.nth(1)).toContainText('Amazon S3 access key');
    await expect(rows.nth(1)).toContainText(S3);
    // Without a word for it, what it holds tells what it is.
    await expect(rows.nth(6)).toContainText('OAuth 2 client credentials');
    await expect(rows.nth(4)).not.toContainText(/AccountKey|bXlkZW1v/);
  });
}

test('one alone, as a bare object', async ({ desk, page, sandbox }) => {
  await sandbox.reset('empty', { destinations: { list: 'object' } });
  const id = await desk.seed(bodyOf(KINDS[0] as Kind));
  await desk.openIn();
  await expect(page.getByText('1 credential', { exact: true })).toBeVisible();
  await expect(page.getByText(id)).toBeVisible();
});

test('a list as one page of the documents prints it cannot be read, and that is told', async ({ desk, sandbox }) => {
  await sandbox.destinations({ list: 'pages-of-doc' });
  await desk.open();
  await desk.fillAccess(BY_TOKEN);
  await desk.press('use-access');
  await expect(desk.errorSummary).toContainText('The answer of Adobe could not be read');
  await expect(desk.form.locator('[aria-invalid]')).toHaveCount(0);
  await sandbox.destinations({ list: 'items' });
  await desk.press('use-access');
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
});

test('a list that is read later and cannot be leaves what is at hand', async ({ desk, page, sandbox }) => {
  await desk.openIn();
  await expect(page.getByText('9 credentials')).toBeVisible();
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.action('save')).toBeVisible();
  await sandbox.destinations({ list: 'pages-of-doc' });
  await page.goBack();
  await expect(page.getByText('9 credentials')).toBeVisible();
});

test('a sandbox without any', async ({ desk, page }) => {
  await desk.openIn('destinations', { ...BY_TOKEN, sandboxName: DESTINATIONS.emptySandbox });
  await expect(page.getByText('No credentials yet')).toBeVisible();
  await expect(desk.main.getByText(`Sandbox ${DESTINATIONS.emptySandbox}`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'New credential' })).toBeVisible();
  for (const { headers } of await desk.requests('GET')) expect(headers['x-sandbox-name']).toBe(DESTINATIONS.emptySandbox);
});

test('filters stand in the address and survive going elsewhere', async ({ desk, page, sandbox }) => {
  await desk.openIn();
  await expect(page.getByText('9 credentials')).toBeVisible();
  await desk.main.getByLabel(FIND).fill('NORTHLIGHT');
  await expect(page.getByText('2 of 9 credentials')).toBeVisible();
  await expect(page).toHaveURL(sandbox.url('destinations?find=NORTHLIGHT'));
  await desk.main.getByLabel('Type', { exact: true }).selectOption('OAuth 2 client credentials');
  await expect(page.getByText('1 of 9 credentials')).toBeVisible();
  await expect(page).toHaveURL(/find=NORTHLIGHT&type=OAuth/);
  await page.getByRole('link', { name: 'Northlight lookalikes (test)' }).click();
  await expect(desk.heading('Northlight lookalikes (test)')).toBeVisible();
  await page.goBack();
  await expect(page.getByText('1 of 9 credentials')).toBeVisible();
  await expect(desk.main.getByLabel(FIND)).toHaveValue('NORTHLIGHT');
  // By id and by what is not secret; never by a secret.
  await desk.main.getByLabel('Type', { exact: true }).selectOption('');
  for (const [find, count] of [[S3.slice(-6), 1], ['akiademo', 1], ['acme-refresh', 1], ['copper-lantern', 0], ['m4Zt9wQx', 0]] as const) {
    await desk.main.getByLabel(FIND).fill(find);
    await expect(page.getByText(`${count} of 9 credentials`)).toBeVisible();
    if (count === 0) await expect(page.getByText('Nothing fits')).toBeVisible();
  }
  // The address alone is enough.
  await desk.openIn('destinations?find=northlight&type=OAuth%202%20client%20credentials');
  await expect(page.getByText('1 of 9 credentials')).toBeVisible();
});

test('an id with signs of its own stays in its segment', async ({ desk, page, sandbox }) => {
  await desk.openIn();
  await desk.main.getByRole('listitem').filter({ hasText: ODD }).getByRole('link').click();
  await expect(page).toHaveURL(sandbox.url('destinations/n9%2Fb4%20e0%252F7d'));
  await expect(desk.control('clientId')).toHaveValue('acme-refresh');
  await expect(desk.main.getByText(ODD, { exact: true }).first()).toBeVisible();
  const [read] = await desk.requests('GET', one(ODD));
  expect(read?.path).toBe('/gateway/destinations/credentials/n9%2Fb4%20e0%252F7d');
  expectOurs(read!, DESTINATIONS.token);
  // The name ends in a space, which is not ours to drop.
  await desk.fill({ clientSecret: 'other', refreshToken: 'other' });
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  expect((await desk.requests('PUT', one(ODD))).map(({ path }) => path)).toEqual([read!.path]);
});

test('without a name there is still something to choose and to name', async ({ desk, page }) => {
  await desk.openIn();
  await page.getByRole('link', { name: 'Without a name', exact: true }).click();
  await expect(desk.heading('Without a name')).toBeVisible();
  await desk.press('delete');
  await expect(desk.told('Delete Without a name?')).toBeVisible();
  await desk.press('go-back');
  await desk.fill({ accessToken: 'ya29-other' });
  await desk.press('save');
  await desk.expectError('name', 'Enter a name for the credential');
});

test('words for a type that no document has stand as they came', async ({ desk, page, sandbox }) => {
  const strange = { instanceId: 'n1', type: 'BRAND_NEW', name: 'Tomorrow', somethingNew: { secret: 'live' } };
  const bare = { instanceId: 'n2', lastModifiedDate: '2026-02-30T25:00:00Z' };
  await sandbox.faults({ method: 'GET', path: ALL, fault: 'status', status: 200, body: { items: [strange, bare] }, count: 5 });
  await desk.openIn();
  await expect(page.getByText('2 credentials')).toBeVisible();
  await expect(desk.row('Tomorrow')).toContainText('BRAND_NEW');
  await expect(desk.row('Without a name')).toContainText('Not told');
  await desk.main.getByLabel('Type', { exact: true }).selectOption('BRAND_NEW');
  await expect(page.getByText('1 of 2 credentials')).toBeVisible();
});

test('an address that leads nowhere', async ({ desk, page, guard }) => {
  guard.allowStatus(404);
  await desk.openIn('destinations/n404');
  await expect(page.getByText('This credential does not exist any more')).toBeVisible();
  await desk.main.getByRole('link', { name: 'Destinations' }).first().click();
  await expect(page.getByText('9 credentials')).toBeVisible();
  await expect(desk.row('Acme audience export')).toContainText(BASIC);
});
