import type { Attachment } from '../../protocol/messages';
import { uuid } from '../lib/ids';
import { csrfToken } from './call';
import { problemFrom, ProblemError } from './problem';

const largest = 25 * 1024 * 1024;

/** Uploads one file for a message and says how far it has come, 0 to 1. Throws ProblemError; one that is too large does not even leave. */
export function upload(file: File, onProgress: (share: number) => void = () => {}): Promise<Attachment> {
  if (file.size > largest) return Promise.reject(new ProblemError({ code: 'file-too-large', params: { bytes: largest } }));
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append('file', file, file.name);
    const request = new XMLHttpRequest();
    request.open('POST', '/api/v1/attachments');
    request.setRequestHeader('x-csrf-token', csrfToken());
    request.setRequestHeader('idempotency-key', uuid());
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ProblemError({ code: 'network' }));
    request.onload = () => {
      const answer = bodyOf(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(answer as Attachment);
      else reject(problemFrom(request.status, answer));
    };
    request.send(body);
  });
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
