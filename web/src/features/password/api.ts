// The calls about the password.
import { api, ok } from '@/api/client';
import type { Me } from '@/api/types';
import { entered, opening, wrongIs } from '@/features/auth/api';

export const passwordSignIn = (phone_number: string, region: string, password: string): Promise<Me> =>
  entered(ok(api.POST('/v1/auth/password/login', { body: { phone_number, region, password, ...opening() } }))).catch(
    wrongIs('The number or the password is not right. If you never set a password, use a code.'),
  );

/** `current` is asked for where there is one already. */
export const setPassword = (password: string, current: string | null): Promise<unknown> =>
  ok(api.PUT('/v1/me/password', { body: { password, ...(current === null ? {} : { current_password: current }) } }));

export const removePassword = (): Promise<unknown> => ok(api.DELETE('/v1/me/password'));
