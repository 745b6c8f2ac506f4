// How `<credenza-connect>` looks in a page that styles everything, in light and dark, and what a page may style of it.
import { expectAccessible } from './support/axe';
import { pem } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, host, ready, source, type Host } from './support/element';
import { expect, test } from './support/test';

/** What a person would notice. Widths depend on the page around, which is not ours. */
const NOTICED = [
  'color', 'background-color', 'font-family', 'font-size', 'font-weight', 'font-style', 'font-variant', 'line-height', 'letter-spacing', 'word-spacing',
  'text-transform', 'text-align', 'text-indent', 'text-shadow', 'text-decoration-line', 'white-space', 'writing-mode', 'display', 'visibility',
  'opacity', 'cursor', 'pointer-events', 'user-select', 'position', 'box-sizing', 'box-shadow', 'padding', 'margin', 'border-width', 'border-style',
  'border-color', 'border-radius', 'min-height', 'gap', 'list-style-type', 'transform', 'filter', 'float', 'zoom', 'overflow-wrap', 'accent-color',
];

/** Each element inside, with what a person would notice of it. */
const looks = (there: Host): Promise<Record<string, string>[]> =>
  there.element.evaluate((element, noticed) => {
    const inside = [...(element.shadowRoot?.querySelectorAll('*') ?? [])].filter((one) => one.localName !== 'slot');
    return inside.map((one) => {
      const style = getComputedStyle(one);
      const name = `${one.localName} ${one.textContent?.slice(0, 20)}`;
      return Object.fromEntries([['of', name], ...noticed.map((property) => [property, style.getPropertyValue(property)])]);
    });
  }, NOTICED);

/** Brings out as much of the form as there is: errors, a shown secret, more options. */
async function unfold(there: Host): Promise<void> {
  await there.button('Connect source').click();
  await expect(there.element.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await there.element.getByText('More options').click();
  // Away from everything that changes under the pointer or the focus.
  await there.page.mouse.move(0, 0);
  await there.element.evaluate(() => (document.activeElement as HTMLElement).blur());
}

const HOSTILE: [string, string][] = [
  ['everything unset', '* { all: unset !important; }'],
  ['everything unset and red', '* { all: unset !important; color: red !important; background: yellow !important; border: 9px dashed lime !important; }'],
  ['all text another', 'body, body * { font: italic 30px/3 cursive !important; letter-spacing: 1em !important; text-transform: uppercase !important; word-spacing: 2em; text-align: right !important; white-space: pre !important; text-indent: 3em; text-shadow: 1px 1px red; cursor: wait; user-select: none; }'],
  ['boxes another', '* { padding: 9px !important; margin: 11px !important; box-sizing: content-box !important; list-style: square !important; } :root { line-height: 4; }'],
  ['no boxes at all', 'div, form, section, label, input, button, p, h2, slot, fieldset { display: none !important; }'],
  ['another unit', 'html { font-size: 62.5%; } body { font-size: 1.6rem; }'],
  ['a huge unit', 'html { font-size: 200%; }'],
];

/** Read once; the same in all tests. */
let plain: Record<string, string>[] | undefined;

for (const [name, style] of HOSTILE) {
  test(`in a page with ${name}: it looks as everywhere, and can be used`, async ({ page, sandbox }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    if (!plain) {
      const there = await ready(page, sandbox);
      await unfold(there);
      plain = await looks(there);
      await page.context().unrouteAll();
    }
    const there = await ready(page, sandbox, { style });
    await unfold(there);
    const now = await looks(there);
    expect(now.length).toBe(plain.length);
    const differs = now.flatMap((one, at) => NOTICED.filter((property) => one[property] !== plain![at]![property]).map((property) => `${one['of']}: ${property}: ${one[property]}, not ${plain![at]![property]}`));
    expect(differs.slice(0, 10)).toEqual([]);
    await expect(there.button('Connect source')).toBeVisible();
    await there.connects();
  });
}

for (const style of ['', '* { all: unset !important; }', 'credenza-connect { display: flex !important; }', '* { display: block !important; }']) {
  test(`"hidden" hides it, with ${style || 'no style of the page'}`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { style });
    await expect(there.field(ACCOUNT)).toBeVisible();
    await there.fillKey();
    await there.set({ hidden: true });
    await expect(there.element).toBeHidden();
    await expect(there.field(ACCOUNT)).toBeHidden();
    await there.set({ hidden: false });
    await expect(there.field(ACCOUNT)).toBeVisible();
    await expect(there.field(ACCOUNT)).toHaveValue('acme-brand-account');
  });
}

