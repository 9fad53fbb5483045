// The calls of signing in, of showing again who one is, and of sessions.
import { api, ok, session } from '@/api/client';
import { ApiProblem, Unsuitable } from '@/api/problem';
import { sentence } from '@/api/sentences';
import type { Channel, Me, Page, Session, SignedIn, Verification } from '@/api/types';
import { deviceName } from './device';

/** No code is enough here, only a passkey. */
export class PasskeyNeeded extends Unsuitable {}

/** What every way in says about this browser: a session by cookies, so that the tokens never come within reach of scripts. */
export const opening = () => ({
  session: 'cookie' as const,
  device: { name: deviceName(navigator.userAgent), platform: 'web' },
});

/** Takes what every way in answers. */
export async function entered(answer: Promise<SignedIn>): Promise<Me> {
  const { user, expires_in } = await answer;
  session.remember(expires_in);
  return user;
}

/** Says in words of the place what is not right about a passkey or a password. */
export function wrongIs(words: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof ApiProblem && error.is('credentials-wrong') ? new Unsuitable(words) : error;
  };
}

/** A step-up that is refused for want of one wants another kind of it: the server says which. */
export function enoughIs(error: unknown): never {
  throw error instanceof ApiProblem && error.is('step-up-required') ? new PasskeyNeeded(sentence(error.detail)) : error;
}

export const startVerification = (phone_number: string, region: string, channel: Channel): Promise<Verification> =>
  ok(api.POST('/v1/auth/phone/start', { body: { phone_number, region, channel } }));

export const verifyCode = (verification_id: string, code: string): Promise<Me> =>
  entered(ok(api.POST('/v1/auth/phone/verify', { body: { verification_id, code, ...opening() } })));

export const startStepUp = (channel: Channel): Promise<Verification> =>
  ok(api.POST('/v1/auth/step-up/start', { body: { channel } })).catch(enoughIs);

export const verifyStepUp = (verification_id: string, code: string): Promise<unknown> =>
  ok(api.POST('/v1/auth/step-up/verify', { body: { verification_id, code } })).catch(enoughIs);

export const getSessions = (): Promise<Page<Session>> => ok(api.GET('/v1/sessions'));

export const endSession = (session_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/sessions/{session_id}', { params: { path: { session_id } } }));

export const endOtherSessions = (): Promise<unknown> => ok(api.DELETE('/v1/sessions'));
