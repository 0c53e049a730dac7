const digitsOf = (text: string) => text.replace(/[\s.-]/g, '');

/** What can be said of a notice's number and creditor before the server is asked. */
export function noticeProblems(numeroAvviso: string, creditor: string) {
  return [
    ...(/^\d{18}$/.test(digitsOf(numeroAvviso))
      ? []
      : [{ path: 'numeroAvviso', message: 'Il numero dell’avviso ha 18 cifre.' }]),
    ...(/^\d{11}$/.test(digitsOf(creditor))
      ? []
      : [{ path: 'creditor', message: 'Il codice fiscale dell’Ente creditore ha 11 cifre.' }]),
  ];
}
