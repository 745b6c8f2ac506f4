// `<credenza-connect>` as a control of the page's own form: what it sends, what it holds up, labels, reset, disabled.
import { IDENTIFIER, KEY, MARK } from './support/connect';
import { ACCOUNT, KEY_OR_TOKEN, SOURCE, host, ready, source, type Host } from './support/element';
import { expect, test } from './support/test';

const FORM = (inside = source('name="credential"')): string =>
  `<form id="order"><label>Order <input name="order" value="7"></label>${inside}<button>Send order</button></form>`;
/** Notes what the page's form sends, and keeps it from being sent. */
const NOTES = `window.sent = [];
  document.addEventListener('submit', (event) => {
    if (event.target.id !== 'order') return;
    event.preventDefault();
    window.sent.push([...new FormData(event.target)]);
  });`;
const data = (there: Host): Promise<[string, string][]> =>
  there.page.evaluate(() => [...new FormData(document.querySelector<HTMLFormElement>('#order')!)] as [string, string][]);
const sent = (there: Host): Promise<[string, string][][]> => there.page.evaluate(() => Reflect.get(window, 'sent') as [string, string][][]);
const order = { body: FORM(), script: NOTES };

test('its value is the credential’s id: nothing before, and never a secret', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, order);
  expect(await data(there)).toEqual([['order', '7']]);
  await there.fillKey();
  expect(await data(there)).toEqual([['order', '7']]);
  await there.connects();
  expect(await data(there)).toEqual([['order', '7'], ['credential', '801']]);
  await page.getByRole('button', { name: 'Send order' }).click();
  expect(await sent(there)).toEqual([[['order', '7'], ['credential', '801']]]);
});

test('what was connected before has its id from the beginning', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(source('name="credential"', 'src_live')) });
  expect(await data(there)).toEqual([['order', '7'], ['credential', '722']]);
});

for (const [id, storefront] of [['src_radio', 43], ['src_open', 42]] as const) {
  test(`${id}: what is not connected has none`, async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { ...order, body: FORM(source('name="credential"', id, storefront)) });
    expect(await data(there)).toEqual([['order', '7']]);
  });
}

test('without a name, nothing goes along; a name that comes later counts', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(source('', 'src_live')) });
  expect(await data(there)).toEqual([['order', '7']]);
  await there.element.evaluate((element) => element.setAttribute('name', 'later'));
  expect(await data(there)).toEqual([['order', '7'], ['later', '722']]);
});

test('set to a source that is not connected, the old id is gone', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(source('name="credential" required', 'src_live')) });
  await there.set({ sourceId: 'src_main' });
  await there.hears('ready', 2);
  expect(await data(there)).toEqual([['order', '7']]);
  expect(await there.get('validationMessage')).toBe('Connect this first.');
});

test('another company asks, for which it is not connected: the old id is gone', async ({ page, sandbox, guard }) => {
  guard.allowStatus(401);
  const there = await host(page, sandbox, { ...order, body: FORM(source('name="credential" required', 'src_live')) });
  await there.gives('scope3_demo_buyer', 'scope3_demo_other');
  await there.configure();
  await there.hears('ready');
  expect(await data(there)).toContainEqual(['credential', '722']);
  await there.button('Add another account').click();
  await there.fillKey('acme-2');
  await sandbox.faults({ method: 'POST', path: 'buyer/storefronts/42/sources/src_live/credentials', fault: 'status', status: 401 });
  await there.button('Connect source').click();
  await there.expectStatus('needs_credentials');
  expect(await data(there)).toEqual([['order', '7']]);
  expect(await there.get('validationMessage')).toBe('Connect this first.');
});

test('taken out and put back, it has its id again', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(source('name="credential"', 'src_live')) });
  await there.element.evaluate((element) => {
    Object.assign(window, { kept: element });
    element.remove();
  });
  expect(await data(there)).toEqual([['order', '7']]);
  await page.evaluate(() => document.querySelector('#order')!.append(Reflect.get(window, 'kept') as Element));
  await there.hears('ready', 2);
  expect(await data(there)).toContainEqual(['credential', '722']);
});

