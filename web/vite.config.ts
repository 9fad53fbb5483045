import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// `KITH_URL` points `npm run dev` at a running server; the built client is served by the server itself.
const server = process.env.KITH_URL ?? 'http://127.0.0.1:8080';

/** The build's manifest is for scripts/size.mjs; what is in `dist` is served. */
function keepManifestAside() {
  return {
    name: 'keep-manifest-aside',
    closeBundle() {
      mkdirSync('build', { recursive: true });
      renameSync('dist/.vite/manifest.json', 'build/manifest.json');
      rmSync('dist/.vite', { recursive: true });
    },
  };
}

export default defineConfig({
  plugins: [svelte()],
  resolve: {
    alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) },
    // Tests run the client's own runtime, not the one for rendering on a server.
    ...(process.env.VITEST ? { conditions: ['browser'] } : {}),
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // a data: URL would need a wider content security policy
    modulePreload: { polyfill: false },
    manifest: true,
    rollupOptions: { plugins: [keepManifestAside()] },
  },
  server: {
    proxy: {
      '/v1': { target: server, ws: true },
      '/dev': { target: server },
    },
  },
  test: { include: ['tests/**/*.test.ts'] },
});
