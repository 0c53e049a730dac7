import { Link } from 'react-router';
import { Icon } from './icon.tsx';

export interface Step {
  readonly title: string;
  readonly to: string;
  readonly isComplete: boolean;
}

/** Where one is in a form. Each step can be gone back to and changed. */
export function Stepper({ steps, current }: { readonly steps: readonly Step[]; readonly current: number }) {
  return (
    <nav className="portal-stepper" aria-label="Passi della pratica">
      <p className="portal-stepper-count">
        Passo {current + 1} di {steps.length}: <strong>{steps[current]?.title}</strong>
      </p>
      <ol>
        {steps.map(({ title, to, isComplete }, index) => (
          <li key={to} className={index === current ? 'current' : isComplete ? 'complete' : ''}>
            <Link to={to} aria-current={index === current ? 'step' : undefined}>
              {isComplete && index !== current ? (
                <Icon name="check" className="icon-sm icon-success" />
              ) : (
                <span className="portal-stepper-number" aria-hidden="true">
                  {index + 1}
                </span>
              )}
              <span>
                {title}
                {isComplete && index !== current ? (
                  <span className="visually-hidden"> (completo)</span>
                ) : null}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
