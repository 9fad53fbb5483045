// The calls about the e-mail address.
import { api, ok } from '@/api/client';
import { ApiProblem, Unsuitable } from '@/api/problem';
import { sentence } from '@/api/sentences';
import type { Me } from '@/api/types';
import { changeProfile } from '@/features/users/api';

/** The whole account is not looked at here, so whatever else was changed meanwhile stays. */
export const saveEmail = (email: string | null): Promise<Me> => changeProfile('*', { email });

export const startEmail = (): Promise<{ resend_at?: string }> =>
  ok(api.POST('/v1/me/email/start')).catch((error: unknown) => {
    // A server may have no mail at all; its own words say so better than "try again".
    throw error instanceof ApiProblem && error.status === 503 ? new Unsuitable(sentence(error.detail)) : error;
  });

export const verifyEmail = (code: string): Promise<Me> => ok(api.POST('/v1/me/email/verify', { body: { code } }));
