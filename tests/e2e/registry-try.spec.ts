// What comes of a test of client credentials: each kind and cause with what to do about it, in words and as text.
import { MERIDIAN, SAVE, STREAMHAUS, TEST, agentPath, documented, fillClient, openAgent, openAgentForm, saveAndTest, sent, told } from './support/agents';
import { expect, test } from './support/test';
import { ownTime } from './support/time';

test.use({ registry: true });

const GENERAL = 'The token endpoint gave out no token';

/** The client's name decides what the demo's token endpoint answers. */
const CLIENTS = [
  ['invalid_request', 'did not understand the request', 'Check the token endpoint and the client authentication'],
  ['invalid_client', 'does not know this client', 'Check the client ID and the secret for typing errors, or choose the other client authentication'],
  ['invalid_grant', 'refused the grant', 'The client may be revoked, or the audience or resource is not the right one'],
  ['unauthorized_client', 'This client may not get tokens this way', 'Have client credentials allowed for it'],
  ['unsupported_grant_type', 'does not offer client credentials', 'use another way for this agent'],
  ['invalid_scope', 'The scope was refused', 'Leave the scope empty, or ask which one this client may use'],
  ['invalid_target', 'The resource was refused', 'Check the resource and the audience, or leave them empty'],
  ['server_error', GENERAL, 'It says: server_error: The sandbox refuses this client'],
  ['not-found', 'This address is not the token endpoint', 'Check its path'],
  ['not-allowed', 'This address is not the token endpoint', 'It says: Client credentials exchange failed: the token endpoint answered 405'],
  ['bad-gateway', 'refused without a reason', 'Try the other client authentication, and check the address'],
  ['body-only', 'refused without a reason', 'Try the other client authentication, and check the address'],
  ['not-json', 'The answer had no access token', 'Check that the address is that of the token endpoint'],
  ['no-token', 'The answer had no access token', 'Check that the address is that of the token endpoint'],
  ['redirect', 'could not be reached', 'That says nothing about the client ID or the secret'],
  ['hang-up', 'could not be reached', 'Check the address, or try again later'],
] as const;

test('each way to fail says what to do, and one correction mends it', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app);
  for (const [client, title, advice] of CLIENTS) {
    await app.control('client_id').fill(client);
    await saveAndTest(app, title);
    await expect(told(page, title), client).toContainText(advice);
    await expect(told(page, title), client).toContainText('It says: ');
    // The save succeeded all the same; that is another matter.
    await expect(told(page, title)).toContainText('Saved');
    const words = await told(page, title).innerText();
    expect(words).not.toMatch(/undefined|null|\[object/);
    if (client.includes('_')) expect(words).toContain(`It says: ${client}: The sandbox refuses this client`);
  }
  const [saves, tests] = await Promise.all([sent(sandbox, 'PUT', STREAMHAUS, SAVE), sent(sandbox, 'POST', STREAMHAUS, TEST)]);
  expect(saves.map(({ body }) => body.client_id)).toEqual(CLIENTS.map(([client]) => client));
  expect(tests).toHaveLength(CLIENTS.length);
  // What the advice was: the other client authentication.
  await fillClient(app, { client_id: 'body-only' });
  await app.form.getByText('More options').click();
  await app.choose('In the body');
  await saveAndTest(app, 'The credentials work');
  await expect(app.form).toHaveCount(0);
});

test('causes that the demo’s token endpoint cannot show, and kinds that are not documented', async ({ app, page, sandbox }) => {
  await openAgent(app, page, MERIDIAN);
  const path = agentPath(MERIDIAN, TEST);
  for (const [error, title, says] of [
    [documented('test-oauth').response.body['error'], 'does not know this client', 'It says: invalid_client: unknown client'],
    [documented('test-malformed').response.body['error'], 'This address is not the token endpoint', 'non-JSON body'],
    [documented('test-network').response.body['error'], 'could not be reached', 'Token endpoint could not be reached'],
    [{ kind: 'malformed', message: 'must be HTTPS' }, 'The address was refused', 'https addresses on public hosts only, without a user name in them'],
    [{ kind: 'oauth', message: 'm', oauth_error: 'vendor_17' }, GENERAL, 'It says: vendor_17: m'],
    [{ kind: 'weather', message: 'It rains' }, GENERAL, 'It says: It rains'],
    [{ kind: 'oauth', message: '', oauth_error: 'invalid_scope', oauth_error_description: '' }, 'The scope was refused', 'It says: invalid_scope'],
  ] as const) {
    await sandbox.faults({ method: 'POST', path, fault: 'status', status: 200, body: { ok: false, latency_ms: 5, error } });
    await app.action('test').click();
    await expect(told(page, title)).toContainText(says);
    await expect(told(page, 'The credentials work')).toHaveCount(0);
  }
  await sandbox.faults({ method: 'POST', path, fault: 'status', status: 200, body: { ok: true } });
  await app.action('test').click();
  await expect(told(page, 'The token endpoint gave out a token.')).toBeVisible();
});

