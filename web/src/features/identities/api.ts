// The calls about services that vouch for me. Signing in and linking are journeys of the browser, not calls.
import { api, ok } from '@/api/client';

export const unlink = (provider: string): Promise<unknown> =>
  ok(api.DELETE('/v1/me/identities/{provider}', { params: { path: { provider } } }));
