// A thousand times moved, a thousand times taken out and put back: `<credenza-connect>` leaves nothing behind.
import type { CDPSession, Page } from '@playwright/test';
import { MERIDIAN } from './support/agents';
import { BASIC } from './support/destinations';
import { ACCOUNT, HOLDS_MEMORY, config, host, ready, source } from './support/element';
import { REGISTRY_USER } from './support/sandbox';
import { DESTINATIONS } from './support/switches';
import { expect, test } from './support/test';

const ROUNDS = 1000;
const WARM = 100;
const MEGABYTE = 1024 * 1024;

interface Weight {
  wasm: number;
  heap: number;
  nodes: number;
  listeners: number;
}

/** What the page holds after garbage was collected. */
async function weigh(page: Page, cdp: CDPSession): Promise<Weight> {
  // What the test itself wrote down does not count.
  await page.evaluate(() => {
    for (const name of ['told', 'asked']) (Reflect.get(window, name) as unknown[]).length = 0;
    performance.clearResourceTimings();
  });
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
  const wasm = await page.evaluate(() => (Reflect.get(window, 'memories') as WebAssembly.Memory[]).reduce((sum, { buffer }) => sum + buffer.byteLength, 0));
  return { wasm, heap: usedSize, nodes: metric('Nodes'), listeners: metric('JSEventListeners') };
}

/** One round in the page; each is a function of the page's script. */
const SCRIPT = `${HOLDS_MEMORY}
  const frame = () => new Promise(requestAnimationFrame);
  const ready = () => new Promise((resolve) => document.addEventListener('credenza-ready', resolve, { once: true }));
  const element = () => document.querySelector('credenza-connect');
  const places = () => [...document.querySelectorAll('section')];
  window.rounds = {
    // Into another place, in one turn.
    async moved(at) {
      places()[at % 2].append(element());
      if (at % 10) await Promise.resolve();
      else await frame();
    },
    // Taken out, and put back after a frame: whatever is on its way then is given up.
    async frame(at) {
      const one = element();
      one.remove();
      if (at % 2) await frame();
      else await new Promise((resolve) => setTimeout(resolve));
      places()[0].append(one);
      await frame();
    },
    // Taken out, and put back until it is ready again.
    async ready() {
      const one = element();
      one.remove();
      await frame();
      const done = ready();
      places()[0].append(one);
      await done;
    },
    // Another element in its place each time.
    async another() {
      const { config, getToken } = element();
      const next = element().cloneNode();
      Object.assign(next, { config, getToken });
      element().remove();
      const done = ready();
      places()[0].append(next);
      await done;
    },
  };
  window.run = async (how, times) => { for (let at = 0; at < times; at++) await window.rounds[how](at); };`;

const run = (page: Page, how: string, times: number): Promise<void> =>
  page.evaluate(([how, times]) => (Reflect.get(window, 'run') as (how: string, times: number) => Promise<void>)(how as string, times as number), [how, times]);

/** What is left of so many rounds, printed, and held against a megabyte. */
async function expectLight(page: Page, name: string, how: string, rounds: number): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await run(page, how, WARM);
  await page.waitForLoadState('networkidle');
  const before = await weigh(page, cdp);
  await run(page, how, rounds);
  await page.waitForLoadState('networkidle');
  const after = await weigh(page, cdp);
  const grown = Object.fromEntries(Object.entries(after).map(([key, value]) => [key, value - before[key as keyof Weight]])) as unknown as Weight;
  console.log(`${name}, ${rounds} times ${how}: ${JSON.stringify({ before, after, grown })}`);
  // Memory grows in steps; half of the steps are allowed to fewer rounds.
  const allowed = rounds < ROUNDS ? MEGABYTE / 2 : MEGABYTE;
  expect(grown.wasm).toBeLessThan(allowed);
  expect(grown.heap).toBeLessThan(allowed);
  // A few come and go with what the page is doing at the moment; one for each round would be hundreds.
  expect(grown.nodes).toBeLessThan(100);
  expect(grown.listeners).toBeLessThan(50);
}

for (const [how, what, rounds] of [
  ['moved', 'moved', ROUNDS],
  ['frame', 'taken out and put back a frame later', ROUNDS],
  ['ready', 'taken out, and put back until it is ready', ROUNDS],
  ['another', 'replaced by another', 300],
] as const) {
  test(`a storefront’s, ${rounds} times ${what}: memory stays`, async ({ page, sandbox }) => {
    test.setTimeout(300_000);
    const there = await ready(page, sandbox, { body: `<section>${source()}</section><section></section>`, script: SCRIPT });
    await there.fillKey();
    await expectLight(page, 'storefront', how, rounds);
    await expect(there.field(ACCOUNT)).toHaveValue(how === 'moved' ? 'acme-brand-account' : '');
    await there.connects();
  });
}

const OTHERS: [string, string, string | null, number][] = [
  ['inventory', '<credenza-connect service="inventory"></credenza-connect>', null, ROUNDS],
  ['destinations', `<credenza-connect service="destinations" instance-id="${BASIC}"></credenza-connect>`, DESTINATIONS.token, 300],
  ['registry', `<credenza-connect service="registry" agent-url="${MERIDIAN}"></credenza-connect>`, REGISTRY_USER, 300],
];
for (const [service, body, token, rounds] of OTHERS) {
  for (const how of ['moved', 'ready']) {
    test(`${service}, ${rounds} times ${how}: memory stays`, async ({ page, sandbox }) => {
      test.setTimeout(300_000);
      const there = await host(page, sandbox, { body: `<section>${body}</section><section></section>`, script: SCRIPT });
      if (token !== null) await there.gives(token);
      else await page.evaluate(() => Object.assign(window, { asked: [] }));
      const of = config(sandbox);
      const WHERE = { imsOrgId: DESTINATIONS.organization, apiKey: DESTINATIONS.clientId, sandboxName: DESTINATIONS.sandbox };
      await there.configure({
        destinations: { ...(of['destinations'] as object), preset: WHERE },
        registry: { ...(of['registry'] as object), access: 'token' },
      });
      await there.hears('ready');
      await expectLight(page, service, how, rounds);
      expect(await there.get('status')).toBe(service === 'inventory' ? 'needs_credentials' : 'connected');
    });
  }
}

test('elements that are gone are not held', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, {
    body: `<section>${source()}</section>`,
    script: `${SCRIPT}
      window.gone = [];
      window.let = async () => {
        for (let i = 0; i < 20; i++) {
          window.gone.push(new WeakRef(document.querySelector('credenza-connect')));
          await window.rounds.another();
        }
      };`,
  });
  await there.starts();
  await page.evaluate(() => (Reflect.get(window, 'let') as () => Promise<void>)());
  const cdp = await page.context().newCDPSession(page);
  const held = async (): Promise<number> => {
    await cdp.send('HeapProfiler.collectGarbage');
    return page.evaluate(() => (Reflect.get(window, 'gone') as WeakRef<Element>[]).filter((one) => one.deref() !== undefined).length);
  };
  // The last one may still be known to the browser, as the one that had the focus or was looked for.
  await expect.poll(held).toBeLessThanOrEqual(1);
});