test('what the server says is text, whatever is in it', async ({ app, page, sandbox }) => {
  await openAgentForm(app, page);
  await fillClient(app, { client_id: 'long-words' });
  await saveAndTest(app, 'did not understand the request');
  await expect(told(page, 'did not understand')).toContainText('<img src=x onerror=alert(1)>');
  await expect(page.getByRole('main').locator('img')).toHaveCount(0);
  await expect(told(page, 'did not understand')).toContainText(/(long ){20}lo?n?g? ?…/);
  const error = { kind: 'oauth', message: '<b>m</b>', oauth_error: '<i>x</i>', oauth_error_description: '<script>alert(1)</script><a href="javascript:x">y</a>' };
  await sandbox.faults({ path: agentPath(STREAMHAUS, TEST), fault: 'status', status: 200, body: { ok: false, error } });
  await app.action('test').click();
  await expect(told(page, GENERAL)).toContainText('<i>x</i>: <script>alert(1)</script><a href="javascript:x">y</a>');
  await expect(told(page, GENERAL).getByRole('link')).toHaveCount(0);
});

test('nothing is saved any more when it is tested', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(404);
  await openAgent(app, page, MERIDIAN);
  const { status, body } = documented('error-nothing-saved').response;
  await sandbox.faults({ method: 'POST', path: agentPath(MERIDIAN, TEST), fault: 'status', status, body });
  await app.action('test').click();
  await expect(told(page, 'No client credentials are saved for this agent')).toContainText('Save some first');
  // What is saved is looked at again.
  await expect.poll(async () => (await sent(sandbox, 'GET', MERIDIAN, 'auth-status')).length).toBeGreaterThan(1);
});

test('too many requests: the real wait is told and counted down, and nothing is sent meanwhile', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(429);
  await ownTime(page);
  await openAgentForm(app, page);
  await fillClient(app);
  const { status, body } = documented('error-rate-limited').response;
  await sandbox.faults({ method: 'PUT', path: agentPath(STREAMHAUS, SAVE), fault: 'status', status, body, retry_after: 45 });
  await saveAndTest(app, 'asks us to slow down');
  await expect(told(page, 'asks us to slow down')).toContainText('You may try again in 45 seconds');
  // The body's text is about something else, and its number is always the same.
  await expect(page.getByRole('main')).not.toContainText(/Brand submission|3600|60 minutes/);
  const button = app.action('save-and-test');
  await expect(button).toHaveText(/4[2-5] s/);
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await button.click({ force: true });
  await page.clock.runFor(20_000);
  await expect(button).toHaveText(/2[0-5] s/);
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(1);
  await page.clock.runFor(30_000);
  await expect(button).toHaveText('Save and test');
  await saveAndTest(app, 'The credentials work');
  expect(await sent(sandbox, 'PUT', STREAMHAUS, SAVE)).toHaveLength(2);
});

test('sixty calls an hour are everybody’s: the wait is the server’s', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(429);
  await openAgent(app, page, MERIDIAN);
  await sandbox.registry({ per_hour: 2 });
  for (let call = 0; call < 2; call += 1) {
    await app.action('test').click();
    await expect(told(page, 'The credentials work')).toBeVisible();
  }
  await app.action('test').click();
  await expect(told(page, 'asks us to slow down')).toContainText('You may try again in 60 minutes');
  // The button says so as well, and sends nothing.
  await expect(app.action('test')).toHaveAttribute('aria-disabled', 'true');
  await expect(app.action('test')).toHaveText('Try again in 60 min');
  await app.action('test').click({ force: true });
  expect(await sent(sandbox, 'POST', MERIDIAN, TEST)).toHaveLength(3);
});