test.describe('required', () => {
  const required = { ...order, body: FORM(source('name="credential" required')) };

  test('holds up the page’s form until it is connected, says why, and takes the focus', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, required);
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toEqual([]);
    expect(await there.get('validationMessage')).toBe('Connect this first.');
    expect(await there.element.evaluate((element) => element.matches(':invalid'))).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('credenza-connect');
    expect(await there.element.evaluate((element) => element.shadowRoot?.activeElement !== null)).toBe(true);
    await there.connects();
    expect(await there.get('validationMessage')).toBe('');
    expect(await there.element.evaluate((element) => element.matches(':valid'))).toBe(true);
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toHaveLength(1);
  });

  for (const how of ['by sending the page’s form', 'by its label'] as const) {
    test(`the focus goes to the first control, ${how}`, async ({ page, sandbox }) => {
      const body = `<label for="it">Source of video</label>${FORM(source('id="it" required'))}`;
      const there = await ready(page, sandbox, { ...order, body });
      if (how === 'by its label') await page.getByText('Source of video').click();
      else await page.getByRole('button', { name: 'Send order' }).click();
      await expect(there.element.getByRole('radio').first()).toBeFocused();
    });
  }

  test('a form that would pass is not connected', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, required);
    await there.fillKey();
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toEqual([]);
    expect(await sandbox.requests('POST')).toEqual([]);
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
  });

  test('before it is configured, or where it cannot work, the person is told why nothing is sent', async ({ page, sandbox }) => {
    const there = await host(page, sandbox, required);
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toEqual([]);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('credenza-connect');
  });

  test('before it is configured it holds up as well', async ({ page, sandbox, guard }) => {
    guard.allow(/is not focusable/);
    const there = await host(page, sandbox, required);
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toEqual([]);
    await there.set({ required: false });
    await page.getByRole('button', { name: 'Send order' }).click();
    await expect.poll(() => sent(there)).toHaveLength(1);
  });

  test('a source that needs nothing holds up nothing', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { ...order, body: FORM(source('required', 'src_open')) });
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toHaveLength(1);
  });

  test('waiting for consent is not connected', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { ...order, body: FORM(source('required', 'src_radio', 43)) });
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toEqual([]);
  });

  test('the property and the attribute are the same; the sentence has the page’s words', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, order);
    expect(await there.get('required')).toBe(false);
    expect(await there.get('validationMessage')).toBe('');
    await there.set({ messages: { 'Connect this first.': 'Zuerst verbinden.' }, required: true });
    await expect(there.element).toHaveAttribute('required', '');
    await expect.poll(() => there.get('validationMessage')).toBe('Zuerst verbinden.');
    const validity = await there.element.evaluate((element) => {
      const { validity } = element as unknown as { validity: ValidityState };
      return [validity.valid, validity.valueMissing, validity.customError];
    });
    expect(validity).toEqual([false, true, false]);
  });
});

test('a reset of the page’s form forgets what was typed', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(source('name="credential"')) });
  await there.set({ value: { accountIdentifier: 'preset' } });
  await there.hears('ready', 2);
  await there.fillKey();
  await there.button('Show Key or token').click();
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#order')!.reset());
  await expect(there.field(ACCOUNT)).toHaveValue('preset');
  await expect(there.field(KEY_OR_TOKEN)).toHaveValue('');
  await expect(there.field(KEY_OR_TOKEN)).toHaveAttribute('type', 'password');
  await there.connects();
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#order')!.reset());
  expect(await there.get('status'), 'what is connected stays so').toBe('connected');
  expect(await data(there)).toContainEqual(['credential', '801']);
});

test('the page’s form and the form inside do not meet: Enter sends the one in which it is pressed', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, order);
  await there.fillKey();
  await there.field(KEY_OR_TOKEN).press('Enter');
  await there.hears('connected');
  expect(await sent(there)).toEqual([]);
  await page.getByLabel('Order').press('Enter');
  expect(await sent(there)).toHaveLength(1);
  expect(await sandbox.requests('POST')).toHaveLength(1);
});

