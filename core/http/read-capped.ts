/**
 * The bytes of a body; null if there are more than `maxBytes`. `rest`: whether the others are left unread, or read
 * and dropped: some senders wait for the response only after they have sent everything.
 */
export async function readCapped(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  maxBytes: number,
  rest: 'unread' | 'dropped' = 'unread',
): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length <= maxBytes) chunks.push(chunk);
    else if (rest === 'unread') return null;
  }
  return length > maxBytes ? null : Buffer.concat(chunks);
}
