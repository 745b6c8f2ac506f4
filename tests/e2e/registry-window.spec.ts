// A sign-in in a tab of its own, where not everything goes as it should: tabs that are blocked, closed, opened twice or
// come late, and sign-ins beside each other.
import type { Page } from '@playwright/test';
import { AT_ONCE, expect, expectHeading, heldBack, SIGNED_IN, test, Visit } from './support/registry';
import { approve, deny, expectAsked } from './support/sign-in';
import { ownTime } from './support/time';

const NOTHING = 'No sign-in is waiting here';

test('d17_a_tab_that_was_blocked_does_not_end_the_sign_in', async ({ page, context, visit }) => {
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await visit.open();
  await visit.press('sign-in');
  await visit.expectWaiting();
  await expect(page.getByRole('status').filter({ hasText: 'Continue in this tab' })).toContainText('Open the sign-in page with the button below');
  expect(visit.asked).toEqual([]);
  // The link leads to the very sign-in that is waited for.
  const link = page.getByRole('link', { name: 'Open the sign-in page' });
  await expect(link).toHaveAttribute('target', '_blank');
  const opened = context.waitForEvent('page');
  await link.click();
  const tab = await opened;
  await approve(tab);
  await expectHeading(tab, SIGNED_IN);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);

  // Or the same goes on in this tab.
  await visit.press('sign-out');
  await visit.press('sign-in');
  await visit.expectWaiting();
  await visit.press('continue-here');
  await approve(page);
  await visit.expectIn();
  expect(visit.asked).toHaveLength(2);
  expect(await visit.exchanges()).toHaveLength(2);
});

test('d18_a_closed_tab_is_no_failure_and_a_late_success_counts', async ({ context, visit, sandbox }) => {
  await visit.open();
  const tab = await visit.begin();
  await expectAsked(tab);
  // The page there parts itself from whoever opened it.
  const { headers } = await fetch(visit.last);
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  await tab.close();
  await visit.expectWaiting();
  await expect(visit.note).toHaveCount(0);
  await expect(visit.page.getByText('Closing that page does no harm')).toBeVisible();
  // The person finds the page again, elsewhere and later.
  const later = await context.newPage();
  await later.goto(visit.last.href);
  await approve(later);
  await expectHeading(later, SIGNED_IN);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);
  expect(await sandbox.registryRequests('POST', 'register')).toHaveLength(1);
});

test('a sign-in that was given up for another still counts when it comes first', async ({ visit }) => {
  await visit.open();
  const first = await visit.begin();
  const second = await visit.begin('start-again');
  await expectAsked(second);
  await first.bringToFront();
  await approve(first);
  await expectHeading(first, SIGNED_IN);
  await visit.expectIn();
  // The other one changes nothing more than who asks.
  await second.bringToFront();
  await approve(second);
  await visit.expectIn();
});

test('cancel', async ({ page, visit, sandbox }) => {
  await visit.open();
  const tab = await visit.begin();
  await expectAsked(tab);
  await visit.press('cancel');
  await visit.expectOut();
  await expect(visit.note).toHaveCount(0);
  await tab.bringToFront();
  await approve(tab);
  await expectHeading(tab, NOTHING);
  await visit.expectOut();
  expect(await visit.exchanges()).toEqual([]);

  // Also while the documents are still read; the tab that was opened goes away then.
  await sandbox.faults({ path: '.well-known/oauth-protected-resource/api', fault: 'delay', delay_ms: 2000 });
  const opened = page.waitForEvent('popup');
  await visit.press('sign-in');
  const waiting = await opened;
  await expect(page.getByRole('heading', { name: 'Preparing the sign-in' })).toBeVisible();
  await visit.press('cancel');
  await visit.expectOut();
  await expect.poll(() => waiting.isClosed(), 'the tab that was opened').toBe(true);
  expect(visit.asked).toHaveLength(1);
});

