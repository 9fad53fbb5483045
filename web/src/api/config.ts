// What the server tells everybody about itself, asked for once.
import { api, ok } from './client';
import type { PublicConfig } from './types';

let asked: Promise<PublicConfig> | null = null;

/** Rejects if the server cannot be reached; the next call asks again. */
export function publicConfig(): Promise<PublicConfig> {
  asked ??= ok(api.GET('/v1/config')).catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

/** The contract's limit, for when the server could not be asked; it refuses larger ones by itself. */
const CONTRACT_UPLOAD_MAX_BYTES = 25_000_000;

export const uploadMaxBytes = (): Promise<number> =>
  publicConfig().then(
    (config) => config.upload_max_bytes,
    () => CONTRACT_UPLOAD_MAX_BYTES,
  );
