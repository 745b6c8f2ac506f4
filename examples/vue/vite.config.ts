import vue from '@vitejs/plugin-vue';
import { defineConfig, type ProxyOptions } from 'vite';

// What stands for the documented base of the storefront API: a sandbox on this machine unless the environment says more.
const UPSTREAM = new URL(process.env['CREDENZA_UPSTREAM'] ?? 'http://127.0.0.1:8080/gateway/storefront');

const gateway: ProxyOptions = {
  target: UPSTREAM.href.replace(/\/$/, ''),
  changeOrigin: true,
  rewrite: (path) => path.slice('/gateway'.length),
  // The token is all that the API needs to know; no cookie of the portal goes there.
  configure: (proxy) => proxy.on('proxyReq', (request) => request.removeHeader('cookie')),
};

// `'wasm-unsafe-eval'` lets the element compile its module, and Vue makes a policy of its own for Trusted Types.
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; " +
  "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vue";

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'credenza-connect' } } })],
  // While developing, the package stays as it is: its modules lie beside its scripts.
  optimizeDeps: { exclude: ['credenza'] },
  server: { proxy: { '/gateway/': gateway } },
  preview: {
    proxy: { '/gateway/': gateway },
    headers: { 'Content-Security-Policy': POLICY, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' },
  },
});
