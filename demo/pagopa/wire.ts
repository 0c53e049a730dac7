import type { Response } from 'express';
import type { z } from 'zod';
import type { Messages } from '../contract/messages.ts';
import { problemsOfJson, problemsOfJsonText } from './contract/json-rules.ts';

/** One of pagoPA's APIs: every body in both directions is validated against its specification. */
export interface Wire {
  /** Violations in a received body, by place. */
  problemsOf(name: string, rule: z.ZodType, body: unknown): readonly string[];
  /** Sends a body, or its text if its numbers have a notation that JSON.stringify cannot write. */
  answer(response: Response, status: number, name: string, rule: z.ZodType, body: unknown): void;
  problem(response: Response, status: number, title: string, detail: string): void;
}

export function createWire(messages: Messages, counterpart: string, problemRule: z.ZodType): Wire {
  const send = (
    response: Response,
    status: number,
    type: string,
    name: string,
    rule: z.ZodType,
    text: string,
  ) => {
    messages.check({ counterpart, writer: 'stand-in', name, text, problems: problemsOfJsonText(rule, text) });
    response.status(status).type(type).send(text);
  };
  return {
    problemsOf: (name, rule, body) =>
      messages.check({
        counterpart,
        writer: 'project',
        name,
        text: JSON.stringify(body) ?? '',
        problems: problemsOfJson(rule, body),
      }),
    answer: (response, status, name, rule, body) =>
      send(response, status, 'json', name, rule, typeof body === 'string' ? body : JSON.stringify(body)),
    problem: (response, status, title, detail) =>
      send(
        response,
        status,
        'application/problem+json',
        'ProblemJson',
        problemRule,
        JSON.stringify({ title, status, detail }),
      ),
  };
}