test('what is hidden inside stays hidden, whatever the page shows', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { style: '* { display: block !important; visibility: visible !important; }' });
  await expect(there.element.getByText('There is a problem')).toHaveCount(0);
  const shown = await there.element.evaluate((element) =>
    [...(element.shadowRoot?.querySelectorAll('[hidden]') ?? [])].map((one) => getComputedStyle(one).display),
  );
  expect(new Set(shown)).toEqual(new Set(['none']));
});

test.describe('light and dark', () => {
  const scheme = (there: Host): Promise<string[]> =>
    there.button('Connect source').evaluate((button) => {
      const form = getComputedStyle(button.closest('form')!);
      return [form.colorScheme, form.backgroundColor, form.color, getComputedStyle(button).backgroundColor];
    });
  const LIGHT = ['rgb(255, 254, 252)', 'rgb(33, 30, 26)', 'rgb(13, 92, 112)'];
  const DARK = ['rgb(29, 27, 25)', 'rgb(239, 235, 229)', 'rgb(116, 199, 217)'];

  for (const [theme, system, style, colours] of [
    ['light', 'dark', '', LIGHT],
    ['dark', 'light', '', DARK],
    ['auto', 'light', ':root { color-scheme: light dark; }', LIGHT],
    ['auto', 'dark', ':root { color-scheme: light dark; }', DARK],
    ['', 'dark', ':root { color-scheme: light dark; }', DARK],
    ['light', 'dark', ':root { color-scheme: dark; }', LIGHT],
    ['dark', 'light', ':root { color-scheme: light; }', DARK],
    ['light', 'dark', '* { all: unset !important; }', LIGHT],
    ['nonsense', 'light', '', LIGHT],
    ['dark', 'light', '* { all: unset !important; }', DARK],
    ['auto', 'dark', ':root { color-scheme: light; }', LIGHT],
    ['auto', 'light', ':root { color-scheme: dark; }', DARK],
    ['auto', 'dark', '', LIGHT],
  ] as const) {
    test(`theme "${theme}" on a ${system} system${style && `, in a page with ${style}`}`, async ({ page, sandbox }) => {
      await page.emulateMedia({ colorScheme: system });
      const there = await ready(page, sandbox, { body: source(theme && `theme="${theme}"`), style });
      const [, ...seen] = await scheme(there);
      expect(seen).toEqual(colours);
    });
  }

  test('the property and the attribute are the same, and a change is seen at once', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox);
    expect(await there.get('theme')).toBe('auto');
    await there.set({ theme: 'dark' });
    await expect(there.element).toHaveAttribute('theme', 'dark');
    await expect.poll(async () => (await scheme(there)).slice(1)).toEqual(DARK);
    await there.element.evaluate((element) => element.setAttribute('theme', 'light'));
    expect(await there.get('theme')).toBe('light');
    await expect.poll(async () => (await scheme(there)).slice(1)).toEqual(LIGHT);
  });

  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing in ${theme}`, async ({ page, sandbox }) => {
      const there = await ready(page, sandbox, { body: source(`theme="${theme}"`), style: `:root { color-scheme: ${theme}; } body { background: ${theme === 'dark' ? '#141414; color: #eee' : '#fff; color: #111'}; }` });
      await expectAccessible(page);
      await unfold(there);
      await expectAccessible(page);
      for (const way of ['Username and password', 'A private key (JWT)']) {
        await there.element.getByText(way, { exact: true }).click();
        await expectAccessible(page);
      }
      await there.element.getByText('A key or token', { exact: true }).click();
      await there.connects();
      await expectAccessible(page);
      await there.set({ sourceId: '' });
      await there.hears('error');
      await expectAccessible(page);
    });
  }
});

test('parts: the page’s own sheet reaches them', async ({ page, sandbox }) => {
  const names = ['form', 'input', 'button', 'button--primary', 'field__label', 'field__hint', 'field__error', 'choice', 'summary', 'base'];
  const style = names.map((name, at) => `credenza-connect::part(${name}) { outline: ${at + 1}px solid rgb(1, 2, ${at + 1}); }`).join('\n');
  const there = await ready(page, sandbox, { style: `${style}\ncredenza-connect::part(notice) { outline: 33px solid rgb(1, 2, 33); }` });
  await there.button('Connect source').click();
  await there.page.mouse.move(0, 0);
  const outline = (of: ReturnType<Host['field']>): Promise<string> => of.evaluate((one) => getComputedStyle(one).outlineWidth);
  await there.element.evaluate(() => (document.activeElement as HTMLElement).blur());
  const width = (name: string): string => `${names.indexOf(name) + 1}px`;
  expect(await outline(there.field(ACCOUNT))).toBe(width('input'));
  expect(await outline(there.button('Connect source'))).toBe(width('button--primary'));
  expect(await outline(there.button('Cancel'))).toBe(width('button'));
  expect(await outline(there.element.getByText('Key or token', { exact: true }).last())).toBe(width('field__label'));
  expect(await outline(there.element.getByText(/It tells your accounts at this source apart/))).toBe(width('field__hint'));
  expect(await there.button('Connect source').evaluate((button) => getComputedStyle(button.closest('form')!).outlineWidth)).toBe(width('form'));
  expect(await there.element.getByText('This cannot be changed or removed here later.').evaluate((one) => getComputedStyle(one.parentElement!).outlineWidth)).toBe('33px');
  // Among those without a shadow there are none, so that no name of ours reaches what is the page's.
});

test('custom properties: colours, type and corners are the page’s to choose', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, {
    style: `:root { --cz-text: rgb(9, 9, 9); }
      credenza-connect { --cz-accent: rgb(10, 20, 30); --cz-on-accent: rgb(250, 250, 250); --cz-radius: 17px; --cz-font: monospace; --cz-control: 60px; }`,
  });
  const seen = await there.button('Connect source').evaluate((button) => {
    const { backgroundColor, color, borderRadius, fontFamily, minHeight } = getComputedStyle(button);
    return { backgroundColor, color, borderRadius, fontFamily, minHeight };
  });
  expect(seen).toEqual({ backgroundColor: 'rgb(10, 20, 30)', color: 'rgb(250, 250, 250)', borderRadius: '17px', fontFamily: 'monospace', minHeight: '60px' });
});

for (const [name, style] of [
  ['a row of a flexible box', '#place { display: flex; }'],
  ['a column of one', '#place { display: flex; flex-direction: column; align-items: flex-start; }'],
  ['a grid', '#place { display: grid; justify-items: start; }'],
  ['a float', 'credenza-connect { float: left; }'],
  ['a box that is as wide as what is in it', '#place { width: fit-content; }'],
  ['an absolute place', '#place { position: relative; } credenza-connect { position: absolute; }'],
  ['a dialog', '#place { position: fixed; inset: 0; width: fit-content; margin: auto; }'],
] as const) {
  test(`in ${name} it has room enough`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: `<section id="place">${source()}</section>`, style });
    expect((await there.element.boundingBox())!.width).toBeGreaterThanOrEqual(280);
    expect((await there.field(ACCOUNT).boundingBox())!.width).toBeGreaterThanOrEqual(200);
  });
}

test('320 pixels wide in a wide window: nothing stands out, in any state', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: `<section id="narrow">${source()}</section>`, style: '#narrow { width: 320px; overflow: visible; }' });
  await there.starts();
  const out = (): Promise<string[]> =>
    there.element.evaluate((element) => {
      const edge = element.getBoundingClientRect();
      const inside = [...(element.shadowRoot?.querySelectorAll('*') ?? [])];
      const far = inside.filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width > 1 && (right > edge.right + 0.5 || left < edge.left - 0.5);
      });
      return [...(edge.width > 320.5 ? [`itself: ${edge.width}`] : []), ...far.map((one) => `${one.localName} ${one.getAttribute('class')}`)];
    });
  expect(await out()).toEqual([]);
  await unfold(there);
  expect(await out()).toEqual([]);
  for (const way of ['Username and password', 'A private key (JWT)', 'I sign in at the provider', 'A key or token']) {
    await there.element.getByText(way, { exact: true }).click();
    expect(await out(), way).toEqual([]);
  }
  await there.element.getByText('A private key (JWT)', { exact: true }).click();
  await there.field('Private key').fill(pem('p256'));
  expect(await out(), 'a long key').toEqual([]);
  await there.element.getByText('A key or token', { exact: true }).click();
  await there.field(ACCOUNT).fill('a'.repeat(80));
  await there.field(KEY_OR_TOKEN).fill('k'.repeat(300));
  await there.button('Connect source').click();
  await there.hears('connected');
  expect(await out(), 'the result').toEqual([]);
});

test('320 pixels wide in a wide window: buttons have a line of their own, as in a small one', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: `<section id="narrow">${source('', 'src_live')}</section>`, style: '#narrow { width: 320px; }' });
  await there.button('Add another account').click();
  const [submit, form] = await Promise.all([there.button('Connect source').boundingBox(), there.element.boundingBox()]);
  expect(submit!.width).toBeGreaterThan(form!.width * 0.75);
});
