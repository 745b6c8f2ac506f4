// How long our own access to Adobe lasts: what is told of it, how it is renewed, what an end of it means; and the session
// of a gateway in its place.
import type { Page } from '@playwright/test';
import { ALL, BY_SECRET, S3, TOKEN, WHERE, configured, expect, expectOurs, one, test, type Desk } from './support/destinations';
import type { Fault } from './support/sandbox';
import { DESTINATIONS, type ExpiresIn } from './support/switches';
import { ownTime } from './support/time';

const SECRET = 'm4Zt9wQx/other';
const tokens = async (desk: Desk): Promise<number> => (await desk.requests('POST', TOKEN)).length;
const ENDED = 'Your access to Adobe has ended';

for (const [expires_in, says] of [
  ['seconds', '23 hours 59 minutes left'],
  ['milliseconds', '23 hours 59 minutes left'],
  ['text', '23 hours 59 minutes left'],
  ['absent', 'How long it lasts was not told'],
  ['zero', 'How long it lasts was not told'],
] satisfies [ExpiresIn, string][]) {
  test(`a lifetime that is told as: ${expires_in}`, async ({ desk, sandbox }) => {
    await sandbox.destinations({ expires_in });
    await desk.openIn('destinations', BY_SECRET);
    await expect(desk.standing).toContainText(says);
    await expect(desk.main.getByText('9 credentials')).toBeVisible();
    expect(await tokens(desk)).toBe(1);
  });
}

async function openAging(desk: Desk, page: Page): Promise<void> {
  await ownTime(page);
  await desk.sandbox.destinations({ token_lifetime: 600 });
  await desk.openIn('destinations', BY_SECRET);
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
}

test('it is renewed ahead of its end, once, and used from then on', async ({ desk, page }) => {
  await openAging(desk, page);
  await expect(desk.standing).toContainText('10 minutes left');
  const [first] = await desk.requests('GET', ALL);
  await page.clock.fastForward(500_000);
  await expect(desk.standing).toContainText(/(9\d|100) seconds left|2 minutes left/);
  expect(await tokens(desk)).toBe(1);
  await page.clock.fastForward(55_000);
  await expect.poll(() => tokens(desk)).toBe(2);
  await expect(desk.standing).toContainText('10 minutes left');
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.action('save')).toBeVisible();
  const reads = await desk.requests('GET');
  expectOurs(reads.at(-1)!);
  expect(reads.at(-1)?.headers['authorization']).not.toEqual(first?.headers['authorization']);
  expect(await tokens(desk)).toBe(2);
});

test('a renewal that fails is told and tried again later', async ({ desk, page, sandbox, guard }) => {
  guard.allowStatus(503);
  await openAging(desk, page);
  await sandbox.faults({ method: 'POST', path: TOKEN, fault: 'status', status: 503 });
  await page.clock.fastForward(555_000);
  await expect(desk.standing).toContainText('The token could not be renewed');
  await expect(desk.standing).toContainText('seconds left');
  await page.clock.fastForward(6_000);
  await expect(desk.standing).toContainText('10 minutes left');
  await expect(desk.standing).not.toContainText('could not be renewed');
  expect(await tokens(desk)).toBe(3);
});

test('a 401 on a read is answered with a new token, and it is read again', async ({ desk, page, sandbox, guard }) => {
  guard.allowStatus(401);
  await desk.openIn('destinations', BY_SECRET);
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
  await sandbox.destinations({ forget: ['tokens'] });
  await sandbox.clearRequests();
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.action('save')).toBeVisible();
  const calls = (await sandbox.serviceRequests()).map(({ method }) => method);
  expect(calls).toEqual(['GET', 'POST', 'GET']);
  await expect(desk.main.getByText(ENDED)).toHaveCount(0);
});

