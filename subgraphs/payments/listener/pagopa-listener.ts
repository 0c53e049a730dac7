import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AuditStream } from '../../../core/audit.ts';
import { closeServer, listenAt } from '../../../core/http/listen.ts';
import { readCapped } from '../../../core/http/read-capped.ts';
import { requestIdOf } from '../../../core/http/request-id.ts';
import { sendError } from '../../../core/http/send-error.ts';
import type { Log } from '../../../core/log.ts';
import type { ListenerTlsConfig } from '../../../core/pagopa-config.ts';
import { logRequest } from '../../../core/request-log/log-requests.ts';
import { orWhenAborted } from '../../../core/resilience/or-when-aborted.ts';
import { InvalidXml } from '../../../core/xml/read-xml.ts';
import { element } from '../../../core/xml/write-xml.ts';
import { refusalAnswer } from './answers.ts';
import { createCallerCheck } from './authenticate-caller.ts';
import { NodeRefusal } from './faults.ts';
import { type Operation, type OperationTools, operations } from './operations.ts';
import { paForNode, readEnvelope, writeEnvelope, writeSoapFault } from './soap.ts';

export interface PagopaListenerOptions extends OperationTools {
  readonly log: Log;
  readonly audit: AuditStream;
  /** Time limit of one call; default 10 s. */
  readonly limitMs?: number;
}

export interface PagopaListener {
  /** The address that the node calls. Shape: `http://127.0.0.1:4005/paForNode`. */
  readonly url: string;
  /** From now on each connection ends with its answer: the next call is for another process. */
  leave(): void;
  close(): Promise<void>;
}

/** Receipts hold at most five transfers: a large one has a tenth of this size. */
const maxBytes = 256 * 1024;
const path = '/paForNode';

/**
 * The pagoPA listener: paVerifyPaymentNotice, paGetPaymentV2 and paSendRTV2.
 *
 * A caller that is not pagoPA's node gets 403 before a byte of the body is read, and is audited. Source:
 * paForNode.wsdl.
 */
export async function openPagopaListener(options: PagopaListenerOptions): Promise<PagopaListener> {
  const { host, port, tls } = options.config;
  let isLeaving = false;
  const answer = answerWith(options);
  const server = await createListener(tls, (request, response) => {
    if (isLeaving) response.shouldKeepAlive = false;
    answer(request, response);
  });
  const variables = { portVariable: 'PAGOPA_NODE_PORT', hostVariable: 'PAGOPA_NODE_HOST' };
  const taken = await listenAt(server, { port, host, ...variables });
  const url = `${tls === null ? 'http' : 'https'}://${host}:${taken}${path}`;
  options.log.info('node.listening', { port: taken });
  return {
    url,
    leave() {
      isLeaving = true;
    },
    close: () => closeServer(server),
  };
}

type HttpServer = ReturnType<typeof createServer>;

async function createListener(tls: ListenerTlsConfig | null, listener: RequestListener): Promise<HttpServer> {
  const limits = { headersTimeout: 10_000, requestTimeout: 15_000, maxHeaderSize: 8_192 };
  if (tls === null) return createServer(limits, listener);
  const [cert, key, ca] = await Promise.all(
    [tls.certificate, tls.key, tls.clientCa].map((file) => (file === null ? undefined : readFile(file))),
  );
  // TLS accepts a caller without a certificate, so that its 403 can be audited.
  const asksForCertificate = ca === undefined ? {} : { ca, requestCert: true, rejectUnauthorized: false };
  return createTlsServer({ ...limits, cert, key, minVersion: 'TLSv1.2', ...asksForCertificate }, listener);
}

