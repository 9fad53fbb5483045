// The calls about myself and about other people's cards.
import { api, ok, okTagged, type Tagged } from '@/api/client';
import type { Me, UserCard } from '@/api/types';
import { PhotoUpload, untilReady } from '@/features/uploads/upload.svelte';

export const getMe = (): Promise<Tagged<Me>> => okTagged(api.GET('/v1/me'));

export const getUser = (user_id: string): Promise<UserCard> =>
  ok(api.GET('/v1/users/{user_id}', { params: { path: { user_id } } }));

export interface ProfileChange {
  username?: string;
  display_name?: string;
  email?: string | null;
  accepted_terms?: string;
}

export const changeProfile = (etag: string, body: ProfileChange): Promise<Me> =>
  ok(api.PATCH('/v1/me', { params: { header: { 'If-Match': etag } }, body }));

/** Sends a photo, waits until it is ready and makes it my profile picture. */
export async function changePicture(file: File, mostBytes: number): Promise<Me> {
  const upload_id = await new PhotoUpload(file, mostBytes).run();
  await untilReady(upload_id);
  await ok(api.PUT('/v1/me/profile-picture', { body: { upload_id } }));
  return (await getMe()).data;
}

export async function removePicture(): Promise<Me> {
  await ok(api.DELETE('/v1/me/profile-picture'));
  return (await getMe()).data;
}
