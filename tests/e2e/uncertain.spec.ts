// After an answer was lost: what counts as proof, and what may be sent then.
import { CREDENTIALS, Count, IDENTIFIER, expectConnected, expectDraft, fillKey, openForm, registration } from './support/connect';
import { expect, test } from './support/test';

const LOST = { method: 'POST', path: registration(), fault: 'status', status: 500 } as const;
const READ = { method: 'GET', path: CREDENTIALS } as const;

test('a credential that was there before is no proof that the new key was saved', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(500, 409);
  const path = registration(42, 'src_live');
  await openForm(app, { source: 'src_live', another: true });
  await expect(page.getByRole('complementary')).toContainText(IDENTIFIER);
  await fillKey(app);
  await sandbox.faults({ ...LOST, path });
  await app.submit();
  await expect(app.form.getByRole('alert')).toContainText('it was most likely not saved');
  await expectDraft(app);
  await app.action('retry').click();
  await expect(app.form).toContainText('This account is already registered at this source');
  await expectDraft(app);
  expect(await sandbox.requests('POST', path)).toHaveLength(2);
});

test('the list is searched for what was sent, not for what was typed since', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(500, 503);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...LOST, after: true }, { ...READ, fault: 'status', status: 503 });
  await app.submit();
  await expect(app.form.getByRole('alert')).toContainText('We could not tell whether it was saved');
  await app.control('accountIdentifier').fill('another-account');
  await app.action('retry').click();
  await expectConnected(app);
  await expect(page.getByRole('main')).toContainText(IDENTIFIER);
  await count.expectPosts(1);
});

test('a token of another company does not turn "not known" into "not sent"', async ({ app, page, sandbox, guard }) => {
  guard.allowStatus(401, 500);
  const count = new Count(page, sandbox);
  await openForm(app);
  await fillKey(app);
  await sandbox.faults({ ...LOST, after: true }, { ...READ, fault: 'status', status: 401 });
  await app.submit();
  await expect(app.tokenForm).toBeVisible();
  await app.giveToken('scope3_demo_other');
  const alert = app.form.getByRole('alert');
  await expect(alert).toContainText('This token belongs to Other Company');
  await expect(alert).toContainText('Whether the first try was saved is not known yet');
  await sandbox.clearRequests();
  await app.action('continue').click();
  // That company's list is read first; it has no such credential, and nothing is sent by itself.
  await expect(alert).toContainText('it was most likely not saved');
  expect(await sandbox.requests('POST')).toEqual([]);
  expect(count.fetched('POST', registration())).toBe(1);
});
