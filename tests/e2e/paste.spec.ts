// The control that fills a form from what a person has: where it stands, how it is reached, and what it leaves alone.
import { expectAccessible } from './support/axe';
import { tabTo } from './support/keyboard';
import { LABEL, PLACES, expect, test } from './support/paste';

const HINT = /A JSON body, a curl command, \.env lines, an AWS file, .* read in this page and not kept/;

for (const place of Object.values(PLACES)) {
  test(`it stands in ${place.name}, folded, and fills it`, async ({ app, at, page, sandbox }) => {
    const paste = await at(place);
    await expect(paste.line).toBeVisible();
    await expect(paste.line).toHaveCount(1);
    await expect(paste.text).toBeHidden();

    // Opened by keyboard; then comes its text.
    await tabTo(page, paste.line);
    await page.keyboard.press('Enter');
    await expect(paste.text).toBeVisible();
    await expect(paste.told).toBeEmpty();
    await page.keyboard.press('Tab');
    await expect(paste.text).toBeFocused();
    await expect(paste.text).toHaveAccessibleName(LABEL);
    await expect(paste.text).toHaveAccessibleDescription(HINT);
    // It is no field of the form, so that nothing fills or sends it.
    await expect(paste.text).not.toHaveAttribute('name');
    await expect(paste.text).toHaveAttribute('autocomplete', 'off');
    await expect(paste.text).toHaveAttribute('spellcheck', 'false');
    await expect(paste.text).toHaveCSS('-webkit-text-security', 'disc');
    await expect(paste.text).toHaveAttribute('data-dd-privacy', 'mask');
    await expect(paste.text).toHaveAttribute('data-sentry-mask', '');
    for (const name of [/ph-no-capture/, /fs-exclude/]) await expect(paste.text).toHaveClass(name);
    await page.keyboard.press('Tab');
    await expect(paste.fill).toBeFocused();
    await expectAccessible(page);

    await sandbox.clearRequests();
    const href = page.url();
    await paste.paste(place.text);
    await paste.expectFilled(place.from, place.labels);
    await paste.expectValues(place.values);
    // The focus stays, and nothing was sent.
    await expect(paste.text).toBeFocused();
    await expect(app.errorSummary).toBeHidden();
    await expectAccessible(page);
    expect(page.url()).toBe(href);
    expect((await sandbox.serviceRequests()).filter(({ method }) => method !== 'GET')).toEqual([]);
    await expect(paste.undo).toBeVisible();
  });
}
