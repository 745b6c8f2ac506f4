import type { NextConfig } from 'next';

export default {
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  // Nothing here is an image that a server would have to change.
  images: { unoptimized: true },
  // An id in a path may hold an encoded slash: proxy.ts passes on what was sent, and not a tidied copy.
  skipProxyUrlNormalize: true,
  skipTrailingSlashRedirect: true,
} satisfies NextConfig;
