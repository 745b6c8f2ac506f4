// `<credenza-connect light-dom>`: drawn among the page's own elements, where every password manager finds the fields.
import { expectAccessible } from './support/axe';
import { Canary } from './support/canary';
import { IDENTIFIER, KEY } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, host, ready, source, type Host } from './support/element';
import { expect, test } from './support/test';

const LIGHT = source('light-dom');
const inside = (children: string, more = 'light-dom'): string => source(more).replace('></', `>${children}</`);

test('fields, labels and forms stand in the page', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: LIGHT });
  const fields = await page.evaluate(() =>
    [...document.querySelectorAll('credenza-connect input')].map((input) => {
      const { name, type, autocomplete, labels } = input as HTMLInputElement;
      return [name.replace(/^cz\d+/, ''), type, autocomplete, labels?.[0]?.textContent];
    }),
  );
  expect(fields).toContainEqual(['accountIdentifier', 'text', 'off', 'Your account name or number at Premium CTV — Direct']);
  expect(fields).toContainEqual(['token', 'password', expect.any(String), 'Key or token']);
  await there.connects();
  expect(await there.names()).toEqual(['ready', 'change', 'before-submit', 'change', 'connected']);
});

test('a username and its password are marked as such, in one form', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source('light-dom auth-type="basic"') });
  const fields = await page.evaluate(() => {
    const form = document.querySelector('credenza-connect form') as HTMLFormElement;
    return ['username', 'password'].map((name) => [name, (form.elements.namedItem(name) as HTMLInputElement).type, (form.elements.namedItem(name) as HTMLInputElement).autocomplete]);
  });
  expect(fields[0]?.[1]).toBe('text');
  expect(fields[1]?.[1]).toBe('password');
  // As a password manager fills: the value is set, and the events follow.
  await page.evaluate(() => {
    for (const [name, value] of [['username', 'ann'], ['password', 'filled in']] as const) {
      const input = document.querySelector<HTMLInputElement>(`credenza-connect input[name=${name}]`)!;
      input.value = value;
      for (const type of ['input', 'change']) input.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
  await there.field(ACCOUNT).fill('acme');
  expect(await there.hears('change')).toEqual({ valid: true });
});

test('it looks like the one with a shadow', async ({ page, sandbox }) => {
  const there = await host(page, sandbox, { body: source('id="shadow"') + source('id="light" light-dom') });
  const looks = async (of: Host): Promise<string[][]> => {
    await of.starts();
    await of.button('Connect source').click();
    await expect(of.element.getByText('There is a problem')).toBeVisible();
    await page.mouse.move(0, 0);
    return of.element.evaluate((element) => {
      (document.activeElement as HTMLElement).blur();
      const root = element.querySelector('form') ? element : element.shadowRoot!;
      const all = [...root.querySelectorAll('h2, form, form *')];
      return all.map((one) => {
        const { color, backgroundColor, font, padding, margin, border, borderRadius, display, gap } = getComputedStyle(one);
        return [`${one.localName} ${one.textContent?.slice(0, 20)}`, color, backgroundColor, font, padding, margin, border, borderRadius, display, gap];
      });
    });
  };
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const [shadow, light] = [await looks(there.of('#shadow')), await looks(there.of('#light'))];
  expect(light).toEqual(shadow);
});

test('nothing of the page around changes by it', async ({ page, sandbox }) => {
  const around = `<section id="around" data-tone="bad"><h2>Around</h2><p hidden>Hidden</p><ul><li>One</li></ul>
    <form><label>Name <input></label><select><option>1</option></select><textarea></textarea><button>Press</button></form><a href="#x">Link</a></section>`;
  const looks = (): Promise<string[][]> =>
    page.evaluate(() => {
      const all = [document.documentElement, document.body, ...document.querySelectorAll('main, h1, #around, #around *')];
      return all.map((one) => {
        const style = getComputedStyle(one);
        return [one.localName, ...[...style].filter((name) => !/^(-webkit-)?(perspective|transform)-origin|^(inline|block)-size|^width|^height/.test(name)).map((name) => `${name}: ${style.getPropertyValue(name)}`)];
      });
    });
  const there = await host(page, sandbox, { body: around + source('id="light"').replace('<credenza', '<template><credenza').replace('</credenza-connect>', '</credenza-connect></template>') });
  const before = await looks();
  await page.evaluate(() => {
    const made = document.querySelector('template')!.content.firstElementChild!;
    made.setAttribute('light-dom', '');
    document.querySelector('main')!.append(made);
  });
  await there.starts();
  expect(await looks()).toEqual(before);
});

test.describe('what stands in it', () => {
  test('is hidden while it is drawn, and shown where it cannot work', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: inside('<p>Ask your contact.</p><a href="#x">By mail</a>') });
    await expect(page.getByText('Ask your contact.')).toBeVisible();
    await there.starts();
    await expect(page.getByText('Ask your contact.')).toBeHidden();
    await expect(page.getByRole('link', { name: 'By mail' })).toBeHidden();
    await there.set({ storefrontId: 'x' });
    await there.hears('error');
    await expect(page.getByText('Ask your contact.')).toBeVisible();
    await expect(there.element.getByRole('alert')).toContainText('Set storefront-id on the element.');
  });

  test('as plain text is hidden, too', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: inside('Ask your contact.') });
    await there.starts();
    await expect(there.element).not.toContainText('Ask your contact.', { useInnerText: true });
    await there.set({ storefrontId: 'x' });
    await there.hears('error');
    await expect(there.element).toContainText('Ask your contact.', { useInnerText: true });
  });

  test('and was hidden by the page stays so', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, { body: inside('<p hidden>Later, perhaps.</p><p>Ask your contact.</p>') });
    await there.starts();
    await there.element.evaluate((element) => {
      Object.assign(window, { kept: element });
      element.remove();
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
    await page.evaluate(() => {
      const kept = Reflect.get(window, 'kept') as Element & { config: unknown };
      kept.config = undefined;
      document.querySelector('main')!.append(kept);
    });
    await expect(page.getByText('Ask your contact.')).toBeVisible();
    await expect(page.getByText('Later, perhaps.')).toBeHidden();
  });

  test('and comes later is hidden, too', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body: LIGHT });
    await there.element.evaluate((element) => element.append(Object.assign(document.createElement('p'), { textContent: 'Ask your contact.' })));
    await expect(page.getByText('Ask your contact.')).toBeHidden();
    await expect(there.field(ACCOUNT)).toBeVisible();
  });
});

