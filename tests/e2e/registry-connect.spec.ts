// The other ways in to an agent: a token that stays the same, consent at the agent's own server, and taking both back.
import type { Page } from '@playwright/test';
import {
  ACME, ATELIER, CLIENT_SECRET, CONNECT, LAKESIDE, MERIDIAN, SAVE, STATUS, STREAMHAUS, TIDEWATER, agentPath, alone, chooseToken, documented,
  expectOurs, fillClient, logged, openAgent, openAgentForm, saveAndTest, sent, told,
} from './support/agents';
import type { App } from './support/app';
import { fingerprint } from './support/sandbox';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

test.use({ registry: true });

const saved = (page: Page) => page.getByRole('region', { name: 'What is saved' });
const question = (page: Page, words: string) => page.getByRole('main').getByRole('alert').filter({ hasText: words });

async function saveToken(app: App, page: Page, token: string): Promise<void> {
  await app.control('auth_token').fill(token);
  await app.action('save').click();
  await expect(told(page, 'The token is saved')).toBeVisible();
}

test('a bearer token: saved as it was typed, and never shown again', async ({ app, page, sandbox }) => {
  await openAgent(app, page, STREAMHAUS);
  await chooseToken(app);
  await expect(app.form).toHaveAttribute('data-auth', 'static');
  await expect(app.form).toContainText('It goes before everything else that is saved for the agent');
  await expect(app.control('auth_token')).toHaveAttribute('type', 'password');
  await app.submit();
  await expect(app.control('auth_token')).toHaveAccessibleDescription(/Enter the token/);
  await app.choose('Bearer token');
  await saveToken(app, page, CLIENT_SECRET);
  await expect(told(page, 'The agent answered with 12 tools in 340 ms.')).toBeVisible();
  const [put, ...others] = await sandbox.registryRequests('PUT');
  expect(others).toEqual([]);
  expectOurs(put!);
  const { request } = documented('connect-bearer');
  expect(put!.path).toBe(`${sandbox.registryGateway}${agentPath(STREAMHAUS, CONNECT)}`);
  expect(put!.headers).toMatchObject(request.headers);
  expect(put!.body).toEqual({ ...logged({ ...request.body, auth_token: CLIENT_SECRET }), organization_id: ACME });
  await expect(saved(page)).toContainText(/Used now\s*Static token/);
  await expect(app.form).toHaveCount(0);
  await app.action('replace').click();
  await expect(app.control('auth_token')).toHaveValue('');
  // A static token cannot be tested.
  await expect(app.action('test')).toHaveCount(0);
});

test('basic: a pair, or the base64 of one', async ({ app, page, sandbox }) => {
  await openAgent(app, page, STREAMHAUS);
  await chooseToken(app);
  await app.choose('Username and password (basic)');
  for (const bad of [':secret', 'ann', 'YW5uOg', 'OnNlY3JldA==']) {
    await app.control('auth_token').fill(bad);
    await app.submit();
    await expect(app.control('auth_token'), bad).toHaveAccessibleDescription(/a username, a colon and the password, or the base64 of that/);
  }
  await app.control('auth_token').fill('x'.repeat(4097));
  await app.submit();
  await expect(app.control('auth_token')).toHaveAccessibleDescription(/4096 characters or fewer; it has 4097/);
  expect(await sandbox.registryRequests('PUT')).toEqual([]);
  for (const good of ['ann:s3cret', 'ann:', 'YW5uOnNlY3JldA==']) {
    await app.choose('Username and password (basic)');
    await saveToken(app, page, good);
    await expect(saved(page)).toContainText(/Used now\s*Username and password/);
    const last = (await sent(sandbox, 'PUT', STREAMHAUS, CONNECT)).at(-1);
    expect(last!.body).toEqual({ auth_token: fingerprint(good), auth_type: 'basic', organization_id: ACME });
    await app.action('replace').click();
  }
});

