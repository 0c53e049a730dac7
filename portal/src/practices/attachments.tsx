import { type ChangeEvent, useState } from 'react';
import type { PortalFieldProblemFragment } from '../api/operations.generated.ts';
import { told } from '../language.ts';
import { describedBy, FieldNotes, Required } from '../ui/fields.tsx';
import { Icon } from '../ui/icon.tsx';
import { sizeText, typesText } from './file-texts.ts';
import { controlId, type RequiredAttachment } from './form-model.ts';
import type { DraftState } from './use-draft.ts';
import { useUpload } from './use-upload.ts';

/** The files that a form asks for. Each is attached as soon as it was sent. */
export function Attachments(props: {
  readonly draft: DraftState;
  readonly problems: readonly PortalFieldProblemFragment[];
}) {
  const { draft, problems } = props;
  return (draft.practice.template?.requiredAttachments ?? []).map((wanted) => (
    <AttachmentField
      key={wanted.code}
      practiceId={draft.practice.id}
      wanted={wanted}
      problem={problems.find(({ path }) => path === `attachments.${wanted.code}`)?.message}
      attached={draft.practice.attachments
        .filter(({ attachmentCode }) => attachmentCode === wanted.code)
        .map(({ id, document }) => ({
          id,
          name: document?.fileName ?? 'File',
          url: document?.downloadUrl ?? null,
        }))}
      onAttach={async (uploadId) => (await draft.save({ uploadIds: [uploadId] })) !== null}
      onRemove={(id) => void draft.save({ removeAttachmentIds: [id] })}
    />
  ));
}

export interface AttachedFile {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
}

/** Why it was not, and what to do, stands below the fields. */
const notAttached = told('Il file non è stato allegato.', 'The file was not attached.');

export function AttachmentField(props: {
  readonly practiceId: string;
  readonly wanted: RequiredAttachment;
  readonly attached: readonly AttachedFile[];
  readonly problem: string | undefined;
  onAttach(uploadId: string, name: string): Promise<boolean>;
  onRemove(id: string): void;
}) {
  const { practiceId, wanted, attached, problem, onAttach, onRemove } = props;
  const upload = useUpload(practiceId, wanted.code);
  const [isAttached, setAttached] = useState(true);
  const id = controlId(`attachments.${wanted.code}`);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const { target } = event;
    const [file] = target.files ?? [];
    if (file === undefined) return;
    const uploadId = await upload.send(file);
    // The same file may be chosen once more.
    target.value = '';
    if (uploadId !== null) setAttached(await onAttach(uploadId, file.name));
  };
  const wrong = upload.problem ?? (isAttached ? problem : notAttached);
  const notes = {
    id,
    hint: `${typesText(wanted.mediaTypes)}, al massimo ${sizeText(wanted.maxBytes)}`,
    problem: wrong,
    isRequired: wanted.required,
  };
  return (
    <div className="portal-field">
      <label htmlFor={id}>
        {wanted.label}
        {wanted.required ? <Required /> : null}
      </label>
      <FieldNotes {...notes} isUrgent={wrong !== problem} />
      <input
        {...describedBy(notes)}
        type="file"
        className="form-control"
        accept={wanted.mediaTypes.join(',')}
        disabled={upload.isRunning}
        onChange={(event) => void choose(event)}
      />
      <p role="status" className="portal-hint">
        {upload.isRunning ? 'Invio del file in corso…' : ''}
      </p>
      <ul className="portal-attached">
        {attached.map((file) => (
          <li key={file.id}>
            <Icon name="clip" className="icon-sm icon-primary" />
            {file.url === null ? (
              <span>{file.name}</span>
            ) : (
              <a href={file.url} target="_blank" rel="noreferrer">
                {file.name}
              </a>
            )}
            <button type="button" className="btn btn-sm btn-outline-danger" onClick={() => onRemove(file.id)}>
              Rimuovi<span className="visually-hidden"> {file.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
