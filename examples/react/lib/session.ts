// Who is signed in at this portal. It stands for the session that your portal has already.
import 'server-only';
import { cookies } from 'next/headers';

const COOKIE = 'portal';

declare global {
  var portalSessions: Set<string> | undefined;
}
// Pages and actions may be bundled apart, and they must mean the same set.
const sessions = (globalThis.portalSessions ??= new Set());

export async function signedIn(): Promise<boolean> {
  const id = (await cookies()).get(COOKIE)?.value;
  return id !== undefined && sessions.has(id);
}

export async function begin(): Promise<void> {
  const id = crypto.randomUUID();
  sessions.add(id);
  (await cookies()).set(COOKIE, id, { httpOnly: true, sameSite: 'lax', path: '/' });
}

export async function end(): Promise<void> {
  const all = await cookies();
  sessions.delete(all.get(COOKIE)?.value ?? '');
  all.delete(COOKIE);
}
