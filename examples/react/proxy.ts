// The policy of every page, with a nonce of its own, and the gateway through which the element reaches the API.
import { NextResponse, type NextRequest } from 'next/server';

/** What stands for the documented base of the storefront API: a sandbox on this machine unless the environment says more. */
const UPSTREAM = process.env['CREDENZA_UPSTREAM'] ?? 'http://127.0.0.1:8080/gateway/storefront';
/** What the API needs to know of a call. No cookie of the portal goes there. */
const PASSED = ['accept', 'authorization', 'content-type', 'user-agent'];

export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = new URL(request.url);
  if (pathname.startsWith('/gateway/')) {
    const headers = new Headers(PASSED.flatMap((name) => [[name, request.headers.get(name) ?? '']] as [string, string][]).filter(([, value]) => value));
    return NextResponse.rewrite(UPSTREAM + pathname.slice('/gateway'.length) + search, { request: { headers } });
  }
  const policy = policyWith(btoa(crypto.randomUUID()));
  // Next reads the nonce from the policy of the request and puts it on its own scripts.
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  // Without any referrer a form's own request has no origin either, and Next refuses its actions.
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}

/** `'wasm-unsafe-eval'` lets the element compile its module; everything else is what Next itself needs. */
function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const config = {
  // Files of the build have no need of it.
  matcher: '/((?!_next/static|icon.svg).*)',
};
