import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { DOMParser } from '@xmldom/xmldom';
import { readCapped } from '../../core/http/read-capped.ts';
import type { Xml } from '../../core/xml/write-xml.ts';
import type { Messages } from '../contract/messages.ts';
import {
  type Effect,
  effectOf,
  envelopeOf,
  faultOf,
  inBandError,
  type ServiceCulture,
} from './answer-call.ts';
import { problemsOfAnswer, problemsOfCall } from './contract.ts';
import { type FaultKind, type Faults, nextFault } from './faults.ts';
import { readCall } from './read-call.ts';
import type { RegisterStore } from './register-store.ts';
import { operations, serviceNamespace } from './service-definition.ts';

interface AnswerTools {
  readonly user: string;
  readonly password: string;
  readonly culture: ServiceCulture;
  readonly random: () => number;
  readonly store: RegisterStore;
  readonly faults: Faults;
  readonly messages: Messages;
  /** Keeps the stand-in open until this work ends. */
  readonly finishing: (work: Promise<unknown>) => void;
}

const maxBodyBytes = 32 * 1024 * 1024;

/** Answers a request to the service, with the faults that were asked for. */
export function createAnswers(tools: AnswerTools) {
  const { store, culture, faults, messages, random } = tools;
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await bodyOf(request);
    if (faults.isDown) return void request.socket.destroy();
    if (text === null) return refuse(response, 'Server', 'Maximum request length exceeded.');
    const isXml = /^text\/xml\b/i.test(request.headers['content-type'] ?? '');
    if (!isXml) return void response.writeHead(415).end();
    const action = String(request.headers.soapaction ?? '').replace(/^"(.*)"$/, '$1');
    const operation = operations.find(({ name }) => action === serviceNamespace + name)?.name;
    if (operation === undefined)
      return refuse(
        response,
        'Client',
        `Server did not recognize the value of HTTP Header SOAPAction: ${action}.`,
      );
    const call = read(text);
    if (call === null) return refuse(response, 'Client', 'Server was unable to read request.');
    const problems = messages.check({
      counterpart: 'hyperSIC',
      writer: 'project',
      name: operation,
      text,
      problems:
        call.operation === operation
          ? problemsOfCall(call.element)
          : [`${operation} was expected, as the SOAPAction says.`],
    });
    if (problems.length > 0)
      return refuse(response, 'Client', `Server was unable to read request. ---> ${problems.join(' ')}`);
    if (call.user !== tools.user || call.password !== tools.password)
      return refuse(response, 'Client', 'Accesso negato.');
    const effect = effectOf(call, store, culture);
    if (effect === null) return refuse(response, 'Client', 'Unknown operation.');
    const fault = nextFault(faults, call.operation, random);
    await play(operation, checked(operation, effect, messages), fault, response, tools);
  };
}

/** A response that violates the service's description is never sent. */
function checked(operation: string, effect: Effect, messages: Messages): Effect {
  return {
    ...effect,
    async apply() {
      const answer = await effect.apply();
      const { documentElement } = new DOMParser().parseFromString(answer.xml, 'text/xml');
      const problems =
        documentElement === null ? ['XML was expected.'] : problemsOfAnswer(operation, documentElement);
      const name = `${operation}Response`;
      messages.check({ counterpart: 'hyperSIC', writer: 'stand-in', name, text: answer.xml, problems });
      return answer;
    },
  };
}

async function play(
  operation: string,
  effect: Effect,
  fault: FaultKind | null,
  response: ServerResponse,
  { faults, random, finishing }: AnswerTools,
): Promise<void> {
  const cut = () => void response.socket?.destroy();
  const unable = () => refuse(response, 'Server', 'Server was unable to process request.');
  const pause = () => wait(random() * faults.delayMs);
  switch (fault) {
    case null:
      return send(response, 200, await effect.apply());
    case 'slow':
      await pause();
      return send(response, 200, await effect.apply());
    case 'reset-before':
      return cut();
    case 'reset-after':
      await effect.apply();
      return cut();
    case 'reset-late':
      finishing(pause().then(() => effect.apply()));
      return cut();
    case 'fault':
      return unable();
    case 'fault-after':
      await effect.apply();
      return unable();
    case 'in-band':
      // The response to an attachment is empty: it has no room for a complaint.
      if (operation === 'InsertAllegatoProtocolloGenerale') return unable();
      return send(response, 200, inBandError(operation, 'Servizio momentaneamente non disponibile.'));
  }
}

function read(text: string) {
  try {
    return readCall(text);
  } catch {
    return null;
  }
}

/**
 * ASP.NET's response to an exception in a web method: a fault, whatever the call has already done. A caller that
 * cut the connection gets nothing.
 */
export function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return void response.socket?.destroy();
  const why = error instanceof Error ? error.message : 'Exception.';
  refuse(response, 'Server', `Server was unable to process request. ---> ${why}`);
}

/** Null if it is too large: the rest is read and dropped, so that the fault reaches the caller. */
export async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const bytes = await readCapped(request, maxBodyBytes, 'dropped');
  return bytes?.toString('utf8') ?? null;
}

function refuse(response: ServerResponse, code: 'Client' | 'Server', what: string): void {
  send(response, 500, faultOf(code, what));
}

function send(response: ServerResponse, status: number, body: Xml): void {
  sendXml(response, status, envelopeOf(body));
}

export function sendXml(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8' }).end(text);
}
