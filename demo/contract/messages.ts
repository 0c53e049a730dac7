/** One message between the project and a counterpart, checked against what the counterpart publishes. */
export interface Message {
  /** Shape: `checkout`, `paForNode`. */
  readonly counterpart: string;
  /** Whether the project wrote it or the stand-in. */
  readonly writer: 'project' | 'stand-in';
  /** The name that its specification gives it. Shape: `CartRequest`, `paGetPaymentV2Response`. */
  readonly name: string;
  /** As it was on the wire. */
  readonly text: string;
  /** What its specification excludes, by place; empty when it is valid. */
  readonly problems: readonly string[];
}

/** Everything that a stand-in received and sent. */
export interface Messages {
  /** How many were checked. */
  readonly checked: number;
  /** Those that break their specification. */
  readonly invalid: readonly Message[];
  /** Keeps a message and answers its problems. Errors: when the stand-in itself wrote what is not valid. */
  check(message: Message): readonly string[];
}

/** Sees every message, for recordings. */
export type OnMessage = (message: Message) => void;

export function createMessages(onMessage: OnMessage = () => undefined): Messages {
  const invalid: Message[] = [];
  let checked = 0;
  return {
    get checked() {
      return checked;
    },
    invalid,
    check(message) {
      checked += 1;
      onMessage(message);
      const { problems, writer, counterpart, name } = message;
      if (problems.length === 0) return problems;
      invalid.push(message);
      if (writer === 'stand-in')
        throw new Error(
          `The stand-in would send a ${name} of ${counterpart} that is not valid: ${problems.join('; ')}`,
        );
      return problems;
    },
  };
}