for (const way of ['a tab of its own', 'this tab'] as const) {
  test(`an answer is taken for ten minutes, in ${way}`, async ({ page, visit }) => {
    await ownTime(page);
    const begin = async (): Promise<Page> => {
      if (way === 'a tab of its own') return visit.begin();
      await visit.press('sign-in-here');
      await expectAsked(page);
      return page;
    };
    await visit.open();
    const late = await begin();
    await expectAsked(late);
    await page.clock.fastForward('10:01');
    await approve(late);
    if (late === page) {
      await expectHeading(page, 'This sign-in has expired');
      await page.getByRole('link', { name: 'Back to Credenza' }).click();
      await visit.open();
    } else {
      await expectHeading(late, 'The sign-in did not work');
      await expect(visit.note).toContainText('The sign-in took longer than ten minutes');
    }
    await visit.expectOut();
    expect(await visit.exchanges()).toEqual([]);
    const slow = await begin();
    await expectAsked(slow);
    await page.clock.fastForward('09:30');
    await approve(slow);
    await visit.expectIn();
    expect(await visit.exchanges()).toHaveLength(1);
  });
}

test('documents that cannot be read are told, and it can be tried again', async ({ page, visit, sandbox, guard }) => {
  guard.allowStatus(502, 503);
  guard.allowNetworkErrors();
  await sandbox.registry(AT_ONCE);
  await visit.open();
  for (const fault of [
    { path: '.well-known/oauth-protected-resource/api', fault: 'status', status: 503 },
    { path: '.well-known/oauth-authorization-server', fault: 'html' },
    { path: 'register', fault: 'drop' },
  ] as const) {
    await sandbox.faults(fault);
    const opened = page.waitForEvent('popup');
    await visit.press('sign-in');
    const tab = await opened;
    await expect(visit.note).toContainText(/The sign-in could not be started|The sign-in server did not register this page/);
    await expect.poll(() => tab.isClosed(), fault.path).toBe(true);
    await visit.expectOut();
  }
  expect(visit.asked).toEqual([]);
  await visit.signIn(async () => {});
});

test('a token endpoint that fails is told, and it can be tried again', async ({ visit, sandbox, guard }) => {
  guard.allowStatus(502, 503);
  guard.allowNetworkErrors();
  await sandbox.registry(AT_ONCE);
  await visit.open();
  for (const fault of [{ fault: 'status', status: 503 }, { fault: 'html', status: 502 }, { fault: 'drop' }, { fault: 'truncated' }] as const) {
    await sandbox.faults({ method: 'POST', path: 'token', ...fault });
    const tab = await visit.begin();
    await expectHeading(tab, 'The sign-in did not work');
    await expect(visit.note).toContainText('You could not be signed in');
    await visit.expectOut();
    await tab.close();
  }
  await visit.signIn(async () => {});
});

test('d32_parallel_sign_ins_in_two_tabs_settle_independently', async ({ context, visit, sandbox }) => {
  await context.addInitScript(() => {
    const names: string[] = [];
    Object.assign(window, { names });
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        names.push(name);
      }
    };
  });
  const other = new Visit(await context.newPage(), sandbox);
  await Promise.all([visit.open(), other.open()]);
  const mine = await visit.begin();
  const theirs = await other.begin();
  const states = visit.asked.map((url) => url.searchParams.get('state'));
  expect(new Set(states).size).toBe(2);
  const names = await Promise.all([visit, other].map(({ page }) => page.evaluate(() => (window as unknown as { names: string[] }).names)));
  expect(names.flat()).toHaveLength(2);
  expect(names[0]).not.toEqual(names[1]);
  for (const name of names.flat()) expect(name).toMatch(/^credenza\.[\w-]{43} \/$/);

  await deny(theirs);
  await expectHeading(theirs, 'Access was not granted');
  await other.expectOut();
  await visit.expectWaiting();
  await expect(visit.note).toHaveCount(0);
  await mine.bringToFront();
  await approve(mine);
  await expectHeading(mine, SIGNED_IN);
  await visit.expectIn();
  await other.expectOut();
  expect(await visit.exchanges()).toHaveLength(1);
  // Each tab has its own: the other signs in for itself.
  await other.signIn();
  expect(await visit.exchanges()).toHaveLength(2);
});

