import type { IncomingMessage, ServerResponse } from 'node:http';
import { toPublicError } from '../../../core/errors.ts';
import { parseFileAddress } from '../../../core/http/file-address.ts';
import { sendError } from '../../../core/http/send-error.ts';
import { createId } from '../../../core/ids.ts';
import { orWhenAborted } from '../../../core/resilience/or-when-aborted.ts';
import type { DocumentRequest } from '../documents/serve-document.ts';
import { recordAccess } from '../record-access.ts';
import { createRequestContext, type Services } from '../request-context.ts';
import type { UploadRefusalCode, UploadSink } from './upload-sink.ts';

/**
 * Answers PUT of `/uploads/<subgraph>/<grant>`: 201 with the received file, or the reason for the refusal.
 *
 * Bytes go to their sink as they arrive, in the name of the person who got the address.
 */
export async function serveUpload(
  { name, uploads }: { readonly name: string; readonly uploads: Readonly<Record<string, UploadSink>> },
  services: Services,
  { requestId, language }: DocumentRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = async (code: Refusal) => {
    await readOn(request);
    // The rest of the body is not read: it must not become the next request of this connection.
    if (!request.complete) response.setHeader('connection', 'close');
    const { status, ...texts } = refusals[code];
    sendError(
      response,
      status,
      { code, message: texts[language], requestId },
      {
        ...(code === 'METHOD_NOT_ALLOWED' ? { allow: 'PUT' } : {}),
        ...(status === 503 ? { 'retry-after': '5' } : {}),
      },
    );
  };
  if (request.method !== 'PUT') return refuse('METHOD_NOT_ALLOWED');
  if ((request.headers['content-encoding'] ?? 'identity') !== 'identity')
    return refuse('ENCODING_NOT_ACCEPTED');
  const grant = services.documents.readUpload(name, parseFileAddress('uploads', request.url)?.grant ?? '');
  if (grant === null) return refuse('NOT_FOUND');
  if (grant === 'expired') return refuse('EXPIRED');
  const context = createRequestContext(services, { caller: grant.caller, requestId, language });
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  const body = {
    announcedBytes: Number.isInteger(length) ? length : null,
    bytes: request.iterator({ destroyOnReturn: false }),
  };
  try {
    const outcome = (await uploads[grant.kind]?.(context, grant.parts, body)) ?? 'NOT_FOUND';
    const isRefused = outcome === 'NOT_FOUND';
    recordAccess(context, 'Document.upload', isRefused ? 'refused' : 'allowed', [
      createId(grant.kind, ...grant.parts),
    ]);
    if (typeof outcome === 'string') return refuse(outcome);
    const answer = JSON.stringify(outcome);
    response.writeHead(201, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(answer);
  } catch (error) {
    context.log.error('upload.failed', { error });
    await refuse(codeOf(error));
  }
}

function codeOf(error: unknown): Refusal {
  const { code } = toPublicError(error).extensions;
  return code === 'SUBGRAPH_UNAVAILABLE' ? code : 'INTERNAL_SERVER_ERROR';
}

const readOnForMs = 2_000;

/**
 * Reads on for a moment and discards the bytes. Closing a connection with unread bytes resets it, and the sender,
 * usually the gateway, would see the reset instead of the refusal.
 */
async function readOn(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  const isOver = new Promise<void>((resolve) => {
    request
      .once('end', resolve)
      .once('close', resolve)
      .once('error', () => resolve());
  });
  request.resume();
  await orWhenAborted(AbortSignal.timeout(readOnForMs), isOver, () => undefined);
}

type Refusal =
  | UploadRefusalCode
  | 'METHOD_NOT_ALLOWED'
  | 'ENCODING_NOT_ACCEPTED'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

const refusals: Readonly<
  Record<Refusal, { readonly status: number; readonly it: string; readonly en: string }>
> = {
  NOT_FOUND: {
    status: 404,
    it: 'Questo indirizzo non è valido, o la pratica non accetta più allegati.',
    en: 'This address is not valid, or the practice takes no attachments any more.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    it: 'A questo indirizzo si può solo inviare un file con PUT.',
    en: 'This address takes a file by PUT and nothing else.',
  },
  EXPIRED: {
    status: 410,
    it: 'Questo indirizzo è scaduto: chiederne uno nuovo.',
    en: 'This address has expired: ask for a new one.',
  },
  ALREADY_RECEIVED: {
    status: 409,
    it: 'Il file è già arrivato: si può allegare, o chiedere un nuovo indirizzo per un altro file.',
    en: 'The file was already received: attach it, or ask for a new address for another.',
  },
  IN_PROGRESS: {
    status: 409,
    it: 'Il file sta già arrivando: attendere la fine del caricamento.',
    en: 'The file is already arriving: wait for that upload to end.',
  },
  TOO_LARGE: {
    status: 413,
    it: 'Il file è più grande di quanto è accettato.',
    en: 'The file is larger than allowed.',
  },
  MEDIA_TYPE_DIFFERS: {
    status: 415,
    it: 'Il contenuto del file non è di un tipo accettato, o non è del tipo annunciato.',
    en: 'The content of the file is not of a type that is accepted, or not of the type that was announced.',
  },
  ENCODING_NOT_ACCEPTED: {
    status: 415,
    it: 'Inviare il file così com’è, senza Content-Encoding.',
    en: 'Send the file as it is, without a Content-Encoding.',
  },
  EMPTY: { status: 422, it: 'Il file è vuoto.', en: 'The file is empty.' },
  SIZE_DIFFERS: {
    status: 422,
    it: 'Il file non ha la dimensione annunciata.',
    en: 'The file does not have the announced size.',
  },
  SHA256_DIFFERS: {
    status: 422,
    it: 'Il file non ha l’impronta SHA-256 annunciata.',
    en: 'The file has not the SHA-256 that was announced.',
  },
  INCOMPLETE: {
    status: 400,
    it: 'Il caricamento si è interrotto: inviare di nuovo il file.',
    en: 'The upload was interrupted: send the file again.',
  },
  SUBGRAPH_UNAVAILABLE: {
    status: 503,
    it: 'Una parte del servizio non risponde al momento: inviare di nuovo il file più tardi.',
    en: 'A part of the service does not answer at the moment: send the file again later.',
  },
  INTERNAL_SERVER_ERROR: {
    status: 500,
    it: 'Errore interno: inviare di nuovo il file.',
    en: 'Internal error: send the file again.',
  },
};
