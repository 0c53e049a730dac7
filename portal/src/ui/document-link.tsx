import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

export interface DocumentAddress {
  readonly fileName: string;
  readonly downloadUrl: string;
  readonly expiresAt: string;
  readonly sizeBytes?: number | null;
}

/** A link to a file whose address works for some minutes: one that is over is asked for again first. */
export function DocumentLink(props: {
  readonly file: DocumentAddress;
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly className?: string;
  onExpired(): void;
}) {
  const { file, children, icon = 'pdf', className = '', onExpired } = props;
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting || isOver(file)) return;
    setWaiting(false);
    location.assign(file.downloadUrl);
  }, [isWaiting, file]);
  const open = (event: MouseEvent) => {
    if (!isOver(file)) return;
    event.preventDefault();
    setWaiting(true);
    onExpired();
  };
  return (
    <a
      href={file.downloadUrl}
      target="_blank"
      rel="noreferrer"
      className={`portal-document ${className}`}
      onClick={open}
    >
      <Icon name={icon} className="icon-primary icon-sm" />
      <span>
        {children}
        <span className="visually-hidden"> (si apre in una nuova scheda)</span>
      </span>
    </a>
  );
}

/** Some seconds early: the request takes time. */
function isOver({ expiresAt }: DocumentAddress): boolean {
  return Date.now() > Date.parse(expiresAt) - 5_000;
}
