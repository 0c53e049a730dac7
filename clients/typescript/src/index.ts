export { ApiError, type FieldError } from './api-error.ts';
export {
  type Client,
  type ClientOptions,
  createClient,
  type Page,
  type Result,
  type TokenSource,
} from './create-client.ts';
export { createIdempotencyKey, type Keyless } from './idempotency.ts';
export { type Operation, registered } from './operation.ts';
export { isProblem, type Problem, type ProblemOf, type SuccessOf } from './problems.ts';
export { type UploadFile, uploadFile } from './upload-file.ts';
export { type WaitOptions, waitForNumber, waitForPayment } from './wait-for.ts';
