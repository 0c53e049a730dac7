import { readFileSync } from 'node:fs';

/** The user that the server runs as. */
export interface ServerUser {
  readonly uid: number;
  /** Whether we are root: Postgres refuses to run as root. */
  readonly isSteppedDown: boolean;
}

/** Our own user; as root `nobody`, which every container has. */
export function serverUser(): ServerUser {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, isSteppedDown: false };
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith('nobody:'));
  if (line === undefined) {
    throw new Error(
      'Postgres refuses to run as root and there is no user `nobody` to run it as: start as an ordinary user.',
    );
  }
  return { uid: Number(line.split(':')[2]), isSteppedDown: true };
}

/**
 * The command that runs a program as that user.
 *
 * As root, the program keeps one capability, to pass through folders that only root may enter: the checkout and
 * the data may be below a folder of mode 0700.
 */
export function commandAs(
  user: ServerUser,
  program: string,
  args: readonly string[],
): readonly [string, readonly string[]] {
  if (!user.isSteppedDown) return [program, args];
  const { uid } = user;
  const privileges = [
    `--reuid=${uid}`,
    `--regid=${uid}`,
    '--clear-groups',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    // initdb looks for its server with access(2), which respects capabilities of other users only with this bit.
    '--securebits=+no_setuid_fixup',
  ];
  return ['setpriv', [...privileges, '--', program, ...args]];
}
