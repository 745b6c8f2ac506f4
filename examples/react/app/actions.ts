'use server';

import { begin, end, signedIn } from '../lib/session';

export async function signIn(): Promise<void> {
  await begin();
}

export async function signOut(): Promise<void> {
  await end();
}

/** The Interchange token that the element works with. Who is not signed in gets none. */
export async function interchangeToken(): Promise<string | null> {
  if (!(await signedIn())) return null;
  const token = process.env['CREDENZA_TOKEN'];
  if (!token) throw new Error('Set CREDENZA_TOKEN to the token of an ordinary member');
  return token;
}
