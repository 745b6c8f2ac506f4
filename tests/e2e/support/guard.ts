// Watches everything that a browser context does; a test fails on what no test should see.
import type { BrowserContext } from '@playwright/test';

/** Requests may go to these origins alone. */
type Origins = readonly string[];

export class Guard {
  private readonly found: { text: string; kind: string }[] = [];
  private readonly allowed: RegExp[] = [];

  /** Starts to watch a context, before it has a page. */
  static async over(context: BrowserContext, origins: Origins): Promise<Guard> {
    const guard = new Guard();
    context.on('weberror', (error) => guard.note('page error', `${error.error().stack ?? error.error().message}`));
    context.on('console', (message) => {
      // Warnings count too: "preloaded but not used" is a fault of the page, not of the test.
      if (message.type() === 'error' || message.type() === 'warning') {
        guard.note(`console ${message.type()}`, `${message.text()} (${message.location().url})`);
      }
    });
    context.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('about:') && !origins.includes(new URL(url).origin)) guard.note('foreign request', url);
    });
    // Chromium tells most violations on the console by itself; this tells all of them, with the place.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const place = `${event.sourceFile}:${event.lineNumber}`;
        console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample} (${place})`);
      });
    });
    return guard;
  }

  /** Lets console lines, page errors or requests pass that the test provokes. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** Lets the browser's own line about an answer with one of these statuses pass. */
  allowStatus(...statuses: number[]): void {
    this.allow(new RegExp(`^Failed to load resource: the server responded with a status of (${statuses.join('|')}) `));
  }

  /** Lets the browser's own lines about connections that fail pass. */
  allowNetworkErrors(): void {
    this.allow(/^Failed to load resource: net::ERR_/);
  }

  /** What was seen and not allowed. */
  problems(): string[] {
    const strange = this.found.filter(({ text }) => !this.allowed.some((pattern) => pattern.test(text)));
    return strange.map(({ kind, text }) => `${kind}: ${text}`);
  }

  private note(kind: string, text: string): void {
    this.found.push({ kind, text });
  }
}