test('d32_a_channel_is_closed_once_its_sign_in_is_settled', async ({ page, context, visit, sandbox }) => {
  await context.addInitScript(() => {
    const channels: string[] = [];
    Object.assign(window, { channels });
    window.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        channels.push(name);
      }
      override close(): void {
        super.close();
        channels.splice(channels.indexOf(this.name), 1);
      }
    };
  });
  const open = (): Promise<string[]> => page.evaluate(() => (window as unknown as { channels: string[] }).channels);
  await sandbox.registry(AT_ONCE);
  await visit.open();
  await visit.signIn(async () => {});
  await expect.poll(open, 'after a success').toEqual([]);
  await visit.press('sign-out');
  await sandbox.registry({ consent: 'deny' });
  const denied = await visit.begin();
  await expectHeading(denied, 'Access was not granted');
  await visit.expectOut();
  await expect.poll(open, 'after a denial').toEqual([]);
  await sandbox.registry({ consent: 'ask' });
  await expectAsked(await visit.begin());
  expect(await open()).toHaveLength(1);
  await visit.press('cancel');
  await expect.poll(open, 'after it was given up').toEqual([]);
});

test('the page that it returned to: opened twice, reloaded, and with Back', async ({ context, visit, sandbox }) => {
  await sandbox.registry(AT_ONCE);
  await visit.open();
  const tab = await visit.begin();
  await expectHeading(tab, SIGNED_IN);
  await visit.expectIn();
  await tab.reload();
  await expectHeading(tab, NOTHING);
  await tab.goto(sandbox.url('settings'));
  await tab.goBack();
  await expectHeading(tab, NOTHING);
  const again = await context.newPage();
  await again.goto(visit.answers[0]?.href ?? '');
  await expectHeading(again, 'This sign-in was already used');
  await again.getByRole('link', { name: 'Back to Credenza' }).click();
  await expect(again).toHaveURL(sandbox.console);
  await visit.expectIn();
  expect(await visit.exchanges()).toHaveLength(1);

  // With the whole tab: Back leads to where the person was asked, and the answer is nowhere.
  await visit.press('sign-out');
  await visit.signInHere(async () => {});
  await visit.page.goBack();
  expect(visit.page.url()).not.toContain('code=');
  expect(visit.page.url()).not.toContain('oauth-callback');
  expect(await visit.exchanges()).toHaveLength(2);
});

test('d45_an_answer_in_another_browser_says_so', async ({ browser, page, visit, sandbox }) => {
  await visit.open();
  const answer = await heldBack(visit, () => visit.press('sign-in'));
  const elsewhere = await browser.newContext();
  const stranger = new Visit(await elsewhere.newPage(), sandbox);
  await stranger.page.goto(answer);
  await expectHeading(stranger.page, NOTHING);
  await expect(stranger.page.getByText('It is over, or it began in another browser.')).toBeVisible();
  // A console there knows nothing of it either, not even one that came back with the answer.
  await stranger.page.evaluate((query) => sessionStorage.setItem(`credenza.callback ${location.pathname.replace(/[^/]*$/, '')}`, query), new URL(answer).search.slice(1));
  await stranger.open();
  await expect(stranger.note).toContainText('This answer belongs to no sign-in of this page');
  await expect(stranger.note).toContainText('It may come from another browser or profile');
  await stranger.expectOut();
  expect(await visit.exchanges()).toEqual([]);
  await elsewhere.close();
  // Where it began, it is still good.
  await page.bringToFront();
  await visit.expectWaiting();
});

test('while a sign-in waits, the console can be used, and nothing is lost', async ({ app, visit }) => {
  await visit.open();
  const tab = await visit.begin();
  await visit.page.bringToFront();
  await app.follow('Settings');
  await approve(tab);
  await expectHeading(tab, SIGNED_IN);
  await visit.page.bringToFront();
  await app.follow('Agents');
  await visit.expectIn();
});
