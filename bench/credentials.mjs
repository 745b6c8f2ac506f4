// Compares the console's table of credentials with a plain JavaScript one, on the same 10,000 rows, from the same
// server, in the same browser, in turns, with the CPU slowed four times. `cargo xtask bench` builds what it needs and
// runs it; it ends with 1 when the console is over the gate.
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';

const SLOWED = 4;
const GATE = 1.5;
/** A task becomes long at 50 ms, so that one just above it and one just below are as good as equal. */
const ONE_TASK = 50;
/** How often each round scrolls through all rows. */
const WAYS = 3;
/** The sandbox's token that sees every row. */
const TOKEN = 'scope3_demo_admin';
/** Typed and taken back key by key. Each changes the rows, so that no page can be quick by doing nothing yet. */
const FILTERS = ['7123', '905'];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** How each table is opened, until its list is on the way. */
const TABLES = {
  console: async (page, origin) => {
    await page.goto(new URL('credentials', origin).href);
    await page.fill('input[name="accessToken"]', TOKEN);
    await page.press('input[name="accessToken"]', 'Enter');
  },
  plain: async (page, origin) => {
    await page.goto(new URL('plain/index.html', origin).href);
    await page.evaluate((token) => window.start(token), TOKEN);
  },
};

/** What is printed, one line each. `gate` judges the two medians. */
const METRICS = [
  { name: 'first rows after the response', of: (round) => round.first.time, gate: (ours, theirs) => ours <= GATE * theirs },
  { name: 'long tasks while scrolling', of: (round) => round.scroll.sum, gate: (ours, theirs) => ours <= GATE * theirs + ONE_TASK },
  { name: 'filter: key press to paint', of: (round) => median(round.keys), gate: (ours, theirs) => ours <= GATE * theirs },
];
const BESIDE = [
  { name: 'long tasks until at rest', of: (round) => round.first.tasks.sum },
  { name: 'long tasks while scrolling, number', of: (round) => round.scroll.count, unit: '' },
  { name: 'frame while scrolling, median', of: (round) => median(round.scroll.frames) },
  { name: 'frame while scrolling, slowest', of: (round) => Math.max(...round.scroll.frames) },
  { name: 'frames without their rows', of: (round) => round.scroll.blank, unit: '' },
  { name: 'main thread while scrolling', of: (round) => round.scroll.busy },
  { name: 'filter: slowest key', of: (round) => Math.max(...round.keys) },
];

function environment(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this with "cargo xtask bench"`);
  return value;
}

/** Starts a sandbox over a site. */
async function sandbox(site) {
  const child = spawn(environment('CREDENZA_SANDBOX'), ['--site', site, '--port', '0', '--auth-port', '0', '--scenario', 'large'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const first = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sandbox ended at once, with ${code}`)));
    const lines = createInterface({ input: child.stdout });
    lines.once('line', resolve);
    // What follows is for people; it must be read all the same, or the pipe fills.
    lines.on('line', () => {});
  });
  return { child, origin: JSON.parse(first).console };
}

async function reset(origin) {
  const response = await fetch(new URL('/_sandbox/reset', origin), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ scenario: 'large', per_minute: 100_000 }),
  });
  if (!response.ok) throw new Error(`POST reset: ${response.status} ${await response.text()}`);
}

/** One round of one table, in a context of its own. */
async function round(browser, open, origin) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.addInitScript({ path: here('measure.js') });
    const browserSide = await context.newCDPSession(page);
    await browserSide.send('Performance.enable');
    await browserSide.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    const busy = async () => {
      const { metrics } = await browserSide.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    };

    await open(page, origin);
    await page.waitForSelector('[role=row][aria-rowindex="2"]');
    const first = await page.evaluate(() => window.bench.firstRows());

    // One way down has a few long tasks by chance (a collection, another program), so that the middle one of some counts.
    const ways = [];
    for (let way = 0; way < WAYS; way += 1) {
      const before = await busy();
      const scroll = await page.evaluate(() => window.bench.scroll());
      ways.push({ ...scroll, busy: (await busy()) - before });
    }
    const scroll = ways.toSorted((a, b) => a.sum - b.sum || a.busy - b.busy)[WAYS >> 1];

    await page.focus('input[name="filter"]');
    await page.evaluate(() => void window.bench.ready());
    const keys = [];
    const counts = [];
    for (const text of FILTERS) {
      let typed = '';
      for (const name of [...text, ...Array.from(text, () => 'Backspace')]) {
        typed = name === 'Backspace' ? typed.slice(0, -1) : typed + name;
        await page.keyboard.press(name);
        const { time, changed, count } = await page.evaluate(() => window.bench.pressed());
        if (!changed) throw new Error(`the filter ${JSON.stringify(typed)} changed nothing within the time it is watched`);
        keys.push(time);
        counts.push(`${JSON.stringify(typed)}: ${count}`);
      }
    }
    return { first, scroll, keys, counts: counts.join(', ') };
  } finally {
    await context.close();
  }
}

