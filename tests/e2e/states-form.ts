// The states of the form of a source, until the server has taken what was typed.
import { expect } from '@playwright/test';
import {
  CREDENTIALS, FOREIGN_TOKEN, IDENTIFIER, KEY, detail, fillBasic, fillJwt, fillKey, openForm, pem, registration, type Where,
} from './support/connect';
import type { Token } from './support/sandbox';
import { ADMIN, BUYER, GATEWAY, NEVER, broken, first, press, read, readAs, refusedBy, seeded, seen, sent, type State } from './support/state';

export const SOURCE = '/storefronts/:id/sources/:sourceId';

/** A source that takes a private key, and one at whose provider the person signs in. */
export const ATELIER: Where = { storefront: 48, source: 'src_jwt', type: 'jwt' };
export const PODCASTS: Where = { storefront: 43, source: 'src_podcasts', type: 'oauth' };

export const submit: State['go'] = (_page, app) => app.submit();

/** The form with a key, about to make a marketplace account. */
export function shared(token: Token): State['go'] {
  return async (_page, app) => {
    await openForm(app, { token });
    await fillKey(app);
    await app.form.locator('label').filter({ hasText: 'Shared by every buyer of this source' }).click();
    await expect(app.form.getByRole('button', { name: 'Create marketplace account' })).toBeVisible();
  };
}

export const CONFIRM = first(shared(ADMIN), submit, seen('Create a marketplace account?'));

