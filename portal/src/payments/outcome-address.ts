/** Where pagoPA sends the payer back to. It adds the session and what it saw. */
export function outcomeAddress(): string {
  return `${location.origin}/pagamenti/esito`;
}
