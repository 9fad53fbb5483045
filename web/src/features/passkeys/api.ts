// The calls about passkeys. Each is two: the server asks, the device answers.
import { api, ok } from '@/api/client';
import type { Me, Passkey } from '@/api/types';
import { entered, opening, wrongIs } from '@/features/auth/api';
import { makePasskey, usePasskey } from './webauthn';

const UNKNOWN = 'Kith does not know this passkey any more. Use another way, and remove it from your device.';

export async function addPasskey(name: string): Promise<Passkey> {
  const { registration_id, options } = await ok(api.POST('/v1/auth/passkeys/register/start'));
  const credential = await makePasskey(options);
  return ok(api.POST('/v1/auth/passkeys/register/finish', { body: { registration_id, name, credential } }));
}

export const removePasskey = (passkey_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/me/passkeys/{passkey_id}', { params: { path: { passkey_id } } }));

/** What a passkey answered to the server's question. */
export interface Shown {
  login_id: string;
  credential: Record<string, never>;
}

async function show(signal?: AbortSignal, suggest = false): Promise<Shown> {
  const { login_id, options } = await ok(api.POST('/v1/auth/passkeys/login/start'));
  return { login_id, credential: await usePasskey(options, signal, suggest) };
}

/** Has the person choose a passkey now. */
export const askForPasskey = (): Promise<Shown> => show();

/** Offers passkeys among the suggestions of the number field; settles when one was chosen. */
export const offerPasskey = (signal: AbortSignal): Promise<Shown> => show(signal, true);

export async function enterWith(shown: Shown): Promise<Me> {
  const body = { ...shown, ...opening() };
  return entered(ok(api.POST('/v1/auth/passkeys/login/finish', { body }))).catch(wrongIs(UNKNOWN));
}

/** Shows again who I am. */
export async function stepUpWithPasskey(): Promise<void> {
  const body = await show();
  await ok(api.POST('/v1/auth/step-up/verify', { body })).catch(wrongIs(UNKNOWN));
}
