import { isProblem, uploadFile } from '@school-services/client';
import { useState } from 'react';
import { client } from '../api/client.ts';
import { fileProblemOf } from '../api/problems.ts';

export interface Upload {
  readonly isRunning: boolean;
  readonly problem: string | null;
  /** The id to attach it with, or null where it was refused. */
  send(file: File): Promise<string | null>;
}

/** Sends a file to an address of its own. */
export function useUpload(practiceId: string, attachmentCode: string): Upload {
  const [state, setState] = useState<{ isRunning: boolean; problem: string | null }>({
    isRunning: false,
    problem: null,
  });
  const fail = (problem: string) => {
    setState({ isRunning: false, problem });
    return null;
  };
  return {
    ...state,
    async send(file) {
      setState({ isRunning: true, problem: null });
      const mediaType = file.type || 'application/octet-stream';
      const sent = { practiceId, attachmentCode, fileName: file.name, mediaType, content: file };
      try {
        const result = await uploadFile(client, sent);
        if (isProblem(result)) return fail(result.message);
        setState({ isRunning: false, problem: null });
        return result.uploadId;
      } catch (error) {
        return fail(fileProblemOf(error));
      }
    },
  };
}