export const formStates: State[] = [
  {
    name: 'source-load-error',
    route: SOURCE,
    go: read('storefronts/42/sources/src_main', 'Interchange has a problem', { path: detail(42), fault: 'status', status: 500 }),
  },
  { name: 'source-gone', route: SOURCE, go: read('storefronts/42/sources/src_none', 'This source no longer exists or is not visible to you') },
  { name: 'source-none-needed', route: SOURCE, go: read('storefronts/42/sources/src_open', 'This source needs no credentials') },
  { name: 'source-adapter', route: SOURCE, go: read('storefronts/47/sources/src_x', 'Snap is connected in another way') },
  { name: 'source-status', route: SOURCE, go: read('storefronts/42/sources/src_live', 'These accounts cover Premium CTV — Live Sports') },
  { name: 'source-status-pending', route: SOURCE, go: read('storefronts/43/sources/src_radio', 'is connected as soon as you agree') },
  {
    name: 'source-status-marketplace',
    route: SOURCE,
    go: readAs(ADMIN, 'storefronts/48/sources/src_shared', 'Marketplace account, shared by every buyer of the source'),
  },
  { name: 'source-another', route: SOURCE, phase: 'editing', go: async (_page, app) => openForm(app, { source: 'src_live', another: true }) },
  {
    name: 'source-errors',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, { type: 'basic' });
      await app.control('username').fill('ann:o');
      await app.submit();
      await expect(app.errorSummary).toBeVisible();
    },
  },
  {
    name: 'source-suspicious',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app);
      await fillKey(app, 'acme', `${KEY} ${KEY}`);
      await app.submit();
      await expect(app.form.getByRole('button', { name: 'It belongs there' })).toBeVisible();
    },
  },
  {
    name: 'source-notes',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app, ' acme\u200b ', `  Bearer ${FOREIGN_TOKEN} `);
      await app.control('accountIdentifier').focus();
      await expect(page.getByText('We removed the word “Bearer”')).toBeVisible();
      await expect(page.getByText('This looks like an Interchange access token')).toBeVisible();
    },
  },
  {
    name: 'source-basic',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, { type: 'basic' });
      await fillBasic(app);
    },
  },
  {
    name: 'source-jwt',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app, ATELIER);
      await fillJwt(app);
      await page.getByText('More options').click();
      await expect(page.getByText('This is an EC P-256 key.')).toBeVisible();
    },
  },
  {
    name: 'source-jwt-errors',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, ATELIER);
      await app.control('privateKey').fill(pem('certificate'));
      await app.control('tokenEndpointUrl').fill('http://id.atelier.example/token');
      await app.control('audienceUrl').fill('atelier');
      await app.submit();
      await expect(app.errorSummary).toContainText('This is a certificate');
    },
  },
  {
    name: 'source-jwt-file',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app, ATELIER);
      await app.field('Choose a file').setInputFiles({ name: 'atelier.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(pem('p256')) });
      await expect(page.getByText('From the file atelier.pem')).toBeVisible();
      await expect(page.getByText('This is an EC P-256 key.')).toBeVisible();
    },
  },
  {
    name: 'source-jwt-file-large',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, ATELIER);
      await app.field('Choose a file').setInputFiles({ name: 'film.pem', mimeType: 'application/x-pem-file', buffer: Buffer.alloc(65_537, 'a') });
      await expect(app.errorSummary).toContainText('This file is too large to be a private key');
    },
  },
  {
    name: 'source-jwt-unfit',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app, ATELIER);
      await fillJwt(app, IDENTIFIER, pem('p384'));
      await page.getByText('More options').click();
      await app.choose('ES256');
      await app.submit();
      await expect(app.errorSummary).toContainText('but ES256 needs an EC P-256 key');
      await app.action('reveal').click();
    },
  },
  {
    name: 'source-oauth',
    route: SOURCE,
    phase: 'editing',
    go: async (_page, app) => {
      await openForm(app, PODCASTS);
      await app.control('accountIdentifier').fill(IDENTIFIER);
      await expect(app.form.getByRole('button', { name: 'Connect and sign in' })).toBeVisible();
    },
  },
  {
    name: 'source-nothing',
    route: SOURCE,
    phase: 'editing',
    go: first(seeded('twelve'), async (_page, app) => {
      await openForm(app, { storefront: 61, source: 'src_nothing', type: 'none' });
      await app.control('accountIdentifier').fill(IDENTIFIER);
    }),
  },
  { name: 'source-marketplace', route: SOURCE, phase: 'editing', go: shared(ADMIN) },
  { name: 'source-marketplace-unsure', route: SOURCE, phase: 'editing', go: first(shared('scope3_demo_norole'), seen('We could not read your role')) },
  { name: 'source-confirm', route: SOURCE, phase: 'editing', go: CONFIRM },
  {
    name: 'source-options',
    route: SOURCE,
    phase: 'editing',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app);
      await page.getByText('More options').click();
      await app.action('reveal').click();
      await expect(app.control('token')).toHaveAttribute('type', 'text');
    },
  },
  {
    name: 'source-sending',
    route: SOURCE,
    phase: 'submitting',
    go: sent('Sending it to Interchange', {}, { method: 'POST', path: registration(), fault: 'delay', delay_ms: NEVER }),
  },
  {
    name: 'source-checking',
    route: SOURCE,
    phase: 'submitting',
    go: sent(
      'The answer was lost, so we read your list', {},
      { method: 'POST', path: registration(), fault: 'empty' },
      { method: 'GET', path: CREDENTIALS, fault: 'delay', delay_ms: NEVER },
    ),
  },
  { name: 'failed-server', route: SOURCE, phase: 'failed', go: sent('most likely not saved', {}, refusedBy(500)) },
  {
    name: 'failed-unchecked',
    route: SOURCE,
    phase: 'failed',
    go: sent('We could not tell whether it was saved', {}, refusedBy(500), { method: 'GET', path: CREDENTIALS, fault: 'status', status: 500 }),
  },
  { name: 'failed-waits', route: SOURCE, phase: 'failed', go: sent('Interchange asks us to slow down', {}, refusedBy(429, { retry_after: 55 })) },
  { name: 'failed-terms', route: SOURCE, phase: 'failed', go: sent('has not accepted the terms', { token: 'scope3_demo_noterms' }) },
  { name: 'failed-scope', route: SOURCE, phase: 'failed', go: sent('can act for several companies', { token: 'scope3_demo_scope' }) },
  { name: 'failed-gone', route: SOURCE, phase: 'failed', go: sent('This source no longer exists', {}, refusedBy(404)) },
  { name: 'failed-refused', route: SOURCE, phase: 'editing', go: sent('There is a problem', {}, refusedBy(400)) },
  { name: 'failed-token', route: SOURCE, phase: 'failed', go: sent('Interchange no longer accepts the token', {}, refusedBy(401)) },
  {
    name: 'failed-other-company',
    route: SOURCE,
    phase: 'failed',
    go: async (page, app, sandbox, guard) => {
      await sent('Interchange no longer accepts the token', {}, refusedBy(401))(page, app, sandbox, guard);
      await app.giveToken('scope3_demo_other');
      await expect(page.getByText('This token belongs to Other Company')).toBeVisible();
    },
  },
  {
    name: 'failed-session',
    route: SOURCE,
    phase: 'failed',
    config: GATEWAY,
    go: async (page, app, sandbox, guard) => {
      await sandbox.session(page.context(), BUYER);
      await app.openSource(42, 'src_main');
      await fillKey(app);
      await sandbox.endSessions();
      guard.allowStatus(401);
      await app.submit();
      await expect(page.getByText('Your session has ended')).toBeVisible();
    },
  },
  {
    name: 'failed-offline',
    route: SOURCE,
    phase: 'failed',
    go: async (page, app) => {
      await openForm(app);
      await fillKey(app);
      await page.context().setOffline(true);
      await app.submit();
      await app.expectPhase('failed');
    },
  },
  {
    name: 'failed-marketplace',
    route: SOURCE,
    phase: 'failed',
    go: first(shared('scope3_demo_norole'), broken(), submit, press('confirm'), seen('Your role does not allow this')),
  },

];
