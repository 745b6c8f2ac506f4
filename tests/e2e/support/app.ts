// The console as a person meets it: pages by their address, controls by their labels and roles.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Sandbox, Token } from './sandbox';

export type Phase = 'editing' | 'submitting' | 'awaiting-consent' | 'connected' | 'failed';
export type Status = 'connected' | 'needs_credentials' | 'none_needed' | 'pending' | 'unknown';

export class App {
  constructor(
    readonly page: Page,
    readonly sandbox: Sandbox,
  ) {}

  /** Loads a page by its path below the base. A token is kept in memory, so it is forgotten by this. */
  async open(path = ''): Promise<void> {
    await this.page.goto(this.sandbox.url(path));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeVisible();
  }

  openStorefronts(): Promise<void> {
    return this.open('storefronts');
  }

  openStorefront(id: number): Promise<void> {
    return this.open(`storefronts/${id}`);
  }

  openSource(id: number, source: string, type?: string): Promise<void> {
    const query = type === undefined ? '' : `?type=${encodeURIComponent(type)}`;
    return this.open(`storefronts/${id}/sources/${encodeURIComponent(source)}${query}`);
  }

  /** Opens a page and answers its question for our own token. */
  async openAs(token: Token, path: string): Promise<void> {
    await this.open(path);
    await this.giveToken(token);
  }

  /** Our own form for the access token. */
  get tokenForm(): Locator {
    return this.page.locator('form').filter({ has: this.page.locator('input[name="accessToken"]') });
  }

  /** Types our own token and waits until it was taken. */
  async giveToken(token: Token | string): Promise<void> {
    await this.tokenForm.locator('input[name="accessToken"]').fill(token);
    await this.tokenForm.locator('button[type="submit"]').click();
    await expect(this.tokenForm).toHaveCount(0);
  }

  /** Goes elsewhere as a click on a link does: nothing in memory is lost. */
  async follow(name: string | RegExp): Promise<void> {
    await this.page.getByRole('link', { name }).first().click();
  }

  /** The form for a source's credential. */
  get form(): Locator {
    return this.page.locator('form[data-auth]').filter({ hasNot: this.page.locator('input[name="accessToken"]') });
  }

  /** A control of that form by its label. */
  field(label: string | RegExp): Locator {
    return this.form.getByLabel(label);
  }

  /** A control of that form by its name on the wire. */
  control(name: string): Locator {
    return this.form.locator(`[name="${name}"]`);
  }

  /** Chooses what the person holds, by the words on the choice. */
  async choose(kind: string | RegExp): Promise<void> {
    // The label lies over its radio button, as it does under a finger.
    await this.form.locator('label').filter({ hasText: kind }).click();
    await expect(this.form.getByRole('radio', { name: kind })).toBeChecked();
  }

  /** A button by its `data-action`. */
  action(name: string): Locator {
    return this.page.locator(`[data-action="${name}"]`);
  }

  /** Presses the form's own button, whatever it says now. */
  async submit(): Promise<void> {
    await this.form.locator('button[type="submit"]').click();
  }

  /** Waits until the form for a source is in this phase, or its result is. */
  async expectPhase(phase: Phase): Promise<void> {
    await expect(this.page.locator(`[data-phase="${phase}"]`).first()).toBeVisible();
  }

  /** The summary of all that is wrong; hidden while nothing is. */
  get errorSummary(): Locator {
    return this.page.getByRole('alert').filter({ has: this.page.getByRole('heading', { name: 'There is a problem' }) });
  }

  /** The row of a source on its storefront's page. */
  source(id: string): Locator {
    return this.page.locator(`[data-source-id="${id}"]`);
  }

  async expectStatus(id: string, status: Status): Promise<void> {
    await expect(this.source(id)).toHaveAttribute('data-status', status);
  }
}