test('a token goes before client credentials, and that is said', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page, MERIDIAN);
  await expect(page.getByText('The static token is used')).toHaveCount(0);
  await chooseToken(app);
  await saveToken(app, page, CLIENT_SECRET);
  await expect(page.getByText('The static token is used, not the client credentials')).toBeVisible();
  await expect(saved(page)).toContainText(/Client credentials\s*Saved/);
  // Saving client credentials anew does not change that.
  await app.action('replace').click();
  await app.choose('A client ID and a client secret');
  await fillClient(app);
  await saveAndTest(app, 'The credentials work');
  await expect(page.getByText('The static token is used, not the client credentials')).toBeVisible();
  expect(await sent(sandbox, 'PUT', MERIDIAN, SAVE)).toHaveLength(1);
});

test('a token is taken back where the registry knows how, after a question', async ({ app, page, sandbox }) => {
  await sandbox.registry({ connect_delete: true });
  await openAgent(app, page, TIDEWATER);
  await app.action('disconnect').click();
  const asked = question(page, 'Remove the static token?');
  await expect(asked).toContainText('Whoever uses this agent through the registry may lose access to it');
  await app.action('go-back').click();
  await expect(asked).toHaveCount(0);
  expect(await sandbox.registryRequests('DELETE')).toEqual([]);
  await app.action('disconnect').click();
  await app.action('confirm').click();
  await expect(told(page, 'The static token is removed')).toContainText('Nothing else was changed');
  await expect(saved(page)).toContainText(/Used now\s*Client credentials/);
  await expect(app.action('disconnect')).toHaveCount(0);
  await expect(page.getByText('The static token is used')).toHaveCount(0);
  const [remove, ...others] = await sandbox.registryRequests('DELETE');
  expect(others).toEqual([]);
  expectOurs(remove!);
  expect(remove).toMatchObject({ path: `${sandbox.registryGateway}${agentPath(TIDEWATER, CONNECT)}`, query: `org=${ACME}`, body: null });
  const { path } = documented('disconnect').request;
  expect(path.endsWith('/connect?org=org_01')).toBe(true);
});

for (const status of [404, 405]) {
  test(`where it does not (${status}), that is said once, and no button is left`, async ({ app, page, sandbox, guard }) => {
    guard.allowStatus(404, 405);
    await openAgent(app, page, TIDEWATER);
    // By itself the sandbox answers with a page and 404, as the documented server does.
    if (status === 405) await sandbox.faults({ method: 'DELETE', path: '*', fault: 'html', status });
    await app.action('disconnect').click();
    await app.action('confirm').click();
    await expect(told(page, 'This registry cannot remove a saved token')).toContainText('Save another one over it');
    await expect(app.action('disconnect')).toHaveCount(0);
    await expect(saved(page)).toContainText(/Static token\s*Saved/);
    await app.follow('Agents');
    await expect(page.getByText('8 agents')).toBeVisible();
    await app.follow('Tidewater Buying');
    await expect(app.action('replace')).toBeVisible();
    await expect(app.action('disconnect')).toHaveCount(0);
    expect(await sandbox.registryRequests('DELETE')).toHaveLength(1);
  });
}

test('client credentials have no button to take them back', async ({ app, page }) => {
  await openAgent(app, page, MERIDIAN);
  await expect(app.action('test')).toBeVisible();
  await expect(app.action('disconnect')).toHaveCount(0);
});

