// The calls about my number and about the lock on it.
import { api, ok } from '@/api/client';
import type { Channel, Me, Verification } from '@/api/types';

export const startNumberChange = (phone_number: string, region: string, channel: Channel): Promise<Verification> =>
  ok(api.POST('/v1/me/phone/start', { body: { phone_number, region, channel } }));

export const verifyNumberChange = (verification_id: string, code: string): Promise<Me> =>
  ok(api.POST('/v1/me/phone/verify', { body: { verification_id, code } }));

export const setLock = (on: boolean): Promise<unknown> =>
  ok(on ? api.PUT('/v1/me/registration-lock') : api.DELETE('/v1/me/registration-lock'));
