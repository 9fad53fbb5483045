// The calls about the e-mail address.
import { api, ok } from '@/api/client';
import type { Me } from '@/api/types';
import { changeProfile } from '@/features/users/api';

/** The whole account is not looked at here, so whatever else was changed meanwhile stays. */
export const saveEmail = (email: string | null): Promise<Me> => changeProfile('*', { email });

export const startEmail = async (): Promise<{ resend_at?: string }> => (await ok(api.POST('/v1/me/email/start'))) ?? {};

export const verifyEmail = (code: string): Promise<Me> => ok(api.POST('/v1/me/email/verify', { body: { code } }));
