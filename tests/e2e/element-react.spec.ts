// The React component in a page, with either version: it sets what the element takes, and hears what it tells.
import { expect, test } from '@playwright/test';
import type { CredenzaConnectElement } from '../../widget/index.js';
import type { CredenzaConnectProps } from '../../widget/react.js';
import { opened, VERSIONS, written } from './support/react';

declare global {
  interface Window {
    ref: { current: CredenzaConnectElement | null };
    before: Element | null;
    draw(props: CredenzaConnectProps, strict?: boolean): void;
    hydrate(props: CredenzaConnectProps): void;
    leave(): void;
    log: string[];
    first: CredenzaConnectElement['config'];
    asks: CredenzaConnectElement['getToken'];
  }
}

const BASIC = { service: 'storefront', storefrontId: '42', sourceId: 'src_main' } as const;

for (const version of VERSIONS) {
  test.describe(`React ${version}`, () => {
    test('attributes are attributes, and objects and functions are properties', async ({ page }) => {
      const complaints = await opened(page, version);
      await page.evaluate((basic) => {
        const config = { storefront: { api: '/gateway' } };
        window.draw({ ...basic, admin: true, disabled: false, className: 'form', config, getToken: () => 'token', value: { a: 'b' } });
      }, BASIC);
      const element = page.locator('credenza-connect');
      for (const [name, value] of [['service', 'storefront'], ['storefront-id', '42'], ['source-id', 'src_main'], ['admin', ''], ['class', 'form']]) {
        await expect(element).toHaveAttribute(name!, value!);
      }
      await expect(element).not.toHaveAttribute('disabled');
      const told = await element.evaluate((one: CredenzaConnectElement) => ({
        names: one.getAttributeNames().sort(),
        config: one.config,
        value: one.value,
        token: typeof one.getToken,
        headers: typeof one.getHeaders,
        same: window.ref.current === one,
        defined: one.matches(':defined'),
      }));
      expect(told).toEqual({
        names: ['admin', 'class', 'service', 'source-id', 'storefront-id'],
        config: { storefront: { api: '/gateway' } },
        value: { a: 'b' },
        token: 'function',
        headers: 'undefined',
        same: true,
        defined: true,
      });
      expect(complaints).toEqual([]);
    });

    test('what changes is set, and what says the same is not', async ({ page }) => {
      await opened(page, version);
      await page.evaluate((basic) => {
        window.draw({ ...basic, admin: true, config: { storefront: { api: '/a' } }, getToken: () => 'first' });
      }, BASIC);
      const element = page.locator('credenza-connect');
      await expect(element).toHaveAttribute('admin');
      const kept = await element.evaluate(async (one: CredenzaConnectElement, basic) => {
        const { config, getToken } = one;
        window.draw({ ...basic, storefrontId: '43', admin: false, config: { storefront: { api: '/a' } }, getToken: () => 'second' });
        while (one.getAttribute('storefront-id') !== '43') await new Promise(requestAnimationFrame);
        return [one.config === config, one.getToken === getToken, await one.getToken?.({ service: 'storefront', reason: 'first' })];
      }, BASIC);
      expect(kept).toEqual([true, true, 'second']);
      await expect(element).not.toHaveAttribute('admin');
      await page.evaluate(() => window.draw({ service: 'storefront', config: { storefront: { api: '/b' } } }));
      await expect(element).not.toHaveAttribute('storefront-id');
      expect(await element.evaluate((one: CredenzaConnectElement) => [one.config?.storefront?.api, one.getToken])).toEqual(['/b', undefined]);
    });

    test('each event reaches the newest handler, once, and nothing is heard again for each render', async ({ page }) => {
      await opened(page, version);
      const heard = await page.evaluate(async () => {
        const counts = { added: 0, removed: 0 };
        const { addEventListener, removeEventListener } = EventTarget.prototype;
        EventTarget.prototype.addEventListener = function (type, ...rest) {
          counts.added += Number(type.startsWith('credenza-'));
          return addEventListener.call(this, type, ...rest);
        };
        EventTarget.prototype.removeEventListener = function (type, ...rest) {
          counts.removed += Number(type.startsWith('credenza-'));
          return removeEventListener.call(this, type, ...rest);
        };
        const told: string[] = [];
        const handlers = (round: number): CredenzaConnectProps => ({
          title: `round ${round}`,
          onCredenzaReady: ({ type, detail }) => told.push(`${round} ${type} ${detail.status}`),
          onCredenzaChange: ({ type }) => told.push(`${round} ${type}`),
          onCredenzaBeforeSubmit: (event) => event.preventDefault(),
          onCredenzaPending: ({ type }) => told.push(`${round} ${type}`),
          onCredenzaConnected: ({ type }) => told.push(`${round} ${type}`),
          onCredenzaError: ({ type }) => told.push(`${round} ${type}`),
          onCredenzaCancel: ({ type }) => told.push(`${round} ${type}`),
          onCredenzaExpiring: ({ type }) => told.push(`${round} ${type}`),
        });
        for (const round of [1, 2, 3]) {
          window.draw(handlers(round), false);
          while (window.ref.current?.title !== `round ${round}`) await new Promise(requestAnimationFrame);
        }
        const element = window.ref.current!;
        const raise = (name: string) => element.dispatchEvent(new CustomEvent(name, { cancelable: true, detail: { status: 'connected' } }));
        for (const name of ['ready', 'change', 'pending', 'connected', 'error', 'cancel', 'expiring']) raise(`credenza-${name}`);
        const sent = raise('credenza-before-submit');
        const added = counts.added;
        window.leave();
        while (window.ref.current) await new Promise(requestAnimationFrame);
        raise('credenza-ready');
        return { told, sent, added, removed: counts.removed };
      });
      expect(heard).toEqual({
        told: [
          '3 credenza-ready connected',
          ...['change', 'pending', 'connected', 'error', 'cancel', 'expiring'].map((name) => `3 credenza-${name}`),
        ],
        sent: false,
        added: 8,
        removed: 8,
      });
    });

    test('what a server wrote is taken over as it stands', async ({ page }) => {
      const props = { ...BASIC, admin: true, className: 'form', config: { storefront: { api: '/gateway' } } };
      const complaints = await opened(page, version, await written(version, props));
      await expect(page.locator('credenza-connect')).toHaveText('One moment');
      expect(await page.locator('credenza-connect').evaluate((one) => one.matches(':defined'))).toBe(false);
      await page.evaluate((props) => window.hydrate(props), props);
      await page.waitForFunction(() => window.ref.current?.matches(':defined'));
      const told = await page.evaluate(() => [window.ref.current === window.before, window.ref.current?.config?.storefront?.api]);
      expect(told).toEqual([true, '/gateway']);
      expect(complaints).toEqual([]);
    });
  });
}
