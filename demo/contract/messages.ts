/** One message between the gateway and a counterpart, validated against the counterpart's specification. */
export interface Message {
  /** Shape: `checkout`, `paForNode`. */
  readonly counterpart: string;
  /** Whether the gateway or the stand-in wrote it. */
  readonly writer: 'project' | 'stand-in';
  /** Its name in the specification. Shape: `CartRequest`, `paGetPaymentV2Response`. */
  readonly name: string;
  /** The bytes on the wire, as text. */
  readonly text: string;
  /** Violations of its specification, by place; empty if it is valid. */
  readonly problems: readonly string[];
}

/** All messages that a stand-in received and sent. */
export interface Messages {
  /** Number of validated messages. */
  readonly checked: number;
  /** Messages that violate their specification. */
  readonly invalid: readonly Message[];
  /** Records a message and returns its violations. Errors: if the stand-in itself wrote an invalid message. */
  check(message: Message): readonly string[];
}

/** Called with every message, for recordings. */
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
