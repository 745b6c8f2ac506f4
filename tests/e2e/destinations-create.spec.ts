// A new credential of a destination: what is sent for each of the ten types, what is shown then, and what becomes of an
// answer that is lost.
import { Canary } from './support/canary';
import { MARK } from './support/connect';
import {
  ALL, KINDS, WHERE, bodyOf, documented, expect, expectOurs, logged, membersOf, secretsOf, test, type Body, type Desk, type Kind,
} from './support/destinations';
import { DESTINATIONS, type DestinationsSwitches } from './support/switches';

const FIRST = KINDS[0] as Kind;
const POST = { method: 'POST', path: ALL } as const;

/** A documented body with secrets that can be searched for, where they may be anything. */
function marked(kind: Kind): Body {
  const members = { ...membersOf(kind) };
  for (const name of secretsOf(kind)) if (!['sshKey', 'connectionString'].includes(name)) members[name] = `${MARK}-${name}`;
  return { ...bodyOf(kind), [kind.key]: members };
}

const result = (desk: Desk) => desk.main.getByRole('heading', { name: 'Created', exact: true });
const idOf = async (desk: Desk): Promise<string> => (await desk.main.getByText(/^n[0-9a-f]{7}-[0-9a-f-]{27}$/).first().innerText()).trim();
const clipboard = (desk: Desk): Promise<string> => desk.page.evaluate(() => navigator.clipboard.readText());

async function copied(desk: Desk, action: string): Promise<string> {
  await desk.page.evaluate(() => navigator.clipboard.writeText('nothing'));
  await desk.press(action);
  await expect(desk.main.getByText('Copied').first()).toBeVisible();
  return clipboard(desk);
}

/** The form of basic, filled as the documents have it. */
async function openFilled(desk: Desk): Promise<void> {
  await desk.openNew();
  await desk.fillBody(FIRST);
}

