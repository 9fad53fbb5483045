// The calls of signing in and of sessions.
import { api, ok, session } from '@/api/client';
import type { Me, Page, Session, Verification } from '@/api/types';
import { deviceName } from './device';

export const startVerification = (phone_number: string, region: string): Promise<Verification> =>
  ok(api.POST('/v1/auth/phone/start', { body: { phone_number, region } }));

/** Signs this browser in by cookies; the tokens never come within reach of scripts. */
export async function verifyCode(verification_id: string, code: string): Promise<Me> {
  const device = { name: deviceName(navigator.userAgent), platform: 'web' };
  const { user, expires_in } = await ok(
    api.POST('/v1/auth/phone/verify', { body: { verification_id, code, session: 'cookie', device } }),
  );
  session.remember(expires_in);
  return user;
}

export const getSessions = (): Promise<Page<Session>> => ok(api.GET('/v1/sessions'));

export const endSession = (session_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/sessions/{session_id}', { params: { path: { session_id } } }));

export const endOtherSessions = (): Promise<unknown> => ok(api.DELETE('/v1/sessions'));
