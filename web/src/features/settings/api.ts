// The calls of the settings.
import { api, ok, okTagged, type Tagged } from '@/api/client';
import type { Settings, SettingsPatch } from '@/api/types';

export const getSettings = (): Promise<Tagged<Settings>> => okTagged(api.GET('/v1/me/settings'));

export const changeSettings = (etag: string, body: SettingsPatch): Promise<Settings> =>
  ok(api.PATCH('/v1/me/settings', { params: { header: { 'If-Match': etag } }, body }));
