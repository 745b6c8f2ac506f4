// Every row of the catalog, one after the other: filled wrongly and refused in exact words, all at once and in order;
// corrected and sent; and what is sent is what the documents have.
import { expectDocumented, expectRefused, fill, formOf, rowsOfSource, sentBy, typedBy } from './support/catalog';
import { WAYS } from './support/catalog-ways';
import { expect, test } from './support/test';

test('every row of the source has a way through it here, and every way a row', () => {
  const rows = rowsOfSource();
  const ways = WAYS.map(({ service, id }) => `${service} ${id}`);
  expect(rows.length).toBeGreaterThan(20);
  expect(new Set(rows).size).toBe(rows.length);
  expect([...new Set(ways)].sort()).toEqual([...rows].sort());
});

for (const way of WAYS) {
  const { service, id, way: name, config, open, missing, wrong, press } = way;

  test.describe([service, id, name].filter(Boolean).join(' '), () => {
    test.use({ config, registry: true, destinations: true, inventory: true });

    test('filled wrongly, refused, corrected, sent', async ({ app, page, sandbox, guard }) => {
      guard.allowStatus(400, 401, 403, 404, 409, 422);
      await open(app, page);
      const form = formOf(page, way);
      await expect(form).toBeVisible();
      await sandbox.clearRequests();
      const send = form.locator(`[data-action="${press}"]`);

      await send.click();
      await expectRefused(page, form, missing);
      await fill(form, Object.fromEntries(Object.entries(wrong).map(([field, [value]]) => [field, value])));
      await send.click();
      const told = Object.entries(wrong).filter(([, [, words]]) => words !== '');
      await expectRefused(page, form, told.map(([, [, words]]) => words), told.map(([field]) => field));
      expect(await sentBy(sandbox, way), 'nothing was sent').toEqual([]);

      await fill(form, typedBy(way));
      await send.click();
      await expect.poll(async () => (await sentBy(sandbox, way)).length).toBeGreaterThan(0);
      const all = await sentBy(sandbox, way);
      for (const sent of all) await expectDocumented(sent, way, sandbox);
      // What is only read may be read again.
      if (all[0]?.method !== 'GET') expect(await sentBy(sandbox, way)).toHaveLength(1);
    });
  });
}
