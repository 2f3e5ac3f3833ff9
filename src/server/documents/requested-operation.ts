import type { GatewayRequest } from '../http/exchange.ts';
import { type OperationParams, parseParams } from './parse-params.ts';
import type { DocumentFinder, FoundDocument } from './persisted-documents.ts';

/** What a request asks for; each part is read when somebody wants to know it, and once. */
export class RequestedOperation {
  readonly #request: GatewayRequest;
  readonly #findDocument: DocumentFinder;
  #params: OperationParams | null = null;
  #document: FoundDocument | null = null;

  constructor(request: GatewayRequest, findDocument: DocumentFinder) {
    this.#request = request;
    this.#findDocument = findDocument;
  }

  /** @throws as parseParams */
  get params(): OperationParams {
    this.#params ??= parseParams(this.#request);
    return this.#params;
  }

  /** @throws as parseParams and DocumentFinder */
  get document(): FoundDocument {
    this.#document ??= this.#findDocument(this.params);
    return this.#document;
  }
}
