// The inventory's form: what is offered, dropped and only warned about, and what the configuration says.
import {
  STEP_DEVICES, connect, deviceRequests, expectAsked, expectConnected, fact, fillInventory, openInventory, rawToken, step, tokenRequests,
} from './support/inventory';
import { expect, test } from './support/test';
import { INVENTORY } from './support/switches';

test.use({ inventory: true });

test('all that is missing is told at once, and nothing is sent', async ({ app, page, sandbox }) => {
  await app.open('inventory');
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveText(['Enter the client ID', 'Enter the client secret', 'Enter the project ID']);
  await expect(page.locator(':focus')).toContainText('There is a problem');
  expect(await sandbox.serviceRequests()).toEqual([]);
});

test('an encoded client ID is offered as it was meant, and taken over by button', async ({ app, page, sandbox }) => {
  await openInventory(app, { client_id: 'demo-user%40demo-org' });
  await expect(app.control('client_id')).toHaveAccessibleDescription(/This looks encoded\..*%40 stands for @/);
  // Nothing is changed unasked.
  await expect(app.control('client_id')).toHaveValue('demo-user%40demo-org');
  await page.getByRole('button', { name: 'Use demo-user@demo-org' }).click();
  await expect(app.control('client_id')).toHaveValue(INVENTORY.clientId);
  await expect(app.control('client_id')).toBeFocused();
  await expect(app.control('client_id')).not.toHaveAccessibleDescription(/encoded/);
  await app.submit();
  await expectConnected(app);
  expect((await tokenRequests(sandbox))[0]?.raw).toBe(rawToken(INVENTORY.clientId));
});

test('and sent as it stands by whoever means it so', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  await openInventory(app, { client_id: 'demo-user%40demo-org' });
  await app.submit();
  await expect(page.getByText('Not accepted by Sandbox')).toBeVisible();
  expect((await tokenRequests(sandbox))[0]?.raw).toContain('client_id=demo-user%2540demo-org&');
});

for (const pasted of [`project:${INVENTORY.project}`, ` PROJECT: ${INVENTORY.project}\n`]) {
  test(`what stands in front of a project ID is dropped with a note: ${JSON.stringify(pasted)}`, async ({ app, sandbox }) => {
    await openInventory(app, { project_id: pasted });
    await app.control('client_id').focus();
    await expect(app.control('project_id')).toHaveValue(INVENTORY.project);
    await expect(app.control('project_id')).toHaveAccessibleDescription(/We removed “project:”; it is sent in its own place\./);
    await app.submit();
    await expectConnected(app);
    expect((await deviceRequests(sandbox))[0]?.headers['x-verve-namespace']).toBe(`project:${INVENTORY.project}`);
  });
}

test('the same when Enter is pressed at once', async ({ app, page, sandbox }) => {
  await openInventory(app, { project_id: `project:${INVENTORY.project}` });
  await app.control('project_id').press('Enter');
  await expectConnected(app);
  await expect(fact(page, 'Project')).toHaveText(INVENTORY.project);
  expect((await deviceRequests(sandbox))[0]?.headers['x-verve-namespace']).toBe(`project:${INVENTORY.project}`);
});

test('the documented project is a usual one; others are doubted and sent all the same', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(400);
  await openInventory(app);
  await expect(app.control('project_id')).not.toHaveAccessibleDescription(/unusual/);
  await app.control('project_id').fill('01abc');
  await expect(app.control('project_id')).toHaveAccessibleDescription(/This is an unusual project ID\..*It is used as it stands\./);
  await app.submit();
  await expect(step(page, STEP_DEVICES)).toContainText('Failed');
  expect((await deviceRequests(sandbox))[0]?.headers['x-verve-namespace']).toBe('project:01abc');
});

test('what a header cannot carry is refused before anything is sent', async ({ app, sandbox }) => {
  await openInventory(app, { project_id: '01AB CDÉ' });
  await app.submit();
  await expect(app.errorSummary.getByRole('link')).toHaveText(['Copy it again; it has a space or another sign that it cannot have']);
  expect(await sandbox.serviceRequests()).toEqual([]);
});

test('signs that a form encodes arrive as they were typed', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401);
  const secret = 'a+b&c=d%e/ü';
  await openInventory(app, { client_id: 'a b+c@d&e', client_secret: secret });
  await app.submit();
  // A secret with a letter that secrets seldom have is asked about first.
  await app.form.getByRole('button', { name: 'It belongs there' }).click();
  await app.submit();
  await expect(page.getByText('Not accepted by Sandbox')).toBeVisible();
  const [asked] = await tokenRequests(sandbox);
  expect(asked?.body.client_id).toBe('a b+c@d&e');
  expect(asked?.body.client_secret.length).toBe(Buffer.byteLength(secret));
});

test.describe('with a label', () => {
  test.use({ config: { inventory: { label: 'Development' } } });

  test('the environment is named wherever something is said about it', async ({ app, page, guard }) => {
    guard.allowStatus(401, 403);
    await openInventory(app, { client_secret: 'wrong' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inventory (Development)');
    await app.submit();
    await expect(page.getByText('Not accepted by Development')).toBeVisible();
    await fillInventory(app);
    await app.submit();
    await expectConnected(app);
    await expect(fact(page, 'Environment')).toHaveText('Development');
  });
});

test.describe('without a label', () => {
  test.use({ config: { inventory: {} } });

  test('the service is named', async ({ app, page, guard }) => {
    guard.allowStatus(401);
    await openInventory(app, { client_secret: 'wrong' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Inventory');
    await app.submit();
    await expect(page.getByText('Not accepted by Verve')).toBeVisible();
    await fillInventory(app);
    await app.submit();
    await expect(fact(page, 'Environment')).toHaveText('Verve');
  });
});

test.describe('with presets', () => {
  const preset = { client_id: INVENTORY.clientId, project_id: INVENTORY.project, client_secret: 'leaked' };
  test.use({ config: { inventory: { label: 'Development', preset } } });

  test('what is no secret stands in the form, and a secret in the configuration does not', async ({ app, sandbox }) => {
    await app.open('inventory');
    await expect(app.control('client_id')).toHaveValue(INVENTORY.clientId);
    await expect(app.control('project_id')).toHaveValue(INVENTORY.project);
    await expect(app.control('client_secret')).toHaveValue('');
    await app.submit();
    await expect(app.errorSummary.getByRole('link')).toHaveText(['Enter the client secret']);
    await app.control('client_secret').fill(INVENTORY.clientSecret);
    await app.submit();
    await expectConnected(app);
    await expectAsked(sandbox, 1, 1);
  });
});

test.describe('under a path', () => {
  test.use({ based: true });

  test('the same calls go out below it', async ({ app, sandbox }) => {
    await connect(app);
    await expectAsked(sandbox, 1, 1);
  });
});
