// The key of the upload that was begun last, so that the same photo goes on where it stopped, also after a reload. Holds no more of the
// photo than its checksum, for as long as the tab.
import { onceKey } from '@/api/client';

const KEY = 'kith.upload';

interface Begun {
  digest: string;
  once: string;
}

function begun(): Begun | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Begun | null;
  } catch {
    return null;
  }
}

/** The key under which this photo is being uploaded; a fresh one if it is not. */
export function keyOf(digest: string): string {
  const known = begun();
  if (known?.digest === digest) return known.once;
  const once = onceKey();
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ digest, once } satisfies Begun));
  } catch {
    // Without storage an upload only does not survive a reload.
  }
  return once;
}

/** The photo has arrived, or its upload is of no use any more: the next one is a new upload. */
export function forget(digest: string): void {
  if (begun()?.digest === digest) sessionStorage.removeItem(KEY);
}