function answerWith(options: PagopaListenerOptions): RequestListener {
  const isNode = createCallerCheck(options.config);
  return (request, response) => {
    const requestId = requestIdOf(request);
    const log = options.log.child({ requestId });
    const refuse = (status: number, code: string, message: string) => {
      response.shouldKeepAlive = false;
      sendError(response, status, { code, message, requestId });
    };
    logRequest({ log }, request, response, { path, client: () => 'pagopa' });
    if (!isNode(request)) {
      options.audit.record({
        action: 'PagopaListener.call',
        outcome: 'refused',
        ...nodeActor,
        subjectIds: [],
        requestId,
        auditId: randomUUID(),
      });
      return refuse(403, 'FORBIDDEN', 'This address answers pagoPA only.');
    }
    if (request.method !== 'POST' || request.url?.split('?')[0] !== path)
      return refuse(404, 'BAD_USER_INPUT', `Calls are posted to ${path}.`);
    const encoding = request.headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity')
      return refuse(415, 'BAD_USER_INPUT', 'A body without a content-encoding was expected.');
    answer(options, request, log).then(
      (text) => (text === null ? refuse(413, 'BAD_USER_INPUT', tooLarge) : send(response, text)),
      // The connection broke while the body was read: nobody waits for a response.
      (error: unknown) => {
        log.warn('node.broken', { error });
        response.destroy();
      },
    );
  };
}

const nodeActor = { actor: { kind: 'pagopa', id: null }, level: null } as const;
const tooLarge = `A body of at most ${maxBytes} bytes was expected.`;

/** Null if the body is too large. */
async function answer(
  options: PagopaListenerOptions,
  request: IncomingMessage,
  log: Log,
): Promise<{ readonly status: number; readonly body: string } | null> {
  const action = String(request.headers.soapaction ?? '').replace(/^"|"$/g, '');
  const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
  // The connection stays open for the 413.
  const bytes = await readCapped(request.iterator({ destroyOnReturn: false }), maxBytes);
  if (bytes === null) return null;
  if (operation === undefined) {
    log.warn('node.unknownOperation');
    const known = Object.keys(operations).join(', ');
    return { status: 500, body: writeSoapFault(`A SOAPAction of ${known} was expected.`) };
  }
  const content = await run(operation, bytes, options, request).catch((error: unknown) => {
    const refusal = toRefusal(error);
    const level = refusal.code === 'PAA_SYSTEM_ERROR' ? 'error' : 'warn';
    log[level]('node.refused', { operation: action, fault: refusal.code, error: refusal });
    return refusalAnswer(refusal, options.config.creditor);
  });
  log.info('node.answered', { operation: action });
  return { status: 200, body: writeEnvelope(element(`paf:${operation.response}`, content)) };
}

async function run(
  operation: Operation,
  bytes: Buffer,
  options: PagopaListenerOptions,
  { socket }: IncomingMessage,
) {
  const element = readEnvelope(textOf(bytes));
  if (element.name !== operation.request || element.namespace !== paForNode)
    throw new InvalidXml(`${operation.request} was expected in the body, as the SOAPAction says.`);
  const gone = new AbortController();
  const leave = () => gone.abort();
  socket.once('close', leave);
  try {
    const limitMs = options.limitMs ?? 10_000;
    return await orWhenAborted(
      AbortSignal.timeout(limitMs),
      operation.run(element, { ...options, signal: gone.signal }),
      () => {
        throw new Error(`An answer within ${limitMs} ms was expected.`);
      },
    );
  } finally {
    gone.abort();
    socket.off('close', leave);
  }
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new InvalidXml('UTF-8 was expected.');
  }
}

function toRefusal(error: unknown): NodeRefusal {
  if (error instanceof NodeRefusal) return error;
  if (error instanceof InvalidXml) return new NodeRefusal('PAA_SINTASSI_XSD', error.message);
  // The node asks again, and a receipt is stored whole or not at all.
  return new NodeRefusal('PAA_SYSTEM_ERROR', undefined, { cause: error });
}

function send(
  response: ServerResponse,
  { status, body }: { readonly status: number; readonly body: string },
) {
  response.writeHead(status, {
    'content-type': 'text/xml; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}