test('consent at the agent: prepared, opened in a tab, looked for, and told when it is done', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await openAgent(app, page, LAKESIDE);
  const opened = page.waitForEvent('popup');
  await app.action('consent').click();
  const tab = await opened;
  await expect(page.getByText('Waiting for the sign-in at the agent')).toBeVisible();
  const [put] = await sent(sandbox, 'PUT', LAKESIDE, CONNECT);
  // A body must be there, and holds the organisation alone.
  expect(put!.body).toEqual({ organization_id: ACME });
  expect(put!.headers).toMatchObject(documented('connect-nothing').request.headers);
  const [look] = await sandbox.registryRequests('GET', /^api\/oauth\/agent\/[0-9a-f-]{36}\/status$/);
  expectOurs(look!);
  const id = look!.path.split('/').at(-2)!;
  // Our token cannot go along with a navigation: the registry's own sign-in comes first.
  await tab.waitForURL(`${sandbox.identity}/auth/login?**`);
  expect(new URL(tab.url()).searchParams.get('return_to')).toBe(`/api/oauth/agent/start?agent_context_id=${id}`);
  const again = page.getByRole('link', { name: /Open the page again/ });
  await expect(again).toHaveAttribute('href', `${sandbox.identity}/auth/login?return_to=${encodeURIComponent(`/api/oauth/agent/start?agent_context_id=${id}`)}`);
  await tab.getByRole('button').first().click();
  await tab.getByRole('button', { name: 'Approve' }).click();
  await expect(tab.getByRole('heading', { name: 'portal.lakeside.example is connected' })).toBeVisible();
  await alone(page);
  await page.clock.runFor(6_000);
  await expect(told(page, 'The sign-in at the agent is done')).toBeVisible();
  await expect(page.getByText('Waiting for the sign-in at the agent')).toHaveCount(0);
  await expect(saved(page)).toContainText(/Sign-in at the agent\s*Done, and valid/);
  const polls = await sent(sandbox, 'GET', LAKESIDE, STATUS);
  expect(polls.length).toBeGreaterThan(1);
  expect(polls.at(-1)).toMatchObject({ query: `org=${ACME}` });
});

test('where no tab opens, there is a link; and waiting can be stopped', async ({ app, page, sandbox }) => {
  await ownTime(page);
  await openAgent(app, page, LAKESIDE);
  await page.evaluate(() => Object.assign(window, { open: () => null }));
  await app.action('consent').click();
  await expect(page.getByText('We could not control the tab for the provider’s page')).toBeVisible();
  const link = page.getByRole('link', { name: /Open the page again/ });
  await expect(link).toHaveAttribute('target', '_blank');
  await expect(link).toHaveAttribute('rel', /noopener/);
  await app.action('stop-waiting').click();
  await expect(link).toHaveCount(0);
  const before = (await sent(sandbox, 'GET', LAKESIDE, STATUS)).length;
  await page.clock.runFor(60_000);
  expect(await sent(sandbox, 'GET', LAKESIDE, STATUS)).toHaveLength(before);
});

test('an agent without a sign-in of its own says so, and the tab goes away', async ({ app, page }) => {
  await openAgent(app, page, STREAMHAUS);
  const opened = page.waitForEvent('popup');
  await app.action('consent').click();
  const tab = await opened;
  await expect(told(page, 'This agent offers no sign-in of its own')).toContainText('Save client credentials or a token for it');
  await expect.poll(() => tab.isClosed()).toBe(true);
});

test('consent is taken back, and nothing else', async ({ app, page, sandbox }) => {
  await openAgent(app, page, ATELIER);
  const id = await saved(page).getByRole('definition').last().innerText();
  await app.action('disconnect').click();
  await expect(question(page, 'Undo the sign-in at the agent?')).toBeVisible();
  await app.action('confirm').click();
  await expect(told(page, 'The sign-in at the agent is undone')).toContainText('Nothing else was changed');
  const [remove, ...others] = await sandbox.registryRequests('DELETE');
  expect(others).toEqual([]);
  expectOurs(remove!);
  expect(remove).toMatchObject({ path: `${sandbox.registryGateway}api/oauth/agent/${id}`, query: '', body: null });
  const { path } = documented('consent-forgotten').request;
  expect(path.replace(/[^/]*$/, id)).toBe(`/api/oauth/agent/${id}`);
  await expect(saved(page)).toContainText(/Sign-in at the agent\s*Not done/);
  await expect(app.action('disconnect')).toHaveCount(0);
});
