// Fails when the JavaScript of a first load outgrows its budget. A first load is the entry, what it imports, and the screen it shows first;
// whatever else is fetched later does not count.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 45 * 1024;
const FIRST_SCREENS = ['src/features/posts/Feed.svelte', 'src/features/auth/SignIn.svelte'];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('../build/manifest.json', dist), 'utf8'));

function closure(key, files = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the build`);
  if (files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) closure(imported, files);
  return files;
}

let over = false;
for (const screen of FIRST_SCREENS) {
  const files = new Set([...closure('index.html'), ...closure(screen)]);
  const bytes = [...files].reduce(
    (sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length,
    0,
  );
  over ||= bytes > BUDGET_BYTES;
  console.log(
    `${screen}: ${(bytes / 1024).toFixed(1)} KB gzip in ${files.size} files (at most ${BUDGET_BYTES / 1024} KB)`,
  );
}
if (over) process.exit(1);