/** Two tables that do not show the same can be compared in nothing. */
function checkAlike(ours, theirs) {
  if (ours.counts !== theirs.counts) {
    throw new Error(`The filter finds different rows.\n  console  ${ours.counts}\n  plain    ${theirs.counts}`);
  }
  for (const [what, of] of [
    ['rows in the document', ({ first }) => first.rows],
    ['height of a row', ({ first }) => first.height],
    ['height of the window', ({ first }) => first.viewport],
    ['text of the first row', ({ first }) => first.cells],
  ]) {
    if (of(ours) !== of(theirs)) console.log(`note    ${what}: ${of(ours)} in the console, ${of(theirs)} in the plain table`);
  }
}

function report(rounds) {
  const pad = (cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(37) : cell.padStart(at < 3 ? 24 : 9))).join('');
  const shown = (values, unit = ' ms') => {
    const digit = (value) => value.toFixed(unit ? 1 : 0);
    return `${digit(median(values))}${unit} (${digit(Math.min(...values))}–${digit(Math.max(...values))})`;
  };
  let fine = true;
  const line = ({ name, of, unit, gate }) => {
    const [ours, theirs] = [rounds.console.map(of), rounds.plain.map(of)];
    const [mine, other] = [median(ours), median(theirs)];
    // Nothing against nothing is a draw.
    const ratio = mine === other ? 1 : mine / other;
    const cells = [name, shown(ours, unit), shown(theirs, unit), Number.isFinite(ratio) ? ratio.toFixed(2) : '–'];
    if (gate) {
      const held = gate(mine, other);
      fine &&= held;
      cells.push(String(GATE), held ? 'ok' : 'OVER');
    }
    console.log(pad(cells));
  };
  console.log(pad(['median (least–most)', 'console', 'plain', 'ratio', 'gate', 'verdict']));
  METRICS.forEach(line);
  console.log(`  The gate for long tasks is ${GATE} times the plain table's and ${ONE_TASK} ms, the length at which a task becomes long.`);
  console.log('beside them, not judged');
  BESIDE.forEach(line);
  return fine;
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  const count = Number(values.rounds);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--rounds takes a number from 1 on, not ${values.rounds}`);

  const site = await mkdtemp(join(tmpdir(), 'credenza-bench-'));
  let server;
  let browser;
  try {
    await cp(environment('CREDENZA_SITE'), site, { recursive: true });
    await cp(here('plain'), join(site, 'plain'), { recursive: true });
    server = await sandbox(site);
    await reset(server.origin);
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // As in playwright.config.ts.
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    console.log(
      `bench   ${count} rounds and one to warm up, in turns; CPU slowed ${SLOWED} times; Chromium ${browser.version()}; ` +
        `${cpus().length} processors, load ${loadavg()[0].toFixed(1)}`,
    );
    if (loadavg()[0] > cpus().length / 2) console.log('note    other programs are at work: the figures will scatter');
    const rounds = { console: [], plain: [] };
    for (let at = 0; at <= count; at += 1) {
      const now = {};
      for (const [name, open] of Object.entries(TABLES)) now[name] = await round(browser, open, server.origin);
      if (at === 0) checkAlike(now.console, now.plain);
      else for (const name of Object.keys(TABLES)) rounds[name].push(now[name]);
    }
    return report(rounds);
  } finally {
    await browser?.close();
    server?.child.kill();
    await rm(site, { recursive: true });
  }
}

process.exitCode = (await main()) ? 0 : 1;