test('it is decided when the element is first connected', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: source('id="one"') + source('id="two" light-dom') });
  await there.of('#two').starts();
  await there.set({ lightDom: true });
  await there.of('#two').set({ lightDom: false });
  expect(await there.get('lightDom')).toBe(true);
  const fields = (id: string): Promise<number> => page.evaluate((id) => document.querySelectorAll(`#${id} input`).length, id);
  expect(await fields('one')).toBe(0);
  expect(await fields('two')).toBeGreaterThan(0);
  await there.connects();
  await expect(there.of('#two').field(ACCOUNT)).toBeVisible();
});

test.describe('in a form of the page', () => {
  const body = `<form id="order"><input name="order" value="7">${source('light-dom name="credential"')}<button>Send order</button></form>`;
  const script = `window.heard = [];
    for (const name of ['submit', 'reset']) document.addEventListener(name, (event) => { event.preventDefault(); window.heard.push(name + ' ' + event.target.id); });`;

  test('no field of it is sent with that form, and that form is not sent by it', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { body, script });
    await there.fillKey();
    const data = (): Promise<unknown> => page.evaluate(() => [...new FormData(document.querySelector<HTMLFormElement>('#order')!)]);
    expect(await data()).toEqual([['order', '7']]);
    await there.field(KEY_OR_TOKEN).press('Enter');
    await there.hears('connected');
    expect(await data()).toEqual([['order', '7'], ['credential', '801']]);
    expect(await page.evaluate(() => Reflect.get(window, 'heard')), 'the page heard of no form of ours').toEqual([]);
  });
});

test('moved into another root, it keeps its looks and what was typed', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, {
    body: `${LIGHT}<section id="other"></section>`,
    after: "document.querySelector('#other').attachShadow({ mode: 'open' });",
  });
  await there.fillKey();
  const look = (): Promise<string> => there.button('Connect source').evaluate((button) => getComputedStyle(button).backgroundColor);
  const before = await look();
  await there.element.evaluate((element) => document.querySelector('#other')!.shadowRoot!.append(element));
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  expect(await look()).toBe(before);
});

test('taken out: nothing typed is left among its children', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { body: inside('<p>Ask your contact.</p>') });
  await there.fillKey();
  const kept = await there.element.elementHandle();
  await there.element.evaluate((element) => element.remove());
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(await kept!.evaluate((element) => element.querySelectorAll('input').length)).toBe(0);
  expect(await kept!.evaluate((element) => element.textContent)).not.toContain(IDENTIFIER);
});

test('no secret is in an attribute, an event or anywhere else', async ({ page, sandbox }) => {
  const canary = await Canary.over(page);
  const there = await ready(page, sandbox, { body: LIGHT });
  await there.fillKey();
  await canary.expectSilence();
  await there.connects();
  await canary.expectSilence();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in ${theme}`, async ({ page, sandbox }) => {
    const style = `:root { color-scheme: ${theme}; } body { background: ${theme === 'dark' ? '#141414; color: #eee' : '#fff'}; }`;
    const there = await ready(page, sandbox, { body: source(`light-dom theme="${theme}"`), style });
    await there.button('Connect source').click();
    await expectAccessible(page);
  });
}
