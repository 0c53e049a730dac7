/** Whom to ask. */
export function Contact({
  office,
}: {
  readonly office: { readonly name: string; readonly phone: string | null; readonly email: string | null };
}) {
  return (
    <p>
      {office.name}
      {office.phone === null ? null : <>, telefono {office.phone}</>}
      {office.email === null ? null : (
        <>
          , e-mail <a href={`mailto:${office.email}`}>{office.email}</a>
        </>
      )}
    </p>
  );
}