test('a 401 on what changes something is not repeated by itself', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(401);
  await desk.openIn(`destinations/${S3}`, BY_SECRET);
  await desk.fill({ secretKey: SECRET });
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'status', status: 401 });
  await sandbox.clearRequests();
  await desk.press('save');
  await expect(desk.action('save')).toHaveText('Save');
  await expect(desk.told(/access/).filter({ hasText: /What you typed is still here/ })).toBeVisible();
  expect(await desk.requests('PUT')).toHaveLength(1);
  expect(await tokens(desk)).toBe(1);
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
  expect(await desk.requests('PUT')).toHaveLength(2);
});

test('what could not be sent for its token is not told as a wrong one, which was renewed', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(401);
  await desk.openIn(`destinations/${S3}`, BY_SECRET);
  await desk.fill({ secretKey: SECRET });
  await sandbox.faults({ method: 'PUT', path: one(S3), fault: 'status', status: 401 });
  await desk.press('save');
  await expect(desk.told(/had to be renewed/)).toBeVisible();
  await expect(desk.main).not.toContainText('Enter a new one');
});

test('a token that was given and ends is asked for again, and what was typed stays', async ({ desk, sandbox, guard }) => {
  guard.allowStatus(401);
  await desk.openForm(S3);
  await desk.fill({ secretKey: SECRET });
  await sandbox.destinations({ forget: ['tokens'] });
  await desk.press('save');
  await expect(desk.told(ENDED)).toContainText('Sign in again. What you typed is still here.');
  expect(await desk.requests('PUT')).toEqual([]);
  await sandbox.reset();
  await desk.signIn();
  await expect(desk.main.getByText(ENDED)).toHaveCount(0);
  await expect(desk.control('secretKey')).toHaveValue(SECRET);
  await desk.press('save');
  await expect(desk.told('Saved')).toContainText('Changed');
});

test('without a new token the access has ended', async ({ desk, page, sandbox, guard }) => {
  guard.allowStatus(401, 500);
  await desk.openIn('destinations', BY_SECRET);
  await expect(desk.main.getByText('9 credentials')).toBeVisible();
  await sandbox.destinations({ forget: ['tokens'] });
  await sandbox.faults({ method: 'POST', path: TOKEN, fault: 'status', status: 500 });
  await page.getByRole('link', { name: 'Northlight lookalikes', exact: true }).click();
  await expect(desk.told(ENDED)).toBeVisible();
  // Its secret is forgotten, so it is asked for.
  await expect(desk.control('clientSecret')).toHaveValue('');
  await expect(desk.control('imsOrgId')).toHaveValue(DESTINATIONS.organization);
  await desk.signIn(BY_SECRET);
  await expect(desk.control('username')).toHaveValue('acme@northlight.example');
});

test('what was read for one sandbox is not shown in another', async ({ desk, page, guard }) => {
  guard.allowStatus(404);
  await desk.openIn(`destinations/${S3}`);
  await expect(desk.control('accessId')).toHaveValue('AKIADEMOACMEEU000001');
  await desk.press('sign-out');
  await desk.signIn({ ...BY_SECRET, sandboxName: DESTINATIONS.emptySandbox });
  await expect(desk.main.getByText('This credential does not exist any more')).toBeVisible();
  await expect(page.getByText('AKIADEMOACMEEU000001')).toHaveCount(0);
  await desk.main.getByRole('link', { name: 'Destinations' }).first().click();
  await expect(page.getByText('No credentials yet')).toBeVisible();
});

