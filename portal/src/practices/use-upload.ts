import { useState } from 'react';
import { useClient } from 'urql';
import { fetchAsUser } from '../api/fetch-as-user.ts';
import { PortalCreateUpload } from '../api/operations.generated.ts';
import { problemOf } from '../api/problems.ts';
import { told } from '../language.ts';

export interface Upload {
  readonly isRunning: boolean;
  readonly problem: string | null;
  /** The id to attach it with, or null where it was refused. */
  send(file: File): Promise<string | null>;
}

/** Sends a file to an address of its own. Its problem is told in the server's words. */
export function useUpload(practiceId: string, attachmentCode: string): Upload {
  const client = useClient();
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
      const input = {
        practiceId,
        attachmentCode,
        fileName: file.name,
        mediaType: file.type || 'application/octet-stream',
        sizeBytes: file.size,
      };
      const { data, error } = await client.mutation(PortalCreateUpload, { input }).toPromise();
      const ticket = data?.createUpload;
      if (!ticket) return fail(error === undefined ? failed : problemOf(error).text);
      if (ticket.__typename !== 'UploadTicket') return fail('message' in ticket ? ticket.message : failed);
      const refusal = await put(ticket.uploadUrl, file);
      if (refusal !== null) return fail(refusal);
      setState({ isRunning: false, problem: null });
      return ticket.uploadId;
    },
  };
}

const failed = told('Il file non è arrivato. Riprova.', 'The file did not arrive. Try again.');

async function put(url: string, file: File): Promise<string | null> {
  try {
    const response = await fetchAsUser(url, { method: 'PUT', body: file });
    if (response.ok) return null;
    const answer = (await response.json()) as { errors?: readonly { message?: string }[] };
    return answer.errors?.[0]?.message ?? failed;
  } catch {
    return failed;
  }
}
