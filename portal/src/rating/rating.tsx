import { type FormEvent, useState } from 'react';
import { PortalRateService, type RatedAspect } from '../api/operations.generated.ts';
import { useAction } from '../api/use-action.ts';
import { told } from '../language.ts';
import { forgetIdempotencyKey, idempotencyKeyFor } from '../payments/idempotency-key.ts';
import { Alert } from '../ui/alert.tsx';
import { Checkbox, ChoiceField, TextField } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { RequestFailed } from '../ui/query-state.tsx';
import { useTyped } from '../ui/use-typed.ts';

// The words of the norm (C.SE.1.7): they are used as they are.
const question = 'Quanto è stato facile usare questo servizio?';
const praised: Aspects = {
  question: 'Quali sono stati gli aspetti che hai preferito?',
  answers: [
    ['INSTRUCTIONS_CLEAR', 'Le indicazioni erano chiare'],
    ['INSTRUCTIONS_COMPLETE', 'Le indicazioni erano complete'],
    ['PROGRESS_CLEAR', 'Capivo sempre che stavo procedendo correttamente'],
    ['NO_TECHNICAL_PROBLEMS', 'Non ho avuto problemi tecnici'],
    ['OTHER', 'Altro'],
  ],
};
const criticised: Aspects = {
  question: 'Dove hai incontrato le maggiori difficoltà?',
  answers: [
    ['INSTRUCTIONS_UNCLEAR', 'A volte le indicazioni non erano chiare'],
    ['INSTRUCTIONS_INCOMPLETE', 'A volte le indicazioni non erano complete'],
    ['PROGRESS_UNCLEAR', 'A volte non capivo se stavo procedendo correttamente'],
    ['TECHNICAL_PROBLEMS', 'Ho avuto problemi tecnici'],
    ['OTHER', 'Altro'],
  ],
};
const leastPraise = 4;
const longestComment = 200;

interface Aspects {
  readonly question: string;
  readonly answers: readonly (readonly [RatedAspect, string])[];
}

/** Three steps: stars, what was good or hard, a short comment. `occasion` is what was just done, rated once. */
export function Rating({ service, occasion }: { readonly service: string; readonly occasion: string }) {
  const [stars, setStars] = useTyped('rating stars', 0);
  const [step, setStep] = useTyped('rating step', 1);
  const [chosen, setChosen] = useTyped<readonly RatedAspect[]>('rating aspects', []);
  const [comment, setComment] = useTyped('rating comment', '');
  const [problem, setProblem] = useState<string | null>(null);
  const [isDone, setDone] = useState(false);
  const action = useAction(PortalRateService);
  const aspects = stars >= leastPraise ? praised : criticised;
  const next = async (event: FormEvent) => {
    event.preventDefault();
    if (step === 1 && stars === 0)
      return setProblem(told('Scegli da una a cinque stelle.', 'Choose one to five stars.'));
    setProblem(null);
    if (step < 3) return setStep(step + 1);
    const intent = `rate ${service} ${occasion}`;
    const result = await action.run({
      input: {
        service,
        stars,
        aspects: [...chosen],
        comment: comment.trim() || null,
        idempotencyKey: idempotencyKeyFor(intent),
      },
    });
    if (result === null) return;
    if (result.__typename === 'ServiceRated') return setDone(true);
    forgetIdempotencyKey(intent);
    setProblem(
      'problems' in result
        ? (result.problems[0]?.message ?? result.message)
        : told('La valutazione non è stata accolta.', 'The rating was not accepted.'),
    );
  };
  if (isDone)
    return (
      <section className="portal-rating" aria-label="Valutazione">
        <Alert kind="success" title="Grazie, il tuo parere ci aiuterà a migliorare il servizio!" isUrgent />
      </section>
    );
  return (
    <section className="portal-rating" aria-labelledby="rating">
      <form onSubmit={next} noValidate>
        <h2 id="rating">
          {step === 1 ? question : step === 2 ? aspects.question : 'Vuoi aggiungere altri dettagli?'}
        </h2>
        <p className="portal-hint">Passo {step} di 3</p>
        {problem === null ? null : (
          <p role="alert" className="portal-field-problem">
            {problem}
          </p>
        )}
        {step === 1 ? (
          <Stars
            stars={stars}
            onChange={(value) => {
              // The other question has other answers.
              if (value >= leastPraise !== stars >= leastPraise) setChosen([]);
              setStars(value);
            }}
          />
        ) : null}
        {step === 2 ? <Answers aspects={aspects} chosen={chosen} onChange={setChosen} /> : null}
        {step === 3 ? (
          <TextField
            id="rating-comment"
            label="Dettaglio"
            hint={`Inserire massimo ${longestComment} caratteri`}
            maxLength={longestComment}
            isLong
            value={comment}
            onChange={setComment}
          />
        ) : null}
        {action.problem === null ? null : (
          <RequestFailed problem={action.problem} onRetry={() => document.getElementById('rate')?.click()} />
        )}
        <div className="portal-actions">
          {step === 1 ? null : (
            <button type="button" className="btn btn-outline-primary" onClick={() => setStep(step - 1)}>
              Indietro
            </button>
          )}
          <button id="rate" type="submit" className="btn btn-primary" disabled={action.isRunning}>
            {step === 3 ? 'Invia la valutazione' : 'Avanti'}
          </button>
        </div>
      </form>
    </section>
  );
}

function Stars({ stars, onChange }: { readonly stars: number; onChange(stars: number): void }) {
  return (
    <fieldset className="portal-stars">
      <legend className="visually-hidden">{question}</legend>
      {[1, 2, 3, 4, 5].map((value) => (
        <label key={value} htmlFor={`stars-${value}`} className={value <= stars ? 'on' : ''}>
          <input
            id={`stars-${value}`}
            type="radio"
            name="stars"
            className="visually-hidden"
            checked={stars === value}
            onChange={() => onChange(value)}
          />
          <Icon name={value <= stars ? 'star-full' : 'star-outline'} />
          <span className="visually-hidden">{value === 1 ? '1 stella su 5' : `${value} stelle su 5`}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Answers(props: {
  readonly aspects: Aspects;
  readonly chosen: readonly RatedAspect[];
  onChange(chosen: readonly RatedAspect[]): void;
}) {
  const { aspects, chosen, onChange } = props;
  return (
    <ChoiceField id="rating-aspects" label={<span className="visually-hidden">{aspects.question}</span>}>
      {aspects.answers.map(([aspect, text]) => (
        <Checkbox
          key={aspect}
          id={`aspect-${aspect}`}
          label={text}
          isChecked={chosen.includes(aspect)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...chosen, aspect] : chosen.filter((one) => one !== aspect))
          }
        />
      ))}
    </ChoiceField>
  );
}
