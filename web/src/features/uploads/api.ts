// The calls of an upload.
import { api, ok } from '@/api/client';
import type { Upload, UploadState } from '@/api/types';

export const startUpload = (content_type: string, byte_size: number, sha256: string, once: string): Promise<Upload> =>
  ok(
    api.POST('/v1/uploads', {
      params: { header: { 'Idempotency-Key': once } },
      body: { content_type, byte_size, sha256 },
    }),
  );

export const completeUpload = (upload_id: string): Promise<unknown> =>
  ok(api.POST('/v1/uploads/{upload_id}/complete', { params: { path: { upload_id } } }));

export const getUpload = (upload_id: string): Promise<UploadState> =>
  ok(api.GET('/v1/uploads/{upload_id}', { params: { path: { upload_id } } }));
