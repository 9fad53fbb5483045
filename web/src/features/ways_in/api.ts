// The call about every way into my account.
import { api, ok } from '@/api/client';
import type { WaysIn } from '@/api/types';

export const getWaysIn = (): Promise<WaysIn> => ok(api.GET('/v1/me/ways-in'));
