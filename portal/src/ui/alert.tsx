import type { ReactNode } from 'react';
import { type Language } from '../language.ts';

export type AlertKind = 'info' | 'success' | 'warning' | 'danger';

/** A message that is part of the page; `isUrgent` ones are read out as soon as they appear. */
export function Alert(props: {
  readonly kind: AlertKind;
  readonly title?: string;
  /** Of the title, where it says what is wrong. */
  readonly language?: Language;
  readonly isUrgent?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={`alert alert-${props.kind}`} role={props.isUrgent === true ? 'alert' : 'status'}>
      {props.title === undefined ? null : (
        <p className="alert-heading h6" lang={props.language}>
          {props.title}
        </p>
      )}
      {props.children}
    </div>
  );
}