for (const kind of KINDS) {
  test(`${kind.title}: sent as the documents have it`, async ({ context, desk, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const canary = await Canary.over(page);
    await desk.openNew(kind);
    const body = marked(kind);
    await desk.fillBody(kind, body);
    await desk.press('create');
    await expect(result(desk)).toBeVisible();

    const [post, ...others] = await desk.requests('POST', ALL);
    expect(others).toEqual([]);
    expectOurs(post!, DESTINATIONS.token);
    // The documents' client is not the sandbox's.
    const { headers } = documented(`create-${kind.fixture}`).request;
    expect(post?.headers).toMatchObject({ ...headers, 'x-api-key': DESTINATIONS.clientId });
    expect(post?.query).toBe('');
    // Nothing but `type` where there is one, `name`, and the one object; in it nothing that stands nowhere.
    expect(post?.body).toEqual(logged(kind, body));
    expect(Object.keys(post?.body as object).sort()).toEqual([...(kind.type === undefined ? [] : ['type']), 'name', kind.key].sort());
    expect(post?.body.type).toBe(kind.type);

    const panel = desk.main;
    for (const words of [kind.title, body['name'] as string, DESTINATIONS.organization, DESTINATIONS.sandbox]) await expect(panel).toContainText(words);
    const id = await idOf(desk);
    expect(await copied(desk, 'copy-id')).toBe(id);
    const lines = `"authenticationRule": "PLATFORM_AUTHENTICATION",\n"authenticationId": "${id}"`;
    await expect(desk.main.getByText(lines)).toBeVisible();
    expect(await copied(desk, 'copy-lines')).toBe(lines);
    const summary = await copied(desk, 'copy');
    for (const words of [id, kind.title, DESTINATIONS.organization, DESTINATIONS.sandbox, 'yourdestination']) expect(summary).toContain(words);
    for (const name of secretsOf(kind)) expect(summary).not.toContain(membersOf(kind, body)[name]);
    await canary.expectSilence();

    // It is there.
    await page.getByRole('link', { name: 'Open it' }).click();
    await expect(desk.heading('yourdestination')).toBeVisible();
    await desk.main.getByRole('link', { name: 'Destinations' }).click();
    await expect(page.getByText('10 credentials')).toBeVisible();
    await canary.expectSilence();
  });
}

test('who comes back to the form after a result finds an empty one', async ({ desk, page }) => {
  await openFilled(desk);
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  await desk.main.getByRole('link', { name: 'Destinations' }).click();
  await page.getByRole('link', { name: 'New credential' }).click();
  for (const name of ['name', 'username', 'password']) await expect(desk.control(name)).toHaveValue('');
});

test('what was typed for another type is not sent', async ({ desk }) => {
  await desk.openNew();
  for (const kind of KINDS) {
    await desk.choose(kind.title);
    await desk.fill(membersOf(kind));
  }
  await desk.choose('Amazon S3 access key');
  await desk.fill({ name: 'yourdestination', accessId: 'AKIAIOSFODNN7EXAMPLE', secretKey: 's3cret/secret+key' });
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  const [post] = await desk.requests('POST', ALL);
  expect(post?.body).toEqual(logged(KINDS[1] as Kind, bodyOf(KINDS[1] as Kind)));
});

test('what may be left out is not sent when it is empty', async ({ desk }) => {
  for (const kind of KINDS.filter(({ loose }) => Object.keys(loose).length > 0)) {
    await desk.openNew(kind);
    const least = Object.entries(membersOf(kind, marked(kind))).filter(([name]) => !(name in kind.loose) && !['expiration', 'userId'].includes(name));
    await desk.fill({ name: 'yourdestination', ...Object.fromEntries(least) });
    await desk.press('create');
    await expect(result(desk)).toBeVisible();
    const posts = await desk.requests('POST', ALL);
    expect(Object.keys(posts.at(-1)?.body[kind.key]).sort()).toEqual(least.map(([name]) => name).sort());
  }
});

test('types that the newest documents do not list are marked', async ({ desk }) => {
  await desk.openNew();
  for (const { title } of KINDS) {
    const older = title.startsWith('OAuth');
    const radio = desk.form.getByRole('radio', { name: title, exact: true });
    if (older) await expect(radio).toHaveAccessibleDescription('Older: the newest documents do not list it.');
    else await expect(radio).not.toHaveAccessibleDescription(/Older/);
  }
});

test('another one is created from the result', async ({ desk, page }) => {
  await openFilled(desk);
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  await expect(page.locator(':focus')).toContainText('Created');
  await desk.press('another');
  await expect(result(desk)).toHaveCount(0);
  for (const name of ['name', 'username', 'password']) await expect(desk.control(name)).toHaveValue('');
});

for (const switches of [
  { created_status: 201, created: 'object' }, { created_status: 200, created: 'array' }, { created_status: 201, created: 'items' },
] satisfies DestinationsSwitches[]) {
  test(`an answer of another shape: ${JSON.stringify(switches)}`, async ({ desk, sandbox }) => {
    await sandbox.destinations(switches);
    await openFilled(desk);
    await desk.press('create');
    await expect(result(desk)).toBeVisible();
    await expect(desk.main.getByText('Link it in the configuration')).toBeVisible();
    expect(await idOf(desk)).toMatch(/^n/);
    expect(await desk.requests('POST', ALL)).toHaveLength(1);
  });
}

test('an answer without a word: the id is taken from the list', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(503);
  await sandbox.destinations({ created: 'empty' });
  await openFilled(desk);
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  expect(await idOf(desk)).toMatch(/^n/);
  // Nor does the list say it: it was created all the same.
  await desk.press('another');
  await desk.fillBody(FIRST);
  await sandbox.faults({ method: 'GET', path: ALL, fault: 'status', status: 503 });
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  await expect(desk.main.getByText('Adobe did not say its instance ID. Look for it in the list.')).toBeVisible();
  await expect(desk.action('copy-id')).toHaveCount(0);
  expect(await desk.requests('POST', ALL)).toHaveLength(2);
});

test('a lost answer: it is in the list', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openFilled(desk);
  await sandbox.faults({ ...POST, fault: 'drop', after: true });
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
  await expect(desk.main.getByText('The answer was lost, but the list has it.')).toBeVisible();
  expect(await idOf(desk)).toMatch(/^n/);
  expect(await desk.requests('POST', ALL)).toHaveLength(1);
});

test('a lost answer: it is not in the list', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openFilled(desk);
  await sandbox.faults({ ...POST, fault: 'drop' });
  await desk.press('create');
  await expect(desk.told('The list does not have it, so it was probably not created')).toBeVisible();
  await expect(desk.control('password')).toHaveValue('s3cret password');
  expect(await desk.requests('POST', ALL)).toHaveLength(1);
  await desk.press('create');
  await expect(result(desk)).toBeVisible();
});

for (const [where, after] of [['before', false], ['after', true]] as const) {
  test(`a lost answer, ${where} it was created, and no list: it is not known`, async ({ desk, sandbox, guard }) => {
    guard.allowNetworkErrors();
    await openFilled(desk);
    await sandbox.faults({ ...POST, fault: 'drop', after }, { method: 'GET', path: ALL, fault: 'drop-before', count: 2 });
    await desk.press('create');
    const unknown = desk.told('It is not known whether it was created');
    await expect(unknown).toContainText('Look for it in the list before you create it again');
    await expect(desk.control('password')).toHaveValue('s3cret password');
    // The list is asked again as often as the person likes; nothing is created by that.
    await desk.press('look-again');
    await expect(unknown).toBeVisible();
    await expect.poll(() => desk.requests('GET', ALL).then((all) => all.length)).toBeGreaterThan(2);
    await expect(desk.action('create')).toHaveText('Create credential');
    await sandbox.clearFaults();
    await desk.press('look-again');
    if (after) {
      await expect(result(desk)).toBeVisible();
      await expect(desk.main.getByText('The answer was lost, but the list has it.')).toBeVisible();
    } else await expect(desk.told('The list does not have it')).toBeVisible();
    expect(await desk.requests('POST', ALL)).toHaveLength(1);
  });
}