test('labels, form and willValidate are those of a control', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, {
    script: NOTES,
    body: `<label for="it">Source of video</label>${FORM('')}${source('id="it" form="order" name="credential"', 'src_live')}`,
  });
  const facts = await there.element.evaluate((element) => {
    const it = element as unknown as { form: HTMLFormElement; labels: NodeList; willValidate: boolean };
    return [it.form.id, [...it.labels].map((label) => label.textContent), it.willValidate];
  });
  expect(facts).toEqual(['order', ['Source of video'], true]);
  expect(await data(there)).toContainEqual(['credential', '722']);
  await page.getByText('Source of video').click();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('it');
  expect(await there.element.evaluate((element) => element.shadowRoot?.activeElement !== null)).toBe(true);
  await there.element.evaluate((element) => element.removeAttribute('form'));
  expect(await there.get('form')).toBeNull();
});

test.describe('disabled', () => {
  const switches: [string, string, (there: Host, on: boolean) => Promise<unknown>][] = [
    ['by its attribute', FORM(source('name="credential" disabled', 'src_main')), (there, on) => there.element.evaluate((element, on) => element.toggleAttribute('disabled', on), on)],
    ['by its property', FORM(source('name="credential" disabled', 'src_main')), (there, on) => there.set({ disabled: on })],
    [
      'by a fieldset',
      FORM(`<fieldset disabled>${source('name="credential"')}</fieldset>`),
      (there, on) => there.page.evaluate((on) => Object.assign(document.querySelector('fieldset')!, { disabled: on }), on),
    ],
  ];
  for (const [how, body, turn] of switches) {
    test(`${how}: nothing can be typed, pressed or sent until it ends`, async ({ page, sandbox }) => {
      const there = await ready(page, sandbox, { ...order, body });
      expect(await there.get('willValidate')).toBe(false);
      const box = (await there.field(ACCOUNT).boundingBox())!;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.keyboard.type('typed');
      await expect(there.field(ACCOUNT)).toHaveValue('');
      await there.call('submit');
      await there.call('focus');
      expect(await there.element.evaluate((element) => element.shadowRoot?.activeElement ?? null)).toBeNull();
      await page.getByLabel('Order').focus();
      await page.keyboard.press('Tab');
      await expect(page.getByRole('button', { name: 'Send order' })).toBeFocused();
      expect(await there.names()).toEqual(['ready']);
      await turn(there, false);
      await there.connects();
      expect(await data(there)).toContainEqual(['credential', '801']);
      await turn(there, true);
      expect(await data(there), 'as with any disabled control').not.toContainEqual(['credential', '801']);
    });
  }

  test('in the middle of typing: what was typed is there afterwards', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, order);
    await there.fillKey();
    await there.set({ disabled: true });
    await there.call('submit');
    await there.set({ disabled: false });
    await expect(there.field(ACCOUNT)).toHaveValue(IDENTIFIER);
    await expect(there.field(KEY_OR_TOKEN)).toHaveValue(KEY);
    expect(await sandbox.requests('POST')).toEqual([]);
  });

  test('while it is disabled, what is required holds up nothing', async ({ page, sandbox }) => {
    const there = await ready(page, sandbox, { ...order, body: FORM(source('required disabled')) });
    await page.getByRole('button', { name: 'Send order' }).click();
    expect(await sent(there)).toHaveLength(1);
  });
});

test('the browser keeps no secret for the page’s form', async ({ page, sandbox }) => {
  const there = await ready(page, sandbox, { ...order, body: FORM(SOURCE.replace('service', 'name="credential" service')) });
  await there.fillKey();
  const seen = await page.evaluate(() => {
    const form = document.querySelector<HTMLFormElement>('#order')!;
    return JSON.stringify([...form.elements].map((one) => [one.localName, (one as HTMLInputElement).value ?? '', one.outerHTML]));
  });
  expect(seen).not.toContain(MARK);
});
