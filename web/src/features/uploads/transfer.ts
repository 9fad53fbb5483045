// One request that carries bytes to the store. XMLHttpRequest, since `fetch` tells no upload progress.
import { ApiProblem, Unreachable } from '@/api/problem';

/** Where the store takes exactly these bytes. */
export interface Target {
  url: string;
  headers: Record<string, string>;
}

/** Names that scripts may not set; the browser sends them by itself. */
const BROWSERS_OWN = new Set(['content-length', 'host', 'connection']);

/** Sends the bytes; `sent` hears how many of them have gone out. */
export function send(target: Target, bytes: Blob, signal: AbortSignal, sent: (bytes: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new Unreachable('the upload was stopped'));
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('PUT', target.url);
    for (const [name, value] of Object.entries(target.headers)) {
      if (!BROWSERS_OWN.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded }) => sent(loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new ApiProblem(request.status, '', 'the photo store did not take this photo'));
    };
    request.onerror = request.ontimeout = () => reject(new Unreachable('the upload was cut off'));
    request.onabort = () => reject(new Unreachable('the upload was stopped'));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    request.send(bytes);
  });
}

/** Whether the store has these bytes already, by a try whose answer was lost; or is still at that try. */
export const isThereAlready = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 409 || error.status === 412);
