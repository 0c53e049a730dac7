import type { Response } from 'express';
import type { z } from 'zod';
import type { Messages } from '../contract/messages.ts';
import { problemsOfJson, problemsOfJsonText } from './contract/json-rules.ts';

/** One of pagoPA's APIs: every body that comes and goes is checked against what it publishes. */
export interface Wire {
  /** What is wrong with a body that came, by place. */
  problemsOf(name: string, rule: z.ZodType, body: unknown): readonly string[];
  /** Answers a body, or its text where numbers are written in a way that JSON.stringify does not know. */
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
