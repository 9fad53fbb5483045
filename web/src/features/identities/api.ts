// The calls about services that vouch for me. Signing in and linking are journeys of the browser, not calls.
import { api, knock, ok, session } from '@/api/client';
import { linkAddress } from './providers';

/** The journey to the other service and back renews no session: what there is at its start must last. */
const JOURNEY_SECONDS = 300;

/** Leaves for a service, to come back with it linked. */
export async function link(provider: string, returnTo: string): Promise<void> {
  const address = linkAddress(provider, returnTo);
  await session.ensureFresh(JOURNEY_SECONDS);
  await knock(address);
  location.assign(address);
}

export const unlink = (provider: string): Promise<unknown> =>
  ok(api.DELETE('/v1/me/identities/{provider}', { params: { path: { provider } } }));