test.describe('behind a gateway', () => {
  const { imsOrgId, sandboxName } = BY_SECRET;
  const gateway = (preset?: Record<string, string>) => configured({ label: 'Portal', access: 'gateway', ...(preset && { preset }) });

  const expectThroughGateway = async (desk: Desk): Promise<void> => {
    const reads = await desk.requests('GET');
    expect(reads.length).toBeGreaterThan(0);
    for (const { headers } of reads) {
      expect(headers).not.toHaveProperty('authorization');
      expect(headers).not.toHaveProperty('x-api-key');
      expect(headers).toHaveProperty('cookie');
      expect(headers).toHaveProperty('x-credenza');
      expect(headers['x-gw-ims-org-id']).toBe(imsOrgId);
      expect(headers['x-sandbox-name']).toBe(sandboxName);
    }
    expect(await tokens(desk)).toBe(0);
  };

  test.describe('that knows where to look', () => {
    test.use({ config: gateway({ imsOrgId, sandboxName }) });

    test('nobody signs in here', async ({ context, desk, page, sandbox }) => {
      await sandbox.session(context, 'scope3_demo_buyer');
      await desk.open();
      await expect(page.getByText('9 credentials')).toBeVisible();
      await expect(desk.main.getByText(WHERE)).toBeVisible();
      await expect(desk.action('sign-out')).toHaveCount(0);
      await expectThroughGateway(desk);
    });

    const answers: Record<string, Pick<Fault, 'fault' | 'status'>> = {
      'a 401': { fault: 'status', status: 401 }, 'its login': { fault: 'login-redirect' }, 'a page': { fault: 'html', status: 200 },
    };
    for (const [name, answer] of Object.entries(answers)) {
      test(`a session that ended is told, by ${name}, and only “Continue” goes on`, async ({ context, desk, page, sandbox, guard }) => {
        guard.allowStatus(401);
        await sandbox.session(context, 'scope3_demo_buyer');
        await desk.open(`destinations/${S3}`);
        await desk.fill({ secretKey: SECRET });
        await sandbox.faults({ method: 'GET', path: one(S3), ...answer, count: 2 });
        await desk.press('save');
        await expect(page.getByText('Your session has ended').first()).toBeVisible();
        await expect(desk.form).toHaveCount(0);
        expect(await desk.requests('PUT')).toEqual([]);
        // It has still ended.
        await desk.press('continue');
        await expect.poll(() => desk.requests('GET', one(S3)).then((all) => all.length)).toBe(3);
        await expect(page.getByText('Your session has ended').first()).toBeVisible();
        await desk.press('continue');
        await expect(desk.control('secretKey')).toHaveValue(SECRET);
        await desk.press('save');
        await expect(desk.told('Saved')).toContainText('Changed');
        await expectThroughGateway(desk);
      });
    }

    test('a call that reached Adobe without a token means that the session has ended', async ({ context, desk, page, sandbox, guard }) => {
      guard.allowStatus(401, 403);
      await desk.open();
      await expect(page.getByText('Your session has ended').first()).toBeVisible();
      await sandbox.session(context, 'scope3_demo_buyer');
      await desk.press('continue');
      await expect(page.getByText('9 credentials')).toBeVisible();
    });
  });

  test.describe('that does not', () => {
    test.use({ config: gateway() });

    test('organisation and sandbox are asked for, and no secret', async ({ context, desk, page, sandbox, guard }) => {
      guard.allowStatus(401, 403);
      await sandbox.session(context, 'scope3_demo_buyer');
      await desk.open();
      await expect(desk.main.getByRole('heading', { name: 'Where to look' })).toBeVisible();
      await expect(desk.form.locator('input[type="password"]')).toHaveCount(0);
      await desk.fill({ imsOrgId, sandboxName });
      await sandbox.faults({ method: 'GET', path: ALL, fault: 'status', status: 401 });
      await desk.press('use-access');
      await expect(desk.errorSummary).toContainText('Your session has ended');
      await desk.fill({ sandboxName: 'nowhere' });
      await desk.press('use-access');
      await expect(desk.errorSummary).toContainText('access to the sandbox');
      await desk.fill({ sandboxName });
      await sandbox.clearRequests();
      await desk.press('use-access');
      await expect(page.getByText('9 credentials')).toBeVisible();
      await expectThroughGateway(desk);
      await desk.press('sign-out');
      await expect(desk.control('imsOrgId')).toHaveValue('');
    });
  });
});