test('the list is searched for what was sent, not for what was typed since', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await openFilled(desk);
  await sandbox.faults({ ...POST, fault: 'drop', after: true }, { method: 'GET', path: ALL, fault: 'drop-before', count: 1 });
  await desk.press('create');
  await expect(desk.told('It is not known whether it was created')).toBeVisible();
  await desk.control('name').fill('another name');
  await sandbox.clearFaults();
  await desk.press('look-again');
  await expect(result(desk)).toBeVisible();
  expect(await desk.requests('POST', ALL)).toHaveLength(1);
});

test('one of the same name that was there before is not taken for it', async ({ desk, sandbox, guard }) => {
  guard.allowNetworkErrors();
  await desk.seed(bodyOf(FIRST));
  await openFilled(desk);
  await expect.poll(() => desk.requests('GET', ALL).then((all) => all.length)).toBeGreaterThan(0);
  await sandbox.faults({ ...POST, fault: 'drop' });
  await desk.press('create');
  await expect(desk.told('The list does not have it')).toBeVisible();
  await expect(result(desk)).toHaveCount(0);
});

test('pressed twice, sent once', async ({ desk, sandbox }) => {
  await openFilled(desk);
  await sandbox.faults({ ...POST, fault: 'delay', delay_ms: 700 });
  await desk.action('create').dblclick();
  await expect(desk.action('create')).toHaveText('Creating…');
  await expect(desk.action('create')).toHaveAttribute('aria-disabled', 'true');
  await desk.control('name').press('Enter');
  await expect(result(desk)).toBeVisible();
  expect(await desk.requests('POST', ALL)).toHaveLength(1);
});

const SAID = 'The credentials configuration is not valid';
/** What is left of the words in each family of errors when a body is refused. */
const FAMILIES: [NonNullable<DestinationsSwitches['errors']>, string][] = [
  ['own', 'basicAuthentication.username is missing'],
  ['service', 'basicAuthentication.username is missing'],
  ['gateway', SAID],
  ['flow', 'basicAuthentication.username is missing'],
  ['segmentation', SAID],
  ['text', 'The server did not accept this and did not say why'],
  ['html', 'The server did not accept this and did not say why'],
  ['empty', 'The server did not accept this and did not say why'],
];

for (const [errors, says] of FAMILIES) {
  test(`a body that is refused, in the words of: ${errors}`, async ({ desk, page, sandbox, guard }) => {
    guard.allowStatus(400);
    await sandbox.destinations({ errors });
    await openFilled(desk);
    // The page would not send it like this.
    await page.route(`**/${ALL}`, (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const body = route.request().postDataJSON() as Body;
      return route.fallback({ postData: JSON.stringify({ ...body, basicAuthentication: { ...membersOf(FIRST, body), username: '' } }) });
    });
    await desk.press('create');
    await expect(desk.errorSummary).toContainText(says);
    await expect(desk.errorSummary).not.toContainText(/[{}<>]|error_code|errorChain|DSTSDK|s3cret/);
    await expect(page.locator(':focus')).toContainText('There is a problem');
    await expect(desk.control('password')).toHaveValue('s3cret password');
    await page.unroute(`**/${ALL}`);
    await desk.press('create');
    await expect(result(desk)).toBeVisible();
  });
}

test('what is wrong is told before anything is sent', async ({ desk }) => {
  for (const kind of KINDS) {
    await desk.openNew(kind);
    await desk.press('create');
    await desk.expectError('name', 'Enter a name for the credential');
    for (const [name, noun] of Object.entries(kind.secrets)) await desk.expectError(name, `Enter ${noun}`);
    for (const name of Object.keys(kind.loose)) await expect(desk.control(name)).not.toHaveAttribute('aria-invalid', 'true');
  }
  expect(await desk.requests('POST', ALL)).toEqual([]);
});

test('leaving and coming back keeps what was typed, and the page asks before it is closed', async ({ desk, page }) => {
  await openFilled(desk);
  await desk.main.getByRole('link', { name: 'Destinations' }).click();
  await expect(page.getByText('9 credentials')).toBeVisible();
  await expect(desk.main.getByText(WHERE)).toBeVisible();
  await page.getByRole('link', { name: 'New credential' }).click();
  await expect(desk.control('password')).toHaveValue('s3cret password');
  const asked = page.waitForEvent('dialog');
  void page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
});
