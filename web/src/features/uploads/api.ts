// The calls of an upload.
import { api, ok } from '@/api/client';
import type { Upload, UploadState } from '@/api/types';

/** Length of a part in bytes, and the checksum of each. */
export interface Parts {
  byte_size: number;
  sha256: string[];
}

export interface Announcement {
  content_type: string;
  byte_size: number;
  sha256: string;
  parts?: Parts;
}

export const startUpload = (body: Announcement, once: string): Promise<Upload> =>
  ok(api.POST('/v1/uploads', { params: { header: { 'Idempotency-Key': once } }, body }));

export const completeUpload = (upload_id: string): Promise<unknown> =>
  ok(api.POST('/v1/uploads/{upload_id}/complete', { params: { path: { upload_id } } }));

export const getUpload = (upload_id: string): Promise<UploadState> =>
  ok(api.GET('/v1/uploads/{upload_id}', { params: { path: { upload_id } } }));
